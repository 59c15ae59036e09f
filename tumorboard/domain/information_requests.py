"""A case goes back with what is missing, and its answer comes back to the place in the queue that it had."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tumorboard import words
from tumorboard.domain import needs, sections
from tumorboard.domain.actor import Actor
from tumorboard.domain.cases import move_on
from tumorboard.domain.minimum_data_sets import Item, data_set_of
from tumorboard.domain.needs import WriteNeeds
from tumorboard.domain.notices import AccountFacts, announce_to, cancel_by_key
from tumorboard.domain.sections import WriteSection
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, InformationRequest, Person
from tumorboard.storage.queries import board_members, care_team_members
from tumorboard.storage.queries import information_requests as questions
from tumorboard.vocabulary import CaseAction, Discipline, NoticeKind

UNDO = timedelta(seconds=60)
"""How long mails wait behind a return, so that a slip is told to nobody."""


@dataclass(frozen=True)
class AskForInformation:
    """``version`` is the case's as the coordinator saw it."""

    items: tuple[str, ...]
    note: str
    version: int


@dataclass(frozen=True)
class AnswerRequest:
    """What was asked for, section by section, and in words; no ``needs`` where nothing of them was asked."""

    sections: tuple[WriteSection, ...]
    needs: WriteNeeds | None
    answer: str


def ask(case: Case, act: AskForInformation, by: Actor) -> InformationRequest:
    """Returns the case for information. Whoever can supply it gets one mail, a minute from now."""
    if not act.items and not act.note:
        raise Refused(Code.WRONG, "Tick what is missing, or write what you need to know.", field="note")
    asked = asked_items(case, act.items)
    waited_since = case.state_since
    move_on(case, CaseAction.RETURN, by, note=act.note, version=act.version)
    request = InformationRequest(
        case_id=case.id,
        note=act.note,
        items=[item.key for item in asked],
        asked_at=by.at,
        asked_by=by.person,
        waited_since=waited_since,
    )
    db.session.add(request)
    db.session.flush()
    for person, reason in _owners(case, asked, by).values():
        _tell(person, reason, request, case, by)
    return request


def recall(case: Case, by: Actor) -> None:
    """Takes the return back: the case waits for triage again as before, and mails that have not gone out never do."""
    request = questions.open_request(case.id)
    move_on(case, CaseAction.RECALL, by)
    if request is None:
        return
    request.recalled_at, case.state_since = by.at, request.waited_since
    cancel_by_key(f"information:{request.id}:")


def answer(case: Case, act: AnswerRequest, by: Actor) -> None:
    """Keeps the answer and resubmits; the case takes the place in the queue that it had. Answered twice is once."""
    request = questions.open_request(case.id)
    if request is None:
        raise Refused(Code.NOT_NOW, "This was answered or taken back already. Reload the page to see where it stands.")
    for each in act.sections:
        sections.write(case, each, by)
    if act.needs:
        needs.write(case, act.needs, by)
    move_on(case, CaseAction.ANSWER, by)
    case.state_since = request.waited_since
    request.answered_at, request.answered_by, request.answer = by.at, by.person, act.answer
    cancel_by_key(f"information:{request.id}:")


def asked_items(case: Case, keys: Sequence[str]) -> list[Item]:
    """The items with these keys that the case's data set still has, in its order."""
    return [item for item in data_set_of(case).items if item.key in keys]


def _owners(case: Case, asked: list[Item], by: Actor) -> dict[UUID, tuple[Person, str]]:
    """The submitter; for what others supply, whoever of that discipline is on the care team, or else on the board."""
    owners = {case.submitter_id: (case.submitter, "you submitted this case")}
    team = care_team_members.present_team(case.patient_id, by.at) if case.patient_id else []
    for discipline in {item.discipline for item in asked} - {case.submitter.discipline}:
        of_team = [member.person for member in team if member.discipline is discipline]
        people = of_team or _of_board(case, discipline, by)
        said = f"what is asked is {discipline.label.lower()}’s"
        owners |= {person.id: (person, said) for person in people if person.id not in owners}
    return owners


def _of_board(case: Case, discipline: Discipline, by: Actor) -> list[Person]:
    members = board_members.present_members(case.board_id, by.at) if case.board_id else []
    return [member.person for member in members if member.person.discipline is discipline]


def _tell(person: Person, reason: str, request: InformationRequest, case: Case, by: Actor) -> None:
    asked_by = words.name_words(by.person.family_name, by.person.given_name)
    announce_to(
        person,
        NoticeKind.INFORMATION_ASKED,
        AccountFacts(by=asked_by, what=case.board.full_name if case.board else "", case_id=case.id),
        reason=reason,
        dedupe_key=f"information:{request.id}:{person.id}",
        at=by.at,
        due_at=by.at + UNDO,
    )
