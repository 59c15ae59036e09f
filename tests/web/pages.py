"""What the tests of the pages share: forms sent as a browser sends them, and the mails that are owed."""

import re
from collections import Counter
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tumorboard.storage.db import db
from tumorboard.storage.models import Meeting, Notice
from tumorboard.vocabulary import NoticeKind, NoticeState

NONSENSE = (
    "",
    " ",
    "x" * 5000,
    "<script>alert(1)</script>",
    "a\0b\x1b",
    "'; DROP TABLE meeting; --",
    "\u202e๙๙\u200d",
    "-1",
)
"""What a date, a time or a number is not, and what breaks a careless form."""

_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(\w+)="([^"]*)"')
_DIFFERS_EACH_TIME = re.compile(r'(?<=name="csrf_token" value=")[^"]+|(?<=this number: ).*', re.DOTALL)


def post(browser: FlaskClient, page: str, action: str, **typed: str) -> TestResponse:
    """Opens ``page``, fills in its form that posts to ``action`` and sends it."""
    return browser.post(action, data=filled_in(browser.get(page).text, action) | typed)


def preview(browser: FlaskClient, page: str, **typed: str) -> TestResponse:
    """Opens ``page``, types into its form and asks what that would do."""
    return browser.get(page, query_string=filled_in(browser.get(page).text, page, "get") | typed)


def confirmed(browser: FlaskClient, page: str, why: str = "", **typed: str) -> TestResponse:
    """The same, and then the button, beside which ``why`` is asked for; a slip comes back as it is."""
    shown = preview(browser, page, **typed)
    return shown if shown.status_code != 200 else browser.post(page, data=filled_in(shown.text, page) | {"why": why})


def filled_in(page: str, action: str, method: str = "post") -> dict[str, str]:
    """What the form that posts to ``action`` holds before anybody types into it."""
    forms = re.findall(r"<form\b[^>]*>.*?</form>", page, re.DOTALL)
    tags = {unescape(each.partition(">")[0] + ">"): each for each in forms}
    form = next(each for tag, each in tags.items() if f'action="{action}"' in tag and f'method="{method}"' in tag)
    fields = (dict(_ATTRIBUTE.findall(field)) for field in _INPUT.findall(form))
    return {
        field["name"]: unescape(field.get("value", "")) for field in fields if field.get("type") in {"hidden", "text"}
    }


def main_part(answer: TestResponse) -> str:
    """What stands in the page's main part, without what differs from one request to the next."""
    return _DIFFERS_EACH_TIME.sub("", answer.text.partition("<main")[2].partition("</main>")[0])


def token(browser: FlaskClient) -> str:
    """A CSRF token, for a post that no form on a page would make."""
    found = re.search(r'name="csrf-token" content="([^"]+)"', browser.get("/meetings").text)
    assert found
    return found[1]


def told(browser: FlaskClient, answer: TestResponse) -> str:
    """The page that a redirect leads to."""
    assert answer.status_code == 303, answer.text
    page = browser.get(answer.location)
    assert page.status_code == 200, page.text
    return unescape(page.text)


def notices_of(meeting: Meeting, *states: NoticeState) -> list[Notice]:
    """The meeting's notices in these states, or in any, as the database has them."""
    db.session.expire_all()
    query = select(Notice).where(Notice.meeting_id == meeting.id).order_by(Notice.created_at, Notice.id)
    return list(db.session.scalars(query.where(Notice.state.in_(states)) if states else query))


def waiting(meeting: Meeting) -> Counter[NoticeKind]:
    """How many mails of each kind are still to go out."""
    return Counter(notice.kind for notice in notices_of(meeting, NoticeState.OWED, NoticeState.RETRYING))


def all_sent(meeting: Meeting) -> None:
    """As if every mail had been taken by the server."""
    for notice in notices_of(meeting, NoticeState.OWED):
        notice.state, notice.due_at, notice.sent_at = NoticeState.SENT, None, notice.created_at
    db.session.commit()
