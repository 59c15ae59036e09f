"""A board's policy as one value: what it takes, how long, until when, with whom and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tumorboard.storage.models import Board, Hospital
from tumorboard.vocabulary import BoardKind, CaseType, Discipline, LateRule, TumorType

REMINDED_AT = time(9)
"""At this hour of a reminder day, on the board's clocks, whoever has not answered is asked again."""


@dataclass(frozen=True)
class Deadline:
    """So many days before the meeting's, at this hour of the board's zone."""

    days: int
    at: time

    def before(self, starts_at: datetime, zone: str) -> datetime:
        """The instant for a meeting that starts then; where the clocks skip the hour, as ``zoneinfo`` reads it."""
        day = starts_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=self.days)
        return datetime.combine(day, self.at, ZoneInfo(zone))

    def is_after(self, other: "Deadline") -> bool:
        return (-self.days, self.at) > (-other.days, other.at)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """All that can be changed of a board besides its members and minimum data sets."""

    name: str
    hospital: Hospital
    further_hospitals: tuple[Hospital, ...] = ()
    kind: BoardKind
    tumor_types: tuple[TumorType, ...]
    """None where it takes any."""
    meeting_minutes: int
    minutes_per_case: int
    case_type_minutes: Mapping[CaseType, int]
    cutoff: Deadline
    freeze: Deadline
    late_rule: LateRule
    required: tuple[Discipline, ...]
    case_type_required: Mapping[CaseType, tuple[Discipline, ...]]
    """What such a case needs besides."""
    standing_text: str = ""
    agenda_mail_at: time | None = None
    reminder_days: tuple[int, ...]
    room: str
    video_link: str
    time_zone: str


def policy_of(board: Board) -> Policy:
    """The policy in force."""
    return Policy(
        name=board.name,
        hospital=board.hospital,
        further_hospitals=tuple(board.further_hospitals),
        kind=board.kind,
        tumor_types=tuple(map(TumorType, board.tumor_types)),
        meeting_minutes=board.meeting_minutes,
        minutes_per_case=board.minutes_per_case,
        case_type_minutes={CaseType(kind): minutes for kind, minutes in board.case_type_minutes.items()},
        cutoff=cutoff_of(board),
        freeze=freeze_of(board),
        late_rule=board.late_rule,
        required=tuple(map(Discipline, board.required_disciplines)),
        case_type_required={
            CaseType(kind): tuple(map(Discipline, needed)) for kind, needed in board.case_type_disciplines.items()
        },
        standing_text=board.standing_text,
        agenda_mail_at=board.agenda_mail_at,
        reminder_days=tuple(board.reminder_days),
        room=board.room,
        video_link=board.video_link,
        time_zone=board.time_zone,
    )


def cutoff_of(board: Board) -> Deadline:
    """Until when the board takes cases for a meeting."""
    return Deadline(board.cutoff_days, board.cutoff_at)


def freeze_of(board: Board) -> Deadline:
    """By when a meeting's agenda is published; from then on every further case is late."""
    return Deadline(board.freeze_days, board.freeze_at)


def put_in_force(board: Board, policy: Policy) -> None:
    """Writes the policy into the board's columns."""
    board.name, board.kind, board.late_rule = policy.name, policy.kind, policy.late_rule
    board.hospital, board.further_hospitals = policy.hospital, list(policy.further_hospitals)
    board.tumor_types = list(policy.tumor_types)
    board.meeting_minutes, board.minutes_per_case = policy.meeting_minutes, policy.minutes_per_case
    board.case_type_minutes = {kind.value: each for kind, each in policy.case_type_minutes.items()}
    board.cutoff_days, board.cutoff_at = policy.cutoff.days, policy.cutoff.at
    board.freeze_days, board.freeze_at = policy.freeze.days, policy.freeze.at
    board.required_disciplines = list(policy.required)
    board.case_type_disciplines = {kind.value: list(needed) for kind, needed in policy.case_type_required.items()}
    board.standing_text, board.agenda_mail_at = policy.standing_text, policy.agenda_mail_at
    board.reminder_days = list(policy.reminder_days)
    board.room, board.video_link, board.time_zone = policy.room, policy.video_link, policy.time_zone
