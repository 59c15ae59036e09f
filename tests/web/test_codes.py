"""The search for codes answers scripts, and the field keeps a code however it was typed."""

from html import unescape

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.conftest import Servers, SignIn
from tests.factories import a_person
from tests.test_cli import run  # noqa: F401 - a fixture
from tests.web.pages import NONSENSE, token
from tumorboard.domain import codes
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Code
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import CodeSystem, Office
from tumorboard.web.forms.base import Form, answered
from tumorboard.web.forms.code import CodeField

BREAST = {"C50.4": ["Breast cancer, upper-outer quadrant"], "C50.5": ["Breast cancer, lower-outer <quadrant>"]}


@pytest.fixture
def loaded(app: Flask) -> None:
    with transaction():
        codes.replace_codes(CodeSystem.ICD10, BREAST)


@pytest.fixture
def browser(app: Flask, sign_in: SignIn) -> FlaskClient:
    return sign_in(a_person())


def search(browser: FlaskClient, text: str, system: str = "icd10") -> TestResponse:
    headers = {"Accept": "application/json", "X-CSRFToken": token(browser)}
    return browser.post("/codes/search", data={"system": system, "text": text}, headers=headers)


def test_a_search_answers_with_codes_and_words_best_first(loaded: None, browser: FlaskClient) -> None:
    assert search(browser, "breast outer").json == [
        {"code": "C50.4", "words": "Breast cancer, upper-outer quadrant"},
        {"code": "C50.5", "words": "Breast cancer, lower-outer <quadrant>"},
    ]
    assert search(browser, "C50.5").json == [{"code": "C50.5", "words": "Breast cancer, lower-outer <quadrant>"}]
    assert search(browser, "breast", "morphology").json == search(browser, "").json == []


def test_what_is_searched_is_in_no_address_and_in_no_audit(loaded: None, browser: FlaskClient) -> None:
    before = db.session.scalars(select(AuditEntry.id)).all()
    assert browser.get("/codes/search?system=icd10&text=breast").status_code == 405
    assert search(browser, "breast").status_code == 200
    assert db.session.scalars(select(AuditEntry.id)).all() == before


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_is_answered_with_a_sentence_or_with_nothing(loaded: None, browser: FlaskClient, text: str) -> None:
    answer = search(browser, text)
    assert (answer.status_code, answer.json) == (200, []) or (answer.status_code == 422 and answer.json["problem"])


@pytest.mark.parametrize("system", ["", "snomed"])
def test_another_system_is_refused_with_a_sentence(browser: FlaskClient, system: str) -> None:
    answer = search(browser, "breast", system)
    assert (answer.status_code, answer.json) == (422, {"problem": "Say which codes to search."})


def test_only_a_form_of_ours_and_who_submits_cases_may_search(
    loaded: None, browser: FlaskClient, sign_in: SignIn
) -> None:
    assert browser.post("/codes/search", data={"system": "icd10", "text": "breast"}).status_code == 400
    assert search(sign_in(a_person(office=Office.ADMINISTRATOR)), "breast").status_code == 403


def test_six_hundred_searches_a_minute_are_enough_for_anybody(loaded: None, browser: FlaskClient) -> None:
    headers = {"Accept": "application/json", "X-CSRFToken": token(browser)}
    line = {"data": {"system": "icd10", "text": ""}, "headers": headers}
    assert {browser.post("/codes/search", **line).status_code for _ in range(600)} == {200}
    assert browser.post("/codes/search", **line).status_code == 429


class Diagnosis(Form):
    icd10 = CodeField("Diagnosis", CodeSystem.ICD10)
    morphology = CodeField("Tissue", CodeSystem.MORPHOLOGY, answered("Enter the morphology."))


def diagnosis(app: Flask, **typed: str) -> Diagnosis:
    with app.test_request_context():
        form = Diagnosis(MultiDict({"morphology": "8500/3"} | typed), meta={"csrf": False})
        form.validate()
        return form


@pytest.mark.parametrize("typed", ["C50.4", "c504", " C50.4 ", "C50.4 Upper-outer quadrant of breast"])
def test_a_field_reads_the_code_however_it_was_typed(loaded: None, app: Flask, typed: str) -> None:
    form = diagnosis(app, icd10=typed)
    assert (form.errors, form.icd10.text, form.icd10.words) == ({}, "C50.4", "Breast cancer, upper-outer quadrant")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("breast", "Write the ICD-10 code as C50.4, or search by words and choose one."),
        ("C5", "Write the ICD-10 code as C50.4, or search by words and choose one."),
        ("C50.9", "C50.9 is not among the ICD-10 codes here. Search by words and choose one."),
        ("C50.4\x00", "There are characters here that cannot be shown. They came with a copy; take them out."),
        ("C" * 121, "1 character too many. Shorten this to 120; nothing was cut off."),
    ],
)
def test_what_is_no_code_is_answered_with_what_to_do_and_stays(
    loaded: None, app: Flask, typed: str, sentence: str
) -> None:
    form = diagnosis(app, icd10=typed)
    assert form.errors == {"icd10": [sentence]}
    assert (form.icd10.text, form.icd10.words) == (typed, "")


def test_where_no_vocabulary_is_loaded_the_form_of_a_code_is_enough(app: Flask) -> None:
    form = diagnosis(app, icd10="C50.9", morphology="85003")
    assert (form.errors, form.icd10.text, form.morphology.text) == ({}, "C50.9", "8500/3")


def test_an_empty_code_is_an_answer_unless_it_is_asked_for(loaded: None, app: Flask) -> None:
    assert diagnosis(app, icd10="").errors == {}
    assert diagnosis(app, morphology=" ").errors == {"morphology": ["Enter the morphology."]}


def test_the_box_keeps_the_code_and_its_words_stand_beside_it(loaded: None, app: Flask) -> None:
    template = '{% from "macros/form.html" import code_field %}{{ code_field(form.icd10, "icd10", "As coded.") }}'
    with app.test_request_context():
        form = Diagnosis(MultiDict({"icd10": "C50.5"}), meta={"csrf": False})
        drawn = render_template_string(template, form=form)
    for part in (
        'value="C50.5"',
        'data-codes="icd10"',
        'aria-describedby="icd10-help icd10-words"',
        'data-longest="120"',
    ):
        assert part in drawn
    assert "<quadrant>" not in drawn
    assert "Breast cancer, lower-outer <quadrant></span>" in unescape(drawn)


def test_an_operator_loads_a_vocabulary_whole_or_not_at_all(run, servers: Servers, tmp_path) -> None:  # type: ignore[no-untyped-def]  # noqa: F811 - the fixture
    file = tmp_path / "icd10.csv"
    file.write_text("code;words\nC50.4;Outer\nC50.4;Lateral\nC50.5;Lower\n", encoding="utf-8")
    answer = run("vocabulary", "load", "icd10", str(file))
    assert (answer.exit_code, answer.output) == (0, "2 ICD-10 codes can be searched, by 1 other name too.\n")
    file.write_text("C50.6,Axillary tail\nC5O,Nothing\n", encoding="utf-8")
    refused = run("vocabulary", "load", "icd10", str(file))
    assert refused.exit_code == 1
    assert "Line 2: “C5O” is no ICD-10 code like C50.4." in refused.output
    assert "what was there before is still there" in refused.output
    assert db.session.scalars(select(Code.words).order_by(Code.code, Code.position)).all() == [
        "Outer",
        "Lateral",
        "Lower",
    ]
    assert run("vocabulary", "load", "snomed", str(file)).exit_code == 2
    assert run("vocabulary", "load", "icd10", str(tmp_path / "no.csv")).exit_code == 2
