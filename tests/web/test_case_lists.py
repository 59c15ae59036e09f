"""Cases from a pasted list: read, mended in place, loaded at once, and taken back as one act."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from tests.conftest import SignIn, Tell
from tests.factories import a_board, a_member, a_person, an_instant
from tests.web.pages import NONSENSE, token, told
from tests.web.test_query_counts import questions
from tumorboard.domain import case_lists
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Board, CareTeamMember, Case, CaseList, Notice, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole, CaseState, Discipline, Sex

HEAD = "MRN\tName\tDOB\tSex\tDr\tTNM\tQuestion\tRemarks"
ROWS = [
    "0042 1783\tQuillfeather, Anneliese\t14.03.1971\tf\t{doctor}\tcT2 cN1 cM0\tSurgery first, or chemotherapy?\tcall",
    "0039 5526\tBramblewick, Harriet\t02.09.1958\tF\t\tpT1c pN1a\tChemotherapy with endocrine therapy?\t",
]


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return a_person(discipline=Discipline.COORDINATION)


@pytest.fixture
def board(coordinator: Person) -> Board:
    board = a_board((coordinator, BoardRole.COORDINATOR))
    board.tumor_types = ["breast"]
    db.session.commit()
    return board


@pytest.fixture
def doctor(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def browser(coordinator: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(coordinator)


def rows_of(doctor: Person) -> list[str]:
    return [HEAD, *(row.format(doctor=f"Dr. {doctor.family_name}") for row in ROWS)]


def read(browser: FlaskClient, board: Board, *rows: str, **changes: str) -> str:
    data = {"csrf_token": token(browser), "text": "\n".join(rows)} | changes
    answer = browser.post(f"/boards/{board.slug}/import", data=data)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def form_of(page: str) -> dict[str, str]:
    """What the page's form would post."""
    main = page.partition("<main")[2]
    boxes = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', main)
    lists = re.findall(r'<select[^>]* name="([\w-]+)"(.*?)</select>', main, re.DOTALL)
    mends = re.findall(r'<input [^>]*name="(mend-[\w-]+)"\s+value="([^"]*)"', main)
    area = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", main, re.DOTALL)
    assert area
    return dict(boxes) | {name: _chosen(options) for name, options in lists} | dict(mends) | {"text": area[1]}


def _chosen(options: str) -> str:
    found = re.search(r'<option value="([^"]*)" selected>', options) or re.search(r'<option value="([^"]*)">', options)
    return found[1] if found else ""


def load(browser: FlaskClient, board: Board, page: str, **changes: str) -> TestResponse:
    return browser.post(f"/boards/{board.slug}/import/load", data=form_of(page) | changes)


def loaded() -> list[Case]:
    db.session.expire_all()
    query = select(Case).where(Case.state == CaseState.SUBMITTED).order_by(Case.number)
    return list(db.session.scalars(query).unique())


def mend_of(page: str, row: int) -> str:
    found = re.search(rf'name="(mend-[\w-]+)" [^>]*aria-label="Mend row {row}"', page)
    assert found, row
    return found[1]


def test_columns_are_guessed_and_each_row_becomes_a_case_of_whom_it_names(
    browser: FlaskClient, board: Board, coordinator: Person, doctor: Person
) -> None:
    page = read(browser, board, *rows_of(doctor))
    assert "2 rows right" in page
    after = told(browser, load(browser, board, page))
    assert "2 cases loaded into the queue." in after
    first, second = loaded()
    assert (first.submitter, first.entered_by) == (doctor, coordinator)
    assert (second.submitter, second.entered_by) == (coordinator, None)
    assert (first.stage, second.stage, first.board, first.tumor_type) == ("cT2 cN1 cM0", "pT1c pN1a", board, "breast")
    assert first.patient
    assert (first.patient.family_name, first.patient.sex) == ("Quillfeather", Sex.FEMALE)
    assert [(each.person, each.lead) for each in db.session.scalars(select(CareTeamMember))] == [(doctor, True)]
    assert db.session.scalar(select(func.count()).select_from(Notice)) == 0, "as when one case is typed for somebody"
    submitted = select(AuditEntry.subject_ids).where(AuditEntry.act == AuditAct.CASE_SUBMITTED)
    assert [ids for (ids,) in db.session.execute(submitted)] == [[first.id], [second.id]]


@pytest.mark.parametrize("separator", [";", ","])
def test_without_a_head_columns_are_told_by_what_stands_in_them(
    browser: FlaskClient, board: Board, doctor: Person, separator: str
) -> None:
    rows = [
        ["421783", '"Quillfeather, Anneliese"', "03/14/1971", "F", doctor.email, '"Surgery first, or drugs first?"'],
        ["395526", '"Bramblewick, Harriet"', "09/02/1958", "F", doctor.email, '"Which drugs, and for how long?"'],
    ]
    page = read(browser, board, *(separator.join(row) for row in rows))
    assert "2 rows right" in page
    told(browser, load(browser, board, page))
    assert [case.patient and case.patient.birth_date.isoformat() for case in loaded()] == ["1971-03-14", "1958-09-02"]
    assert {case.submitter for case in loaded()} == {doctor}


@pytest.mark.parametrize(
    ("cell", "stage"),
    [
        ("cT2 cN1 cM0", "cT2 cN1 cM0"),
        ("pT2 pN0 cM0", "pT2 pN0 pM0"),
        ("T1cN0", "T1c N0"),
        ("pT1mi; pN0(sn)", "pT1mi pN0(sn)"),
        ("Stage IIB", "group IIB"),
        ("cT2cN1", "Write T as"),
        ("T9", "Write T as"),
    ],
)
def test_a_stage_in_one_cell_is_read_as_in_the_case_form(
    browser: FlaskClient, board: Board, doctor: Person, cell: str, stage: str
) -> None:
    page = read(browser, board, HEAD, rows_of(doctor)[1].replace("cT2 cN1 cM0", cell))
    if stage.startswith("Write"):
        assert stage in page
        return
    told(browser, load(browser, board, page))
    assert [case.stage for case in loaded()] == [stage]


def test_each_wrong_cell_is_named_and_mended_in_place(browser: FlaskClient, board: Board, doctor: Person) -> None:
    wrong = "0051 0094\tThistledown, June\t23/1\tF\tDr. B.\t\tRadiotherapy after mastectomy?\t"
    page = read(browser, board, *rows_of(doctor), wrong)
    for sentence in (
        "1 row needs you, 2 are right",
        "Row 4, C4: Enter the date as 14-Mar-1971. Or say under Columns whether the day or the month comes first.",
        "Nobody here is called “Dr. B.”.",
    ):
        assert sentence in page
    form = form_of(page)
    born, lead = (name for name in form if name.startswith("mend-"))
    assert (form[born], form[lead]) == ("23/1", "Dr. B.")
    page = read(browser, board, **form | {"csrf_token": token(browser), born: "23-Jan-1984"})
    assert "Nobody here is called" in page
    assert "23-Jan-1984" in form_of(page)["text"], "what was mended stands in the box"
    assert "3 rows right" in read(browser, board, **form_of(page) | {mend_of(page, 4): ""})


def test_the_right_ones_are_loaded_and_the_others_wait_where_they_can_be_copied(
    browser: FlaskClient, board: Board, doctor: Person
) -> None:
    wrong = "\tThistledown, June\t23.01.1984\tF\t\t\tRadiotherapy after mastectomy?\t"
    page = read(browser, board, *rows_of(doctor), wrong)
    refused = load(browser, board, page, how="all")
    assert refused.status_code == 422
    assert "You asked for all or none" in refused.text
    assert loaded() == []
    page = told(browser, load(browser, board, page, how="right"))
    assert len(loaded()) == 2
    assert form_of(unescape(page))["text"] == f"{HEAD}\n{wrong}"
    assert form_of(unescape(browser.get(f"/boards/{board.slug}/import").text))["text"] == f"{HEAD}\n{wrong}"


def test_the_list_is_left_and_resumed_sealed_and_shown_to_nobody_else(
    browser: FlaskClient, board: Board, doctor: Person, sign_in: SignIn
) -> None:
    rows = rows_of(doctor)
    read(browser, board, *rows)
    assert form_of(unescape(browser.get(f"/boards/{board.slug}/import").text))["text"] == "\n".join(rows)
    kept = db.session.execute(text("SELECT * FROM case_list")).one()
    assert "Quillfeather" not in str(kept)
    assert b"Quillfeather" not in bytes(kept.sealed)
    other = a_person(discipline=Discipline.COORDINATION)
    a_member(board, other, BoardRole.COORDINATOR)
    db.session.commit()
    assert "Quillfeather" not in sign_in(other).get(f"/boards/{board.slug}/import").text


def test_a_list_that_nobody_comes_back_to_is_removed_after_thirty_days(
    browser: FlaskClient, board: Board, doctor: Person
) -> None:
    read(browser, board, *rows_of(doctor))
    for days, left in ((29, 1), (31, 0)):
        with transaction():
            case_lists.forget_old(an_instant() + timedelta(days=days))
        assert db.session.query(CaseList).count() == left
    assert form_of(browser.get(f"/boards/{board.slug}/import").text)["text"] == ""


def test_the_same_rows_again_make_no_double(browser: FlaskClient, board: Board, doctor: Person) -> None:
    without_mrn = "none yet\tThistledown, June\t23.01.1984\tF\t\t\tRadiotherapy after mastectomy?\t"
    rows = [*rows_of(doctor), without_mrn]
    page = read(browser, board, *rows)
    assert load(browser, board, page).status_code == 303
    assert load(browser, board, page).status_code == 422, "a double click"
    numbers = [case.number for case in loaded()]
    page = read(browser, board, *rows)
    assert re.findall(r">case (\d+)<", page) == [str(number) for number in numbers]
    assert "Load " not in re.sub(r"Load(ed|ing)", "", page.partition("<main")[2].partition("<aside")[0])
    assert len(loaded()) == 3


def test_another_question_of_a_patient_needs_a_reason_and_twice_the_same_is_one_too_many(
    browser: FlaskClient, board: Board, doctor: Person
) -> None:
    rows = rows_of(doctor)
    told(browser, load(browser, board, read(browser, board, *rows)))
    other = rows[1].replace("Surgery first, or chemotherapy?", "Radiotherapy of the axilla?")
    page = read(browser, board, HEAD, other, other)
    assert "Row 3, G3: Row 2 asks the same of this patient." in page
    page = read(browser, board, HEAD, other)
    assert f"This patient has an open question: case {loaded()[1].number - 1}." in page
    page = read(browser, board, **form_of(page) | {mend_of(page, 2): "The other side."})
    assert "Why it is a separate question" in form_of(page)["text"]
    told(browser, load(browser, board, page))
    assert [case.separate_why for case in loaded()] == ["", "", "The other side."]


def test_a_birth_date_that_does_not_belong_to_the_mrn_is_a_wrong_row_and_tells_nothing(
    browser: FlaskClient, board: Board, doctor: Person
) -> None:
    rows = rows_of(doctor)
    told(browser, load(browser, board, read(browser, board, *rows)))
    page = read(browser, board, HEAD, rows[1].replace("1971", "1972"))
    assert "MRN and birth date do not belong together at this hospital." in page
    assert "14.03.1971" not in page.partition("<main")[2]
    assert {name.rpartition("-")[2] for name in form_of(page) if name.startswith("mend-")} == {"mrn", "birth_date"}
    sought = select(AuditEntry.details).where(AuditEntry.act == AuditAct.PATIENT_SOUGHT).order_by(AuditEntry.id.desc())
    assert db.session.scalars(sought).first() == {"found": 0, "refused": 1}
    page = read(browser, board, HEAD, rows[1].replace("Quillfeather", "Quillfether"))
    assert "Row 2, B2: This MRN and birth date are on record under another name. Write the name as it is" in page


def test_a_load_is_taken_back_as_one_act_while_nobody_has_worked_on_it(
    browser: FlaskClient, board: Board, doctor: Person
) -> None:
    rows = rows_of(doctor)
    told(browser, load(browser, board, read(browser, board, *rows)))
    address = f"/boards/{board.slug}/import/{db.session.scalars(select(CaseList.id)).one()}/undo"
    case = loaded()[1]
    accept = {"csrf_token": token(browser), "version": str(case.version), "row": "1"}
    assert browser.post(f"/cases/{case.id}/accept", data=accept).status_code == 303
    page = told(browser, browser.post(address, data={"csrf_token": token(browser)}))
    assert f"Somebody has worked on case {case.number} since." in page
    assert len(loaded()) == 1

    again = [HEAD, "0040 1111\tPebbleton, Agnes\t01.02.1961\tF\t" + doctor.email + "\t\tIs surgery needed at all?\t"]
    told(browser, load(browser, board, read(browser, board, *again)))
    latest = db.session.scalars(select(CaseList.id).order_by(CaseList.loaded_at.desc())).first()
    address = f"/boards/{board.slug}/import/{latest}/undo"
    for sentence in ("1 case taken back.", "This list was taken back already."):
        assert sentence in told(browser, browser.post(address, data={"csrf_token": token(browser)}))
    assert len(loaded()) == 1
    left = select(CareTeamMember).where(CareTeamMember.person_id == doctor.id, CareTeamMember.left_at.is_not(None))
    assert len(db.session.scalars(left).all()) == 1, "who came with the load leaves with it"
    assert "1 row right" in read(browser, board, *again)


def test_what_no_column_says_is_asked_once_for_all(browser: FlaskClient, board: Board, doctor: Person) -> None:
    board.tumor_types = []
    db.session.commit()
    head, row = "MRN\tName\tDOB\tQuestion", "0042 1783\tQuillfeather, Anneliese\t14.03.1971\tSurgery first, or drugs?"
    page = read(browser, board, head, row)
    assert "Say which column holds: Sex, or choose it for every row." in page
    assert "Say which column holds: Tumor type, or choose it for every row." in page
    usual = {"usual-sex": "female", "usual-tumor_type": "colon"}
    page = read(browser, board, **form_of(page) | usual)
    assert "1 row right" in page
    told(browser, load(browser, board, page))
    assert [(case.tumor_type, case.patient and case.patient.sex) for case in loaded()] == [("colon", "female")]
    assert "Say which column holds: Question for the board." in read(
        browser, board, head, row, **_without_question(page)
    )


def test_nonsense_is_answered_and_loads_nothing(browser: FlaskClient, board: Board) -> None:
    many = "\n".join(["a,b"] * 300)
    for nonsense in [*NONSENSE, many, '"unclosed', ";;;;", HEAD, f"{HEAD}\n" + "\t" * 60, "\t".join("abcdefgh")]:
        for page in ("", "/load"):
            data = {
                "csrf_token": token(browser),
                "text": nonsense,
                "count": nonsense,
                "shape": nonsense,
                "how": nonsense,
            }
            assert browser.post(f"/boards/{board.slug}/import{page}", data=data).status_code in (200, 422), nonsense
    assert loaded() == []


def test_a_hundred_rows_ask_as_often_as_two(browser: FlaskClient, board: Board, doctor: Person, tell: Tell) -> None:
    def cost(rows: int) -> int:
        lines = [
            f"{7000 + n}\tQuill{chr(97 + n % 26)}, Anne\t14.03.1971\tf\t{doctor.email}\t\tSurgery of {n}?\t"
            for n in range(rows)
        ]
        data = {"csrf_token": token(browser), "text": "\n".join([HEAD, *lines])}
        with questions() as asked:
            answer = browser.post(f"/boards/{board.slug}/import", data=data)
        assert f"{rows} rows right" in answer.text
        return len(asked)

    cost(2)  # what is read once and kept
    few = cost(2)
    assert cost(100) == few
    tell(f"a list of cases is read with {few} questions, of 2 rows as of 100")


def _without_question(page: str) -> dict[str, str]:
    form = form_of(page)
    return {name: "" if value == "question" else value for name, value in form.items() if name != "text"}
