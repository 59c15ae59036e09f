"""The gate: a case that is late, or of which something is missing, stands on an agenda with a reason, or not at all."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import (
    NEW_YORK,
    a_board,
    a_case,
    a_meeting,
    a_member,
    a_person,
    all_that_is_asked,
    an_actor,
    an_instant,
)
from tests.web.case_pages import a_form, autosave
from tests.web.pages import main_part, post, token, told
from tumorboard import words
from tumorboard.domain.needs import WriteNeeds
from tumorboard.domain.needs import write as write_needs
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import AgendaItem, AuditEntry, Case, Meeting, Person, Result
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole, CaseState, LateRule, Need, ResultState, Told

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


def late(waiting: Waiting, *, rule: LateRule = LateRule.WITH_REASON, frozen: bool = False) -> None:
    """As if the cut-off had been before the case came; and the freeze too."""
    board, meeting = waiting.meeting.board, waiting.meeting
    noon = datetime.combine(an_instant().astimezone(ZoneInfo(NEW_YORK)).date(), time(12), ZoneInfo(NEW_YORK))
    meeting.starts_at = noon + timedelta(days=3)
    meeting.ends_at = meeting.starts_at + timedelta(hours=1)
    board.late_rule, board.cutoff_days, board.freeze_days = rule, 4, 4 if frozen else 2
    board.freeze_at = board.cutoff_at if frozen else board.freeze_at
    db.session.commit()


@pytest.mark.parametrize("passed", ["The cut-off was", "The agenda is frozen since"])
def test_a_late_case_needs_a_reason_and_says_so_on_the_agenda(complete: Waiting, passed: str) -> None:
    late(complete, frozen="frozen" in passed)
    assert f"{passed} " in unescape(complete.browser.get(complete.agenda).text)
    assert "A late case needs a reason." in unescape(complete.browser.get(f"/meetings/{complete.meeting.id}").text)
    status, page = complete.add()
    assert status == 422
    assert "Add it late?" in page
    assert passed in page
    assert complete.listed is None
    status, page = complete.add(WHY)
    assert status == 303
    assert f"Listed late: “{WHY}”" in page
    assert complete.listed is not None
    assert complete.listed.late
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.AGENDA_CHANGED)).one()
    assert entry.details == {"late": 1}


def test_a_case_that_came_before_the_cut_off_is_in_time_until_the_freeze(complete: Waiting) -> None:
    late(complete)
    complete.case.submitted_at = an_instant() - timedelta(days=3)
    db.session.commit()
    status, _ = complete.add()
    assert status == 303
    assert complete.listed is not None
    assert not complete.listed.late


def test_late_and_incomplete_are_asked_together(incomplete: Waiting) -> None:
    late(incomplete)
    _, page = incomplete.add()
    assert "Add it late, with 1 item missing?" in page


def test_where_nothing_comes_late_a_typed_reason_is_not_lost(complete: Waiting) -> None:
    late(complete, rule=LateRule.NEVER)
    form = complete.browser.get(f"{complete.agenda}/add?case={complete.case.id}")
    assert "This board takes no late additions" in told(complete.browser, form)
    data = {"csrf_token": token(complete.browser), "case": str(complete.case.id), "override": WHY}
    answer = complete.browser.post(f"{complete.agenda}/add", data=data)
    assert answer.status_code == 422
    assert f'value="{WHY}"' in unescape(answer.text)
    assert "a late case goes to a later meeting" in answer.text
    assert complete.listed is None


def test_a_late_case_that_needs_the_chair_is_listed_by_the_chair(complete: Waiting, sign_in: SignIn) -> None:
    late(complete, rule=LateRule.WITH_APPROVAL)
    page = unescape(complete.browser.get(complete.agenda).text)
    assert "the chair: nobody yet" in page
    assert "Add: " not in page
    chair = a_person()
    a_member(complete.meeting.board, chair, BoardRole.CHAIR)
    asked = complete.browser.get(f"{complete.agenda}/add?case={complete.case.id}")
    assert f"{chair.family_name}, {chair.given_name} adds it" in unescape(told(complete.browser, asked))
    complete.browser = sign_in(chair)
    status, _ = complete.add(WHY)
    assert status == 303
    assert complete.listed is not None
    assert complete.listed.overridden_by == chair


def test_whoever_submits_reads_which_meeting_the_case_is_in_time_for(complete: Waiting) -> None:
    later = a_meeting(complete.meeting.board, starts_in=timedelta(days=10))
    late(complete)
    page = unescape(complete.browser.get(f"/cases/{complete.case.id}").text)
    assert f"In time for the meeting of {words.span_words(later.starts_at, later.ends_at, NEW_YORK)}" in page
    form = a_form(complete.meeting.board, complete.coordinator)
    progress = unescape(autosave(complete.browser, form, new_id()).get_json()["progress"])
    assert "Its cut-off is over: submitted now, the case is late for it" in progress
    assert f"in time for {words.moment_words(later.starts_at, NEW_YORK)}" in progress
    complete.meeting.board.cutoff_days = 2
    db.session.commit()
    progress = autosave(complete.browser, form, new_id()).get_json()["progress"]
    assert "the case is in time for it." in progress
