"""The quorum forecast, from policy, members, absences with deputies, answers, and the types of listed cases."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_member, a_person, an_actor, an_instant
from tests.web.test_query_counts import questions
from tumorboard.domain import absences, answers, quorum
from tumorboard.domain.absences import AddAbsence
from tumorboard.domain.answers import GiveAnswer
from tumorboard.domain.quorum import Bench, Forecast
from tumorboard.storage.db import db
from tumorboard.storage.models import Meeting, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AnswerKind, BoardRole, Discipline, MeetingState, Outlook, Presence

pytestmark = pytest.mark.usefixtures("app")
D, YES, MAYBE, NO = Discipline, AnswerKind.YES, AnswerKind.MAYBE, AnswerKind.NO


class Table:
    """A board that needs medical oncology, surgery and pathology, with one of each, and its next meeting."""

    def __init__(self) -> None:
        self.coordinator = a_person(discipline=D.COORDINATION)
        self.oncologist, self.surgeon = a_person(), a_person(discipline=D.SURGERY)
        self.pathologist = a_person(discipline=D.PATHOLOGY)
        core = [(each, BoardRole.CORE) for each in (self.oncologist, self.surgeon, self.pathologist)]
        self.board = a_board((self.coordinator, BoardRole.COORDINATOR), *core)
        self.meeting = a_meeting(self.board)

    def answer(self, answer: AnswerKind, *people: Person, to: Meeting | None = None) -> None:
        meeting = to or self.meeting
        with transaction():
            for person in people:
                answers.give(meeting, GiveAnswer(answer, meeting.starts_at), an_actor(person))

    def everybody(self, answer: AnswerKind) -> None:
        self.answer(answer, self.coordinator, self.oncologist, self.surgeon, self.pathologist)

    def away(self, person: Person, deputy: Person) -> None:
        today = an_instant().date()
        with transaction():
            absences.add(person, AddAbsence(today, today + timedelta(days=7), deputy.id), an_actor(person))

    @property
    def forecast(self) -> Forecast:
        db.session.expire_all()
        return quorum.forecasts([self.meeting], an_instant())[self.meeting.id]

    def bench(self, discipline: Discipline) -> Bench:
        return next(each for each in self.forecast.benches if each.discipline is discipline)


@pytest.fixture
def table(app: Flask) -> Table:
    return Table()


def test_nobody_has_answered_yet(table: Table) -> None:
    assert (table.forecast.outlook, table.forecast.said) == (Outlook.OPEN, "4 of 4 not answered")
    assert [each.discipline for each in table.forecast.lacking] == [D.MEDICAL_ONCOLOGY, D.SURGERY, D.PATHOLOGY]


def test_one_of_each_discipline_is_enough(table: Table) -> None:
    table.answer(YES, table.oncologist, table.surgeon, table.pathologist)
    assert (table.forecast.outlook, table.forecast.said) == (Outlook.WHOLE, "Every discipline")
    second = a_person(discipline=D.SURGERY)
    a_member(table.board, second)
    table.answer(NO, table.surgeon)
    assert table.bench(D.SURGERY).presence is Presence.UNSURE
    table.answer(YES, second)
    assert table.forecast.said == "Every discipline"


def test_a_no_leaves_a_discipline_missing_and_several_are_told_by_their_letters(table: Table) -> None:
    table.everybody(YES)
    table.answer(NO, table.pathologist)
    assert (table.forecast.outlook, table.forecast.said) == (Outlook.MISSING, "No pathology")
    assert table.forecast.lacking[0].declined[0].person == table.pathologist
    table.answer(NO, table.surgeon)
    assert table.forecast.said == "No SU, PA"


def test_a_maybe_is_not_sure(table: Table) -> None:
    table.everybody(YES)
    table.answer(MAYBE, table.pathologist)
    assert (table.forecast.outlook, table.forecast.said) == (Outlook.OPEN, "PA unsure")


def test_a_second_discipline_of_the_same_person_counts(table: Table) -> None:
    table.everybody(YES)
    table.answer(NO, table.pathologist)
    table.surgeon.other_disciplines = [D.PATHOLOGY.value]
    db.session.commit()
    assert table.forecast.said == "Every discipline"


def test_somebody_who_looks_on_counts_for_nothing(table: Table) -> None:
    table.everybody(YES)
    table.answer(NO, table.pathologist)
    onlooker = a_person(discipline=D.PATHOLOGY)
    a_member(table.board, onlooker, BoardRole.OBSERVER)
    table.answer(YES, onlooker)
    assert table.forecast.said == "No pathology"


def test_a_deputy_sits_in_an_absent_members_place_whose_answer_does_not_count(table: Table) -> None:
    table.everybody(YES)
    deputy = a_person(discipline=D.PATHOLOGY, hospital=table.pathologist.hospital)
    table.away(table.pathologist, deputy)
    (seat,) = table.bench(D.PATHOLOGY).seats
    assert (seat.person, seat.in_place_of, seat.answer) == (deputy, table.pathologist, None)
    assert table.forecast.said == "1 of 4 not answered"
    deputy.deactivated_at = an_instant()
    db.session.commit()
    assert table.bench(D.PATHOLOGY).uncovered == (table.pathologist,)
    assert table.forecast.said == "No pathology"


def test_a_deputy_who_is_a_member_sits_once(table: Table) -> None:
    second = a_person(discipline=D.PATHOLOGY, hospital=table.pathologist.hospital)
    a_member(table.board, second)
    table.away(table.pathologist, second)
    assert [seat.person for seat in table.bench(D.PATHOLOGY).seats] == [second]


def test_a_listed_case_may_need_more_than_the_meeting(table: Table) -> None:
    table.board.case_type_disciplines = {"treatment_decision": ["genetics"]}
    db.session.commit()
    table.everybody(YES)
    assert table.forecast.said == "Every discipline"
    a_listed_case(table.meeting, a_case(table.board, table.oncologist))
    assert (table.forecast.outlook, table.forecast.said) == (Outlook.MISSING, "No genetics, 1 case")
    (bench,) = table.forecast.lacking
    assert (bench.seats, bench.required, bench.cases) == ((), False, 1)


def test_far_ahead_silence_says_nothing_but_a_no_does(table: Table) -> None:
    table.meeting = a_meeting(table.board, starts_in=timedelta(days=21))
    assert (table.forecast.outlook, table.forecast.said) == (Outlook.EARLY, "Too early")
    table.answer(NO, table.pathologist)
    assert table.forecast.said == "No pathology"


def test_a_board_that_requires_nobody_is_never_without_quorum(table: Table) -> None:
    table.board.required_disciplines = []
    db.session.commit()
    assert (table.forecast.outlook, table.forecast.said) == (Outlook.WHOLE, "None required")


def test_a_cancelled_meeting_has_no_forecast(table: Table) -> None:
    table.meeting.state = MeetingState.CANCELLED
    db.session.commit()
    assert quorum.forecasts([table.meeting], an_instant()) == {}


def test_many_meetings_cost_as_many_questions_as_one(table: Table) -> None:
    many = [a_meeting(table.board, starts_in=timedelta(days=day)) for day in range(3, 12)]
    for meeting in many:
        table.answer(YES, table.oncologist, table.surgeon, to=meeting)
    quorum.forecasts(many, an_instant())  # as on a page, within a transaction that has read meetings and boards
    counts = []
    for shown in (many[:1], many):
        with questions() as asked:
            found = quorum.forecasts(shown, an_instant())
        assert {each.said for each in found.values()} == {"2 of 4 not answered"}
        counts.append(len(asked))
    assert counts[0] == counts[1] == 4
