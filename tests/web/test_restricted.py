"""A restricted patient is nobody to whoever has no relation of their own."""

from html import unescape

from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.factories import a_board, a_care_team_member, a_case, a_listed_case, a_meeting, a_member, a_person, an_actor
from tests.web.pages import post, told
from tumorboard.domain import agenda, patients
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Case, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole


def a_board_of_two() -> tuple[Person, Person, Case]:
    """Coordinator, core member, and a case on their board."""
    coordinator, member = a_person(), a_person()
    case = a_case(a_board((coordinator, BoardRole.COORDINATOR), (member, BoardRole.CORE)), a_person())
    return coordinator, member, case


def restrict(browser: FlaskClient, case: Case, cause: str = "staff") -> str:
    where = f"/cases/{case.id}/restricted"
    return told(browser, post(browser, where, where, cause=cause))


def test_hides_the_case_from_the_members_and_lifting_brings_it_back(sign_in: SignIn) -> None:
    coordinator, member, case = a_board_of_two()
    assert sign_in(member).get(f"/cases/{case.id}").status_code == 200
    assert "Restricted" in restrict(sign_in(coordinator), case)
    assert sign_in(member).get(f"/cases/{case.id}").status_code == 404
    assert sign_in(case.submitter).get(f"/cases/{case.id}").status_code == 200
    restrict(sign_in(coordinator), case, "not_needed")
    assert sign_in(member).get(f"/cases/{case.id}").status_code == 200
    acts = db.session.query(AuditEntry).filter_by(act=AuditAct.PATIENT_RESTRICTED).order_by(AuditEntry.id).all()
    assert [act.details for act in acts] == [
        {"restricted": 1, "cause": "staff"},
        {"restricted": 0, "cause": "not_needed"},
    ]


def test_is_found_by_nobody_without_a_relation_and_refused_like_a_wrong_birth_date(sign_in: SignIn) -> None:
    coordinator, _, case = a_board_of_two()
    assert case.patient
    mrn = case.patient.identifiers[0]
    stranger, nurse = (a_person(hospital=mrn.hospital) for _ in range(2))
    a_care_team_member(case.patient, nurse)
    restrict(sign_in(coordinator), case)
    db.session.expire_all()
    with transaction():
        assert patients.find_patient(mrn.mrn, case.patient.birth_date, an_actor(stranger)) is None
        assert patients.find_patient(mrn.mrn, case.patient.birth_date, an_actor(nurse)) == case.patient


def test_the_listed_meeting_sees_the_case_and_others_of_the_board_a_place_without_a_name(sign_in: SignIn) -> None:
    coordinator, member, case = a_board_of_two()
    meeting = a_meeting(case.board)  # type: ignore[arg-type]
    a_listed_case(meeting, case)
    restrict(sign_in(coordinator), case)
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
    assert case.patient
    assert case.patient.family_name in sign_in(member).get(f"/meetings/{meeting.id}").text
    late = a_member(meeting.board, a_person()).person  # joined unheard, and so holds no entry for the meeting
    page = unescape(sign_in(late).get(f"/meetings/{meeting.id}").text)
    assert case.patient.family_name not in page
    assert "A case of another care team" in page
