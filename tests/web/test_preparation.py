"""The preparation list: what waits for a discipline, two clicks a case, and what the others see of it."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
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
    an_actor,
    an_instant,
)
from tests.paper.papers import read
from tests.web.case_pages import typed_in
from tests.web.pages import NONSENSE, notices_of, post, token, told
from tests.web.test_query_counts import questions
from tumorboard.domain import agenda
from tumorboard.domain.preparation_requests import due_of
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Meeting, Person, Preparation, Result
from tumorboard.storage.queries import agendas, preparations
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Discipline, NoticeKind, PreparationState, ResultState, Section

LIST = "/preparation"


@dataclass
class Asked:
    """A case whose agenda is out, with the pathologist who is asked to prepare it."""

    case: Case
    meeting: Meeting
    coordinator: Person
    person: Person
    pathologist: FlaskClient

    @property
    def it(self) -> Preparation:
        db.session.expire_all()
        [asked] = [
            each
            for each in preparations.of_case(self.case.id, self.meeting.id)
            if each.discipline is Discipline.PATHOLOGY
        ]
        return asked

    def address(self, act: str) -> str:
        return f"/cases/{self.case.id}/preparation/{self.it.id}/{act}"

    def do(self, act: str, browser: FlaskClient | None = None, **typed: str) -> TestResponse:
        """Presses a button of the list, or fills in the question behind it."""
        browser = browser or self.pathologist
        form = {"csrf_token": token(browser), "version": str(self.it.version)} | typed
        return browser.post(self.address(act), data=form)

    def publish(self) -> None:
        publish(self.meeting, self.coordinator)


def publish(meeting: Meeting, coordinator: Person) -> None:
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)


def a_specimen(case: Case, number: str, place: str = "") -> None:
    case.results.append(
        Result(
            position=len(case.results) + 1,
            section=Section.PATHOLOGY,
            label="Core biopsy",
            state=ResultState.THERE,
            value="Carcinoma",
            number=number,
            place=place,
        )
    )


@pytest.fixture
def asked(sign_in: SignIn) -> Asked:
    coordinator, person = a_person(discipline=Discipline.COORDINATION), a_person(discipline=Discipline.PATHOLOGY)
    board = a_board((coordinator, BoardRole.COORDINATOR), (person, BoardRole.CORE))
    case, meeting = a_case(board, a_person(), patient=a_patient("Quillfeather")), a_meeting(board)
    a_specimen(case, "S26-40718")
    a_listed_case(meeting, case)
    made = Asked(case, meeting, coordinator, person, sign_in(person))
    made.publish()
    return made


def test_the_list_says_whose_case_it_is_what_to_review_and_where_it_lies(asked: Asked) -> None:
    page = asked.pathologist.get(LIST).text
    for said in (
        "Quillfeather",
        asked.case.question,
        'data-copy="S26-40718"',
        "Core biopsy",
        "1 of 1 still to prepare",
    ):
        assert said in page
    assert asked.case.submitter.hospital.short_name in page


def test_two_clicks_and_a_sentence_are_seen_on_the_case_and_on_the_agenda(asked: Asked, sign_in: SignIn) -> None:
    told(asked.pathologist, post(asked.pathologist, LIST, asked.address("start")))
    assert asked.it.state is PreparationState.STARTED
    page = told(asked.pathologist, asked.do("ready", sentence="Grade 3 is agreed."))
    assert "Nothing of 1 still to prepare" in page
    coordinator = sign_in(asked.coordinator)
    case = coordinator.get(f"/cases/{asked.case.id}").text
    assert "Grade 3 is agreed." in case
    assert "Preparation by pathology ready" in case
    assert "Pathology ready" in coordinator.get(f"/meetings/{asked.meeting.id}/agenda").text
    [paper] = read(coordinator.get(f"/cases/{asked.case.id}/summary.pdf").data).pages
    assert "Pathology ready: Grade 3 is agreed." in paper


def test_what_holds_a_case_up_is_told_to_the_coordinator_and_does_not_end_it(asked: Asked, sign_in: SignIn) -> None:
    coordinator = sign_in(asked.coordinator)
    told(asked.pathologist, asked.do("start"))
    told(asked.pathologist, asked.do("cannot", why="slides_not_here", note="Eastmere has them"))
    assert "1 held up" in coordinator.get("/").text
    assert "cannot: slides not here (Eastmere has them)" in coordinator.get(f"/meetings/{asked.meeting.id}/agenda").text
    assert "Slides not here" in coordinator.get(LIST).text
    assert "1 of 1 still to prepare" in asked.pathologist.get(LIST).text
    told(asked.pathologist, asked.do("start"))
    assert "held up" not in coordinator.get("/").text


def test_a_reason_is_asked_for_and_nothing_typed_is_lost(asked: Asked) -> None:
    page = asked.pathologist.get(asked.address("cannot")).text
    assert "Slides not here" in page
    assert "Images not here" not in page
    answer = asked.do("cannot", note="Eastmere has them")
    assert answer.status_code == 422
    assert "Choose what holds it up." in answer.text
    assert 'value="Eastmere has them"' in answer.text
    answer = asked.do("cannot", why="other")
    assert answer.status_code == 422
    assert "Say what it is, in a few words." in answer.text
    assert asked.it.hindrance is None


def test_nonsense_is_answered_and_changes_nothing(asked: Asked) -> None:
    for nonsense in NONSENSE:
        assert asked.pathologist.get(LIST, query_string={"after": nonsense}).status_code == 200
        assert asked.do("cannot", why=nonsense, note=nonsense).status_code == 422
        assert asked.do("start", version=nonsense or "0").status_code == 303
    assert asked.do("ready", sentence="x" * 5000).status_code == 422
    assert asked.it.state is PreparationState.REQUESTED


def test_each_step_can_be_undone_by_who_took_it_and_by_nobody_else(asked: Asked, sign_in: SignIn) -> None:
    other = a_person(discipline=Discipline.PATHOLOGY)
    a_member(asked.meeting.board, other)
    told(asked.pathologist, asked.do("start"))
    told(asked.pathologist, asked.do("ready", sentence="Agreed."))
    browser = sign_in(other)
    assert "Only who did this can undo it" in told(browser, asked.do("undo", browser))
    told(asked.pathologist, asked.do("undo"))
    assert (asked.it.state, asked.it.sentence) == (PreparationState.STARTED, "Agreed.")
    told(asked.pathologist, asked.do("undo"))
    assert asked.it.state is PreparationState.REQUESTED


def test_who_comes_second_sees_how_it_stands_and_keeps_their_sentence(asked: Asked, sign_in: SignIn) -> None:
    other = a_person(discipline=Discipline.PATHOLOGY)
    a_member(asked.meeting.board, other)
    seen = str(asked.it.version)
    told(asked.pathologist, asked.do("ready", sentence="Grade 3 is agreed."))
    answer = asked.do("ready", sign_in(other), sentence="Grade 2, I think.", version=seen)
    assert answer.status_code == 409
    assert "Grade 3 is agreed." in answer.text
    assert 'value="Grade 2, I think."' in answer.text


def test_an_amendment_marks_what_is_ready_and_tells_who_prepared_without_opening_it(
    asked: Asked, sign_in: SignIn
) -> None:
    writer = a_person(discipline=Discipline.PATHOLOGY)
    a_member(asked.meeting.board, writer)
    told(asked.pathologist, asked.do("ready", sentence=""))
    asked.it.ready_at = asked.it.ready_at - timedelta(seconds=2)
    db.session.commit()
    browser, address = sign_in(writer), f"/cases/{asked.case.id}/sections/biomarkers"
    typed = typed_in(browser.get(address)) | {"item_er-answer": "Positive", "item_er-value": "90"}
    assert browser.post(address, data=typed).status_code == 303
    assert "Changed since, look again: Biomarkers" in asked.pathologist.get(LIST).text
    [notice] = [each for each in notices_of(asked.meeting) if each.kind is NoticeKind.CASE_AMENDED]
    assert (notice.person_id, "prepared" in notice.reason) == (asked.person.id, True)
    told(asked.pathologist, asked.do("ready", sentence="Looked again."))
    assert "look again" not in asked.pathologist.get(LIST).text


def test_what_is_asked_of_another_discipline_is_not_theirs_and_a_case_off_the_agenda_nobodys(
    asked: Asked, sign_in: SignIn
) -> None:
    radiologist = a_person(discipline=Discipline.RADIOLOGY)
    a_member(asked.meeting.board, radiologist)
    browser = sign_in(radiologist)
    assert "There is nothing to prepare." in browser.get(LIST).text
    assert "This is asked of pathology." in told(browser, asked.do("start", browser))
    listed = agendas.item_of_case(asked.case.id)
    assert listed
    with transaction():
        agenda.take_off_agenda(asked.meeting, listed, an_actor(asked.coordinator))
    assert "There is nothing to prepare." in asked.pathologist.get(LIST).text
    assert "This is not asked any more" in told(asked.pathologist, asked.do("start"))


def test_a_restricted_patient_is_on_no_list_of_who_is_not_invited(asked: Asked, sign_in: SignIn) -> None:
    later = a_person(discipline=Discipline.PATHOLOGY)
    a_member(asked.meeting.board, later)
    assert asked.case.patient
    asked.case.patient.restricted = True
    db.session.commit()
    browser = sign_in(later)
    assert "Quillfeather" not in browser.get(LIST).text
    assert asked.do("start", browser).status_code == 404
    assert "Quillfeather" in asked.pathologist.get(LIST).text


def test_a_nurse_who_writes_needs_is_ready_by_that(asked: Asked, sign_in: SignIn) -> None:
    nurse, patient = a_person(discipline=Discipline.NURSING), a_patient()
    a_care_team_member(patient, nurse)
    case = a_case(asked.meeting.board, a_person(), patient=patient)
    a_listed_case(asked.meeting, case)
    asked.publish()
    browser, address = sign_in(nurse), f"/cases/{case.id}/needs"
    assert f'href="{address}"' in browser.get(LIST).text
    typed = typed_in(browser.get(address)) | {"preferences": "To keep baking."}
    assert browser.post(address, data=typed).status_code == 303
    assert "Nothing of 1 still to prepare" in browser.get(LIST).text


def test_a_meeting_that_moves_takes_the_due_time_along(asked: Asked) -> None:
    before = due_of(asked.it)
    asked.meeting.starts_at += timedelta(days=7)
    asked.meeting.ends_at += timedelta(days=7)
    db.session.commit()
    assert due_of(asked.it) == before + timedelta(days=7)


def test_overdue_is_said_in_words_to_all_who_see_it(asked: Asked, sign_in: SignIn) -> None:
    asked.it.requested_at -= timedelta(days=9)
    asked.meeting.starts_at = an_instant() + timedelta(minutes=30)
    db.session.commit()
    coordinator = sign_in(asked.coordinator)
    assert "Overdue" in asked.pathologist.get(LIST).text
    assert "1 overdue" in coordinator.get("/").text
    assert "Pathology <strong>overdue" in coordinator.get(f"/meetings/{asked.meeting.id}/agenda").text


def test_pages_follow_each_other_by_meeting_and_place_without_asking_more_for_more_rows(asked: Asked) -> None:
    with questions() as short:
        asked.pathologist.get(LIST)
    for number in range(29):
        case = a_case(asked.meeting.board, a_person())
        a_specimen(case, f"S26-{number:05}", place="Eastmere" if number % 2 else "Aldermoor")
        a_listed_case(asked.meeting, case, minutes=1)
    asked.publish()
    with questions() as long:
        first = asked.pathologist.get(LIST).text
    assert len(long) == len(short)
    following = re.search(r'href="([^"]+)" rel="next"', first)
    assert following
    second = asked.pathologist.get(following[1]).text
    numbers = [re.findall(r'data-copy="(S26-\d+)"', page) for page in (first, second)]
    assert [len(each) for each in numbers] == [25, 5]
    assert len({*numbers[0], *numbers[1]}) == 30
    places = re.findall(r"Core biopsy, (Aldermoor|Eastmere)", first + second)
    assert places == sorted(places)
