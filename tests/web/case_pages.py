"""What the tests of the submitter's pages share: a case as somebody types it, and a page as somebody reads it."""

import re
from html import unescape
from html.parser import HTMLParser
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.pages import token
from tumorboard.storage.db import new_id
from tumorboard.storage.models import Board, Case, Person

TAB = uuid4().hex


def a_form(board: Board, person: Person, **changes: str) -> dict[str, str]:
    """A case as a clinician types it, with everything that submission needs."""
    form = {
        "tab": TAB,
        "revision": "0",
        "mrn": "0042 1783",
        "mrn_hospital": str(person.hospital_id),
        "birth_date": "14-Mar-1971",
        "family_name": "Quillfeather",
        "given_name": "Anneliese",
        "sex": "female",
        "board": str(board.id),
        "tumor_type": "breast",
        "case_type": "treatment_decision",
        "question_type": "Surgery",
        "question": "Surgery first, or chemotherapy first?",
        "urgency": "routine",
    }
    return form | changes


def send(browser: FlaskClient, act: str, form: dict[str, str], case_id: UUID | None = None) -> TestResponse:
    """Posts the form as a browser without scripts does."""
    return browser.post(f"/cases/{case_id or new_id()}/{act}", data=form | {"csrf_token": token(browser)})


def autosave(browser: FlaskClient, form: dict[str, str], case_id: UUID) -> TestResponse:
    """Posts the form as js/autosave.js does."""
    return browser.post(
        f"/cases/{case_id}/draft",
        data=form | {"csrf_token": token(browser)},
        headers={"Accept": "application/json"},
    )


def begin(browser: FlaskClient, case: Case) -> str:
    """Begins the next case, and gives the address of its draft."""
    return browser.post(f"/cases/{case.id}/again", data={"csrf_token": token(browser)}).location


def timeline(browser: FlaskClient, case: Case) -> list[str]:
    """Each line as it is read."""
    page = browser.get(f"/cases/{case.id}").text.partition('id="case-timeline"')[2].partition("</ol>")[0]
    lines = (unescape(re.sub(r"<[^>]+>", " ", line)) for line in page.split("<li>")[1:])
    return [re.sub(r" (?=[:,;.])", "", " ".join(line.split())) for line in lines]


class _Boxes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, str] = {}
        self._select = self._area = ""
        self._in_template = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        name, value = own.get("name", ""), own.get("value", "")
        self._in_template = self._in_template or tag == "template"
        if self._in_template:
            return
        if tag == "input" and (own.get("type") not in {"checkbox", "radio"} or "checked" in own):
            self.held[name] = value
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in own:
            self.held[self._select] = value
        elif tag == "textarea":
            self._area, self.held[name] = name, ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.held[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        self._in_template = self._in_template and tag != "template"
        self._area = "" if tag == "textarea" else self._area


def typed_in(answer: TestResponse) -> dict[str, str]:
    """What stands in the boxes of a page, by name; of choices, the chosen one."""
    boxes = _Boxes()
    boxes.feed(answer.text)
    # The line break right after <textarea> is the markup's and not the text's.
    return {name: text.removeprefix("\r\n").removeprefix("\n") for name, text in boxes.held.items()}
