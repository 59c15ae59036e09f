"""A draft keeps what was typed: through a closed tab, a second tab, a dead session and a change of mind."""

from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.factories import a_board, a_person, an_actor
from tests.web.case_pages import a_form, autosave, send, typed_in
from tests.web.pages import token, told
from tumorboard.domain import web_sessions
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Board, Case, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import CaseState


@pytest.fixture
def ada(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def board(ada: Person) -> Board:
    return a_board()


@pytest.fixture
def browser(ada: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(ada)


def the_case() -> Case:
    db.session.expire_all()
    return db.session.scalars(select(Case)).unique().one()


def where_saved(page: TestResponse) -> str:
    return page.text.partition('data-autosave="')[2].partition('"')[0]


def test_opening_the_form_keeps_nothing(browser: FlaskClient) -> None:
    first, second = browser.get("/cases/new"), browser.get("/cases/new")
    assert where_saved(first) != where_saved(second)
    assert typed_in(first)["tab"] != typed_in(second)["tab"]
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0


def test_autosave_says_when_it_saved_and_what_is_still_needed(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id = new_id()
    answer = autosave(browser, a_form(board, ada, question=""), case_id).get_json()
    assert answer["saved"].startswith("Draft saved ")
    assert answer["revision"] == 1
    assert answer["url"] == f"/cases/{case_id}/draft"
    assert board.full_name in answer["progress"]
    assert "Question for the board" in answer["progress"]
    assert "Family name" not in answer["progress"]
    again = autosave(browser, a_form(board, ada, question=""), case_id).get_json()
    assert again["revision"] == 1


def test_a_draft_comes_back_as_it_was_typed_right_or_wrong(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id = new_id()
    form = a_form(board, ada, birth_date="not yet known", stage_t="cT2?", clinical_summary="\n\nTwo\n lines ")
    form |= {"imaging-0-value": "CT", "imaging-1-value": "PET", "performance_status": "2"}
    autosave(browser, form, case_id)
    held = typed_in(browser.get(f"/cases/{case_id}/draft"))
    assert (held["birth_date"], held["stage_t"], held["imaging-1-value"]) == ("not yet known", "cT2?", "PET")
    assert (held["performance_status"], held["board"]) == ("2", str(board.id))
    assert held["clinical_summary"].strip() == "Two\n lines"


def test_another_tab_overwrites_nothing_it_has_not_seen(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id = new_id()
    autosave(browser, a_form(board, ada, question="From the first tab?"), case_id)
    second = {"tab": uuid4().hex, "revision": "0"}
    refused = autosave(browser, a_form(board, ada, question="From the second?") | second, case_id)
    assert refused.status_code == 409
    assert "another tab" in refused.get_json()["problem"]
    without_scripts = send(browser, "draft", a_form(board, ada, question="From the second?") | second, case_id)
    assert without_scripts.status_code == 409
    assert typed_in(without_scripts)["question"] == "From the second?"
    assert "data-unsaved" in without_scripts.text
    seen = second | {"revision": typed_in(browser.get(f"/cases/{case_id}/draft"))["revision"]}
    assert autosave(browser, a_form(board, ada, question="Both?") | seen, case_id).status_code == 200
    assert the_case().typed == {**the_case().typed, "question": ["Both?"]}  # type: ignore[dict-item]


def two_tabs(browser: FlaskClient, form: dict[str, str]) -> tuple[UUID, dict[str, str], dict[str, str]]:
    """A draft that was saved once, open in two tabs."""
    case_id = new_id()
    autosave(browser, form, case_id)
    address = f"/cases/{case_id}/draft"
    return case_id, typed_in(browser.get(address)), typed_in(browser.get(address))


def typed(name: str) -> str:
    """What the draft holds in this box."""
    return ((the_case().typed or {}).get(name) or [""])[0]


def test_what_only_one_of_two_tabs_has_changed_is_taken_and_told(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    case_id, first, second = two_tabs(browser, a_form(board, ada))
    first |= {"family_name": "Quill", "item_er-answer": "Positive", "item_er-value": "90", "stage_t": "2"}
    assert autosave(browser, first, case_id).status_code == 200
    answer = autosave(browser, second | {"given_name": "Anne"}, case_id).get_json()
    assert answer["taken_in"] == "Taken in as saved elsewhere: Stage, Family name, Estrogen receptor."
    assert 'value="Quill"' in answer["boxes"]
    held = typed_in(browser.get(f"/cases/{case_id}/draft"))
    assert (held["family_name"], held["given_name"], held["item_er-value"]) == ("Quill", "Anne", "90")
    goes_on = second | {"given_name": "Anna", "family_name": "Quill", "revision": str(answer["revision"])}
    assert autosave(browser, goes_on | {"base": answer["base"]}, case_id).status_code == 200


def test_what_both_have_changed_stands_side_by_side_until_one_is_chosen(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    case_id, first, second = two_tabs(browser, a_form(board, ada, stage_t="1"))
    autosave(browser, first | {"question": "Surgery now?", "stage_t": "2"}, case_id)
    second |= {"question": "Surgery later?", "given_name": "Anne"}
    refused = autosave(browser, second, case_id)
    assert refused.status_code == 409
    both = " ".join(refused.get_json()["versions"].split())
    assert "You saved this elsewhere" in both
    assert "Surgery <mark>now?</mark>" in both
    assert "Surgery <mark>later?</mark>" in both
    assert both.count("<fieldset") == 1
    assert "checked" not in both
    assert (typed("question"), typed("given_name")) == ("Surgery now?", "Anneliese")

    shown = {"shown": "2", "settle": "yes"}
    assert autosave(browser, second | shown, case_id).status_code == 409
    unpressed = autosave(browser, second | {"shown": "2", "keep-question": "here"}, case_id)
    assert unpressed.status_code == 409
    assert "checked" in unpressed.get_json()["versions"]
    settled = autosave(browser, second | shown | {"keep-question": "here"}, case_id)
    assert settled.get_json()["taken_in"] == "Taken in as saved elsewhere: Stage."
    assert (typed("question"), typed("given_name"), typed("stage_t")) == ("Surgery later?", "Anne", "2")


def test_a_choice_that_was_made_before_the_newest_text_was_seen_is_asked_again(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    case_id, first, second = two_tabs(browser, a_form(board, ada))
    autosave(browser, first | {"question": "Surgery now?"}, case_id)
    chosen = second | {"question": "Surgery later?", "shown": "2", "keep-question": "here", "settle": "yes"}
    autosave(browser, first | {"question": "Surgery at all?"}, case_id)
    refused = autosave(browser, chosen, case_id)
    assert refused.status_code == 409
    assert "at all?" in refused.get_json()["versions"]
    assert typed("question") == "Surgery at all?"


def test_without_scripts_the_choice_is_made_on_the_page_that_comes_back(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    case_id, first, second = two_tabs(browser, a_form(board, ada))
    autosave(browser, first | {"question": "Surgery now?", "family_name": "Quill"}, case_id)
    page = send(browser, "submit", second | {"question": "Surgery later?"}, case_id)
    assert page.status_code == 422
    assert typed_in(page)["question"] == "Surgery later?"
    told(browser, send(browser, "draft", typed_in(page) | {"keep-question": "saved", "settle": "yes"}, case_id))
    held = typed_in(browser.get(f"/cases/{case_id}/draft"))
    assert (held["question"], held["family_name"]) == ("Surgery now?", "Quill")


def test_studies_that_two_tabs_have_added_both_stay(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id, first, second = two_tabs(browser, a_form(board, ada) | {"imaging-0-value": "CT"})
    autosave(browser, first | {"imaging-4711-value": "PET"}, case_id)
    answer = autosave(browser, second | {"imaging-9112-value": "MRI"}, case_id)
    assert answer.status_code == 200
    assert "Taken in as saved elsewhere: Imaging study." in answer.get_json()["taken_in"]
    assert [typed(f"imaging-{row}-value") for row in (0, 4711, 9112)] == ["CT", "PET", "MRI"]


def test_what_was_changed_is_asked_when_nobody_knows_from_what(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id, first, second = two_tabs(browser, a_form(board, ada))
    autosave(browser, first | {"question": "Surgery now?"}, case_id)
    for base in ("", "null", "[1]", "{", '{"question": 7}'):
        refused = autosave(browser, second | {"base": base}, case_id)
        assert refused.status_code == 409
        assert "Surgery now?" not in refused.get_json()["problem"]
    assert typed("question") == "Surgery now?"


def test_contradictions_are_told_while_one_types(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id = new_id()
    answer = autosave(browser, a_form(board, ada, stage_m="1", stage_group="IA"), case_id).get_json()
    assert 'href="#stage_group">M1 and stage group IA contradict each other.' in answer["progress"]
    form = a_form(board, ada, stage_prefix="yp", stage_t="2", performance_status="1", karnofsky="40")
    answer = autosave(browser, form, case_id).get_json()
    assert 'href="#prior_treatment">yp means after systemic treatment or radiation.' in answer["progress"]
    assert 'href="#karnofsky">ECOG 1 goes with Karnofsky 80 or 70.' in answer["progress"]
    mended = form | {"prior_treatment": "Four cycles of EC, 2026", "karnofsky": "80", "stage_system": "nonsense"}
    answer = autosave(browser, mended, case_id).get_json()
    assert "Cannot be true" not in answer["progress"]


def test_a_day_that_its_month_does_not_have_is_told_while_one_types(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    form = a_form(board, ada, birth_date="31-Feb-1971") | {"imaging-0-dated_on": "31.11.2026", "imaging-0-value": "CT"}
    answer = autosave(browser, form | {"item_ki67-dated_on": "3", "item_er-expected_on": "30-Feb-2027"}, new_id())
    for field, text in (
        ("birth_date", "31-Feb-1971"),
        ("imaging-0-dated_on", "31.11.2026"),
        ("item_er-expected_on", "30-Feb-2027"),
    ):
        assert f'href="#{field}">There is no {text}. Check the day.' in answer.get_json()["progress"]
    assert answer.get_json()["progress"].count("There is no ") == 3


def test_a_session_that_has_ended_is_answered_so_that_the_tab_can_keep_the_text(
    browser: FlaskClient, ada: Person, board: Board, sign_in: SignIn
) -> None:
    case_id, form = new_id(), a_form(board, ada)
    form["csrf_token"] = token(browser)
    with transaction():
        web_sessions.end_others(ada, an_actor(ada))
    refused = browser.post(f"/cases/{case_id}/draft", data=form, headers={"Accept": "application/json"})
    assert refused.status_code == 401
    assert autosave(sign_in(ada), form, case_id).status_code == 200
    assert the_case().typed


def test_a_saving_that_comes_after_the_submission_is_refused(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id = new_id()
    send(browser, "submit", a_form(board, ada), case_id)
    late = autosave(browser, a_form(board, ada, question="Typed meanwhile?"), case_id)
    assert late.status_code == 409
    assert the_case().question == "Surgery first, or chemotherapy first?"
    assert browser.get(f"/cases/{case_id}/draft").location == f"/cases/{case_id}"


def test_without_scripts_a_draft_is_kept_and_found_on_today(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id = new_id()
    page = told(browser, send(browser, "draft", a_form(board, ada), case_id))
    assert "Kept as a draft." in page
    assert "Quillfeather, Anneliese" in page
    assert f"/cases/{case_id}/draft" in page
    assert browser.get(f"/cases/{case_id}").location == f"/cases/{case_id}/draft"


def test_without_scripts_rows_are_added_and_removed_and_nothing_else_is_lost(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    case_id = new_id()
    form = a_form(board, ada) | {"imaging-0-value": "CT", "add": "imaging"}
    send(browser, "rows", form, case_id)
    held = typed_in(browser.get(f"/cases/{case_id}/draft"))
    [first, second] = [box for box in held if box.startswith("imaging-") and box.endswith("-value")]
    assert (first, held[first], held[second]) == ("imaging-0-value", "CT", "")
    send(browser, "rows", held | {second: "PET", "remove": "imaging-0"}, case_id)
    held = typed_in(browser.get(f"/cases/{case_id}/draft"))
    assert (held[second], held["question"]) == ("PET", "Surgery first, or chemotherapy first?")
    assert first not in held


def test_a_discarded_draft_is_gone_until_it_is_undone(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id = new_id()
    autosave(browser, a_form(board, ada), case_id)
    page = told(browser, send(browser, "discard", {}, case_id))
    assert "Draft discarded." in page
    assert "Quillfeather" not in page
    assert "Quillfeather" not in browser.get("/cases").text
    assert browser.get(f"/cases/{case_id}").status_code == 404
    assert send(browser, "discard", {}, case_id).status_code == 303
    page = told(browser, send(browser, "restore", {}, case_id))
    assert "The draft is back." in page
    assert "Quillfeather" in page
    assert typed_in(browser.get(f"/cases/{case_id}/draft"))["question"] == "Surgery first, or chemotherapy first?"


def test_a_submitted_case_is_neither_discarded_nor_made_a_draft_again(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    case_id = new_id()
    send(browser, "submit", a_form(board, ada), case_id)
    assert send(browser, "discard", {}, case_id).status_code == 409
    assert the_case().state is CaseState.SUBMITTED
    send(browser, "withdraw", {"why": "Moved away", "version": str(the_case().version)}, case_id)
    assert send(browser, "restore", {}, case_id).status_code == 409
    assert the_case().state is CaseState.WITHDRAWN


def test_a_draft_keeps_its_own_fields_alone_and_no_character_that_no_database_keeps(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    case_id = new_id()
    form = a_form(board, ada, question="a\x00b\x1b", state="signed") | {"imaging-²-value": "c"}
    assert autosave(browser, form, case_id).status_code == 200
    typed = the_case().typed
    assert typed is not None
    assert typed["question"] == ["ab\x1b"]
    assert not {"state", "csrf_token", "tab", "revision", "imaging-²-value"} & set(typed)


def test_more_than_a_draft_keeps_is_refused_with_a_sentence(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id = new_id()
    refused = autosave(browser, a_form(board, ada, clinical_summary="x" * 200_001), case_id)
    assert refused.status_code == 422
    assert "A draft keeps 200,000 characters." in refused.get_json()["problem"]
    whole = send(browser, "submit", a_form(board, ada, clinical_summary="x" * 200_001), case_id)
    assert whole.status_code == 422
    assert len(typed_in(whole)["clinical_summary"]) == 200_001


def test_a_draft_is_its_submitters_alone(browser: FlaskClient, ada: Person, board: Board, sign_in: SignIn) -> None:
    case_id, form = new_id(), a_form(board, ada)
    autosave(browser, form, case_id)
    stranger = sign_in(a_person())
    assert stranger.get(f"/cases/{case_id}/draft").status_code == 404
    assert stranger.get(f"/cases/{case_id}").status_code == 404
    assert autosave(stranger, form, case_id).status_code == 404
    assert send(stranger, "discard", {}, case_id).status_code == 404
    assert browser.get(f"/cases/{new_id()}/draft").status_code == 404
    assert browser.get("/cases/garbage/draft").status_code == 404


@pytest.mark.parametrize("act", ["submit", "rows", "patient", "report", "known"])
def test_the_address_that_a_form_was_sent_to_leads_back_to_the_draft(browser: FlaskClient, act: str) -> None:
    draft_id = new_id()
    assert browser.get(f"/cases/{draft_id}/{act}").location == f"/cases/{draft_id}/draft"
