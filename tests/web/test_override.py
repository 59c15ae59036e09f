"""The gate: a case of which something is missing stands on an agenda with a reason, or not at all."""

from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_meeting, a_person, all_that_is_asked, an_actor, an_instant
from tests.web.pages import main_part, post, told
from tumorboard.domain.needs import WriteNeeds
from tumorboard.domain.needs import write as write_needs
from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaItem, AuditEntry, Case, Meeting, Person, Result
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole, CaseState, Need, ResultState, Told

WHY = "Cord compression; she is operated on tomorrow."


@dataclass
class Waiting:
    """An accepted case that waits for a place, with all that its board asks."""

    coordinator: Person
    meeting: Meeting
    case: Case
    browser: FlaskClient

    @property
    def agenda(self) -> str:
        return f"/meetings/{self.meeting.id}/agenda"

    def add(self, override: str = "") -> tuple[int, str]:
        asked = f"{self.agenda}/add?case={self.case.id}"
        page = self.agenda if self.browser.get(asked).status_code == 303 else asked
        answer = post(self.browser, page, f"{self.agenda}/add", case=str(self.case.id), override=override)
        return answer.status_code, unescape(told(self.browser, answer) if answer.status_code == 303 else answer.text)

    def lose(self, key: str) -> Result:
        return next(result for result in self.case.results if result.item == key)

    @property
    def listed(self) -> AgendaItem | None:
        db.session.expire_all()
        return db.session.scalars(select(AgendaItem).where(AgendaItem.taken_off_at.is_(None))).one_or_none()


@pytest.fixture
def complete(sign_in: SignIn) -> Waiting:
    coordinator = a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR))
    case = a_case(board, coordinator, state=CaseState.ACCEPTED)
    all_that_is_asked(case)
    with transaction():
        said = WriteNeeds("To stay at home.", (Need.TRANSPORT,), 2, "", 0, told=Told.AGREES)
        write_needs(case, said, an_actor(coordinator))
    return Waiting(coordinator, a_meeting(board), case, sign_in(coordinator))


@pytest.fixture
def incomplete(complete: Waiting) -> Waiting:
    complete.case.results = [result for result in complete.case.results if result.item != "her2"]
    db.session.commit()
    return complete


def test_a_complete_case_needs_no_reason_and_keeps_none(complete: Waiting) -> None:
    page = main_part(complete.browser.get(complete.agenda))
    assert "Add…" not in page
    status, page = complete.add(WHY)
    assert (status, "Added at the end of the agenda." in page) == (303, True)
    assert complete.listed is not None
    assert (complete.listed.override, complete.listed.overridden_by) == ("", None)


def test_what_is_missing_is_named_and_nothing_is_listed(incomplete: Waiting) -> None:
    status, page = incomplete.add()
    assert status == 422
    assert "Add it with 1 item missing?" in page
    assert "Say why it cannot wait, in a few words." in page
    assert incomplete.listed is None
    assert db.session.get_one(Case, incomplete.case.id).state is CaseState.ACCEPTED


def test_a_reason_lists_it_and_stands_beside_it_with_its_author(incomplete: Waiting) -> None:
    asked = unescape(incomplete.browser.get(f"{incomplete.agenda}/add?case={incomplete.case.id}").text)
    assert "Add it with 1 item missing?" in asked
    assert "HER2" in asked
    status, page = incomplete.add(WHY)
    assert status == 303
    name = f"{incomplete.coordinator.family_name}, {incomplete.coordinator.given_name}"
    assert "HER2: not there yet." in page
    assert f"Listed nevertheless: “{WHY}” {name}" in page
    assert f"Listed although incomplete: “{WHY}” {name}" in unescape(
        incomplete.browser.get(f"/cases/{incomplete.case.id}").text
    )
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.AGENDA_CHANGED)).one()
    assert entry.details == {"missing": 1}


def test_pending_with_a_date_opens_the_gate_and_is_told_on_the_agenda(complete: Waiting) -> None:
    her2 = complete.lose("her2")
    her2.state, her2.reason = ResultState.PENDING, ""
    her2.expected_on = (an_instant() + timedelta(days=1)).date()
    db.session.commit()
    status, page = complete.add()
    assert status == 303
    assert "HER2: expected" in page


def test_pending_without_a_date_says_what_it_needs(complete: Waiting) -> None:
    her2 = complete.lose("her2")
    her2.state, her2.reason = ResultState.PENDING, ""
    db.session.commit()
    status, page = complete.add(WHY)
    assert status == 303
    assert "HER2: pending: say when it is expected." in page


def test_what_is_too_old_on_the_day_of_the_meeting_closes_it(complete: Waiting) -> None:
    complete.case.performance_stated_on = (an_instant() - timedelta(days=60)).date()
    db.session.commit()
    status, page = complete.add()
    assert status == 422
    assert "Performance status" in page


@pytest.mark.parametrize("unseen", ["   ", "\u200b", "\u202e\ufeff", "x" * 201])
def test_a_reason_that_nobody_can_read_is_none(incomplete: Waiting, unseen: str) -> None:
    status, _ = incomplete.add(unseen)
    assert status == 422
    assert incomplete.listed is None
