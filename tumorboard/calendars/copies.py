"""One message for many: what an act tells its people differs in UID, SEQUENCE, ORGANIZER and ATTENDEE alone."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from icalendar import Event

from tumorboard.calendars.entry import InvitedEntry, address

_OWN = re.compile(rb"(UID|SEQUENCE|ORGANIZER|ATTENDEE)[:;]")
_LINE_ENDS = re.compile(rb"(?<=\r\n)(?![ \t])")
"""Ends of content lines; one that goes on with white space is folded (RFC 5545 section 3.1)."""


def copy_for(entry: InvitedEntry, write: Callable[[Any], bytes]) -> bytes:
    """What ``write`` gives for this entry. It writes once for all entries that differ in whom they are for alone."""
    own = _own_lines(entry)
    return b"".join(own.get(name, line) for name, line in _lines(write, _for_anybody(entry)))


@lru_cache(maxsize=64)
def _lines(write: Callable[[InvitedEntry], bytes], entry: InvitedEntry) -> tuple[tuple[bytes, bytes], ...]:
    """The content lines of a message, with the name of each that is everybody's own."""
    lines = _LINE_ENDS.split(write(entry))
    return tuple((own[1] if (own := _OWN.match(line)) else b"", line) for line in lines)


def _for_anybody(entry: InvitedEntry) -> InvitedEntry:
    identity: dict[str, Any] = {"uid": "-", "sequence": 0, "organizer_address": "-", "organizer_name": ""}
    return replace(entry, **identity, attendee_address="-", attendee_name="", answer=None)


def _own_lines(entry: InvitedEntry) -> dict[bytes, bytes]:
    event = Event()
    address(event, entry)
    return {name.encode(): event.content_line(name, value).to_ical() + b"\r\n" for name, value in event.items()}
