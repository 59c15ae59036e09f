"""A pack is asked for once, made once, and of use for a day and for its agenda."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_person, an_actor, an_instant
from tumorboard.domain import outbox, packs
from tumorboard.domain.meetings import meeting_to_change
from tumorboard.domain.sections import StateHistory, WriteSection, write
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaItem, AuditEntry, Meeting, Pack, Person
from tumorboard.storage.models.worker import WORKER_LOCKS
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole, PackState, Permission, Section

PDF = b"%PDF-1.7 of Quillfeather"


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def meeting(coordinator: Person) -> Meeting:
    meeting = a_meeting(a_board((coordinator, BoardRole.COORDINATOR)))
    for _ in range(2):
        a_listed_case(meeting, a_case(meeting.board, coordinator))
    return meeting


def asked(meeting: Meeting, by: Person) -> UUID:
    with transaction():
        actor = an_actor(by)
        return packs.ask(meeting_to_change(meeting.id, actor, Permission.BUILD_AGENDA), actor).id


def a_worker() -> int:
    """A worker's number whose lock this session holds: it lives."""
    with transaction():
        number = outbox.enlist(an_instant())
        db.session.execute(text("SELECT pg_advisory_lock(:locks, :number)"), {"locks": WORKER_LOCKS, "number": number})
    return number


def claimed(worker: int) -> UUID | None:
    with transaction():
        return packs.claim(worker)


def made(meeting: Meeting, by: Person) -> UUID:
    """A pack that is ready."""
    asked(meeting, by)
    worker = a_worker()
    pack_id = claimed(worker)
    assert pack_id
    with transaction():
        assert packs.begin(pack_id, worker, an_instant())
        assert packs.keep(pack_id, worker, PDF)
    return pack_id


def the_pack() -> Pack:
    db.session.rollback()
    return db.session.scalars(select(Pack).execution_options(populate_existing=True)).one()


def opened(meeting: Meeting, by: Person, *, later: timedelta = timedelta(0)) -> bytes:
    with transaction():
        return packs.open_pdf(meeting, an_actor(by, an_instant() + later))


def test_asking_twice_makes_one_and_two_people_have_one_each(meeting: Meeting, coordinator: Person) -> None:
    assert asked(meeting, coordinator) == asked(meeting, coordinator)
    made(meeting, coordinator)
    assert asked(meeting, coordinator) == the_pack().id
    assert the_pack().state is PackState.READY


def test_twice_at_once_makes_one(app: Flask, meeting: Meeting, coordinator: Person) -> None:
    together, found = Barrier(4), []

    def ask() -> None:
        with app.app_context():
            together.wait()
            found.append(asked(meeting, db.session.get_one(Person, coordinator.id)))

    people = [Thread(target=ask) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert found == [the_pack().id] * 4


def test_is_sealed_at_rest_and_opens_for_whoever_asked(meeting: Meeting, coordinator: Person) -> None:
    made(meeting, coordinator)
    sealed = the_pack().sealed
    assert sealed
    assert b"Quillfeather" not in sealed
    assert opened(meeting, coordinator) == PDF
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.PACK_PRINTED)).one()
    items = db.session.scalars(select(AgendaItem)).unique().all()
    assert set(entry.patient_ids) == {item.case.patient_id for item in items}
    assert set(entry.subject_ids) == {meeting.id} | {item.case_id for item in items}


def test_dies_after_a_day_and_when_its_agenda_changes(meeting: Meeting, coordinator: Person) -> None:
    made(meeting, coordinator)
    with pytest.raises(Refused, match="not_now"):
        opened(meeting, coordinator, later=timedelta(hours=25))
    with transaction():
        assert packs.forget_old(an_instant()) == 0
        db.session.execute(update(AgendaItem).values(minutes=9))
    with pytest.raises(Refused, match="not_now"):
        opened(meeting, coordinator)
    with transaction():
        assert packs.forget_old(an_instant()) == 1
    assert db.session.scalars(select(Pack)).all() == []


def test_dies_when_a_case_of_it_is_written_again(meeting: Meeting, coordinator: Person) -> None:
    pack_id = made(meeting, coordinator)
    with transaction():
        case = db.session.scalars(select(AgendaItem)).unique().first().case  # type: ignore[union-attr]
        act = WriteSection(Section.HISTORY, StateHistory(prior_treatment="Lumpectomy."), (), 0)
        write(case, act, an_actor(case.submitter))
    with pytest.raises(Refused, match="not_now"):
        opened(meeting, coordinator)
    assert asked(meeting, coordinator) == pack_id
    assert the_pack().state is PackState.ASKED


def test_a_pack_of_an_older_agenda_is_made_anew_in_its_place(meeting: Meeting, coordinator: Person) -> None:
    pack_id = made(meeting, coordinator)
    a_listed_case(meeting, a_case(meeting.board, coordinator))
    assert asked(meeting, coordinator) == pack_id
    assert (the_pack().state, the_pack().total, the_pack().sealed) == (PackState.ASKED, 3, None)


def test_a_pack_with_an_older_standing_text_is_made_anew(meeting: Meeting, coordinator: Person) -> None:
    made(meeting, coordinator)
    meeting.board.standing_text = "Phones silent."
    db.session.commit()
    asked(meeting, coordinator)
    assert the_pack().state is PackState.ASKED


def test_whose_worker_is_dead_is_taken_up_again_and_after_three_has_failed(
    meeting: Meeting, coordinator: Person
) -> None:
    pack_id = asked(meeting, coordinator)
    for dead in (9001, 9002, 9003):
        assert claimed(dead) == pack_id
    assert claimed(9004) is None
    assert the_pack().state is PackState.FAILED
    asked(meeting, coordinator)
    assert claimed(9005) == pack_id


def test_of_two_workers_one_makes_it_and_who_lost_it_changes_nothing(meeting: Meeting, coordinator: Person) -> None:
    pack_id = asked(meeting, coordinator)
    assert claimed(9001) == pack_id
    living = a_worker()
    assert claimed(living) == pack_id
    assert claimed(9002) is None
    with transaction():
        assert packs.begin(pack_id, 9001, an_instant()) is None
        assert not packs.say_done(pack_id, 9001, 1)
        assert not packs.keep(pack_id, 9001, PDF)
        packs.fail(pack_id, 9001)
        assert packs.say_done(pack_id, living, 1)
    assert (the_pack().state, the_pack().done, the_pack().claimed_by) == (PackState.MAKING, 1, living)


def test_there_is_none_of_an_empty_agenda_and_none_for_who_leads_nothing(coordinator: Person) -> None:
    meeting = a_meeting(a_board((coordinator, BoardRole.COORDINATOR), (member := a_person(), BoardRole.CORE)))
    for person, code in ((coordinator, Code.NOT_NOW), (member, Code.NOT_ALLOWED)):
        with pytest.raises(Refused) as refused:
            asked(meeting, person)
        assert refused.value.code is code
