"""A pasted report fills boxes one by one, and nothing by itself."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_person
from tests.web.case_pages import a_form, autosave, send, typed_in
from tests.web.pages import token
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Board, Case, Person

REPORT = """Core biopsy, left breast. Accession number: S26-40718, collected 02-Nov-2026.
Invasive carcinoma, no special type, grade 3. ER positive (90 %), PR negative, HER2 1+ by IHC. Ki-67: 64 %.
Germline BRCA pending. Clinical stage cT2 cN1 cM0. ECOG 1."""


@pytest.fixture
def ada() -> Person:
    return a_person()


@pytest.fixture
def board() -> Board:
    return a_board()


@pytest.fixture
def browser(sign_in: SignIn, ada: Person) -> FlaskClient:
    return sign_in(ada)


def offered(page: str) -> dict[str, str]:
    """The number of each offer that can still be taken, by its words."""
    found = {}
    for row in page.partition('class="tb-offers"')[2].partition("</ul>")[0].split("<li>")[1:]:
        if 'name="take"' in row:
            words = row.partition("<strong>")[2].partition("</strong>")[0]
            found[words] = row.partition('value="')[2].partition('"')[0]
    return found


def test_the_report_is_offered_with_its_place_and_changes_nothing_by_itself(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    page = send(browser, "report", a_form(board, ada, report=REPORT))
    words = " | ".join(offered(page.text))
    for fact in ("ER positive", "PR negative", "HER2", "Ki-67", "ECOG"):
        assert fact.lower() in words.lower()
    assert "<mark>ER positive (90 %" in page.text
    typed = typed_in(page)
    assert typed.get("item_er-answer") is None
    assert typed["stage_t"] == ""
    assert typed["report"].startswith("Core biopsy")


def test_what_is_taken_stands_in_its_boxes_and_the_rest_stays_offered(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    case_id, form = new_id(), a_form(board, ada, report=REPORT)
    first = offered(send(browser, "report", form, case_id).text)
    for fact in ("er positive", "t2", "ki-67"):
        take = next(place for words, place in first.items() if fact in words.lower())
        page = send(browser, "report", typed_in(browser.get(f"/cases/{case_id}/draft")) | {"take": take}, case_id)
    typed = typed_in(page)
    assert (typed["item_er-answer"], typed["item_er-value"]) == ("Positive", "90")
    assert (typed["stage_t"], typed["item_ki67-value"]) == ("2", "64")
    assert typed.get("item_pr-answer") is None
    assert len(offered(page.text)) == len(first) - 3


def test_a_script_takes_without_leaving_the_page(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id, form = new_id(), a_form(board, ada, report=REPORT)
    places = offered(autosave(browser, form, case_id).get_json()["report"])
    take = next(place for words, place in places.items() if "pr negative" in words.lower())
    answer = browser.post(
        f"/cases/{case_id}/report",
        data=form | {"take": take, "revision": "1", "csrf_token": token(browser)},
        headers={"Accept": "application/json"},
    ).get_json()
    assert 'name="item_pr-answer"' in answer["questions"]
    assert take not in offered(answer["report"]).values()


def test_a_number_of_another_unit_is_not_offered(browser: FlaskClient, ada: Person, board: Board) -> None:
    text = "CEA 12 µg/kg. CEA 4.1 ng/mL."
    page = send(browser, "report", a_form(board, ada, tumor_type="colon", question_type="Surgery", report=text))
    assert [words for words in offered(page.text) if "CEA" in words] == ["CEA 4.1 ng/mL"]


def test_a_report_of_two_patients_offers_nothing_and_says_so(browser: FlaskClient, ada: Person, board: Board) -> None:
    text = f"DOB: 14-Mar-1971. {REPORT}\n\nDOB: 02-May-1960. ER negative."
    page = send(browser, "report", a_form(board, ada, report=text))
    assert offered(page.text) == {}
    assert "This text speaks of more than one patient" in page.text
    alone = send(browser, "report", a_form(board, ada, report=REPORT))
    assert "more than one patient" not in alone.text


def test_the_report_itself_is_not_kept_with_the_case(browser: FlaskClient, ada: Person, board: Board) -> None:
    assert send(browser, "submit", a_form(board, ada, report=REPORT)).status_code == 303
    case = db.session.scalars(select(Case)).unique().one()
    assert case.typed is None
    assert case.results == []


def test_what_cannot_be_seen_in_a_pasted_report_hinders_nothing(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    unseen = f"\ufeff{REPORT[:20]}\u200b{REPORT[20:]}\f\u202e\u0001"
    page = send(browser, "report", a_form(board, ada, report=unseen))
    assert offered(page.text)
    assert send(browser, "submit", a_form(board, ada, report=unseen)).status_code == 303


def test_of_a_report_about_somebody_else_nothing_is_offered(browser: FlaskClient, ada: Person, board: Board) -> None:
    page = send(browser, "report", a_form(board, ada, report=f"DOB: 01-Jan-1950\n{REPORT}"))
    assert "This text is about somebody else" in page.text
    assert offered(page.text) == {}


def test_a_report_of_which_no_box_asks_anything_says_so(browser: FlaskClient, ada: Person, board: Board) -> None:
    page = send(browser, "report", a_form(board, ada, report="Thank you for seeing this pleasant lady."))
    assert "Nothing is found in this text" in page.text
