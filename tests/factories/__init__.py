"""Rows for tests, each with sensible particulars; what a test is about it says itself."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import TypeVar
from zoneinfo import ZoneInfo

from tumorboard.domain.actor import Actor
from tumorboard.domain.minimum_data_sets import Item, template
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import (
    AgendaItem,
    Board,
    BoardMember,
    CareTeamMember,
    Case,
    Hospital,
    Meeting,
    Patient,
    PatientIdentifier,
    Person,
    Result,
    Series,
    SlotAsked,
    SlotPoll,
    SlotProposal,
)
from tumorboard.vocabulary import (
    BoardKind,
    BoardRole,
    CaseState,
    CaseType,
    Discipline,
    Frequency,
    ItemNeed,
    LateRule,
    MeetingState,
    Office,
    PerformanceStatus,
    ResultState,
    Sex,
    TumorType,
    Urgency,
)

Row = TypeVar("Row")
_numbers = count(1)
NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"


def an_instant() -> datetime:
    """Now, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def an_actor(person: Person, at: datetime | None = None) -> Actor:
    return Actor(person, at or an_instant(), request_id="test", address="127.0.0.1")


def a_hospital(short_name: str = "") -> Hospital:
    short_name = short_name or f"Larkmoor {next(_numbers)}"
    return _kept(Hospital(name=f"{short_name} Hospital", short_name=short_name, time_zone=NEW_YORK))


def a_person(
    *,
    hospital: Hospital | None = None,
    discipline: Discipline = Discipline.MEDICAL_ONCOLOGY,
    time_zone: str = NEW_YORK,
    office: Office | None = None,
    password_hash: str | None = None,
    email: str = "",
) -> Person:
    number = next(_numbers)
    return _kept(
        Person(
            email=email or f"person{number}@larkmoor.example",
            family_name=f"Sorrel{number}",
            given_name="Ada",
            discipline=discipline,
            office=office,
            hospital=hospital or a_hospital(),
            time_zone=time_zone,
            password_hash=password_hash,
            created_at=an_instant(),
            joined_at=an_instant(),
        )
    )


def a_board(*members: tuple[Person, BoardRole], hospital: Hospital | None = None, time_zone: str = NEW_YORK) -> Board:
    number = next(_numbers)
    board = _kept(
        Board(
            name=f"Breast {number}",
            slug=f"breast-{number}",
            hospital=hospital or a_hospital(),
            time_zone=time_zone,
            room="Aspen 2",
            video_link="https://video.larkmoor.example/aspen-2",
            kind=BoardKind.BREAST,
            tumor_types=[],
            minutes_per_case=8,
            case_type_minutes={},
            meeting_minutes=90,
            cutoff_days=2,
            cutoff_at=time(9),
            freeze_days=1,
            freeze_at=time(13),
            late_rule=LateRule.WITH_REASON,
            required_disciplines=["medical_oncology", "surgery", "pathology"],
            case_type_disciplines={},
            standing_text="",
            reminder_days=[5, 2],
            version=1,
        )
    )
    for person, board_role in members:
        a_member(board, person, board_role)
    return board


def a_member(board: Board, person: Person, board_role: BoardRole = BoardRole.CORE) -> BoardMember:
    return _kept(BoardMember(board=board, person=person, board_role=board_role, joined_at=an_instant()))


def a_series(board: Board, first_day: date | None = None) -> Series:
    """Every week at 13:00 on the board's clocks, from a week from now on; its first date is planned, nobody invited."""
    day = first_day or (an_instant() + timedelta(days=7)).date()
    series = Series(
        board=board,
        frequency=Frequency.WEEKLY,
        week=None,
        first_day=day,
        start=time(13),
        minutes=90,
        zone=board.time_zone,
        last_day=None,
        room=board.room,
        video_link=board.video_link,
        made_at=an_instant(),
    )
    starts_at = datetime.combine(day, time(13), ZoneInfo(board.time_zone)).astimezone(UTC)
    meeting = a_meeting(board, starts_in=starts_at - an_instant())
    meeting.series, meeting.recurs_at, meeting.starts_at = series, starts_at, starts_at
    meeting.ends_at = starts_at + timedelta(minutes=90)
    return _kept(series)


def a_slot_poll(board: Board, *people: Person) -> SlotPoll:
    """Asked a moment ago: two hours, ten and eleven days from now on, open for a week."""
    now = an_instant()
    poll = SlotPoll(board=board, minutes=30, asked_at=now, asked_by=people[0], open_until=now + timedelta(days=7))
    poll.proposals = [SlotProposal(starts_at=now + timedelta(days=days)) for days in (10, 11)]
    poll.asked = [SlotAsked(person=person, token_hash=new_id().bytes * 2) for person in people]
    return _kept(poll)


def a_patient(
    family_name: str = "", *, hospital: Hospital | None = None, mrn: str = "", birth_date: date = date(1971, 3, 14)
) -> Patient:
    number = next(_numbers)
    patient = Patient(
        family_name=family_name or f"Quillfeather{number}",
        given_name="Anneliese",
        birth_date=birth_date,
        sex=Sex.FEMALE,
        created_at=an_instant(),
    )
    mrn = mrn or f"0042{number:04}"
    patient.identifiers.append(PatientIdentifier(hospital=hospital or a_hospital(), mrn=mrn, mrn_key=mrn))
    return _kept(patient)


def a_care_team_member(patient: Patient, person: Person, *, lead: bool = False) -> CareTeamMember:
    return _kept(
        CareTeamMember(
            patient_id=patient.id, person=person, discipline=person.discipline, lead=lead, joined_at=an_instant()
        )
    )


def a_case(
    board: Board,
    submitter: Person,
    *,
    patient: Patient | None = None,
    state: CaseState = CaseState.SUBMITTED,
    question: str = "Surgery first, or chemotherapy first?",
) -> Case:
    at = an_instant()
    return _kept(
        Case(
            state=state,
            state_since=at,
            created_at=at,
            submitted_at=at,
            submitter=submitter,
            patient=patient or a_patient(),
            board=board,
            tumor_type=TumorType.BREAST,
            case_type=CaseType.TREATMENT_DECISION,
            question_type="Surgery",
            question=question,
            urgency=Urgency.ROUTINE,
        )
    )


def all_that_is_asked(case: Case) -> None:
    """Gives a case what the form of its tumor type asks for, besides what the patient says; results are not done."""
    case.icd10, case.morphology, case.stage_t = "C50.4", "8500/3", "2"
    case.performance_status, case.performance_stated_on = PerformanceStatus.ECOG_1, an_instant().date()
    case.prior_treatment = "None."
    results = [item for item in template(case.tumor_type).asked_as_results if item.need is ItemNeed.MUST]
    case.results = [_not_done(item, place) for place, item in enumerate(results, start=1)]


def _not_done(item: Item, position: int) -> Result:
    return Result(
        position=position, section=item.section, item=item.key, state=ResultState.NOT_DONE, reason="No tissue left."
    )


def a_meeting(board: Board, *, starts_in: timedelta = timedelta(days=3)) -> Meeting:
    starts_at = an_instant() + starts_in
    return _kept(
        Meeting(
            board=board,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=90),
            room=board.room,
            video_link=board.video_link,
            state=MeetingState.PLANNED,
        )
    )


def a_listed_case(meeting: Meeting, case: Case, *, minutes: int = 8) -> AgendaItem:
    """The case on the agenda, as if it had been put there."""
    case.state = CaseState.ON_AGENDA
    return _kept(AgendaItem(meeting=meeting, case=case, position=next(_numbers), minutes=minutes))


def _kept(row: Row) -> Row:
    db.session.add(row)
    db.session.commit()
    return row
