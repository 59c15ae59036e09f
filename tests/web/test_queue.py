"""The coordinator's queue."""

from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_person
from tests.web.pages import post, token, told
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Case
from tumorboard.vocabulary import AuditAct, BoardRole, CaseState


def state_of(case: Case) -> CaseState:
    db.session.expire_all()
    return db.session.get_one(Case, case.id).state


def test_a_row_has_the_four_identifiers_the_question_and_who_submitted(sign_in: SignIn) -> None:
    coordinator, surgeon = a_person(), a_person()
    case = a_case(a_board((coordinator, BoardRole.COORDINATOR)), surgeon)

    page = unescape(sign_in(coordinator).get("/queue").text)

    patient = case.patient
    for words in (
        f"{patient.family_name}, Anneliese",
        "14-Mar-1971",
        "Female",
        patient.identifiers[0].mrn,
        case.question,
        f"{surgeon.family_name}, Ada",
    ):
        assert words in page


def test_looking_at_the_queue_leaves_one_audit_entry_with_every_patient(sign_in: SignIn) -> None:
    coordinator = a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR))
    patients = {a_case(board, a_person()).patient_id for _ in range(3)}

    sign_in(coordinator).get("/queue")

    [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.CASES_LISTED))
    assert set(entry.patient_ids) == patients
    assert entry.person_id == coordinator.id


def test_accepting_moves_the_case_on_and_leads_back_to_the_row_that_follows(sign_in: SignIn) -> None:
    coordinator = a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR))
    first, second = a_case(board, a_person()), a_case(board, a_person())
    browser = sign_in(coordinator)

    answer = post(browser, "/queue", f"/cases/{first.id}/accept?board={board.slug}&state=submitted")

    assert answer.location == f"/queue?board={board.slug}&state=submitted#row-1"
    page = told(browser, answer)
    assert "Accepted. The case waits for a place on an agenda." in page
    assert state_of(first) is CaseState.ACCEPTED
    assert second.patient.family_name in page
    assert first.patient.family_name not in page


def test_accepting_twice_says_how_things_stand(sign_in: SignIn) -> None:
    coordinator = a_person()
    case = a_case(a_board((coordinator, BoardRole.COORDINATOR)), a_person())
    browser = sign_in(coordinator)
    form = {"csrf_token": token(browser), "version": str(case.version), "row": "1"}

    browser.post(f"/cases/{case.id}/accept", data=form)
    again = told(browser, browser.post(f"/cases/{case.id}/accept", data=form))

    assert "This cannot be done now: it is “Accepted”." in again
    assert state_of(case) is CaseState.ACCEPTED


def test_what_somebody_else_decided_meanwhile_is_not_overwritten(sign_in: SignIn) -> None:
    coordinator = a_person()
    case = a_case(a_board((coordinator, BoardRole.COORDINATOR)), a_person())
    browser = sign_in(coordinator)
    form = {"csrf_token": token(browser), "version": str(case.version), "row": "1"}
    case.question = "Another question now"
    db.session.commit()

    page = told(browser, browser.post(f"/cases/{case.id}/accept", data=form))

    assert "Somebody else changed this while you had it open." in page
    assert state_of(case) is CaseState.SUBMITTED


def test_the_longest_waiting_stands_first_and_the_next_page_goes_on_after_the_last_row(sign_in: SignIn) -> None:
    coordinator = a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR))
    cases = [a_case(board, coordinator) for _ in range(27)]
    for days, case in enumerate(reversed(cases)):
        case.state_since -= timedelta(days=days)
    db.session.commit()
    browser = sign_in(coordinator)

    first = browser.get(f"/queue?board={board.slug}").text
    names = [case.patient.family_name for case in cases]
    places = [first.index(f">{name}, ") for name in names[:25]]
    assert places == sorted(places)
    assert f">{names[25]}, " not in first

    address = unescape(first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0])
    second = browser.get(address).text
    assert f">{names[25]}, " in second
    assert f">{names[26]}, " in second
    assert f">{names[24]}, " not in second


def test_a_stranger_sees_no_queue_and_decides_nothing(sign_in: SignIn) -> None:
    member, stranger = a_person(), a_person()
    board = a_board((a_person(), BoardRole.COORDINATOR), (member, BoardRole.CORE))
    a_board((stranger, BoardRole.COORDINATOR))
    case = a_case(board, member)
    for person, seen in ((member, 403), (stranger, 404)):
        browser = sign_in(person)
        assert browser.get(f"/queue?board={board.slug}").status_code == seen
        form = {"csrf_token": token(browser), "version": str(case.version)}
        assert browser.post(f"/cases/{case.id}/accept", data=form).status_code == seen
    assert state_of(case) is CaseState.SUBMITTED


@pytest.mark.parametrize(
    "query", ["state=nonsense", "after=nonsense", "after=2026-01-01_x", "order=%00", "state=%00&after=%00"]
)
def test_an_address_that_means_nothing_shows_the_first_page(sign_in: SignIn, query: str) -> None:
    coordinator = a_person()
    case = a_case(a_board((coordinator, BoardRole.COORDINATOR)), coordinator)
    page = sign_in(coordinator).get(f"/queue?{query}")
    assert page.status_code == 200
    assert case.patient.family_name in page.text


@pytest.mark.parametrize("slug", ["nowhere", "%00", "%F0%9F%98%80", "x" * 3000])
def test_a_board_that_does_not_exist_is_not_found(sign_in: SignIn, slug: str) -> None:
    coordinator = a_person()
    a_board((coordinator, BoardRole.COORDINATOR))
    browser = sign_in(coordinator)
    assert browser.get(f"/queue?board={slug}").status_code == 404
    assert browser.get(f"/boards/{slug}").status_code == 404
