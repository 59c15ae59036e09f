"""What is changed after the agenda went out is marked, and told to those who had prepared by what was there."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.factories import (
    a_board,
    a_care_team_member,
    a_case,
    a_listed_case,
    a_meeting,
    a_patient,
    a_person,
    an_actor,
)
from tests.web.case_pages import typed_in
from tests.web.pages import all_sent, notices_of, post, told
from tumorboard.domain import agenda, audit, meetings
from tumorboard.domain.meetings import CancelMeeting
from tumorboard.mail.from_notice import letter_of
from tumorboard.mail.render import render
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Meeting, Notice, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole, Discipline, NoticeKind, NoticeState

MARK = "Changed since the agenda went out"


@dataclass
class Published:
    """A case whose agenda is out, with the pathologist who writes it and a surgeon who reads it."""

    case: Case
    meeting: Meeting
    coordinator: Person
    pathologist: FlaskClient
    surgeon: Person
    reader: FlaskClient

    def amend(self, value: str) -> None:
        address = f"/cases/{self.case.id}/sections/biomarkers"
        typed = typed_in(self.pathologist.get(address)) | {"item_er-answer": "Positive", "item_er-value": value}
        assert self.pathologist.post(address, data=typed).status_code == 303

    def open(self, browser: FlaskClient) -> None:
        assert browser.get(f"/cases/{self.case.id}").status_code == 200

    def publish(self) -> None:
        with transaction():
            agenda.publish(self.meeting, an_actor(self.coordinator, datetime.now(UTC)), version=self.meeting.version)

    @property
    def told(self) -> list[Notice]:
        return [notice for notice in notices_of(self.meeting) if notice.kind is NoticeKind.CASE_AMENDED]


@pytest.fixture
def published(sign_in: SignIn) -> Published:
    coordinator, pathologist = a_person(), a_person(discipline=Discipline.PATHOLOGY)
    surgeon = a_person(discipline=Discipline.SURGERY, time_zone="Asia/Kolkata")
    board = a_board((coordinator, BoardRole.COORDINATOR), (pathologist, BoardRole.CORE), (surgeon, BoardRole.CORE))
    case, meeting = a_case(board, a_person(), patient=a_patient("Quillfeather")), a_meeting(board)
    a_listed_case(meeting, case)
    made = Published(case, meeting, coordinator, sign_in(pathologist), surgeon, sign_in(surgeon))
    made.amend("80")
    made.publish()
    return made


def test_who_opened_the_case_since_the_agenda_went_out_is_told_of_a_change_and_nobody_else(
    published: Published,
) -> None:
    published.open(published.reader)
    published.open(published.pathologist)
    published.amend("90")
    [notice] = published.told
    assert (notice.person_id, notice.state) == (published.surgeon.id, NoticeState.OWED)


def test_the_agenda_names_the_sections_that_changed_since_it_went_out(sign_in: SignIn, published: Published) -> None:
    coordinator = sign_in(published.coordinator)
    pages = f"/meetings/{published.meeting.id}", f"/meetings/{published.meeting.id}/agenda"
    assert not any(MARK in coordinator.get(page).text for page in pages)
    published.amend("90")
    assert all(f"{MARK}: Biomarkers" in coordinator.get(page).text for page in pages)
    assert f"{MARK}: Biomarkers" in published.reader.get(pages[0]).text


def test_a_look_before_the_agenda_went_out_is_no_preparation_for_it(sign_in: SignIn) -> None:
    pathologist, surgeon = a_person(discipline=Discipline.PATHOLOGY), a_person()
    board = a_board((pathologist, BoardRole.CORE), (surgeon, BoardRole.COORDINATOR))
    case, meeting = a_case(board, surgeon), a_meeting(board)
    a_listed_case(meeting, case)
    reader = sign_in(surgeon)
    drafted = Published(case, meeting, surgeon, sign_in(pathologist), surgeon, reader)
    drafted.open(reader)
    drafted.amend("80")
    drafted.publish()
    drafted.amend("90")
    assert drafted.told == []


def test_a_look_counts_from_the_first_agenda_with_the_case_on(published: Published) -> None:
    published.open(published.reader)
    a_listed_case(published.meeting, a_case(published.meeting.board, published.surgeon))
    published.publish()
    published.amend("90")
    assert [notice.person_id for notice in published.told] == [published.surgeon.id]


def test_who_is_not_invited_is_not_told(published: Published, sign_in: SignIn) -> None:
    nurse = a_person(discipline=Discipline.NURSING)
    assert published.case.patient
    a_care_team_member(published.case.patient, nurse)
    published.open(sign_in(nurse))
    published.amend("90")
    assert published.told == []


def test_one_mail_until_they_have_opened_the_case_again(published: Published) -> None:
    published.open(published.reader)
    published.amend("90")
    published.amend("95")
    assert len(published.told) == 1
    published.open(published.reader)
    published.amend("99")
    assert [notice.person_id for notice in published.told] == [published.surgeon.id] * 2


@pytest.mark.parametrize("act", [AuditAct.CASE_PRINTED, AuditAct.PACK_PRINTED])
def test_paper_is_a_look_too(published: Published, act: AuditAct) -> None:
    with transaction():
        subjects = [published.meeting.id, published.case.id]
        audit.record(an_actor(published.surgeon, datetime.now(UTC)), act, subjects=subjects)
    published.amend("90")
    assert [notice.person_id for notice in published.told] == [published.surgeon.id]


def test_the_mark_counts_from_the_same_agenda_as_the_mail(published: Published) -> None:
    page = f"/cases/{published.case.id}"
    assert MARK not in published.reader.get(page).text
    published.amend("90")
    a_listed_case(published.meeting, a_case(published.meeting.board, published.surgeon))
    published.publish()
    assert published.reader.get(page).text.count(MARK) == 1


def test_what_the_nurse_writes_of_needs_and_preferences_is_marked_and_told_likewise(
    published: Published, sign_in: SignIn
) -> None:
    nurse = a_person(discipline=Discipline.NURSING)
    assert published.case.patient
    a_care_team_member(published.case.patient, nurse)
    published.open(published.reader)
    grace, address = sign_in(nurse), f"/cases/{published.case.id}/needs"
    typed = typed_in(grace.get(address)) | {"preferences": "No more nights in hospital."}
    assert grace.post(address, data=typed).status_code == 303
    assert [notice.person_id for notice in published.told] == [published.surgeon.id]
    section = (
        published.reader.get(f"/cases/{published.case.id}")
        .text.partition('id="case-voice"')[2]
        .partition("</section>")[0]
    )
    assert MARK in section
    again = typed_in(grace.get(address))
    assert grace.post(address, data=again).status_code == 303
    assert len(published.told) == 1


def test_saving_what_stands_there_tells_nobody(published: Published) -> None:
    published.open(published.reader)
    published.amend("80")
    assert published.told == []


def test_a_meeting_that_is_over_tells_nobody(published: Published) -> None:
    published.open(published.reader)
    published.meeting.starts_at -= timedelta(days=4)
    published.meeting.ends_at -= timedelta(days=4)
    db.session.commit()
    published.amend("90")
    assert published.told == []


def test_the_mail_names_board_day_and_page_and_nothing_of_the_case(published: Published) -> None:
    published.open(published.reader)
    published.amend("90")
    [notice] = published.told
    base = "https://boards.larkmoor.example"
    raw = render(letter_of(notice, base_url=base, mail_from="boards@larkmoor.example"))
    mail = message_from_bytes(raw, policy=default)
    words = " ".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")
    for said in (published.meeting.board.full_name, "IST", f"{base}/cases/{published.case.id}"):
        assert said in words
    for unsaid in ("Quillfeather", "Anneliese", "strogen", "Biomarkers", "90", published.case.question):
        assert unsaid not in words.replace(str(published.case.id), "")


def test_what_has_not_gone_out_goes_with_the_meeting(published: Published) -> None:
    published.open(published.reader)
    published.amend("90")
    with transaction():
        act = CancelMeeting(why="snow", version=published.meeting.version)
        meetings.cancel(published.meeting, act, an_actor(published.coordinator))
    assert [notice.state for notice in published.told] == [NoticeState.CANCELLED]


def test_the_next_agenda_does_not_take_it_back(published: Published) -> None:
    published.open(published.reader)
    published.amend("90")
    a_listed_case(published.meeting, a_case(published.meeting.board, published.surgeon))
    published.publish()
    assert [notice.state for notice in published.told] == [NoticeState.OWED]


def test_one_that_failed_is_sent_again_as_what_it_was(published: Published, sign_in: SignIn) -> None:
    published.open(published.reader)
    published.amend("90")
    all_sent(published.meeting)
    [failed] = published.told
    failed.state, failed.sent_at = NoticeState.FAILED, None
    failed.attempts, failed.last_tried_at = 1, failed.created_at
    db.session.commit()
    coordinator, page = sign_in(published.coordinator), f"/meetings/{published.meeting.id}/notices"
    assert "A case changed after the agenda" in coordinator.get(page).text
    told(coordinator, post(coordinator, page, f"/notices/{failed.id}/again"))
    again = [notice for notice in published.told if notice.again_of_id]
    assert [(notice.person_id, notice.facts["case_id"]) for notice in again] == [
        (published.surgeon.id, str(published.case.id))
    ]
