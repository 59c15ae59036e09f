"""The delivery page: what became of every mail, and sending a failed one again."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_member, a_person, an_actor, an_instant
from tests.web.pages import all_sent, notices_of, post, token, told, waiting
from tumorboard.domain import agenda
from tumorboard.storage.db import db
from tumorboard.storage.models import Delivery, Meeting, Notice, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, NoticeKind, NoticeState

SAID = "550 5.1.1 no such mailbox"


@dataclass
class Delivered:
    """A published meeting whose six mails were taken by the server, but for the surgeon's agenda, which it refused."""

    surgeon: Person
    meeting: Meeting
    failed: Notice
    browser: FlaskClient

    @property
    def page(self) -> str:
        return f"/meetings/{self.meeting.id}/notices"

    def send_again(self) -> str:
        return told(self.browser, post(self.browser, self.page, f"/notices/{self.failed.id}/again"))


@pytest.fixture
def delivered(sign_in: SignIn) -> Delivered:
    coordinator, surgeon = a_person(), a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR), (surgeon, BoardRole.CORE), (a_person(), BoardRole.CHAIR))
    meeting = a_meeting(board)
    a_listed_case(meeting, a_case(board, surgeon))
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
    all_sent(meeting)
    failed = next(
        each for each in notices_of(meeting) if each.kind is NoticeKind.AGENDA and each.person_id == surgeon.id
    )
    failed.state, failed.sent_at, failed.server_said = NoticeState.FAILED, None, SAID
    failed.attempts, failed.last_tried_at = 1, an_instant()
    db.session.commit()
    return Delivered(surgeon, meeting, failed, sign_in(coordinator))


def rows(page: str) -> list[str]:
    return unescape(page).partition("<tbody>")[2].partition("</tbody>")[0].split("<tr>")[1:]


def test_what_failed_stands_first_with_the_servers_words_and_a_button(delivered: Delivered) -> None:
    found = rows(delivered.browser.get(delivered.page).text)

    assert len(found) == 6
    for words in (
        delivered.surgeon.email,
        SAID,
        "Failed",
        "Tried once",
        "“because you are a core member",
        "Send again",
    ):
        assert words in found[0]
    assert all("Taken by the server" in row and "Send again" not in row for row in found[1:])


def test_a_failed_mail_is_sent_again_once_as_a_new_notice(delivered: Delivered) -> None:
    page = delivered.send_again()

    assert "again: 1 mail." in page
    [again] = notices_of(delivered.meeting, NoticeState.OWED)
    assert (again.again_of_id, again.person_id, again.kind) == (
        delivered.failed.id,
        delivered.surgeon.id,
        NoticeKind.AGENDA,
    )
    assert db.session.get_one(Notice, delivered.failed.id).state is NoticeState.FAILED
    assert "A new one was sent in its place." in page
    assert "Send again" not in page

    form = {"csrf_token": token(delivered.browser)}
    twice = told(delivered.browser, delivered.browser.post(f"/notices/{delivered.failed.id}/again", data=form))
    assert "This notice is on its way again already." in twice
    assert waiting(delivered.meeting) == Counter({NoticeKind.AGENDA: 1})


def test_a_mail_that_was_sent_is_not_sent_again(delivered: Delivered) -> None:
    sent = notices_of(delivered.meeting, NoticeState.SENT)[0]
    form = {"csrf_token": token(delivered.browser)}
    told(delivered.browser, delivered.browser.post(f"/notices/{sent.id}/again", data=form))
    assert waiting(delivered.meeting) == Counter()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("state=failed", 1),
        ("state=sent", 5),
        ("kind=invitation", 3),
        ("state=sent&kind=agenda", 2),
        ("state=cancelled", 0),
        ("state=nonsense&kind=%00&after=%00", 6),
    ],
)
def test_the_list_is_filtered_by_its_address(delivered: Delivered, query: str, count: int) -> None:
    assert len(rows(delivered.browser.get(f"{delivered.page}?{query}").text)) == count


def test_a_long_list_goes_on_where_the_page_before_ended(delivered: Delivered) -> None:
    for _ in range(12):
        a_member(delivered.meeting.board, a_person())
    a_listed_case(delivered.meeting, a_case(delivered.meeting.board, delivered.surgeon))
    publish = f"/meetings/{delivered.meeting.id}/agenda/publish"
    told(delivered.browser, post(delivered.browser, publish, publish))
    first = delivered.browser.get(delivered.page).text
    address = unescape(first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0])
    second = delivered.browser.get(address).text

    assert len(rows(first)) == 25
    assert len(rows(first)) + len(rows(second)) == len(notices_of(delivered.meeting))
    assert not set(rows(first)) & set(rows(second))


def test_a_claimed_notice_reads_sending(delivered: Delivered) -> None:
    notice = delivered.failed
    notice.state, notice.due_at, notice.claimed_by = NoticeState.UNKNOWN, an_instant(), 1
    notice.lease_until = an_instant() + timedelta(minutes=5)
    db.session.commit()

    [row] = rows(delivered.browser.get(f"{delivered.page}?state=unknown").text)
    assert "Sending" in row
    assert "may have arrived" not in row
    assert "<dt>Sending</dt>" in delivered.browser.get(delivered.page).text


def test_a_server_that_refuses_us_is_said_at_the_top(delivered: Delivered) -> None:
    held = db.session.get_one(Delivery, 1)
    held.held_at, held.retry_at = an_instant(), an_instant() + timedelta(minutes=5)
    held.server_said = "454 4.7.0 temporary authentication failure"
    db.session.commit()

    page = delivered.browser.get(delivered.page).text
    assert "The mail server refuses us since" in page
    assert "454 4.7.0 temporary authentication failure. Nothing is lost; next try" in page


def test_only_leads_and_administrators_see_the_mails(delivered: Delivered, sign_in: SignIn) -> None:
    stranger = a_person()
    a_board((stranger, BoardRole.COORDINATOR))
    for person, status in ((delivered.surgeon, 403), (stranger, 404)):
        browser = sign_in(person)
        assert browser.get(delivered.page).status_code == status
        form = {"csrf_token": token(browser)}
        assert browser.post(f"/notices/{delivered.failed.id}/again", data=form).status_code == status
    assert waiting(delivered.meeting) == Counter()
