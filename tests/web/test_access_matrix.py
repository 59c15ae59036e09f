"""Every route × every role and relation: let in where the table of permissions says so, and nowhere else.

A route that is not in the world below fails the test. Somebody refused gets the same answer as for what does not exist,
unless they may see the subject and only the act is not theirs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from tests.conftest import SignIn
from tests.factories import (
    a_board,
    a_care_team_member,
    a_case,
    a_listed_case,
    a_meeting,
    a_member,
    a_patient,
    a_person,
    an_actor,
)
from tumorboard.domain import agenda, drafts
from tumorboard.domain.permissions import TABLE, Relation
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import AgendaItem, Board, Case, Meeting, Notice, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Discipline, NoticeState, Office, Permission
from tumorboard.web.access import declared_permission

R = Relation
LET_IN = {200, 303, 409, 422}
REFUSED = {403, 404}


@dataclass(frozen=True)
class World:
    """One board with a published meeting, one case on it, one draft, and people with each relation to them."""

    board: Board
    meeting: Meeting
    case: Case
    item: AgendaItem
    draft_id: UUID
    notice: Notice
    stranger: Person
    elsewhere: Person
    people: dict[Person, set[Relation]]


def make_world() -> World:
    submitter, nurse, member, stranger, elsewhere = (a_person() for _ in range(5))
    chair, coordinator = a_person(), a_person(discipline=Discipline.COORDINATION)
    administrator, officer = a_person(office=Office.ADMINISTRATOR), a_person(office=Office.PRIVACY_OFFICER)
    left = a_person()
    roles = {chair: BoardRole.CHAIR, coordinator: BoardRole.COORDINATOR, member: BoardRole.CORE}
    board = a_board(*roles.items())
    a_board((elsewhere, BoardRole.COORDINATOR))
    former = a_member(board, left)
    former.left_at = former.joined_at
    patient = a_patient()
    a_care_team_member(patient, nurse, lead=True)
    case, meeting = a_case(board, submitter, patient=patient), a_meeting(board)
    item = a_listed_case(meeting, case)
    draft_id = new_id()
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
        drafts.save_draft(draft_id, drafts.SaveDraft({"question": ["?"]}, 0, "tab"), an_actor(submitter))
    notice = db.session.scalars(select(Notice).where(Notice.person_id == nurse.id).limit(1)).one()
    notice.state, notice.due_at, notice.last_tried_at = NoticeState.FAILED, None, notice.created_at
    db.session.commit()
    clinician = {R.ANYBODY, R.CLINICIAN}
    return World(
        board,
        meeting,
        case,
        item,
        draft_id,
        notice,
        stranger,
        elsewhere,
        {
            submitter: clinician | {R.SUBMITTER, R.GUEST},
            nurse: clinician | {R.CARE_TEAM, R.GUEST},
            chair: clinician | {R.CHAIR, R.MEMBER, R.GUEST},
            coordinator: clinician | {R.COORDINATOR, R.GUEST},
            member: clinician | {R.MEMBER, R.GUEST},
            stranger: clinician,
            elsewhere: clinician,
            left: clinician,
            administrator: {R.ANYBODY, R.ADMINISTRATOR},
            officer: {R.ANYBODY, R.PRIVACY_OFFICER},
        },
    )


OF_THE_DRAFT = {
    "cases.draft",
    "cases.discard",
    "cases.restore",
    "cases.save_draft",
    "cases.submit",
    "cases.change_rows",
}
OF_NOTHING = {"today.show", "cases.index", "cases.new", "meetings.index", "patients.find", "sign_in.leave"}
OF_ANY_BOARD = {"queue.show": R.COORDINATOR, "boards.index": R.MEMBER}


def form_for(world: World, rule: Rule) -> dict[str, str]:
    """What a form must name for the act to be about anything; all else may be missing here."""
    bodies = {
        "agenda.add": {"case": world.case.id},
        "agenda.take_off": {"item": world.item.id},
    }
    return {name: str(value) for name, value in bodies.get(rule.endpoint, {}).items()}


def address_in(world: World, rule: Rule) -> str:
    of_draft = rule.endpoint in OF_THE_DRAFT
    values = {
        "case_id": world.draft_id if of_draft else world.case.id,
        "meeting_id": world.meeting.id,
        "notice_id": world.notice.id,
        "person_id": next(iter(world.people)).id,
        "slug": world.board.slug,
    }
    return str(rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)[1])  # type: ignore[index]


def may_enter(world: World, rule: Rule, permission: Permission, person: Person) -> bool:
    """What the table says for this person and what the route is about."""
    relations = world.people[person]
    if rule.endpoint in OF_THE_DRAFT:
        return R.SUBMITTER in relations
    if rule.endpoint in OF_ANY_BOARD:
        return person == world.elsewhere or not TABLE[permission].isdisjoint(relations)
    return not TABLE[permission].isdisjoint(relations)


def is_guarded(app: Flask, rule: Rule) -> bool:
    return isinstance(declared_permission(app, rule.endpoint), Permission)


@pytest.fixture
def without_tokens(app: Flask) -> Iterator[None]:
    """What is asked here is who may, not whether the form was ours."""
    app.config["WTF_CSRF_ENABLED"] = False
    yield
    app.config["WTF_CSRF_ENABLED"] = True


def every_rule(app: Flask) -> list[tuple[Rule, str]]:
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if is_guarded(app, rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def test_each_route_lets_in_whom_the_table_says_and_nobody_else(
    app: Flask, sign_in: SignIn, without_tokens: None
) -> None:
    wrong = []
    world = make_world()
    for rule, method in every_rule(app):
        permission = Permission(str(declared_permission(app, rule.endpoint)))
        if method == "POST":
            world = make_world()
        address = address_in(world, rule)
        # whoever is to be refused goes first, since the others' acts may change what is there
        for person in sorted(world.people, key=lambda each: may_enter(world, rule, permission, each)):
            expected = LET_IN if may_enter(world, rule, permission, person) else REFUSED
            status = sign_in(person).open(address, method=method, data=form_for(world, rule)).status_code
            if status not in expected:
                held = sorted(world.people[person] - {R.ANYBODY, R.CLINICIAN})
                wrong.append(f"{method} {rule.rule} as {held}: {status}")
    assert wrong == [], "\n".join(wrong)


def test_nobody_gets_anywhere_without_signing_in(app: Flask, without_tokens: None) -> None:
    world, browser = make_world(), app.test_client()
    for rule, method in every_rule(app):
        answer = browser.open(address_in(world, rule), method=method)
        refused = answer.location.startswith("/sign-in") if method == "GET" else answer.status_code == 401
        assert refused, f"{method} {rule.rule}: {answer.status_code}"


@pytest.mark.parametrize(
    "what", ["cases/{}", "cases/{}/draft", "meetings/{}", "meetings/{}/notices", "meetings/{}/agenda"]
)
def test_what_somebody_may_not_see_is_answered_as_what_does_not_exist(app: Flask, sign_in: SignIn, what: str) -> None:
    world = make_world()
    stranger = sign_in(world.stranger)
    there: dict[str, Callable[[], UUID]] = {"cases": lambda: world.case.id, "meetings": lambda: world.meeting.id}
    subject = world.draft_id if what.endswith("draft") else there[what.split("/", maxsplit=1)[0]]()
    real, invented = (stranger.get("/" + what.format(each)) for each in (subject, uuid4()))
    assert real.status_code in REFUSED
    assert real.status_code == invented.status_code
    assert without_reference(real.text) == without_reference(invented.text)


def without_reference(page: str) -> str:
    return page.partition("tell your coordinator this number")[0]
