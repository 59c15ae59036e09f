"""Two records of one patient become one, a case of the wrong patient moves; both go back exactly within a day."""

import re
from collections.abc import Iterable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import (
    a_board,
    a_care_team_member,
    a_case,
    a_hospital,
    a_listed_case,
    a_meeting,
    a_patient,
    a_person,
    an_actor,
    an_instant,
)
from tests.web.pages import filled_in, main_part, post, token, told, waiting
from tumorboard.domain import agenda
from tumorboard.storage.db import db
from tumorboard.storage.models import (
    Board,
    CareTeamMember,
    Case,
    Hospital,
    Notice,
    Patient,
    PatientCorrection,
    PatientIdentifier,
    Person,
)
from tumorboard.storage.queries import care_team_members
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, NoticeKind


def a_coordinated_board() -> tuple[Person, Board]:
    coordinator = a_person()
    return coordinator, a_board((coordinator, BoardRole.COORDINATOR))


def two_records(board: Board, *hospitals: Hospital) -> tuple[Case, Case]:
    """A case of each; both have a lead, and one person looks after both."""
    both = a_person()
    cases = []
    for hospital in hospitals:
        patient = a_patient(hospital=hospital)
        a_care_team_member(patient, a_person(), lead=True)
        a_care_team_member(patient, both)
        cases.append(a_case(board, a_person(), patient=patient))
    return cases[0], cases[1]


def correct(browser: FlaskClient, case: Case, other: Case, how: str = "merge", **more: str) -> Any:
    where = f"/cases/{case.id}/patient-correction"
    return post(
        browser, f"{where}?other={other.number}", where, how=how, reason="The same person, asked by phone.", **more
    )


def undo(browser: FlaskClient, case: Case) -> Any:
    correction = db.session.scalars(select(PatientCorrection)).unique().one()
    where = f"/cases/{case.id}/patient-correction/{correction.id}/undo"
    return browser.post(where, data={"csrf_token": token(browser)})


def as_it_stands() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a correction touches, row by row."""
    db.session.expire_all()

    def rows(kind: Any, *names: str) -> list[tuple[Any, ...]]:
        found: Iterable[Any] = db.session.scalars(select(kind).order_by(kind.id)).unique()
        return [tuple(getattr(row, name) for name in names) for row in found]

    return {
        "cases": rows(Case, "id", "patient_id"),
        "team": rows(CareTeamMember, "id", "patient_id", "person_id", "lead", "key_worker", "joined_at", "left_at"),
        "identifiers": rows(PatientIdentifier, "id", "patient_id", "hospital_id", "mrn", "mrn_key"),
        "patients": rows(Patient, "id", "family_name", "birth_date", "sex", "restricted", "merged_into_id"),
    }


def test_a_merge_takes_everything_along_and_its_undo_takes_it_back_exactly(sign_in: SignIn) -> None:
    coordinator, board = a_coordinated_board()
    case, other = two_records(board, a_hospital(), a_hospital())
    before, browser, kept = as_it_stands(), sign_in(coordinator), other.patient_id
    assert "The two records are one." in told(browser, correct(browser, case, other))
    after = as_it_stands()
    assert {patient_id for _, patient_id in after["cases"]} == {kept}
    assert {row[1] for row in after["identifiers"]} == {kept}
    present = [row for row in after["team"] if row[1] == kept and row[6] is None]
    assert len({row[2] for row in present}) == len(present) == 3
    assert sum(row[3] for row in present) == 1
    assert [row[-1] for row in after["patients"]].count(kept) == 1
    assert "Undone." in told(browser, undo(browser, case))
    assert as_it_stands() == before


def test_places_of_the_same_person_on_both_teams_never_overlap_and_the_longer_one_lasts(sign_in: SignIn) -> None:
    coordinator, board = a_coordinated_board()
    case, other = two_records(board, a_hospital(), a_hospital())
    now, day = an_instant(), timedelta(days=1)
    person, another, third = (a_person() for _ in range(3))
    for patient, who, joined, left in (
        (case.patient, person, now - 9 * day, None),
        (other.patient, person, now - 8 * day, now - 5 * day),
        (case.patient, another, now - 9 * day, now + 5 * day),
        (other.patient, another, now - 7 * day, now + 9 * day),
        (case.patient, third, now - 9 * day, now - 6 * day),
        (other.patient, third, now - 9 * day, now - 3 * day),
    ):
        place = a_care_team_member(patient, who)  # type: ignore[arg-type]
        place.joined_at, place.left_at = joined, left
    db.session.commit()
    before, browser = as_it_stands(), sign_in(coordinator)
    told(browser, correct(browser, case, other))
    on = [(row[2], row[5], row[6]) for row in as_it_stands()["team"] if row[1] == other.patient_id]
    assert (person.id, now - 5 * day, None) in on
    assert (another.id, now - 9 * day, now - 7 * day) in on
    assert (another.id, now - 7 * day, now + 9 * day) in on
    assert [row[0] for row in on].count(third.id) == 1
    told(browser, undo(browser, case))
    assert as_it_stands() == before


@pytest.mark.parametrize("kept", ["this", "other"])
def test_of_two_mrns_at_one_hospital_the_right_one_stays_and_undoing_brings_both_back(
    sign_in: SignIn, kept: str
) -> None:
    coordinator, board = a_coordinated_board()
    hospital = a_hospital()
    case, other = two_records(board, hospital, hospital)
    assert case.patient
    assert other.patient
    [own], [theirs] = case.patient.identifiers, other.patient.identifiers
    right, before, browser = (own if kept == "this" else theirs).mrn, as_it_stands(), sign_in(coordinator)
    answer = correct(browser, case, other)
    assert answer.status_code == 422
    assert f"Both records have an MRN at {hospital.name}" in answer.text
    assert 'value="The same person, asked by phone."' in answer.text
    assert as_it_stands() == before

    told(browser, correct(browser, case, other, mrn=kept))
    db.session.expire_all()
    assert case.patient_id == other.patient_id
    assert [each.mrn for each in case.patient.identifiers] == [right]
    told(browser, undo(browser, case))
    assert as_it_stands() == before


def put_right(browser: FlaskClient, case: Case, **otherwise: str) -> Any:
    where = f"/cases/{case.id}/patient-correction/particulars"
    return post(browser, where, where, **({"reason": "The referral has it so."} | otherwise))


def test_a_mistyped_record_is_put_right_in_every_case_and_undone_exactly(sign_in: SignIn) -> None:
    coordinator, board = a_coordinated_board()
    case, _ = two_records(board, a_hospital(), a_hospital())
    before, browser = as_it_stands(), sign_in(coordinator)
    right = {"family_name": "Rightwood", "birth_date": "02-Feb-1960", "sex": "male", "mrns-0": "RW 77"}
    page = told(browser, put_right(browser, case, **right))
    assert "The record is put right" in page
    assert "Rightwood" in page
    assert "02-Feb-1960" in page
    assert "RW 77" in page
    assert "record put right by" in page
    assert "Undone." in told(browser, undo(browser, case))
    assert as_it_stands() == before


def test_the_submitter_and_the_lead_are_told_and_the_mail_names_nobody(sign_in: SignIn) -> None:
    coordinator, board = a_coordinated_board()
    case, _ = two_records(board, a_hospital(), a_hospital())
    assert case.patient
    lead = next(each.person for each in care_team_members.present_team(case.patient_id, an_instant()) if each.lead)
    told(sign_in(coordinator), put_right(sign_in(coordinator), case, family_name="Rightwood"))
    notices = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.RECORD_CORRECTED)).all()
    assert {each.person_id for each in notices} == {case.submitter_id, lead.id}
    assert not any("Rightwood" in str(each.facts) or case.patient.given_name in str(each.facts) for each in notices)


def test_what_cannot_be_right_is_refused_beside_its_field_and_nothing_typed_is_lost(sign_in: SignIn) -> None:
    coordinator, board = a_coordinated_board()
    hospital = a_hospital()
    case, other = two_records(board, hospital, hospital)
    assert other.patient
    before, browser = as_it_stands(), sign_in(coordinator)
    for wrong, sentence in (
        ({"mrns-0": other.patient.identifiers[0].mrn}, "This MRN is on another record."),
        ({"mrns-0": ""}, "Enter the MRN"),
        ({"birth_date": "02-Feb-2999"}, "in the future"),
        ({"family_name": ""}, "Enter the family name."),
        ({"reason": ""}, "Say why, in a few words."),
        ({}, "This is what stands there."),
    ):
        answer = put_right(browser, case, **({"given_name": "Typed"} if wrong else {}), **wrong)
        assert answer.status_code == 422, sentence
        assert sentence in unescape(answer.text)
        assert 'value="Typed"' in answer.text or not wrong
    assert as_it_stands() == before


def test_two_coordinators_who_put_one_record_right_at_once_do_not_overwrite_each_other(sign_in: SignIn) -> None:
    coordinator, board = a_coordinated_board()
    case, _ = two_records(board, a_hospital(), a_hospital())
    browser, where = sign_in(coordinator), f"/cases/{case.id}/patient-correction/particulars"
    form = filled_in(browser.get(where).text, where) | {"reason": "The referral has it so."}
    told(browser, browser.post(where, data=form | {"family_name": "First"}))
    answer = browser.post(where, data=form | {"family_name": "Second"})
    assert answer.status_code == 409
    db.session.expire_all()
    assert case.patient
    assert case.patient.family_name == "First"


def test_a_moved_case_leaves_the_wrong_patient_and_so_does_its_submitter(sign_in: SignIn) -> None:
    coordinator, board = a_coordinated_board()
    case, other = two_records(board, a_hospital(), a_hospital())
    wrong = case.patient
    assert wrong
    a_care_team_member(wrong, case.submitter)
    before, browser = as_it_stands(), sign_in(coordinator)
    told(browser, correct(browser, case, other, "move"))
    db.session.refresh(case)
    assert case.patient_id == other.patient_id
    team = db.session.scalars(select(CareTeamMember).where(CareTeamMember.person_id == case.submitter_id)).one()
    assert team.patient_id == other.patient_id
    told(browser, undo(browser, case))
    assert as_it_stands() == before


def test_invitations_follow_the_care_team(sign_in: SignIn) -> None:
    coordinator, board = a_coordinated_board()
    case, other = two_records(board, a_hospital(), a_hospital())
    meeting = a_meeting(board)
    a_listed_case(meeting, case)
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
    before, browser = waiting(meeting), sign_in(coordinator)
    told(browser, correct(browser, case, other))
    assert waiting(meeting) - before == {NoticeKind.INVITATION: 1, NoticeKind.AGENDA: 1}
    told(browser, undo(browser, case))
    assert waiting(meeting) == before


def test_after_a_day_it_stands(sign_in: SignIn) -> None:
    coordinator, board = a_coordinated_board()
    case, other = two_records(board, a_hospital(), a_hospital())
    browser = sign_in(coordinator)
    told(browser, correct(browser, case, other))
    correction = db.session.scalars(select(PatientCorrection)).unique().one()
    correction.made_at = an_instant() - timedelta(days=1, minutes=1)
    db.session.commit()
    after = as_it_stands()
    assert "more than a day ago" in told(browser, undo(browser, case))
    assert as_it_stands() == after


def test_a_case_of_another_coordinators_board_is_as_if_there_were_none(sign_in: SignIn) -> None:
    (coordinator, board), (_, elsewhere) = a_coordinated_board(), a_coordinated_board()
    case, foreign = a_case(board, a_person()), a_case(elsewhere, a_person())
    browser, where = sign_in(coordinator), f"/cases/{case.id}/patient-correction"
    pages = [browser.get(f"{where}?other={number}") for number in (foreign.number, 999_999)]
    assert [page.status_code for page in pages] == [422, 422]
    assert "There is no such case on a board that you coordinate." in pages[0].text
    without = [re.sub(rf"\b({foreign.number}|999999)\b", "", main_part(page)) for page in pages]
    assert without[0] == without[1]
