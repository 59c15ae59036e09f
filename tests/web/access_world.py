"""One board, one meeting, one patient, and somebody with each relation to them that the table of permissions knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from sqlalchemy.engine import Connection

from tests.factories import (
    a_board,
    a_care_team_member,
    a_case,
    a_listed_case,
    a_meeting,
    a_member,
    a_patient,
    a_person,
    a_series,
    a_slot_poll,
    an_actor,
    an_instant,
)
from tumorboard.domain import agenda, drafts, minimum_data_set_drafts
from tumorboard.domain.permissions import TABLE, Relation
from tumorboard.storage import sealing
from tumorboard.storage.db import Base, db, new_id
from tumorboard.storage.models import (
    Absence,
    Attachment,
    Board,
    BreakGlass,
    Case,
    CaseList,
    ExternalAccess,
    Meeting,
    Notice,
    OfficeRequest,
    PatientCorrection,
    Person,
    Preparation,
)
from tumorboard.storage.queries import preparations
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import (
    AttachmentKind,
    BoardRole,
    BreakGlassCause,
    CaseState,
    CorrectionKind,
    Discipline,
    NoticeKind,
    NoticeState,
    Office,
    Permission,
    PreparationState,
    TumorType,
)

R = Relation
Row = TypeVar("Row", bound=Base)
MARKER = "Markerwood"
"""The patient's family name: in no answer to anybody who may not see the case."""

DRAFT, SUBMITTED, ON_AGENDA, WITHDRAWN, RESTRICTED = "draft", "submitted", "on agenda", "withdrawn", "restricted"
STATES = (DRAFT, SUBMITTED, ON_AGENDA, WITHDRAWN, RESTRICTED)
"""``on agenda`` of a published meeting; ``restricted`` on an agenda that nobody was invited to yet."""

OF_THE_CASE: dict[str, set[Relation]] = {
    "submitter": {R.SUBMITTER},
    "typist": {R.SUBMITTER},
    "nurse": {R.CARE_TEAM, R.CARER},
    "chair": {R.CHAIR},
    "coordinator": {R.COORDINATOR},
    "member": {R.MEMBER},
    "away": {R.MEMBER},
    "social worker": {R.MEMBER, R.CARER},
    "pathologist": {R.MEMBER, R.PATHOLOGIST},
    "radiologist": {R.MEMBER, R.RADIOLOGIST},
    "expert": {R.EXTERNAL},
    "expert of the meeting": {R.EXTERNAL},
    "deputy": {R.DEPUTY},
    "away from the team": {R.CARE_TEAM},
    "deputy for the team": {R.DEPUTY},
    "breaker": {R.BREAKER},
}
"""What everybody is to the case at the most; whoever is not named is nothing to it, in no state."""

ONLY_WHERE_LISTED = {"expert of the meeting", "deputy", "deputy for the team"}
ONLY_WHERE_INVITED = {"member", "away", "social worker", "pathologist", "radiologist", "deputy", "deputy for the team"}
"""Members and deputies who see a restricted patient's case by their invitation, and by nothing else."""

OF_THE_MEETING: dict[str, set[Relation]] = {
    "submitter": {R.GUEST},
    "nurse": {R.GUEST},
    "chair": {R.CHAIR, R.GUEST},
    "coordinator": {R.COORDINATOR, R.GUEST},
    "member": {R.MEMBER, R.GUEST},
    "away": {R.MEMBER},
    "social worker": {R.MEMBER, R.GUEST},
    "pathologist": {R.MEMBER, R.GUEST},
    "radiologist": {R.MEMBER, R.GUEST},
    "deputy": {R.GUEST},
    "deputy for the team": {R.GUEST},
    "other submitter": {R.GUEST},
    "expert of the meeting": {R.EXTERNAL},
}
OF_THE_BOARD: dict[str, set[Relation]] = {
    name: held - {R.GUEST, R.EXTERNAL} for name, held in OF_THE_MEETING.items() if held - {R.GUEST, R.EXTERNAL}
}
OF_ANY_BOARD = OF_THE_BOARD | {"coordinator elsewhere": {R.COORDINATOR}}
PREPARING = {"nurse", "social worker", "pathologist", "radiologist"}
OUTSIDE = {"expert", "expert of the meeting", "expert of before"}
OFFICES = {"administrator": R.ADMINISTRATOR, "privacy officer": R.PRIVACY_OFFICER}


@dataclass
class World:
    state: str
    people: dict[str, Person]
    board: Board
    meeting: Meeting
    case: Case
    ids: dict[str, UUID | str]
    """What stands in an address, by the name of its argument."""
    bodies: dict[str, dict[str, UUID]] = field(default_factory=dict)
    """What a form must name for the act to be about anything, by endpoint; all else may be missing."""

    def always(self, name: str) -> set[Relation]:
        """What somebody is without regard to any subject."""
        if name in OFFICES:
            return {R.ANYBODY, OFFICES[name]}
        if name in OUTSIDE:
            return {R.ANYBODY}
        coordinates = {R.COORDINATES} if name == "coordinator" else set()
        return {R.ANYBODY, R.CLINICIAN} | coordinates | ({R.PREPARES} if name in PREPARING else set())

    def to_case(self, name: str) -> set[Relation]:
        held = OF_THE_CASE.get(name, set())
        if self.state == DRAFT:
            held = held & {R.SUBMITTER}
        if name in ONLY_WHERE_LISTED and self.state not in (ON_AGENDA, RESTRICTED):
            held = set()
        if name in ONLY_WHERE_INVITED and self.state == RESTRICTED:
            held = set()
        return held

    def sees_case(self, name: str) -> bool:
        return not TABLE[Permission.SEE_CASE].isdisjoint(self.to_case(name))


def make_world(state: str) -> World:
    """Members, care team and all others, and the case in this state."""
    people = {name: a_person() for name in ("submitter", "typist", "member", "away", "other submitter", "stranger")}
    people |= {name: a_person() for name in ("left member", "left the team", "coordinator elsewhere", "deputy")}
    people |= {name: a_person() for name in ("away from the team", "deputy for the team")}
    people |= {name: a_person() for name in ("breaker", "breaker of before", "chair")}
    people |= {name: an_expert() for name in sorted(OUTSIDE)}
    people["nurse"] = a_person(discipline=Discipline.NURSING)
    people["social worker"] = a_person(discipline=Discipline.SOCIAL_WORK)
    people["pathologist"] = a_person(discipline=Discipline.PATHOLOGY)
    people["radiologist"] = a_person(discipline=Discipline.RADIOLOGY)
    people["coordinator"] = a_person(discipline=Discipline.COORDINATION)
    people["administrator"] = a_person(office=Office.ADMINISTRATOR)
    people["privacy officer"] = a_person(office=Office.PRIVACY_OFFICER)
    board = a_board(
        (people["chair"], BoardRole.CHAIR),
        (people["coordinator"], BoardRole.COORDINATOR),
        (people["away"], BoardRole.CORE),
        (people["social worker"], BoardRole.EXTENDED),
        (people["pathologist"], BoardRole.CORE),
        (people["radiologist"], BoardRole.CORE),
    )
    member = a_member(board, people["member"])
    a_board((people["coordinator elsewhere"], BoardRole.COORDINATOR))
    former = a_member(board, people["left member"])
    former.left_at = former.joined_at
    case = _the_case(state, board, people)
    meeting = a_meeting(board)
    world = World(state, people, board, meeting, case, {"case_id": case.id, "meeting_id": meeting.id})
    world.ids |= {"slug": board.slug, "member_id": member.id, "person_id": people["member"].id}
    world.ids["section"] = "question"
    world.ids["series_id"] = a_series(board).id
    world.ids["part"] = "where"
    world.ids["list_id"] = kept(CaseList(board_id=board.id, person_id=people["coordinator"].id, **_loaded(case))).id
    poll = a_slot_poll(board, people["member"])
    world.ids |= {"poll_id": poll.id, "proposal_id": poll.proposals[0].id}
    world.ids |= {"tumor_type": "breast", "item_key": "er"}
    world.ids |= {"feed_id": new_id(), "search_id": new_id(), "session_id": new_id(), "passkey_id": new_id()}
    _open_to_others(world)
    _list_and_publish(world)
    world.ids["preparation_id"] = _a_preparation(world).id
    _draft_and_more(world)
    minimum_data_set_drafts.begin(board, TumorType.BREAST, an_actor(people["coordinator"]))
    db.session.commit()
    return world


def _loaded(case: Case) -> dict[str, Any]:
    return {"kept_at": case.created_at, "loaded_at": case.created_at, "case_ids": [case.id]}


def an_expert() -> Person:
    expert = a_person()
    expert.external = True
    return expert


def _the_case(state: str, board: Board, people: dict[str, Person]) -> Case:
    patient = a_patient(MARKER)
    patient.restricted = state == RESTRICTED
    a_care_team_member(patient, people["nurse"], lead=True)
    a_care_team_member(patient, people["away from the team"])
    left = a_care_team_member(patient, people["left the team"])
    left.left_at = left.joined_at
    known = {DRAFT: CaseState.DRAFT, WITHDRAWN: CaseState.WITHDRAWN}.get(state, CaseState.SUBMITTED)
    case = a_case(board, people["submitter"], patient=patient, state=known, question=f"What next for {MARKER}?")
    case.entered_by_id = people["typist"].id
    return case


def _open_to_others(world: World) -> None:
    now, people, patient = an_instant(), world.people, world.case.patient
    hour, day = timedelta(hours=1), timedelta(days=1)

    def opened(name: str, **to: UUID) -> ExternalAccess:
        begun, until = (now - day, now - hour) if name == "expert of before" else (now - hour, now + 9 * day)
        by, reason = people["coordinator"], "A second opinion."
        return kept(
            ExternalAccess(person=people[name], opened_at=begun, until=until, opened_by=by, reason=reason, **to)
        )

    def broken(name: str, opened_at: timedelta) -> BreakGlass:
        at = now - opened_at
        cause, until = BreakGlassCause.ON_CALL, at + timedelta(hours=4)
        return kept(
            BreakGlass(
                person=people[name], patient=patient, cause=cause, reason="On call.", opened_at=at, expires_at=until
            )
        )

    world.ids["access_id"] = opened("expert", case_id=world.case.id).id
    opened("expert of before", case_id=world.case.id)
    world.ids["meeting's access_id"] = opened("expert of the meeting", meeting_id=world.meeting.id).id
    world.ids["glass_id"] = broken("breaker", hour).id
    broken("breaker of before", day)

    def absent(name: str, deputy: str) -> Absence:
        days = {"starts_on": now.date(), "ends_on": (now + 9 * day).date()}
        return kept(
            Absence(
                person=people[name], deputy=people[deputy], added_at=now, added_by_id=people["coordinator"].id, **days
            )
        )

    world.ids["absence_id"] = absent("away", "deputy").id
    absent("away from the team", "deputy for the team")


def _list_and_publish(world: World) -> None:
    """A second case is on the published agenda, whose submitter is nothing to the first."""
    other = a_case(world.board, world.people["other submitter"])
    world.bodies["agenda.take_off"] = {"item": a_listed_case(world.meeting, other).id}
    if world.state not in (ON_AGENDA, RESTRICTED):
        return
    world.bodies["agenda.add"] = {"case": world.case.id}
    world.bodies["episodes.fill_in"] = {"from": world.case.id}
    a_listed_case(world.meeting, world.case)
    if world.state == ON_AGENDA:
        with transaction():
            by = an_actor(world.people["coordinator"])
            agenda.publish(world.meeting, by, version=world.meeting.version)


def _a_preparation(world: World) -> Preparation:
    """What pathology is asked to prepare of the case: by its published agenda, or as if there had been one."""
    for each in preparations.of_case(world.case.id, world.meeting.id):
        if each.discipline is Discipline.PATHOLOGY:
            return each
    return kept(
        Preparation(
            case=world.case,
            meeting=world.meeting,
            discipline=Discipline.PATHOLOGY,
            agenda_version=1,
            requested_at=an_instant(),
            state=PreparationState.REQUESTED,
        )
    )


def _draft_and_more(world: World) -> None:
    people, now, draft_id = world.people, an_instant(), new_id()
    with transaction():
        drafts.save_draft(draft_id, drafts.SaveDraft({"question": [MARKER]}, 0, "tab"), an_actor(people["submitter"]))
    world.ids["draft_id"] = draft_id
    world.ids["attachment_id"] = an_attachment(world.case, people["submitter"]).id
    world.ids["hospital_id"] = world.board.hospital_id
    second = a_person(office=Office.ADMINISTRATOR)
    asked = OfficeRequest(person=people["stranger"], office=Office.PRIVACY_OFFICER, asked_at=now, asked_by=second)
    world.ids["request_id"] = kept(asked).id
    world.ids["correction_id"] = kept(
        PatientCorrection(
            from_patient=a_patient(),
            to_patient=world.case.patient,
            kind=CorrectionKind.MERGE,
            reason="One patient.",
            moved={"cases": [], "team": []},
            made_at=now - timedelta(days=2),
            made_by_id=people["coordinator"].id,
        )
    ).id
    notice = db.session.query(Notice).filter_by(person_id=people["nurse"].id, kind=NoticeKind.INVITATION).first()
    if notice:
        notice.state, notice.due_at, notice.last_tried_at = NoticeState.FAILED, None, notice.created_at
        world.ids["notice_id"] = notice.id


def an_attachment(case: Case, by: Person) -> Attachment:
    attachment_id, content = new_id(), b"%PDF-1.4 %%EOF"
    sealed = sealing.seal_bytes(content, f"attachment.sealed:{attachment_id}")
    facts = {"kind": AttachmentKind.PDF, "size": len(content), "sha256": bytes(32), "sealed": sealed}
    return kept(
        Attachment(id=attachment_id, case_id=case.id, name=f"{MARKER}.pdf", added_at=an_instant(), added_by=by, **facts)
    )


def kept(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row


SAVEPOINTS = {
    "do_savepoint": "SAVEPOINT {0}",
    "do_release_savepoint": "RELEASE SAVEPOINT {0}",
    "do_rollback_to_savepoint": "ROLLBACK TO SAVEPOINT {0}; RELEASE SAVEPOINT {0}",
}
"""One that was rolled back to still stands: without its release each try would lie within all those before, of each of
which PostgreSQL asks whether it wrote the row at hand.
"""


@contextmanager
def undone(app: Flask) -> Iterator[Connection]:
    """All that is committed inside is undone afterwards, so that one world serves every try.

    Within, every session works on this one connection, and its commits are savepoints.
    """
    engine = db.engines[None]
    with engine.connect() as connection, connection.begin() as outer, pytest.MonkeyPatch.context() as patch:
        connection.begin_nested()
        for name, statement in SAVEPOINTS.items():
            patch.setattr(engine.dialect, name, partial(_straight_to_libpq, statement))
        db.session.remove()
        db.engines[None] = connection  # type: ignore[index]  # a dictionary, and a session takes either
        try:
            yield connection
        finally:
            db.session.remove()
            db.engines[None] = engine  # type: ignore[index]
            outer.rollback()


def _straight_to_libpq(statement: str, connection: Connection, savepoint: str) -> None:
    """Psycopg forgets at every rollback what PostgreSQL has planned, lest a table be gone; here all tables stay.

    So it does not hear of one to a savepoint.
    """
    driver: Any = connection.connection.dbapi_connection
    done = driver.pgconn.exec_(statement.format(savepoint).encode())
    assert done.status == psycopg.pq.ExecStatus.COMMAND_OK, done.error_message
