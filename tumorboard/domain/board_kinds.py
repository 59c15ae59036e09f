"""What a board of each kind begins with: data, read from ``board_kinds.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from tumorboard.domain.board_policy import Deadline, Policy
from tumorboard.storage.models import Hospital
from tumorboard.vocabulary import BoardKind, CaseType, Discipline, LateRule, TumorType

DEFAULTS = Path(__file__).with_name("board_kinds.toml")


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """The part of a policy that follows from the kind of board."""

    name: str
    tumor_types: tuple[TumorType, ...]
    meeting_minutes: int
    minutes_per_case: int
    case_type_minutes: dict[CaseType, int]
    cutoff: Deadline
    freeze: Deadline
    late_rule: LateRule
    required: tuple[Discipline, ...]
    also: dict[CaseType, tuple[Discipline, ...]]
    reminder_days: tuple[int, ...]


_DEFAULTS: TypeAdapter[Defaults] = TypeAdapter(Defaults)


@cache
def defaults(kind: BoardKind) -> Defaults:
    """What most boards of this kind have."""
    return _DEFAULTS.validate_python(_all()["usual"] | _all()[kind.value])


def first_policy(kind: BoardKind, *, name: str, hospital: Hospital, time_zone: str, room: str) -> Policy:
    """The policy of a new board of this kind, which meets there."""
    usual = defaults(kind)
    return Policy(
        name=name,
        hospital=hospital,
        kind=kind,
        tumor_types=usual.tumor_types,
        meeting_minutes=usual.meeting_minutes,
        minutes_per_case=usual.minutes_per_case,
        case_type_minutes=usual.case_type_minutes,
        cutoff=usual.cutoff,
        freeze=usual.freeze,
        late_rule=usual.late_rule,
        required=usual.required,
        case_type_required=usual.also,
        reminder_days=usual.reminder_days,
        room=room,
        video_link="",
        time_zone=time_zone,
    )


def kind_called(name: str) -> BoardKind:
    """The kind whose usual name this is; ``OTHER`` where there is none."""
    return next((kind for kind in BoardKind if defaults(kind).name.lower() == name.lower()), BoardKind.OTHER)


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
