"""Building an agenda and publishing it."""

from collections import Counter
from dataclasses import dataclass
from datetime import time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

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
    an_instant,
)
from tests.web.pages import all_sent, notices_of, post, token, told, waiting
from tumorboard.mail import wording
from tumorboard.mail.from_notice import letter_of
from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaItem, AgendaVersion, Case, Meeting, Person
from tumorboard.vocabulary import BoardRole, CaseState, MeetingState, NoticeKind, NoticeState

WHY = "The operation is on Friday."


@dataclass
class Breast:
    """A board with a coordinator and a surgeon, and one listed case whose care team is the surgeon and a nurse."""

    coordinator: Person
    surgeon: Person
    nurse: Person
    meeting: Meeting
    item: AgendaItem
    browser: FlaskClient

    @property
    def agenda(self) -> str:
        return f"/meetings/{self.meeting.id}/agenda"

    def add(self, case: Case, *, after: str = "") -> TestResponse:
        """Lists a case of which everything is missing."""
        asked = f"{self.agenda}/add?case={case.id}&{after}"
        return post(self.browser, asked, f"{self.agenda}/add?{after}".strip("?"), case=str(case.id), override=WHY)

    def publish(self) -> str:
        return told(self.browser, post(self.browser, f"{self.agenda}/publish", f"{self.agenda}/publish"))


@pytest.fixture
def breast(sign_in: SignIn) -> Breast:
    coordinator, surgeon, nurse = a_person(), a_person(), a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR), (surgeon, BoardRole.CORE))
    patient = a_patient()
    a_care_team_member(patient, surgeon, lead=True)
    a_care_team_member(patient, nurse)
    meeting = a_meeting(board)
    item = a_listed_case(meeting, a_case(board, surgeon, patient=patient))
    return Breast(coordinator, surgeon, nurse, meeting, item, sign_in(coordinator))


def listed(meeting: Meeting) -> list[tuple[Case, int]]:
    db.session.expire_all()
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id, AgendaItem.taken_off_at.is_(None))
        .order_by(AgendaItem.position)
    )
    return [(item.case, item.minutes) for item in db.session.scalars(query).unique()]


def test_the_boards_standing_text_stands_on_the_agenda_and_in_no_mail(breast: Breast, sign_in: SignIn) -> None:
    standing = "Phones silent. The patient’s own question is read first."
    breast.meeting.board.standing_text = standing
    db.session.commit()
    breast.publish()
    assert standing in unescape(breast.browser.get(breast.agenda).text)
    assert standing in unescape(sign_in(breast.surgeon).get(f"/meetings/{breast.meeting.id}").text)
    letters = [
        letter_of(each, base_url="https://tb.example", mail_from="boards@tb.example")
        for each in notices_of(breast.meeting)
    ]
    assert letters
    assert not any("Phones silent" in wording.html(each) for each in letters)


def test_publishing_owes_everybody_concerned_one_agenda_and_one_invitation(breast: Breast) -> None:
    page = breast.publish()

    assert "Published. 6 mails on the way." in page
    assert waiting(breast.meeting) == Counter({NoticeKind.AGENDA: 3, NoticeKind.INVITATION: 3})
    for kind in (NoticeKind.AGENDA, NoticeKind.INVITATION):
        people = [notice.person_id for notice in notices_of(breast.meeting) if notice.kind is kind]
        assert sorted(people) == sorted([breast.coordinator.id, breast.surgeon.id, breast.nurse.id])


def test_who_is_member_and_on_the_care_team_is_invited_once_as_a_member(breast: Breast) -> None:
    breast.publish()

    reasons = {notice.reason for notice in notices_of(breast.meeting) if notice.person_id == breast.surgeon.id}
    assert reasons == {f"you are a core member of the {breast.meeting.board.full_name}"}


def test_the_page_before_the_button_says_how_many_mails_go_out_and_sends_none(breast: Breast) -> None:
    page = breast.browser.get(f"{breast.agenda}/publish").text

    assert "Publish, send 6 mails" in page
    assert "3 people are told" in page
    assert notices_of(breast.meeting) == []
    assert db.session.get_one(Meeting, breast.meeting.id).state is MeetingState.PLANNED


def test_publishing_twice_publishes_once(breast: Breast) -> None:
    form = {"csrf_token": token(breast.browser), "version": str(breast.meeting.version)}
    breast.browser.post(f"{breast.agenda}/publish", data=form)
    again = told(breast.browser, breast.browser.post(f"{breast.agenda}/publish", data=form))

    assert "Version 1 is published, and nothing has changed since." in again
    assert db.session.scalar(select(func.count()).select_from(AgendaVersion)) == 1
    assert len(notices_of(breast.meeting)) == 6


def test_a_published_agenda_is_offered_again_only_when_it_has_changed(breast: Breast) -> None:
    def offered() -> bool:
        page = breast.browser.get(breast.agenda).text
        link = page.partition("Publish version 2…")[0].rpartition("<a ")[2]
        words = page.partition("Nothing has changed since.")[0].rpartition("<span ")[2]
        assert ("hidden" in words.partition(">")[0]) is not ("hidden" in link.partition(">")[0])
        return "hidden" not in link.partition(">")[0]

    breast.publish()
    assert not offered()
    longer = {"longer": str(breast.item.id)}
    told(breast.browser, post(breast.browser, breast.agenda, f"{breast.agenda}/arrange", **longer))
    assert offered()
    shorter = {"shorter": str(breast.item.id)}
    told(breast.browser, post(breast.browser, breast.agenda, f"{breast.agenda}/arrange", **shorter))
    assert not offered()
    page = told(breast.browser, breast.browser.get(f"{breast.agenda}/publish"))
    assert "Version 1 is published, and nothing has changed since." in page


def test_the_cases_that_wait_stand_longest_waiting_first_and_page_by_page(breast: Breast) -> None:
    board = breast.meeting.board
    waiting = [a_case(board, breast.surgeon, state=CaseState.ACCEPTED) for _ in range(27)]
    for days, case in enumerate(reversed(waiting)):
        case.state_since -= timedelta(days=days)
    db.session.commit()

    first = breast.browser.get(breast.agenda).text
    places = [first.index(f"Add: {case.patient.family_name},") for case in waiting[:25]]
    assert places == sorted(places)
    assert "25 of 27." in first
    assert f"Add: {waiting[25].patient.family_name}," not in first

    following = unescape(first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0])
    answer = breast.add(waiting[25], after=following.partition("?")[2])
    second = told(breast.browser, answer)
    assert answer.location == following
    assert f"Add: {waiting[25].patient.family_name}," not in second
    assert f"Add: {waiting[26].patient.family_name}," in second
    assert [case.id for case, _ in listed(breast.meeting)] == [breast.item.case_id, waiting[25].id]


def test_a_second_version_sends_the_agenda_again_and_no_second_invitation(breast: Breast) -> None:
    breast.publish()
    all_sent(breast.meeting)
    other = a_case(breast.meeting.board, breast.surgeon, state=CaseState.ACCEPTED)
    told(breast.browser, breast.add(other))

    page = breast.browser.get(f"{breast.agenda}/publish").text
    assert "One case added as item 2" in page
    assert "Publish, send 3 mails" in page
    breast.publish()

    assert waiting(breast.meeting) == Counter({NoticeKind.AGENDA: 3})


def test_what_another_coordinator_changed_meanwhile_is_not_published_unseen(breast: Breast) -> None:
    seen = str(breast.meeting.version)
    other = a_case(breast.meeting.board, breast.surgeon, state=CaseState.ACCEPTED)
    told(breast.browser, breast.add(other))
    late = breast.browser.post(f"{breast.agenda}/publish", data={"csrf_token": token(breast.browser), "version": seen})

    assert "Somebody else changed this while you had it open." in told(breast.browser, late)
    assert notices_of(breast.meeting) == []


def test_an_accepted_case_is_added_and_taken_off_again(breast: Breast) -> None:
    other = a_case(breast.meeting.board, breast.surgeon, state=CaseState.ACCEPTED)

    told(breast.browser, breast.add(other))
    assert [case.id for case, _ in listed(breast.meeting)] == [breast.item.case_id, other.id]
    assert db.session.get_one(Case, other.id).state is CaseState.ON_AGENDA

    form = {"csrf_token": token(breast.browser), "item": str(breast.item.id)}
    told(breast.browser, breast.browser.post(f"{breast.agenda}/take-off", data=form))
    assert [case.id for case, _ in listed(breast.meeting)] == [other.id]
    assert db.session.get_one(Case, breast.item.case_id).state is CaseState.ACCEPTED

    twice = told(breast.browser, breast.browser.post(f"{breast.agenda}/take-off", data=form))
    assert "This case is not on the agenda any more." in twice


def test_adding_a_case_twice_lists_it_once(breast: Breast) -> None:
    other = a_case(breast.meeting.board, breast.surgeon, state=CaseState.ACCEPTED)
    form = {"csrf_token": token(breast.browser), "case": str(other.id), "override": WHY}
    breast.browser.post(f"{breast.agenda}/add", data=form)
    again = told(breast.browser, breast.browser.post(f"{breast.agenda}/add", data=form))

    assert "This cannot be done now" in again
    assert len(listed(breast.meeting)) == 2


def test_the_buttons_without_scripts_move_a_case_and_change_its_minutes(breast: Breast) -> None:
    second = a_listed_case(breast.meeting, a_case(breast.meeting.board, breast.surgeon))
    arrange = f"{breast.agenda}/arrange"

    told(breast.browser, post(breast.browser, breast.agenda, arrange, up=str(second.id)))
    told(breast.browser, post(breast.browser, breast.agenda, arrange, longer=str(second.id)))

    assert [(case.id, minutes) for case, minutes in listed(breast.meeting)] == [
        (second.case_id, 9),
        (breast.item.case_id, 8),
    ]


def test_the_script_is_told_the_new_revision_and_an_old_one_is_refused(breast: Breast) -> None:
    seen = breast.meeting.version
    form = {
        "csrf_token": token(breast.browser),
        "revision": str(seen),
        "order": str(breast.item.id),
        f"minutes-{breast.item.id}": "12",
    }
    wants_json = {"Accept": "application/json"}

    saved = breast.browser.post(f"{breast.agenda}/arrange", data=form, headers=wants_json)
    assert saved.json["revision"] > seen
    assert listed(breast.meeting)[0][1] == 12

    late = breast.browser.post(f"{breast.agenda}/arrange", data=form, headers=wants_json)
    assert late.status_code == 409
    assert "Somebody else changed this" in late.json["problem"]


@pytest.mark.parametrize("minutes", ["0", "241", "-3", "many", "", "9" * 40])
def test_minutes_that_no_case_can_have_are_refused(breast: Breast, minutes: str) -> None:
    form = {
        "csrf_token": token(breast.browser),
        "revision": str(breast.meeting.version),
        "order": str(breast.item.id),
        f"minutes-{breast.item.id}": minutes,
    }
    page = told(breast.browser, breast.browser.post(f"{breast.agenda}/arrange", data=form))

    assert "between 1 and 240 minutes" in page
    assert listed(breast.meeting)[0][1] == 8


def test_somebody_who_does_not_lead_the_board_builds_nothing(breast: Breast, sign_in: SignIn) -> None:
    stranger_board = a_board((a_person(), BoardRole.CHAIR))
    for person, status in [(breast.surgeon, 403), (breast.nurse, 403), (a_person(), 403)]:
        assert sign_in(person).get(breast.agenda).status_code == status
    other_coordinator = a_person()
    a_member(stranger_board, other_coordinator, BoardRole.COORDINATOR)
    browser = sign_in(other_coordinator)
    assert browser.get(breast.agenda).status_code == 404
    form = {"csrf_token": token(browser), "version": "1"}
    assert browser.post(f"{breast.agenda}/publish", data=form).status_code == 404
    assert notices_of(breast.meeting) == []


def test_a_guest_sees_their_own_patient_on_the_agenda_and_that_there_are_others(
    breast: Breast, sign_in: SignIn
) -> None:
    other = a_listed_case(breast.meeting, a_case(breast.meeting.board, breast.surgeon, question="Boost or not?"))
    breast.publish()

    page = sign_in(breast.nurse).get(f"/meetings/{breast.meeting.id}").text

    assert breast.item.case.patient.family_name in page
    assert page.count("A case of another care team") == 1
    assert other.case.patient.family_name not in page
    assert "Boost or not?" not in page
    assert str(other.case_id) not in page


def test_the_dialog_says_at_which_hour_the_agenda_leaves_and_offers_to_send_it_at_once(breast: Breast) -> None:
    board = breast.meeting.board
    zones = ("America/New_York", "Asia/Tokyo")
    board.time_zone = next(each for each in zones if an_instant().astimezone(ZoneInfo(each)).hour < 23)
    board.agenda_mail_at = time(23, 59)
    db.session.commit()
    page = " ".join(breast.browser.get(f"{breast.agenda}/publish").text.split())
    assert "3 people get the agenda at <strong>23:59" in page
    assert "3 of them at 23:59" in breast.publish()
    fates = breast.browser.get(f"/meetings/{breast.meeting.id}/notices").text
    assert fates.count("Waits until") == 3

    breast.add(a_case(board, breast.surgeon, state=CaseState.ACCEPTED))
    page = post(breast.browser, f"{breast.agenda}/publish", f"{breast.agenda}/publish", at_once="y")
    assert "of them at" not in told(breast.browser, page)
    owed = [each for each in notices_of(breast.meeting, NoticeState.OWED) if each.kind is NoticeKind.AGENDA]
    assert {notice.due_at == notice.created_at for notice in owed} == {True}
