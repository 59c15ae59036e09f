"""Submitting a case: once, whatever happens to the click, and with nothing typed ever lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_hospital, a_patient, a_person
from tests.web.case_pages import a_form, send, typed_in
from tests.web.pages import token, told
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import AuditEntry, Board, CareTeamMember, Case, Patient, Person
from tumorboard.vocabulary import AuditAct, CaseState, Discipline, PerformanceStatus, Section, Sex, TumorType

ONE_BY_ONE = ("mrn", "family_name", "given_name", "question", "clinical_summary", "prior_treatment", "stage_t")
HOSTILE = (
    "\x00",
    "a\x00b\x1b\x7f",
    "<script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    '\'; DROP TABLE "case"; --',
    "x" * 50_000,
    "{{ 7 * 7 }} %s %(a)s \\",
    "\u202e\u200d\U0001f9ec é ß",
    "²³٣",
)


@pytest.fixture
def ada(app: Flask) -> Person:
    return a_person(hospital=a_hospital("Larkmoor"))


@pytest.fixture
def board(ada: Person) -> Board:
    return a_board(hospital=ada.hospital)


@pytest.fixture
def browser(ada: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(ada)


def the_case() -> Case:
    db.session.expire_all()
    return db.session.scalars(select(Case)).unique().one()


def how_many(table: type[Case | Patient | AuditEntry | CareTeamMember]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_the_board_to_which_all_of_somebodys_cases_go_is_chosen_and_no_other(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    def chosen() -> str:
        return typed_in(browser.get("/cases/new")).get("board", "")

    assert chosen() == ""
    a_case(board, ada)
    a_case(a_board(), a_person())
    assert chosen() == str(board.id)
    a_case(a_board(), ada)
    assert chosen() == ""


def test_a_case_is_submitted_as_it_was_typed(browser: FlaskClient, ada: Person, board: Board) -> None:
    form = a_form(
        board,
        ada,
        clinical_summary="Screen-detected mass.\r\nOne suspicious node.",
        stage_prefix="c",
        stage_t="cT2",
        stage_n="1",
        stage_m="0",
        stage_group="IIB",
        stage_system="ajcc",
        stage_edition="8",
        performance_status="1",
        prior_treatment="None",
        urgency="soon",
    )
    form |= {"imaging-0-dated_on": "28.10.2025", "imaging-0-number": "26-118204"}
    form |= {"imaging-0-value": "Mammogram, left", "imaging-7-value": "Ultrasound", "pathology-0-value": "Core"}
    page = told(browser, send(browser, "submit", form))
    case = the_case()
    assert (case.state, case.submitter_id, case.board_id) == (CaseState.SUBMITTED, ada.id, board.id)
    assert (case.tumor_type, case.stage) == (TumorType.BREAST, "cT2 cN1 cM0, group IIB (AJCC 8)")
    assert case.clinical_summary == "Screen-detected mass.\nOne suspicious node."
    assert case.performance_status is PerformanceStatus.ECOG_1
    named = [(each.section, each.dated_on, each.number, each.value) for each in case.results]
    assert named == [
        (Section.PATHOLOGY, None, "", "Core"),
        (Section.IMAGING, date(2025, 10, 28), "26-118204", "Mammogram, left"),
        (Section.IMAGING, None, "", "Ultrasound"),
    ]
    assert case.patient
    assert (case.patient.family_name, case.patient.birth_date, case.patient.sex) == (
        "Quillfeather",
        date(1971, 3, 14),
        Sex.FEMALE,
    )
    assert [identifier.mrn for identifier in case.patient.identifiers] == ["0042 1783"]
    assert case.typed is None
    assert "Quillfeather, Anneliese" in page
    assert f"Submitted to the {board.full_name}." in page


def test_whoever_submits_leads_the_care_team_unless_they_only_type(
    browser: FlaskClient, ada: Person, board: Board, sign_in: SignIn
) -> None:
    send(browser, "submit", a_form(board, ada))
    ruth = a_person(hospital=ada.hospital, discipline=Discipline.COORDINATION)
    send(sign_in(ruth), "submit", a_form(board, ruth))
    team = db.session.scalars(select(CareTeamMember)).all()
    assert [(member.person_id, member.lead) for member in team] == [(ada.id, True)]


def test_no_mrn_yet_is_an_answer(browser: FlaskClient, ada: Person, board: Board) -> None:
    assert send(browser, "submit", a_form(board, ada, mrn="", no_mrn="y")).status_code == 303
    again = a_form(board, ada, mrn="", no_mrn="y", separate_why="The other breast")
    assert send(browser, "submit", again).status_code == 303
    assert how_many(Case) == 2
    assert how_many(Patient) == 1


def test_the_same_form_sent_many_times_at_once_makes_one_case(ada: Person, board: Board, sign_in: SignIn) -> None:
    case_id, form = new_id(), a_form(board, ada)
    browsers = [sign_in(ada) for _ in range(6)]
    tokens = [token(browser) for browser in browsers]
    with ThreadPoolExecutor(len(browsers)) as crowd:
        posts = [
            crowd.submit(browser.post, f"/cases/{case_id}/submit", data=form | {"csrf_token": each})
            for browser, each in zip(browsers, tokens, strict=True)
        ]
    assert {(post.result().status_code, post.result().location) for post in posts} == {(303, f"/cases/{case_id}")}
    assert (how_many(Case), how_many(Patient), how_many(CareTeamMember)) == (1, 1, 1)
    submissions = select(func.count()).where(AuditEntry.act == AuditAct.CASE_SUBMITTED)
    assert db.session.scalar(submissions) == 1


def test_two_cases_of_one_new_patient_at_once_make_one_patient(ada: Person, board: Board, sign_in: SignIn) -> None:
    browsers = [sign_in(ada) for _ in range(4)]
    tokens = [token(browser) for browser in browsers]
    form = a_form(board, ada, separate_why="Typed four times")
    with ThreadPoolExecutor(len(browsers)) as crowd:
        posts = [
            crowd.submit(browser.post, f"/cases/{new_id()}/submit", data=form | {"csrf_token": each})
            for browser, each in zip(browsers, tokens, strict=True)
        ]
    assert {post.result().status_code for post in posts} == {303}
    assert (how_many(Case), how_many(Patient), how_many(CareTeamMember)) == (4, 1, 1)


def test_a_patient_on_record_is_not_made_twice_however_the_mrn_is_written(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    known = a_patient("Quillfeather", hospital=ada.hospital, mrn="00421783")
    assert send(browser, "submit", a_form(board, ada, mrn="0042-1783")).status_code == 303
    assert the_case().patient_id == known.id
    assert how_many(Patient) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"birth_date": "15-Mar-1971"}, "MRN and birth date do not belong together"),
        ({"family_name": "Emberlane"}, "on record under another name"),
    ],
)
def test_an_mrn_of_somebody_else_is_refused_and_tells_nothing_of_them(
    browser: FlaskClient, ada: Person, board: Board, change: dict[str, str], sentence: str
) -> None:
    a_patient("Quillfeather", hospital=ada.hospital, mrn="00421783")
    answer = send(browser, "submit", a_form(board, ada, given_name="Joan") | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Anneliese" not in answer.text
    assert how_many(Patient) == 1


def test_an_empty_form_says_what_each_answer_is_for(browser: FlaskClient) -> None:
    answer = send(browser, "submit", {})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    for sentence in (
        "Enter the MRN, or tick “No MRN yet”.",
        "Enter the date of birth as 14-Mar-1971.",
        "Enter the family name.",
        "Enter the given name.",
        "Choose the sex",
        "Choose the board.",
        "Choose the tumor type.",
        "Write the question for the board.",
    ):
        assert sentence in answer.text


def test_a_refused_form_comes_back_whole_and_is_kept_as_the_draft(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    case_id, form = new_id(), a_form(board, ada, question="", clinical_summary="A long letter.", stage_t="9")
    form |= {"pathology-0-value": "Core biopsy"}
    answer = send(browser, "submit", form, case_id)
    assert answer.status_code == 422
    assert "Write T as is, 0, 1mi, 2a, 4d or X" in answer.text
    for page in (answer, browser.get(f"/cases/{case_id}/draft")):
        held = typed_in(page)
        assert {name: held.get(name, "") for name in form if name not in {"tab", "revision"}} == {
            name: text for name, text in form.items() if name not in {"tab", "revision"}
        }
    assert the_case().state is CaseState.DRAFT
    assert send(browser, "submit", form | {"question": "And now?", "stage_t": ""}, case_id).status_code == 303


@pytest.mark.parametrize("field", ONE_BY_ONE)
def test_no_text_breaks_the_form_or_is_lost(browser: FlaskClient, ada: Person, board: Board, field: str) -> None:
    for text in HOSTILE:
        answer = send(browser, "submit", a_form(board, ada, question="", no_mrn="y") | {field: text})
        assert answer.status_code in {303, 422}
        assert "<script>alert" not in answer.text
        assert "onerror=alert(1)>" not in answer.text
        if answer.status_code == 422:
            assert typed_in(answer)[field].replace("\ufffd", "\x00") == text


@pytest.mark.parametrize(
    "text", ["14-Mar-1850", "31-Dec-1889", "01-Jan-2999", "30-Feb-1971", "soon", "14/3/71", "\x00"]
)
def test_a_birth_date_that_cannot_be_is_asked_about(browser: FlaskClient, ada: Person, board: Board, text: str) -> None:
    answer = send(browser, "submit", a_form(board, ada, birth_date=text))
    assert answer.status_code == 422
    assert 'id="birth_date-error"' in answer.text
    assert how_many(Patient) == 0


@pytest.mark.parametrize("text", ["31-Feb-1971", "31 February 1971", "30.02.1971", "1971-02-29", "32-Jan-1971"])
def test_a_day_that_no_month_has_is_named(browser: FlaskClient, ada: Person, board: Board, text: str) -> None:
    answer = send(browser, "submit", a_form(board, ada, birth_date=text))
    assert answer.status_code == 422
    assert f"There is no {text}. Check the day." in answer.text
    assert "Enter the date" not in answer.text


def test_a_date_is_asked_for_as_its_help_shows_it(browser: FlaskClient, ada: Person, board: Board) -> None:
    answer = send(browser, "submit", a_form(board, ada, birth_date="14/3/71") | {"imaging-0-dated_on": "3/2/26"})
    for example in ("14-Mar-1971", "23-Nov-2026"):
        assert f"Like {example}." in answer.text
        assert f"Enter the date as {example}." in answer.text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("01-Jan-2999", "This date is in the future."),
        ("13-Mar-1971", "This date is before the birth."),
        ("yesterday", "Enter the date as 23-Nov-2026."),
    ],
)
def test_an_examination_lies_between_birth_and_today(
    browser: FlaskClient, ada: Person, board: Board, text: str, sentence: str
) -> None:
    answer = send(browser, "submit", a_form(board, ada) | {"imaging-0-dated_on": text})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert typed_in(answer)["imaging-0-dated_on"] == text


def test_thirty_examinations_are_taken_and_the_next_is_asked_to_go_elsewhere(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    case_id, rows = new_id(), {f"imaging-{row}-value": f"Study {row}" for row in range(30)}
    answer = send(browser, "submit", a_form(board, ada) | rows | {"pathology-0-value": "Core"}, case_id)
    assert answer.status_code == 422
    assert "List at most 30 studies, specimens and decisions" in answer.text
    assert typed_in(answer)["imaging-29-value"] == "Study 29"
    assert typed_in(answer)["pathology-0-value"] == "Core"
    assert send(browser, "submit", a_form(board, ada) | rows, case_id).status_code == 303
    assert len(the_case().results) == 30


def test_the_summary_says_which_field_means_what_several_have(browser: FlaskClient, ada: Person, board: Board) -> None:
    strange = dict.fromkeys(("family_name", "given_name"), "a\x00b")
    page = (
        send(browser, "submit", a_form(board, ada) | strange)
        .text.partition("There is a problem")[2]
        .partition("</ul>")[0]
    )
    assert "Family name: There are characters here" in page
    assert "Given name: There are characters here" in page


@pytest.mark.parametrize(
    "field", ["board", "tumor_type", "sex", "mrn_hospital", "urgency", "stage_prefix", "stage_system"]
)
@pytest.mark.parametrize("value", ["0190b6a0-0000-7000-8000-000000000000", "nonsense", "\x00", "²"])
def test_a_choice_that_no_list_offers_is_answered_with_a_sentence(
    browser: FlaskClient, ada: Person, board: Board, field: str, value: str
) -> None:
    answer = send(browser, "submit", a_form(board, ada) | {field: value})
    assert answer.status_code == 422
    assert "Choose" in answer.text
    assert typed_in(answer)["question"] == "Surgery first, or chemotherapy first?"


def test_fields_that_the_form_does_not_have_change_nothing(browser: FlaskClient, ada: Person, board: Board) -> None:
    strange = {"imaging-²-value": "a", f"imaging-{'9' * 40}-value": "b", "imaging--value": "c", "imaging": "d"}
    strange |= {"pathology-0-secret": "e", "state": "signed", "submitter_id": "f", "imaging-0": "g"}
    assert send(browser, "submit", a_form(board, ada) | strange).status_code == 303
    assert the_case().state is CaseState.SUBMITTED
    assert the_case().results == []


@pytest.mark.parametrize(
    "stage",
    ["Tis N0 M0", "T0 NX M0", "T1mi N1mi M0", "T2a N2b M1c", "T4d N3c MX", "Ta N0(i+) M0(i+)", "T1c(m) N0(sn) M1a"],
)
def test_a_stage_is_kept_as_it_is_stated(browser: FlaskClient, ada: Person, board: Board, stage: str) -> None:
    t, n, m = stage.split()
    assert send(browser, "submit", a_form(board, ada, stage_t=t, stage_n=n, stage_m=m)).status_code == 303
    assert the_case().stage == stage


@pytest.mark.parametrize(
    ("letter", "text"), [("t", "5"), ("t", "two"), ("n", "4"), ("n", "1mii"), ("m", "2"), ("m", "yes")]
)
def test_a_stage_that_nobody_writes_is_asked_about(
    browser: FlaskClient, ada: Person, board: Board, letter: str, text: str
) -> None:
    answer = send(browser, "submit", a_form(board, ada) | {f"stage_{letter}": text})
    assert answer.status_code == 422
    assert f"Write {letter.upper()} as" in answer.text


@pytest.mark.parametrize("act", ["submit", "rows", "patient"])
def test_the_address_of_a_refused_form_leads_to_its_draft(
    browser: FlaskClient, ada: Person, board: Board, act: str
) -> None:
    case_id = new_id()
    send(browser, act, a_form(board, ada, mrn="", question="Still to be put?"), case_id)
    answer = browser.get(f"/cases/{case_id}/{act}")
    assert answer.status_code == 303
    assert typed_in(browser.get(answer.location))["question"] == "Still to be put?"


def test_a_tab_that_has_not_seen_the_newest_text_does_not_submit_over_it(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    case_id = new_id()
    send(browser, "draft", a_form(board, ada), case_id)
    opened = typed_in(browser.get(f"/cases/{case_id}/draft"))
    send(browser, "draft", a_form(board, ada, clinical_summary="Typed in the other tab."), case_id)
    refused = send(browser, "submit", opened | {"question": "Typed in this tab?"}, case_id)
    assert refused.status_code == 422
    assert refused.text.count("This draft was changed in another tab") == 1
    assert "data-unsaved" in refused.text
    assert typed_in(refused)["question"] == "Typed in this tab?"
    assert the_case().state is CaseState.DRAFT
    newest = typed_in(browser.get(f"/cases/{case_id}/draft"))
    assert newest["clinical_summary"] == "Typed in the other tab."
    assert send(browser, "submit", newest, case_id).status_code == 303


def test_somebody_elses_draft_cannot_be_submitted(ada: Person, board: Board, sign_in: SignIn) -> None:
    case_id, stranger = new_id(), a_person(hospital=ada.hospital)
    send(sign_in(ada), "draft", a_form(board, ada), case_id)
    assert send(sign_in(stranger), "submit", a_form(board, stranger), case_id).status_code == 404
    assert send(sign_in(stranger), "submit", {}, case_id).status_code == 404
    assert the_case().state is CaseState.DRAFT
