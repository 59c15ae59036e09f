"""A case goes back with what is missing, and the answer comes back to its place."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_care_team_member, a_case, a_patient, a_person, an_instant
from tests.web.case_pages import typed_in
from tests.web.pages import filled_in, post, token
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Board, Case, InformationRequest, Notice, Person
from tumorboard.vocabulary import AuditAct, BoardRole, CaseState, Discipline, NoticeKind, NoticeState, PerformanceStatus


@pytest.fixture
def ada() -> Person:
    return a_person()


@pytest.fixture
def ruth() -> Person:
    return a_person(discipline=Discipline.COORDINATION)


@pytest.fixture
def pathologist() -> Person:
    return a_person(discipline=Discipline.PATHOLOGY)


@pytest.fixture
def board(ruth: Person, pathologist: Person) -> Board:
    return a_board((ruth, BoardRole.COORDINATOR), (pathologist, BoardRole.CORE))


@pytest.fixture
def case(board: Board, ada: Person) -> Case:
    case = a_case(board, ada, patient=a_patient())
    case.state_since = an_instant() - timedelta(days=2)
    db.session.commit()
    return case


def ask(browser: FlaskClient, case: Case, items: list[str], note: str = "") -> str:
    """Asks for these items, and says what the page answers."""
    page = browser.get(f"/cases/{case.id}/return")
    version = page.text.partition('name="version" type="hidden" value="')[2].partition('"')[0]
    form = {"csrf_token": token(browser), "version": version, "items": items, "note": note}
    answer = browser.post(f"/cases/{case.id}/return", data=form)
    return answer.text if answer.status_code != 303 else ""


def told(kind: NoticeKind = NoticeKind.INFORMATION_ASKED) -> list[Notice]:
    return list(db.session.scalars(select(Notice).where(Notice.kind == kind)))


def fresh(case: Case) -> Case:
    db.session.expire_all()
    return db.session.get_one(Case, case.id)


def test_what_is_missing_stands_ticked_and_goes_to_who_can_supply_it(
    sign_in: SignIn, ruth: Person, ada: Person, pathologist: Person, case: Case
) -> None:
    page = sign_in(ruth).get(f"/cases/{case.id}/return").text
    assert 'value="performance_status"' in page
    assert "HER2: Not there yet · Pathology" in page
    assert ask(sign_in(ruth), case, ["performance_status", "her2"], "Which HER2 assay?") == ""
    assert fresh(case).state is CaseState.RETURNED
    request = db.session.scalars(select(InformationRequest)).one()
    assert (request.items, request.note) == (["her2", "performance_status"], "Which HER2 assay?")
    assert {notice.person_id for notice in told()} == {ada.id, pathologist.id}
    assert all(notice.due_at and notice.due_at > an_instant() + timedelta(seconds=30) for notice in told())


def test_a_stage_that_is_asked_for_is_pasted_as_into_the_form(
    sign_in: SignIn, ruth: Person, ada: Person, case: Case
) -> None:
    ask(sign_in(ruth), case, ["stage"])
    page = sign_in(ada).get(f"/cases/{case.id}").text
    fields = page.partition("data-stage>")[2].partition("</p>")[0]
    assert [part for part in ("prefix", "t", "n", "m") if f'data-stage-part="{part}"' in fields] == [
        "prefix",
        "t",
        "n",
        "m",
    ]
    assert page.count('name="stage_t"') == 1


def test_nothing_ticked_and_nothing_written_is_asked_again_with_all_that_was_there(
    sign_in: SignIn, ruth: Person, case: Case
) -> None:
    assert "Tick what is missing, or write what you need to know." in ask(sign_in(ruth), case, [])
    assert fresh(case).state is CaseState.SUBMITTED


def test_a_slip_is_taken_back_before_anybody_hears_of_it(sign_in: SignIn, ruth: Person, case: Case) -> None:
    waited_since = case.state_since
    browser = sign_in(ruth)
    ask(browser, case, ["her2"])
    browser.post(f"/cases/{case.id}/recall", data={"csrf_token": token(browser)})
    again = fresh(case)
    assert (again.state, again.state_since) == (CaseState.SUBMITTED, waited_since)
    assert {notice.state for notice in told()} == {NoticeState.CANCELLED}


def test_the_answer_shows_only_what_is_asked_and_gives_the_case_its_place_again(
    sign_in: SignIn, ruth: Person, ada: Person, case: Case
) -> None:
    waited_since = case.state_since
    ask(sign_in(ruth), case, ["performance_status", "her2"], "How fit is she?")
    browser = sign_in(ada)
    page = browser.get(f"/cases/{case.id}").text
    asked = page.partition('id="asked-title"')[2].partition("</form>")[0]
    assert "How fit is she?" in asked
    assert 'name="performance_status"' in asked
    assert 'name="item_her2-answer"' in asked
    assert 'name="item_er-answer"' not in asked
    post(
        browser,
        f"/cases/{case.id}",
        f"/cases/{case.id}/answer",
        **{"performance_status": "1", "item_her2-answer": "2+", "answer": "Assay: IHC"},
    )
    answered = fresh(case)
    assert (answered.state, answered.state_since) == (CaseState.SUBMITTED, waited_since)
    assert answered.performance_status is PerformanceStatus.ECOG_1
    assert [(result.item, result.answer) for result in answered.results] == [("her2", "2+")]
    request = db.session.scalars(select(InformationRequest)).one()
    assert (request.answered_by_id, request.answer) == (ada.id, "Assay: IHC")
    assert {notice.state for notice in told()} == {NoticeState.CANCELLED}
    queue = sign_in(ruth).get("/queue").text
    assert "Answered" in queue
    assert "Assay: IHC" in sign_in(ruth).get(f"/cases/{case.id}").text


def test_an_answer_leaves_everything_else_as_it_was(sign_in: SignIn, ruth: Person, ada: Person, case: Case) -> None:
    case.stage_t, case.stage_n, case.icd10 = "2", "1", "C50.4"
    db.session.commit()
    ask(sign_in(ruth), case, ["histology"])
    post(sign_in(ada), f"/cases/{case.id}", f"/cases/{case.id}/answer", morphology="8500/3", stage_t="4")
    kept = fresh(case)
    assert (kept.stage_t, kept.stage_n, kept.icd10, kept.morphology) == ("2", "1", "C50.4", "8500/3")


def test_a_wrong_answer_comes_back_whole(sign_in: SignIn, ruth: Person, ada: Person, case: Case) -> None:
    ask(sign_in(ruth), case, ["histology", "performance_status"])
    typed = {"morphology": "duct", "performance_status": "2", "answer": "See the letter"}
    answer = post(sign_in(ada), f"/cases/{case.id}", f"/cases/{case.id}/answer", **typed)
    assert answer.status_code == 422
    assert "Write the Morphology code as 8500/3" in answer.text
    assert "See the letter" in answer.text
    assert fresh(case).state is CaseState.RETURNED


def test_an_answer_takes_back_nothing_that_somebody_else_has_written_meanwhile(
    sign_in: SignIn, ruth: Person, ada: Person, pathologist: Person, case: Case
) -> None:
    ask(sign_in(ruth), case, ["er", "her2", "performance_status"])
    browser, action = sign_in(ada), f"/cases/{case.id}/answer"
    opened = filled_in(browser.get(f"/cases/{case.id}").text, action)
    write_biomarkers(sign_in(pathologist), case, **{"item_er-answer": "Positive", "item_her2-answer": "1+"})
    both = browser.post(action, data=opened | {"item_her2-answer": "2+", "performance_status": "1"})
    assert both.status_code == 409
    assert fresh(case).state is CaseState.RETURNED
    page = both.text.partition("Changed in two places")[2].partition("</section>")[0]
    assert f"{pathologist.family_name}, {pathologist.given_name}" in page
    assert page.count("<fieldset") == 1
    assert "Positive" in page
    chosen = filled_in(both.text, action) | {"item_her2-answer": "2+", "performance_status": "1"}
    assert browser.post(action, data=chosen | {"keep-item_her2": "saved"}).status_code == 303
    answered = fresh(case)
    assert {result.item: result.answer for result in answered.results} == {"er": "Positive", "her2": "1+"}
    assert (answered.state, answered.performance_status) == (CaseState.SUBMITTED, PerformanceStatus.ECOG_1)


def write_biomarkers(browser: FlaskClient, case: Case, **typed: str) -> None:
    address = f"/cases/{case.id}/sections/biomarkers"
    assert browser.post(address, data=typed_in(browser.get(address)) | typed).status_code == 303


def test_answering_twice_is_once(sign_in: SignIn, ruth: Person, ada: Person, case: Case) -> None:
    ask(sign_in(ruth), case, ["performance_status"])
    browser = sign_in(ada)
    form = {"csrf_token": token(browser), "base": "{}", "performance_status": "1"}
    assert browser.post(f"/cases/{case.id}/answer", data=form).status_code == 303
    late = browser.post(f"/cases/{case.id}/answer", data=form | {"answer": "She would rather come on a Friday."})
    assert late.status_code == 409
    assert "What you typed was not sent; copy it to where it belongs" in late.text
    assert "She would rather come on a Friday." in late.text


def test_an_answer_to_a_case_that_was_withdrawn_meanwhile_stays_to_be_copied(
    sign_in: SignIn, ruth: Person, ada: Person, case: Case
) -> None:
    ask(sign_in(ruth), case, ["performance_status"])
    browser = sign_in(ada)
    db.session.refresh(case)
    why = {"csrf_token": token(browser), "why": "Moved away.", "version": str(case.version)}
    assert browser.post(f"/cases/{case.id}/withdraw", data=why).status_code == 303
    form = {"csrf_token": token(browser), "base": "{}", "performance_status": "1", "answer": "She walks a mile."}
    late = browser.post(f"/cases/{case.id}/answer", data=form)
    assert late.status_code == 409
    assert "She walks a mile." in late.text
    assert "Answer and resubmit" not in late.text


def test_somebody_of_the_care_team_answers_and_a_member_of_the_board_does_not(
    sign_in: SignIn, ruth: Person, pathologist: Person, case: Case
) -> None:
    ask(sign_in(ruth), case, ["performance_status"])
    form = {"base": "{}", "performance_status": "1"}
    reader = sign_in(pathologist)
    assert reader.post(f"/cases/{case.id}/answer", data=form | {"csrf_token": token(reader)}).status_code == 403
    surgeon = a_person(discipline=Discipline.SURGERY)
    assert case.patient
    a_care_team_member(case.patient, surgeon)
    browser = sign_in(surgeon)
    assert browser.post(f"/cases/{case.id}/answer", data=form | {"csrf_token": token(browser)}).status_code == 303


def test_the_history_says_that_it_was_returned_and_answered(
    sign_in: SignIn, ruth: Person, ada: Person, case: Case
) -> None:
    ask(sign_in(ruth), case, ["performance_status"])
    post(sign_in(ada), f"/cases/{case.id}", f"/cases/{case.id}/answer", performance_status="1")
    moved_on = AuditEntry.act == AuditAct.CASE_MOVED_ON
    acts = db.session.scalars(select(AuditEntry.details).where(moved_on).order_by(AuditEntry.id)).all()
    assert [each["action"] for each in acts] == ["return", "answer"]
