"""What a board needs before it discusses a case: read by the board, edited by chair and coordinator, put in force."""

from dataclasses import dataclass
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.factories import a_board, a_care_team_member, a_case, a_meeting, a_patient, a_person
from tests.web.pages import NONSENSE, token, told
from tests.web.test_query_counts import questions
from tumorboard.domain.minimum_data_sets import DataSet, data_set_of, in_force, template, version_of
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Board, MinimumDataSet, Needs, Person, Result
from tumorboard.vocabulary import AuditAct, BoardRole, CaseState, Office, ResultState, Section, TumorType

BREAST = TumorType.BREAST
SCAN = {
    "label": "Bone scan",
    "section": "imaging",
    "need": "must",
    "when": "always",
    "fresh_days": "60",
    "discipline": "radiology",
}


@dataclass
class Editing:
    """A board whose coordinator has begun version 2 for the breast."""

    board: Board
    coordinator: Person
    browser: FlaskClient

    @property
    def address(self) -> str:
        return f"/boards/{self.board.slug}/minimum-data-set"

    @property
    def draft_page(self) -> str:
        return f"{self.address}?tumor_type=breast&version=draft"

    def page(self, address: str = "") -> str:
        return unescape(self.browser.get(address or self.draft_page).text)

    def post(self, action: str, browser: FlaskClient | None = None, **typed: str) -> TestResponse:
        """To a place below the draft, by whoever has just looked at it."""
        browser = browser or self.browser
        form = {"csrf_token": token(browser), "revision": str(self.draft().revision)} | typed
        return browser.post(f"{self.address}/breast/draft{action}", data=form)

    def told(self, action: str, **typed: str) -> str:
        return told(self.browser, self.post(action, **typed))

    def draft(self) -> MinimumDataSet:
        db.session.expire_all()
        query = select(MinimumDataSet).where(
            MinimumDataSet.board_id == self.board.id, MinimumDataSet.in_force_since.is_(None)
        )
        return db.session.scalars(query).one()

    def data_set(self) -> DataSet:
        return version_of(self.draft()).data_set

    def typed(self, key: str) -> dict[str, str]:
        """The item as its form has it."""
        item = self.data_set().item(key)
        assert item
        return {
            "label": item.label,
            "section": item.section,
            "need": item.need,
            "when": item.when,
            "if_item": item.if_item,
            "if_answers": "\n".join(item.if_answers),
            "fresh_days": str(item.fresh_days or ""),
            "discipline": item.discipline,
            "answers": "\n".join(item.answers),
            "unit": item.unit,
            "help": item.help,
        }


@pytest.fixture
def editing(sign_in: SignIn) -> Editing:
    coordinator = a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR))
    browser = sign_in(coordinator)
    begun = browser.post(f"/boards/{board.slug}/minimum-data-set/breast/draft", data={"csrf_token": token(browser)})
    assert begun.status_code == 303
    return Editing(board, coordinator, browser)


def test_a_member_reads_it_and_edits_nothing(sign_in: SignIn) -> None:
    member = a_person()
    board = a_board((member, BoardRole.CORE))
    page = unescape(sign_in(member).get(f"/boards/{board.slug}/minimum-data-set?tumor_type=lung").text)

    for item in template(TumorType.LUNG).items:
        assert item.label in page
    assert "Version 1 is the template" in page
    assert "Only if: Treatment may aim at cure" in page
    assert "Adenocarcinoma or Large cell" in page, "by which answers something is asked"
    assert "Begin version" not in page
    assert f"/boards/{board.slug}/minimum-data-set" in sign_in(member).get(f"/boards/{board.slug}").text


def test_the_administrator_reads_it_too(sign_in: SignIn) -> None:
    page = sign_in(a_person(office=Office.ADMINISTRATOR)).get(f"/boards/{a_board().slug}/minimum-data-set")
    assert page.status_code == 200
    assert "Begin version" not in page.text


@pytest.mark.parametrize("typed", NONSENSE)
def test_an_address_that_names_no_set_shows_one_all_the_same(editing: Editing, typed: str) -> None:
    query = {"tumor_type": typed, "version": typed}
    assert editing.browser.get(editing.address, query_string=query).status_code == 200
    assert editing.browser.get(f"{editing.address}?version=99").status_code == 200


def test_an_unknown_tumor_type_has_no_draft(editing: Editing) -> None:
    assert editing.browser.get(f"{editing.address}/teeth/draft/new-item").status_code == 404
    assert editing.browser.get(f"{editing.address}/lung/draft/new-item").status_code == 409
    assert editing.browser.get(f"{editing.address}/breast/draft/items/nothing").status_code == 404


def test_beginning_twice_is_one_draft(editing: Editing, sign_in: SignIn) -> None:
    first = editing.draft().id
    editing.post("")
    assert editing.draft().id == first
    assert editing.draft().version == 2
    assert "Draft of version 2" in editing.page()


def test_an_item_is_added_changed_moved_taken_out_and_put_back(editing: Editing) -> None:
    page = editing.told("/new-item", **SCAN)
    assert "“Bone scan” is in the draft." in page
    assert [item.key for item in editing.data_set().items if item.section is Section.IMAGING][-1] == "bone_scan"

    last_but_one = [item.key for item in editing.data_set().items if item.section is Section.IMAGING][-2]
    editing.told("/items/bone_scan/move", direction="up")
    assert [item.key for item in editing.data_set().items if item.section is Section.IMAGING][-2:] == [
        "bone_scan",
        last_but_one,
    ]

    page = editing.told("/items/performance_status", **editing.typed("performance_status") | {"fresh_days": "14"})
    assert "Fresh for: 14 d; was: 30 d" in page

    assert "can be put back" in editing.page(f"{editing.address}/breast/draft/items/ki67/take-out")
    assert "cannot be put back" in editing.page(f"{editing.address}/breast/draft/items/bone_scan/take-out")
    page = editing.told("/items/ki67/take-out")
    assert "Not asked in this draft" in page
    assert not editing.data_set().item("ki67")
    editing.told("/items/ki67/put-back")
    assert editing.data_set().item("ki67") == template(BREAST).item("ki67")


def test_question_types_are_edited_one_in_a_line(editing: Editing) -> None:
    editing.told("/questions", questions=" Surgery \n\nRadiation\n")
    assert editing.data_set().questions == ("Surgery", "Radiation")
    for wrong, sentence in (
        ("", "Write at least one"),
        ("A\na", "“a” stands here twice"),
        ("Something else", "offered in any case"),
    ):
        answer = editing.post("/questions", questions=wrong)
        assert answer.status_code == 422
        assert sentence in unescape(answer.text)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"label": ""}, "Name the item"),
        ({"label": "ki-67"}, "“ki-67” is asked already"),
        ({"fresh_days": "soon"}, "Write days as a whole number"),
        ({"fresh_days": "0"}, "Write days as a whole number"),
        ({"when": "if_it_applies"}, "Write for which cases"),
        ({"when": "if_answer"}, "Choose the item whose answer decides."),
        ({"when": "if_answer", "if_item": "er"}, "Write at least one of its answers."),
        ({"when": "if_answer", "if_item": "er", "if_answers": "Maybe"}, "waits for “Maybe”; the answers of"),
        ({"when": "if_answer", "if_item": "ki67", "if_answers": "9"}, "Choose one of the list."),
        ({"answers": "Yes\nPending"}, "Pending and Not done are offered"),
        ({"answers": "Yes\nyes"}, "“yes” stands here twice"),
        ({"need": "perhaps"}, "Choose one of the list."),
        ({"discipline": ""}, "Choose a discipline."),
    ],
)
def test_wrong_input_gets_a_sentence_and_loses_nothing(editing: Editing, typed: dict[str, str], sentence: str) -> None:
    answer = editing.post("/new-item", **SCAN | {"help": "With or without SPECT."} | typed)
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert sentence in page
    assert "There is a problem" in page
    assert "With or without SPECT." in page
    assert editing.data_set() == template(BREAST)


@pytest.mark.parametrize("typed", NONSENSE)
def test_nonsense_is_answered_with_a_sentence(editing: Editing, typed: str) -> None:
    form = dict.fromkeys(["label", "section", "when", "if_item", "discipline", "revision"], typed)
    assert editing.post("/new-item", **form).status_code == 422
    assert editing.post("/items/her2/move", direction=typed, revision=typed).status_code == 303
    assert editing.post("/items/her2/take-out", revision=typed).status_code == 303
    assert editing.data_set() == template(BREAST)


def test_an_answer_that_another_item_waits_for_stays(editing: Editing) -> None:
    answer = editing.post("/items/her2", **editing.typed("her2") | {"answers": "Positive\nNegative"})
    assert answer.status_code == 422
    assert "“HER2 ISH” waits for “2+”" in unescape(answer.text)
    page = editing.told("/items/her2/take-out")
    assert "“HER2 ISH” waits for an answer that nobody is asked for" in page
    assert editing.data_set().item("her2")


def test_two_coordinators_at_once_see_what_the_other_wrote(editing: Editing, sign_in: SignIn) -> None:
    seen = str(editing.draft().revision)
    editing.told("/items/ki67", **editing.typed("ki67") | {"help": "By image analysis."})

    second = editing.post("/items/ki67", **editing.typed("ki67") | {"help": "By eye.", "revision": seen})
    page = unescape(second.text)
    assert second.status_code == 409
    assert "Somebody else has changed this draft" in page
    assert "By image analysis." in page
    assert "By eye." in page
    assert f'value="{editing.draft().revision}"' in page, "keeping it again replaces"

    assert "Somebody else has changed" in editing.told("/items/ki67/move", direction="up", revision=seen)
    assert editing.post("/questions", questions="Mine", revision=seen).status_code == 409
    assert "Somebody else has changed" in editing.told("/in-force", revision=seen)
    assert editing.draft().in_force_since is None


def test_what_somebody_else_took_out_meanwhile_is_not_written_into_nothing(editing: Editing) -> None:
    typed = editing.typed("ki67") | {"help": "By eye.", "revision": str(editing.draft().revision)}
    editing.told("/items/ki67/take-out")
    for _ in range(2):
        answer = editing.post("/items/ki67", **typed)
        typed["revision"] = str(editing.draft().revision)
        assert answer.status_code == 409
        assert "By eye." in answer.text
    assert "has taken this item out" in answer.text


def test_a_draft_is_discarded_after_a_question(editing: Editing) -> None:
    editing.told("/new-item", **SCAN)
    assert "Bone scan" in editing.page(f"{editing.address}/breast/draft/discard")
    page = editing.told("/discard")
    assert "The draft of version 2 is discarded." in page
    assert "Begin version 2" in page
    assert editing.browser.get(f"{editing.address}/breast/draft/in-force").status_code == 409


def test_it_is_put_in_force_for_cases_from_now_on_unless_told_otherwise(editing: Editing) -> None:
    case = a_case(editing.board, editing.coordinator)
    editing.told("/new-item", **SCAN)

    page = editing.page(f"{editing.address}/breast/draft/in-force")
    assert "Bone scan added: Must; Always; Radiology" in " ".join(
        page.replace("<strong>", "").replace("</strong>", "").split()
    )
    assert "If the 1 open case follows too" in page
    assert "Bone scan (1)" in page
    assert case.patient.family_name not in page

    page = editing.told("/in-force")
    assert "Version 2 is in force. It counts for cases submitted from now on." in page
    assert "Version 2, in force" in page
    db.session.expire_all()
    assert not data_set_of(case).item("bone_scan")
    assert in_force(editing.board.id, BREAST).number == 2
    assert in_force(editing.board.id, BREAST).data_set.item("bone_scan")
    older = editing.page(f"{editing.address}?tumor_type=breast&version=1")
    assert "Version 1, not in force any more." in older
    assert "Bone scan" not in older


def test_all_open_cases_follow_where_somebody_says_so(editing: Editing) -> None:
    case, over = a_case(editing.board, editing.coordinator), a_case(editing.board, editing.coordinator)
    over.state = CaseState.SIGNED
    db.session.commit()
    editing.told("/new-item", **SCAN)
    page = editing.told("/in-force", counts_for="all_open")
    assert "Version 2 is in force. 1 open case follows." in page
    db.session.expire_all()
    assert data_set_of(case).item("bone_scan")
    assert not data_set_of(over).item("bone_scan")
    entry = db.session.query(AuditEntry).filter_by(act=AuditAct.MINIMUM_DATA_SET_PUT_IN_FORCE).one()
    assert entry.patient_ids == [case.patient_id]
    assert editing.browser.get(f"/cases/{case.id}").text.count("Bone scan")


def test_what_was_done_to_the_draft_is_in_the_audit(editing: Editing) -> None:
    editing.told("/new-item", **SCAN)
    editing.told("/items/bone_scan/take-out")
    entries = db.session.query(AuditEntry).filter_by(act=AuditAct.MINIMUM_DATA_SET_CHANGED).order_by(AuditEntry.id)
    assert [(entry.details["did"], entry.details["item"]) for entry in entries] == [
        ("begun", ""),
        ("item_added", "bone_scan"),
        ("item_taken_out", "bone_scan"),
    ]


def test_a_draft_without_a_change_cannot_be_put_in_force(editing: Editing) -> None:
    assert "This draft changes nothing of version 1." in editing.page(f"{editing.address}/breast/draft/in-force")
    assert "This draft changes nothing of version 1." in editing.told("/in-force")


@pytest.mark.parametrize("place", ["?tumor_type=breast&version=draft", "/breast/draft/in-force"])
def test_more_cases_cost_no_more_questions(editing: Editing, place: str) -> None:
    a_meeting(editing.board)
    editing.told("/new-item", **SCAN)

    def grow(rows: int) -> None:
        for _ in range(rows):
            patient = a_patient()
            a_care_team_member(patient, a_person())
            case = a_case(editing.board, a_person(), patient=patient)
            case.results = [
                Result(position=1, section=Section.BIOMARKERS, item="er", state=ResultState.THERE, answer="Positive")
            ]
            case.minimum_data_set = db.session.scalars(select(MinimumDataSet).where(MinimumDataSet.version == 1)).one()
            db.session.add(Needs(case_id=case.id, written_at=case.created_at, written_by=case.submitter))
            db.session.commit()

    def cost() -> int:
        with questions() as asked:
            assert editing.browser.get(editing.address + place).status_code == 200
        return len(asked)

    grow(1)
    short = cost()
    grow(8)
    assert cost() == short
