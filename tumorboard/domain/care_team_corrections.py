"""Two care teams become one when their patients do: nobody is on it twice at a time, and it goes back exactly."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from tumorboard.storage.db import db
from tumorboard.storage.models import CareTeamMember, Patient
from tumorboard.storage.queries import care_team_members
from tumorboard.storage.queries import patient_corrections as questions

ROLES = ("lead", "key_worker")
Period = tuple[datetime, datetime | None]


def move(members: Iterable[CareTeamMember], right: Patient, at: datetime) -> list[dict[str, Any]]:
    """Moves these places to the kept team, which keeps its lead and key worker.

    Each answer holds the row's id and, by name, what it was before where this changed it.
    """
    kept, present = questions.team_ever(right.id), care_team_members.present_team(right.id, at)
    taken = {role for role in ROLES if any(getattr(member, role) for member in present)}
    moved = []
    for member in members:
        period = _beside(member, [each for each in kept if each.person_id == member.person_id])
        if period is None:
            continue
        before = _cut(member, period)
        for role in taken:
            if (member.left_at is None or member.left_at > at) and getattr(member, role):
                before[role] = True
                setattr(member, role, False)
        member.patient_id = right.id
        moved.append({"id": str(member.id), **before})
    db.session.flush()
    return moved


def move_back(moved: list[dict[str, Any]], wrong: Patient) -> None:
    for kept in moved:
        member = db.session.get_one(CareTeamMember, UUID(kept["id"]))
        member.patient_id = wrong.id
        for name in kept.keys() - {"id"}:
            setattr(member, name, datetime.fromisoformat(kept[name]) if isinstance(kept[name], str) else kept[name])


def _beside(member: CareTeamMember, kept: Iterable[CareTeamMember]) -> Period | None:
    """What is left of a place beside the same person's places on the kept team; none when those hold all of it."""
    joined, left = member.joined_at, member.left_at
    for begins, ends in [(each.joined_at, each.left_at) for each in kept if each.left_at != each.joined_at]:
        if (ends is not None and ends <= joined) or (left is not None and left <= begins):
            continue
        if ends is None or (left is not None and left <= ends):
            left = begins
        else:
            joined = ends
        if left is not None and left <= joined:
            return None
    return joined, left


def _cut(member: CareTeamMember, period: Period) -> dict[str, Any]:
    """Gives the place this period, and answers with what it was."""
    before = {}
    for name, instant in zip(("joined_at", "left_at"), period, strict=True):
        was = getattr(member, name)
        if was != instant:
            before[name] = was.isoformat() if was else None
            setattr(member, name, instant)
    return before
