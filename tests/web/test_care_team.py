"""Who looks after a patient, and whom a case invites."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.conftest import SignIn
from tests.factories import (
    a_board,
    a_care_team_member,
    a_case,
    a_listed_case,
    a_meeting,
    a_member,
    a_patient,
    a_person,
    an_actor,
    an_instant,
)
from tests.web.case_pages import send
from tests.web.pages import all_sent, post, token, told
from tumorboard.domain import agenda
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, CareTeamMember, Case, Meeting, Notice, Person
from tumorboard.storage.queries import care_team_members
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole, Discipline, NoticeKind, Office


@pytest.fixture
def ada(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def nurse(app: Flask) -> Person:
    return a_person(discipline=Discipline.NURSING)


@pytest.fixture
def case(ada: Person) -> Case:
    """A case on a published agenda whose mails are out, with its submitter on the care team."""
    ruth, patient = a_person(), a_patient()
    board = a_board((ruth, BoardRole.COORDINATOR))
    a_care_team_member(patient, ada, lead=True)
    case, meeting = a_case(board, ada, patient=patient), a_meeting(board)
    a_listed_case(meeting, case)
    with transaction():
        agenda.publish(meeting, an_actor(ruth), version=meeting.version)
    all_sent(meeting)
    return case


@pytest.fixture
def browser(ada: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(ada)


def owed() -> list[tuple[Person, NoticeKind]]:
    db.session.expire_all()
    waiting = db.session.scalars(select(Notice).where(Notice.due_at.is_not(None)).order_by(Notice.id))
    return [(notice.person, notice.kind) for notice in waiting]


def join(browser: FlaskClient, case: Case, person: str) -> object:
    return post(browser, f"/cases/{case.id}", f"/cases/{case.id}/care-team", person=person)


@pytest.mark.parametrize(
    "unlike",
    [{"external": True}, {"office": Office.ADMINISTRATOR}, {"deactivated_at": datetime(2026, 1, 2, tzinfo=UTC)}],
)
def test_who_is_on_no_list_is_not_added(browser: FlaskClient, case: Case, unlike: dict[str, object]) -> None:
    somebody = a_person()
    for name, value in unlike.items():
        setattr(somebody, name, value)
    db.session.commit()
    assert join(browser, case, str(somebody.id)).status_code == 422  # type: ignore[attr-defined]
    assert not db.session.scalars(select(CareTeamMember).where(CareTeamMember.person_id == somebody.id)).all()
    assert owed() == []


def test_somebody_added_is_on_the_page_and_alone_hears_of_the_meeting(
    browser: FlaskClient, case: Case, nurse: Person
) -> None:
    page = told(browser, join(browser, case, str(nurse.id)))  # type: ignore[arg-type]
    assert "Added to the care team." in page
    assert f"{nurse.family_name}, {nurse.given_name} joined the care team" in " ".join(page.split())
    assert sorted(owed(), key=lambda each: each[1]) == [(nurse, NoticeKind.AGENDA), (nurse, NoticeKind.INVITATION)]
    again = told(browser, join(browser, case, str(nurse.id)))  # type: ignore[arg-type]
    assert "Added to the care team." not in again
    assert f"{nurse.family_name}, {nurse.given_name} is on the care team already." in again
    assert len(owed()) == 2


def test_somebody_taken_off_loses_the_meeting_and_nobody_else_hears(
    browser: FlaskClient, case: Case, nurse: Person
) -> None:
    join(browser, case, str(nurse.id))
    meeting = db.session.scalars(select(Meeting)).one()
    all_sent(meeting)
    page = told(browser, post(browser, f"/cases/{case.id}", f"/cases/{case.id}/care-team/{nurse.id}/leave"))
    assert f"{nurse.family_name}, {nurse.given_name} left the care team" in " ".join(page.split())
    assert owed() == [(nurse, NoticeKind.REMOVED)]


@pytest.mark.parametrize("person", ["", "garbage", "\x00", "0190b6a0-0000-7000-8000-000000000000"])
def test_nobody_is_added_who_is_not_in_the_list(browser: FlaskClient, case: Case, person: str) -> None:
    answer = join(browser, case, person)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Choose somebody from the list." in answer.text  # type: ignore[attr-defined]
    assert owed() == []
    assert browser.get(f"/cases/{case.id}/care-team").status_code == 200


def test_several_join_at_once_each_as_one_of_their_disciplines(
    browser: FlaskClient, case: Case, nurse: Person, ada: Person
) -> None:
    both = a_person(discipline=Discipline.SURGERY)
    both.other_disciplines = [Discipline.GENETICS.value]
    db.session.commit()
    page = f"/cases/{case.id}/care-team"
    assert f'value="{both.id}/genetics"' in browser.get(page).text
    form = {"csrf_token": token(browser), "from": "team"}
    people = [str(nurse.id), f"{both.id}/genetics"]
    answer = browser.post(page, data=form | {"person": people})
    assert "Added 2 people to the care team." in told(browser, answer)
    assert Counter(owed()) == Counter(
        (person, kind) for person in (nurse, both) for kind in (NoticeKind.AGENDA, NoticeKind.INVITATION)
    )
    assert {(each.person, each.discipline) for each in team(case)} == {
        (ada, ada.discipline),
        (nurse, Discipline.NURSING),
        (both, Discipline.GENETICS),
    }
    assert browser.post(page, data=form | {"person": f"{nurse.id}/surgery"}).status_code == 422


def test_who_leads_hands_over_and_stays_and_leaves_only_when_somebody_leads(
    browser: FlaskClient, case: Case, nurse: Person, ada: Person
) -> None:
    join(browser, case, str(nurse.id))
    all_sent(db.session.scalars(select(Meeting)).one())
    long_ago(case)
    leave = f"/cases/{case.id}/care-team/{ada.id}/leave"
    form = {"csrf_token": token(browser), "from": "team"}
    refused = browser.post(leave, data=form)
    assert refused.status_code == 422
    assert "Choose who leads the care team next." in refused.text

    page = told(browser, browser.post(f"/cases/{case.id}/care-team/{nurse.id}/lead", data=form))
    assert f"{nurse.family_name}, {nurse.given_name} leads the care team from now on." in page
    assert [(each.person, each.lead) for each in team(case)] == [(nurse, True), (ada, False)]
    told(browser, browser.post(f"/cases/{case.id}/care-team/{nurse.id}/leave", data=form | {"next_lead": str(ada.id)}))
    assert [(each.person, each.lead) for each in team(case)] == [(ada, True)]
    assert owed() == [(nurse, NoticeKind.HANDED_OVER), (nurse, NoticeKind.REMOVED)]


def test_one_nurse_or_social_worker_is_the_key_worker(
    browser: FlaskClient, case: Case, nurse: Person, ada: Person
) -> None:
    worker = a_person(discipline=Discipline.SOCIAL_WORK)
    for person in (nurse, worker):
        join(browser, case, str(person.id))
    form = {"csrf_token": token(browser), "from": "team"}
    for person in (nurse, worker):
        told(browser, browser.post(f"/cases/{case.id}/care-team/{person.id}/key-worker", data=form))
        assert [each.person for each in team(case) if each.key_worker] == [person]
    refused = browser.post(f"/cases/{case.id}/care-team/{ada.id}/key-worker", data=form)
    assert refused.status_code == 422
    assert "The key worker is a nurse or social worker of the care team." in refused.text


def test_a_date_answers_who_looked_after_the_patient(
    browser: FlaskClient, case: Case, nurse: Person, ada: Person
) -> None:
    member = a_care_team_member(case.patient, nurse)  # type: ignore[arg-type]
    member.joined_at, member.left_at = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 3, 20, tzinfo=UTC)
    db.session.commit()

    def on(day: str) -> str:
        page = browser.get(f"/cases/{case.id}/care-team?on={day}").text
        return page.partition('id="of-day"')[2].partition("</section>")[0]

    assert nurse.family_name in on("03-Mar-2026")
    assert ada.family_name not in on("03-Mar-2026")
    assert "Nobody was on the care team on that day." in on("04-Mar-2026")
    assert browser.get(f"/cases/{case.id}/care-team?on=nonsense").status_code == 422
    assert "28-Feb-2026 – 03-Mar-2026" in browser.get(f"/cases/{case.id}/care-team").text  # in New York


def test_the_earlier_team_and_the_boards_usual_are_suggested(
    browser: FlaskClient, case: Case, nurse: Person, ada: Person
) -> None:
    radiologist, pathologist = (a_person(discipline=each) for each in (Discipline.RADIOLOGY, Discipline.PATHOLOGY))
    for person in (radiologist, pathologist):
        a_member(case.board, person)  # type: ignore[arg-type]
    other = a_case(case.board, ada)  # type: ignore[arg-type]
    a_care_team_member(other.patient, a_person(discipline=Discipline.RADIOLOGY))  # type: ignore[arg-type]
    join(browser, case, str(nurse.id))
    told(browser, post(browser, f"/cases/{case.id}", f"/cases/{case.id}/care-team/{nurse.id}/leave"))
    suggested = browser.get(f"/cases/{case.id}/care-team").text.partition("Suggested")[2].partition("</fieldset>")[0]
    assert nurse.family_name in suggested
    assert "Looked after this patient before" in suggested
    assert radiologist.family_name in suggested
    assert pathologist.family_name not in suggested


def test_the_database_refuses_somebody_twice_on_one_team(case: Case, ada: Person) -> None:
    db.session.add(
        CareTeamMember(
            patient_id=case.patient_id,
            person=ada,
            discipline=ada.discipline,
            joined_at=an_instant() - timedelta(days=2),
            left_at=an_instant() + timedelta(days=2),
        )
    )
    with pytest.raises(IntegrityError, match="overlap"):
        db.session.commit()
    db.session.rollback()


def team(case: Case) -> list[CareTeamMember]:
    """Who looks after the patient now, the lead first."""
    db.session.expire_all()
    return care_team_members.present_team(case.patient_id, datetime.now(UTC))  # type: ignore[arg-type]


def long_ago(case: Case) -> None:
    """As if everybody had joined a month before."""
    for member in team(case):
        member.joined_at -= timedelta(days=30)
    db.session.commit()


def test_an_administrator_joins_no_care_team(browser: FlaskClient, case: Case) -> None:
    administrator = a_person(office=Office.ADMINISTRATOR)
    assert join(browser, case, str(administrator.id)).status_code == 422  # type: ignore[attr-defined]


def test_who_is_unticked_is_not_invited_and_who_joined_meanwhile_is(
    browser: FlaskClient, case: Case, nurse: Person, ada: Person
) -> None:
    surgeon = a_person(discipline=Discipline.SURGERY)
    for person in (nurse, surgeon):
        join(browser, case, str(person.id))
    all_sent(db.session.scalars(select(Meeting)).one())
    shown = {"shown": str(nurse.id)}  # the page was drawn before the surgeon joined
    assert "Saved whom to invite. 1 mail on the way." in told(browser, send(browser, "guests", shown, case.id))
    assert owed() == [(nurse, NoticeKind.REMOVED)]
    assert "Saved whom to invite. No mail goes out." in told(browser, send(browser, "guests", shown, case.id))
    db.session.expire_all()
    chosen = db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.GUESTS_CHOSEN)).all()
    assert len(chosen) == 1
    all_sent(db.session.scalars(select(Meeting)).one())
    assert send(browser, "guests", shown | {"guest": str(nurse.id)}, case.id).status_code == 303
    assert (nurse, NoticeKind.INVITATION) in owed()


def test_who_may_not_see_the_case_changes_nothing(case: Case, nurse: Person, sign_in: SignIn) -> None:
    stranger = sign_in(nurse)
    assert send(stranger, "care-team", {"person": str(nurse.id)}, case.id).status_code == 404
    assert send(stranger, "guests", {}, case.id).status_code == 404
    members = db.session.scalars(select(CareTeamMember).where(CareTeamMember.person_id == nurse.id)).all()
    assert members == []


def test_who_submits_a_case_of_a_patient_with_a_care_team_does_not_let_themselves_into_it(
    case: Case, ada: Person, nurse: Person, sign_in: SignIn
) -> None:
    assert case.board
    own = a_case(case.board, nurse, patient=case.patient)
    browser = sign_in(nurse)
    assert browser.get(f"/cases/{case.id}").status_code == 404
    assert "Add to the care team" not in browser.get(f"/cases/{own.id}").text
    assert send(browser, "care-team", {"person": str(nurse.id)}, own.id).status_code == 403
    taken_off = browser.post(f"/cases/{own.id}/care-team/{ada.id}/leave", data={"csrf_token": token(browser)})
    assert taken_off.status_code == 403
    assert [member.person for member in care_team_members.present_team(own.patient_id, an_instant())] == [ada]
    assert browser.get(f"/cases/{case.id}").status_code == 404
