"""A pack is made by a worker in the background: with progress, once, and whatever dies meanwhile."""

import re

import pytest
from sqlalchemy import select, text

from tests.conftest import SignIn
from tests.factories import (
    a_board,
    a_case,
    a_listed_case,
    a_meeting,
    a_patient,
    a_person,
)
from tests.faults.conftest import Breakable
from tests.paper.papers import read, require_tagged
from tests.waiting import until
from tests.web.pages import post
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Meeting, Pack, Person
from tumorboard.vocabulary import AuditAct, BoardRole, PackState

pytestmark = pytest.mark.fault


@pytest.fixture
def coordinator(breakable: Breakable) -> Person:
    return a_person()


@pytest.fixture
def meeting(coordinator: Person) -> Meeting:
    """An agenda of twelve, each patient with a name of their own, one of them restricted."""
    meeting = a_meeting(a_board((coordinator, BoardRole.COORDINATOR)))
    for number in range(12):
        patient = a_patient(f"Marker{chr(65 + number)}")
        patient.restricted = number == 3
        a_listed_case(meeting, a_case(meeting.board, coordinator, patient=patient, question=f"What of {number}?"))
    return meeting


def the_pack() -> Pack:
    db.session.rollback()
    return db.session.scalars(select(Pack).execution_options(populate_existing=True)).one()


def is_ready() -> bool:
    return the_pack().state is PackState.READY


def test_a_pack_of_twelve_is_made_and_opened(
    breakable: Breakable, sign_in: SignIn, coordinator: Person, meeting: Meeting
) -> None:
    browser, page = sign_in(coordinator), f"/meetings/{meeting.id}/pack"
    assert post(browser, page, page).location == page
    waiting = browser.get(page).text
    assert "0 of 12 cases" in waiting
    assert "Marker" not in waiting
    breakable.service.start_beat()
    breakable.service.start_worker()
    until(is_ready, "the pack", 60)
    assert "Ready: 12 of 12 cases" in browser.get(page).text
    answer = browser.get(f"{page}.pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="pack.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    paper = read(answer.data)
    require_tagged(paper)
    [index, *cases] = paper.pages
    assert len(cases) == 12
    assert "Marker" not in index
    assert "What of" not in index
    for number, case in enumerate(cases):
        assert case.startswith(f"Marker{chr(65 + number)}, Anneliese Case ")
        assert f"What of {number}?" in case
        assert case.endswith(f"Page {number + 2} of 13")
    numbers = [re.findall(r"Case (\d+)", case)[0] for case in cases]
    assert re.findall(r"8 Case (\d+) (\d+)", index) == [(each, str(place + 2)) for place, each in enumerate(numbers)]
    [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.PACK_PRINTED)).all()
    assert len(entry.patient_ids) == 12
    log = breakable.service.log.read_text()
    assert "pack_made" in log
    assert "Marker" not in log


def test_a_worker_that_was_killed_leaves_its_pack_to_the_next(
    breakable: Breakable, sign_in: SignIn, coordinator: Person, meeting: Meeting
) -> None:
    page = f"/meetings/{meeting.id}/pack"
    post(sign_in(coordinator), page, page)
    breakable.service.start_beat()
    with db.engine.connect() as holding:  # whoever writes the first case waits for this table
        holding.execute(text("LOCK TABLE care_team_member IN ACCESS EXCLUSIVE MODE"))
        breakable.service.start_worker()
        until(lambda: the_pack().state is PackState.MAKING, "a worker to begin", 50)
        breakable.service.kill("worker")
    assert (the_pack().state, the_pack().attempts) == (PackState.MAKING, 1)
    breakable.service.start_worker()
    until(is_ready, "the pack, by another worker", 60)
    assert the_pack().attempts == 2
    assert len(read(sign_in(coordinator).get(f"{page}.pdf").data).pages) == 13


def test_two_workers_and_a_queue_that_repeats_make_one(
    breakable: Breakable, sign_in: SignIn, coordinator: Person, meeting: Meeting
) -> None:
    page, browser = f"/meetings/{meeting.id}/pack", sign_in(coordinator)
    breakable.service.start_beat()
    breakable.service.start_worker()
    for _ in range(3):
        if "Make the pack" in browser.get(page).text:
            post(browser, page, page)
    until(is_ready, "the pack", 60)
    assert the_pack().attempts == 1
