"""One person's calendar entry for one meeting, as the bytes of an iTIP message."""

from dataclasses import dataclass
from datetime import datetime

from tumorboard.calendars.entry import InvitedEntry, event_at, message, writable
from tumorboard.calendars.zones import vtimezone


@dataclass(frozen=True, kw_only=True)
class Invitation(InvitedEntry):
    """What one person is told about one meeting; written in their own zone."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.starts_at.tzinfo is None or self.ends_at.tzinfo is None:
            raise ValueError("an instant without a zone")
        if self.ends_at <= self.starts_at:
            raise ValueError("a meeting that ends before it starts")


def request_bytes(invitation: Invitation) -> bytes:
    """METHOD:REQUEST: invites, or replaces what an earlier SEQUENCE said (RFC 5546 section 3.2.2)."""
    return _message(invitation, method="REQUEST", status="CONFIRMED")


def cancel_bytes(invitation: Invitation) -> bytes:
    """METHOD:CANCEL: takes the entry out of this person's calendar (RFC 5546 section 3.2.5)."""
    return _message(invitation, method="CANCEL", status="CANCELLED")


def _message(invitation: Invitation, *, method: str, status: str) -> bytes:
    hours = invitation.starts_at, invitation.ends_at
    timezone = vtimezone(invitation.zone, *hours) if writable(invitation.zone, *hours) else None
    event = event_at(invitation, *hours, status=status, location=invitation.location, text=invitation.description)
    return message(method, timezone, [event])
