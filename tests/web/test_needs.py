"""Needs and preferences: written by nursing and social work, seen by whoever sees the case, never lost."""

from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_care_team_member, a_case, a_member, a_patient, a_person, an_instant
from tests.web.case_pages import typed_in
from tests.web.pages import token, told
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, BreakGlass, Case, Needs, Notice, Person
from tumorboard.vocabulary import AuditAct, BoardRole, BreakGlassCause, Discipline, NoticeKind

WORDS = "No more hospital nights, please. I want my garden in spring."


@pytest.fixture
def nurse(app: Flask) -> Person:
    return a_person(discipline=Discipline.NURSING)


@pytest.fixture
def case(nurse: Person) -> Case:
    ada, patient = a_person(), a_patient()
    board = a_board((a_person(), BoardRole.COORDINATOR))
    a_care_team_member(patient, ada, lead=True)
    a_care_team_member(patient, nurse)
    return a_case(board, ada, patient=patient)


@pytest.fixture
def grace(nurse: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(nurse)


def write(browser: FlaskClient, case: Case, version: int = 0, **typed: object) -> object:
    form = {"csrf_token": token(browser), "version": str(version), "preferences": WORDS} | typed
    return browser.post(f"/cases/{case.id}/needs", data=form)


def test_a_nurse_finds_on_today_whom_to_ask_and_what_she_writes_is_shown_with_her_name(
    grace: FlaskClient, case: Case, nurse: Person
) -> None:
    assert f'href="/cases/{case.id}/needs"' in grace.get("/").text
    answer = write(grace, case, kinds=["transport", "language"], distress="4", interpreter="Polish")
    page = told(grace, answer)  # type: ignore[arg-type]
    for shown in (WORDS, "Transport, Language", "4 of 10", "Polish", f"{nurse.family_name}, {nurse.given_name}"):
        assert shown in " ".join(page.split())
    assert "social work is asked to call" not in page
    assert f'href="/cases/{case.id}/needs"' not in grace.get("/").text
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.NEEDS_WRITTEN)).one()
    assert typed_in(grace.get(f"/cases/{case.id}/needs"))["preferences"] == WORDS


def test_who_comes_second_sees_both_and_nothing_is_overwritten(
    grace: FlaskClient, case: Case, nurse: Person, sign_in: SignIn
) -> None:
    worker = a_person(discipline=Discipline.SOCIAL_WORK)
    a_care_team_member(case.patient, worker)  # type: ignore[arg-type]
    write(grace, case)
    tomas = sign_in(worker)
    refused = write(tomas, case, preferences="Her son is nine.")
    assert refused.status_code == 409  # type: ignore[attr-defined]
    both = unescape(refused.text)  # type: ignore[attr-defined]
    assert "Somebody else has written here since you opened this page." in both
    assert WORDS in both
    assert f"{nurse.family_name}, {nurse.given_name}" in both
    assert typed_in(refused)["preferences"] == "Her son is nine."  # type: ignore[arg-type]
    assert kept(case).preferences == WORDS
    chosen = typed_in(refused) | {"preferences": f"{WORDS} Her son is nine.", "keep-preferences": "here"}  # type: ignore[arg-type]
    told(tomas, write(tomas, case, **chosen))
    assert kept(case).preferences == f"{WORDS} Her son is nine."
    assert kept(case).written_by == worker


def test_what_only_one_of_two_has_changed_is_not_put_back_by_the_other(
    grace: FlaskClient, case: Case, sign_in: SignIn
) -> None:
    worker = a_person(discipline=Discipline.SOCIAL_WORK)
    a_care_team_member(case.patient, worker)  # type: ignore[arg-type]
    tomas, address = sign_in(worker), f"/cases/{case.id}/needs"
    write(grace, case, distress="3", kinds=["money"])
    opened = typed_in(tomas.get(address))
    told(grace, grace.post(address, data=typed_in(grace.get(address)) | {"distress": "8"}))
    page = told(tomas, tomas.post(address, data=opened | {"interpreter": "Polish"}))
    assert "with what was written meanwhile" in page
    now = kept(case)
    assert (now.distress, now.interpreter, now.kinds) == (8, "Polish", ["money"])


def test_of_a_part_that_both_have_changed_neither_is_taken_before_somebody_chooses(
    grace: FlaskClient, case: Case, sign_in: SignIn
) -> None:
    worker = a_person(discipline=Discipline.SOCIAL_WORK)
    a_care_team_member(case.patient, worker)  # type: ignore[arg-type]
    tomas, address = sign_in(worker), f"/cases/{case.id}/needs"
    write(grace, case, distress="3")
    opened = typed_in(tomas.get(address))
    told(grace, grace.post(address, data=typed_in(grace.get(address)) | {"distress": "8"}))
    both = tomas.post(address, data=opened | {"distress": "5", "interpreter": "Polish"})
    assert (both.status_code, kept(case).distress) == (409, 8)
    assert "keep-distress" not in typed_in(both)
    assert "keep-interpreter" not in both.text
    assert tomas.post(address, data=typed_in(both)).status_code == 409
    chosen = typed_in(both) | {"keep-distress": "saved"}
    told(grace, grace.post(address, data=typed_in(grace.get(address)) | {"distress": "9"}))
    seen_too_early = tomas.post(address, data=chosen)
    assert (seen_too_early.status_code, kept(case).distress) == (409, 9)
    told(tomas, tomas.post(address, data=typed_in(seen_too_early) | {"keep-distress": "saved"}))
    assert (kept(case).distress, kept(case).interpreter) == (9, "Polish")


def test_what_stood_there_before_can_be_read_with_who_wrote_it_by_whoever_reads_the_present(
    grace: FlaskClient, case: Case, nurse: Person, sign_in: SignIn
) -> None:
    write(grace, case, distress="3", kinds=["money"])
    assert "needs/earlier" not in grace.get(f"/cases/{case.id}").text
    write(sign_in(case.submitter), case, version=1, preferences="She wants to go home.")
    surgeon = a_person(discipline=Discipline.SURGERY)
    a_care_team_member(case.patient, surgeon)  # type: ignore[arg-type]
    browser = sign_in(surgeon)
    assert f'href="/cases/{case.id}/needs/earlier"' in browser.get(f"/cases/{case.id}").text
    both = " ".join(browser.get(f"/cases/{case.id}/needs/earlier").text.split())
    now, before = both.index("She wants to go home."), both.index(WORDS)
    assert now < before
    assert f"{case.submitter.family_name}, {case.submitter.given_name}" in both[now:before]
    for shown in ("Money", "3 of 10", f"{nurse.family_name}, {nurse.given_name}"):
        assert shown in both[before:]
    assert sign_in(a_person()).get(f"/cases/{case.id}/needs/earlier").status_code == 404


def test_an_untouched_form_says_nothing_and_takes_nothing_off_today(grace: FlaskClient, case: Case) -> None:
    refused = write(grace, case, preferences="", distress="")
    assert refused.status_code == 422  # type: ignore[attr-defined]
    assert "Write or choose something first" in refused.text  # type: ignore[attr-defined]
    assert db.session.scalars(select(Needs)).all() == []
    assert f'href="/cases/{case.id}/needs"' in grace.get("/").text
    told(grace, write(grace, case, preferences="", distress="0"))  # type: ignore[arg-type]
    assert kept(case).distress == 0
    told(grace, write(grace, case, version=1, preferences="", distress=""))  # type: ignore[arg-type]
    assert kept(case).distress is None


def test_the_same_form_twice_is_once(grace: FlaskClient, case: Case) -> None:
    for _ in range(2):
        assert write(grace, case).status_code == 303  # type: ignore[attr-defined]
    assert kept(case).version == 1


def test_from_six_on_a_social_worker_joins_the_care_team_and_is_told_once(grace: FlaskClient, case: Case) -> None:
    worker = a_person(discipline=Discipline.SOCIAL_WORK)
    a_member(case.board, worker)  # type: ignore[arg-type]
    page = " ".join(told(grace, write(grace, case, distress="6")).split())  # type: ignore[arg-type]
    assert "Distress is 6 of 10: social work is asked to call." in page
    assert f"{worker.family_name}, {worker.given_name} is on the care team." in page
    write(grace, case, distress="8", version="1")
    asked = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.CALL_ASKED)).all()
    assert [notice.person_id for notice in asked] == [worker.id]


def test_without_a_social_worker_on_the_board_the_page_says_so(grace: FlaskClient, case: Case) -> None:
    page = " ".join(told(grace, write(grace, case, distress="9")).split())  # type: ignore[arg-type]
    assert "The board has no social worker: ask one to join the care team." in page


@pytest.mark.parametrize(
    "typed", [{"distress": "11"}, {"distress": "-1"}, {"preferences": "a\0b"}, {"interpreter": "x\ny"}]
)
def test_what_cannot_be_is_refused_with_what_was_typed(grace: FlaskClient, case: Case, typed: dict[str, str]) -> None:
    assert write(grace, case, **typed).status_code == 422  # type: ignore[attr-defined]
    assert db.session.scalars(select(Needs)).all() == []


def test_only_carers_and_whoever_submitted_write(case: Case, sign_in: SignIn) -> None:
    surgeon, stranger = a_person(discipline=Discipline.SURGERY), a_person(discipline=Discipline.NURSING)
    a_care_team_member(case.patient, surgeon)  # type: ignore[arg-type]
    for person, status in ((surgeon, 403), (stranger, 404), (case.submitter, 303)):
        assert write(sign_in(person), case).status_code == status  # type: ignore[attr-defined]


def test_who_breaks_the_glass_reads_the_case_without_these_words(
    grace: FlaskClient, case: Case, sign_in: SignIn
) -> None:
    write(grace, case)
    breaker, at = a_person(), an_instant()
    glass = BreakGlass(
        person_id=breaker.id,
        patient_id=case.patient_id,
        cause=BreakGlassCause.EMERGENCY,
        reason="Admitted at night",
        opened_at=at,
        expires_at=at + timedelta(hours=4),
    )
    db.session.add(glass)
    db.session.commit()
    page = sign_in(breaker).get(f"/cases/{case.id}").text
    assert case.question in page
    assert "Not shown to whoever breaks the glass." in page
    assert "hospital nights" not in page
    earlier = sign_in(breaker).get(f"/cases/{case.id}/needs/earlier")
    assert earlier.status_code == 200
    assert "hospital nights" not in earlier.text


def kept(case: Case) -> Needs:
    db.session.expire_all()
    return db.session.get_one(Needs, case.id)


def test_what_is_no_utf_8_is_refused_and_nothing_else_is_lost(grace: FlaskClient, case: Case) -> None:
    body = f"csrf_token={token(grace)}&version=0&interpreter=Polish&preferences=a%ED%A0%80b"
    answer = grace.post(f"/cases/{case.id}/needs", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert "There are characters here that cannot be shown." in answer.text
    assert typed_in(answer)["interpreter"] == "Polish"
    assert db.session.scalars(select(Needs)).all() == []
