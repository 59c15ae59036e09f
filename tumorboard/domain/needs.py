"""What a patient wishes and lives with, written by nursing and social work; never mixed with the doctor's fields."""

from collections.abc import Iterable
from dataclasses import dataclass

from tumorboard import words
from tumorboard.domain import amendments, audit, care_team, preparation
from tumorboard.domain.actor import Actor
from tumorboard.domain.differences import MEANWHILE
from tumorboard.domain.notices import AccountFacts, announce_to
from tumorboard.domain.permissions import Held, demand
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Needs, NeedsVersion, Person
from tumorboard.storage.queries import board_members, care_team_members
from tumorboard.storage.queries import needs as questions
from tumorboard.vocabulary import CARERS, AuditAct, Discipline, Need, NoticeKind, Permission, Told

DISTRESSED_FROM = 6
"""On the NCCN Distress Thermometer; its cut-off of 4 is for looking closer, this one for a call (ux/journeys.md 13)."""


_NOTHING_SAID = "Write or choose something first: an empty form would say that the patient was asked."


@dataclass(frozen=True)
class WriteNeeds:
    """The section as somebody left it. ``version`` is the one they had in sight, 0 where nothing was written yet."""

    preferences: str
    kinds: tuple[Need, ...]
    distress: int | None
    interpreter: str
    version: int
    told: Told | None = None
    own_questions: str = ""
    social_situation: str = ""

    @property
    def says_anything(self) -> bool:
        return any(value not in (None, "", []) for value in _said_by(self))


@dataclass(frozen=True)
class StateVoice:
    """What a submitter writes of it with the case."""

    preferences: str = ""
    told: Told | None = None
    own_questions: str = ""
    social_situation: str = ""

    @property
    def says_anything(self) -> bool:
        return bool(self.preferences or self.told or self.own_questions or self.social_situation)


def read(case: Case, held: Held) -> Needs | None:
    """What is written, for whoever may read it; none where nothing is.

    Breaking the glass opens what an emergency needs, and these words are not that.
    """
    return None if held.by_break_glass_alone or not held.may(Permission.SEE_CASE) else questions.needs_of(case.id)


def earlier(case: Case, held: Held) -> list[NeedsVersion]:
    """What stood there before, latest first, for whoever may read what stands there now."""
    return questions.earlier_needs(case.id) if read(case, held) else []


def write(case: Case, act: WriteNeeds, by: Actor) -> Needs:
    """Keeps the section with who wrote it and when; what stood there before stays to be read.

    Refused when somebody has written since: whoever comes second sees both before anything is overwritten.
    """
    demand(by, Permission.WRITE_NEEDS, case)
    kept = questions.needs_to_change(case.id)
    if kept is not None and _says(kept) == _said_by(act):
        return kept
    if kept is None and not act.says_anything:
        raise Refused(Code.WRONG, _NOTHING_SAID)
    if (kept.version if kept else 0) != act.version:
        raise Refused(Code.CHANGED_MEANWHILE, MEANWHILE)
    called_before = asks_social_work(kept)
    if kept is not None:
        _put_by(kept)
    kept = kept or _begin(case)
    kept.preferences, kept.distress, kept.interpreter = act.preferences, act.distress, act.interpreter
    kept.told, kept.own_questions, kept.social_situation = act.told, act.own_questions, act.social_situation
    kept.kinds = [each.value for each in act.kinds]
    _sign(kept, case, by)
    amendments.tell_who_prepared(case, by)
    preparation.ready_by_writing(case, by)
    if asks_social_work(kept) and not called_before:
        _call_social_work(case, by)
    return kept


def state_voice(case: Case, act: StateVoice, by: Actor) -> None:
    """Keeps what the submitter wrote of the patient's voice with the case; what is written there already stays."""
    if not act.says_anything or questions.needs_to_change(case.id) is not None:
        return
    kept = _begin(case)
    kept.preferences, kept.told, kept.own_questions = act.preferences, act.told, act.own_questions
    kept.social_situation = act.social_situation
    _sign(kept, case, by)


def asks_social_work(needs: Needs | None) -> bool:
    """Whether so much distress is written that social work is asked to call."""
    return needs is not None and needs.distress is not None and needs.distress >= DISTRESSED_FROM


def social_workers(case: Case, by: Actor) -> list[Person]:
    """Who of the case's board could be asked to call."""
    members = board_members.present_members(case.board_id, by.at) if case.board_id else []
    return [member.person for member in members if member.person.discipline is Discipline.SOCIAL_WORK]


def list_unasked(by: Actor, limit: int) -> list[Case]:
    """For nursing and social work: cases of their patients on their way to a board, of which nothing is written yet."""
    if by.person.discipline not in CARERS:
        return []
    cases = questions.cases_without_needs(by.person.id, by.at, limit)
    audit.record(
        by, AuditAct.CASES_LISTED, patients=[case.patient_id for case in cases], subjects=[case.id for case in cases]
    )
    return cases


def _call_social_work(case: Case, by: Actor) -> None:
    """Puts a social worker of the board on the care team, unless one is there, and asks them to call."""
    team = care_team_members.present_team(case.patient_id, by.at) if case.patient_id else []
    on_team = [member.person for member in team if member.discipline is Discipline.SOCIAL_WORK]
    workers = on_team or social_workers(case, by)[:1]
    for worker in workers:
        if not on_team:
            care_team.join_as_called(case, worker, by)
        announce_to(
            worker,
            NoticeKind.CALL_ASKED,
            AccountFacts(
                by=words.name_words(by.person.family_name, by.person.given_name),
                what=case.board.full_name if case.board else "",
                case_id=case.id,
            ),
            reason="you are on the patient's care team",
            dedupe_key=f"call:{case.id}:{worker.id}:{by.at.isoformat()}",
            at=by.at,
        )


def _begin(case: Case) -> Needs:
    needs = Needs(case_id=case.id)
    db.session.add(needs)
    return needs


def _put_by(needs: Needs) -> None:
    """Keeps what stands there before it is written over."""
    db.session.add(
        NeedsVersion(
            case_id=needs.case_id,
            version=needs.version,
            preferences=needs.preferences,
            kinds=list(needs.kinds),
            distress=needs.distress,
            interpreter=needs.interpreter,
            told=needs.told,
            own_questions=needs.own_questions,
            social_situation=needs.social_situation,
            written_at=needs.written_at,
            written_by=needs.written_by,
        )
    )


def _sign(needs: Needs, case: Case, by: Actor) -> None:
    needs.written_at, needs.written_by = by.at, by.person
    db.session.flush()
    audit.record(by, AuditAct.NEEDS_WRITTEN, patients=[case.patient_id], subjects=[case.id])


def _says(needs: Needs) -> tuple[object, ...]:
    voice = needs.told, needs.own_questions, needs.social_situation
    return needs.preferences, sorted(needs.kinds), needs.distress, needs.interpreter, *voice


def _said_by(act: WriteNeeds) -> tuple[object, ...]:
    voice = act.told, act.own_questions, act.social_situation
    return act.preferences, _values(act.kinds), act.distress, act.interpreter, *voice


def _values(kinds: Iterable[Need]) -> list[str]:
    return sorted(each.value for each in kinds)
