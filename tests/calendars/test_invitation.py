"""REQUEST and CANCEL as independent readers see them: icalendar, recurring-ical-events and vobject."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.golden import assert_golden
from tests.hostile import hostile_text
from tests.vobject_reader import read_calendar
from tumorboard.calendars.invitation import Invitation, cancel_bytes, request_bytes
from tumorboard.clock import ZONES
from tumorboard.words import one_line

INVITATION = Invitation(
    uid="0193583f-1111-7aaa-8bbb-222233334444@tumorboard.example",
    sequence=0,
    dtstamp=datetime(2026, 11, 20, 15, 4, 5, tzinfo=UTC),
    starts_at=datetime(2026, 11, 25, 18, 0, tzinfo=UTC),
    ends_at=datetime(2026, 11, 25, 19, 30, tzinfo=UTC),
    zone="America/New_York",
    summary="Breast board",
    location="Room Aspen 2; north wing, 3rd floor",
    description="Join by video: https://video.example/1\nThe meeting's page: https://tumorboard.example/meetings/88",
    url="https://tumorboard.example/meetings/88",
    organizer_address="reply+6f1d2c3b4a5968778695a4b3c2d1e0f9@tumorboard.example",
    organizer_name="Breast board",
    attendee_address="petra.marlowe@northlake.example",
    attendee_name="Marlowe, Petra",
)

zones = st.sampled_from(sorted(ZONES))
starts = st.integers(0, 10 * 365 * 24 * 3600).map(
    lambda second: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)


def event_in(text: bytes):
    (event,) = Calendar.from_ical(text).events
    return event


def assert_well_formed(text: bytes) -> None:
    """calendar.md 23, RFC 5545 section 3.1."""
    assert text.startswith(b"BEGIN:VCALENDAR\r\n")
    assert text.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", text)
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    assert not re.search(rb"(?<!\\)(?:\\\\)*\\\r\n[ \t]", text), "a fold splits an escape"
    for line in text.split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode().splitlines() in ([], [line.decode()])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("request", request_bytes(INVITATION)),
        ("request_kolkata", request_bytes(replace(INVITATION, zone="Asia/Kolkata"))),
        ("cancel", cancel_bytes(replace(INVITATION, sequence=1))),
    ],
)
def test_the_text_is_as_reviewed(name, text):
    assert_golden(f"calendars/{name}.txt", text.decode().replace("\r\n", "\n"))


def test_a_request_invites_one_person_and_asks_for_an_answer():
    text = request_bytes(INVITATION)
    event = event_in(text)
    assert Calendar.from_ical(text)["METHOD"] == "REQUEST"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (INVITATION.uid, 0, "CONFIRMED")
    assert event["ORGANIZER"] == f"mailto:{INVITATION.organizer_address}"
    attendee = event["ATTENDEE"]
    assert attendee == f"mailto:{INVITATION.attendee_address}"
    assert {name: attendee.params[name] for name in ("ROLE", "PARTSTAT", "RSVP", "CN")} == {
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
        "CN": "Marlowe, Petra",
    }


def test_a_cancel_takes_the_same_entry_away():
    text = cancel_bytes(replace(INVITATION, sequence=1))
    event = event_in(text)
    assert Calendar.from_ical(text)["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (INVITATION.uid, 1, "CANCELLED")
    assert event["ATTENDEE"] == f"mailto:{INVITATION.attendee_address}"


def test_the_same_invitation_is_the_same_bytes():
    assert request_bytes(INVITATION) == request_bytes(replace(INVITATION))


def test_an_event_in_the_hour_that_autumn_repeats_is_written_in_utc():
    """01:30 EST, the second 01:30 of that night: in local time a calendar would read the first, an hour early."""
    start = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    text = request_bytes(replace(INVITATION, starts_at=start, ends_at=start + timedelta(hours=1)))
    assert b"DTSTART:20261101T063000Z" in text
    assert b"VTIMEZONE" not in text


@settings(max_examples=100, deadline=None)
@given(zones, starts, st.integers(5, 600))
def test_readers_find_the_meeting_at_its_instant_in_any_zone(zone, start, minutes):
    end = start + timedelta(minutes=minutes)
    text = request_bytes(replace(INVITATION, zone=zone, starts_at=start, ends_at=end))
    assert_well_formed(text)
    (occurrence,) = recurring_ical_events.of(Calendar.from_ical(text)).between(start - timedelta(1), end + timedelta(1))
    read = read_calendar(text.decode())
    read.validate(raiseException=True)
    assert (occurrence["DTSTART"].dt, occurrence["DTEND"].dt) == (start, end)
    assert (read.vevent.dtstart.value, read.vevent.dtend.value) == (start, end)


def test_every_zone_is_named_with_its_own_vtimezone():
    for zone in ("US/Eastern", "Asia/Calcutta", "Europe/Kiev", "Etc/UTC"):
        text = request_bytes(replace(INVITATION, zone=zone)).decode()
        assert f"DTSTART;TZID={zone}:" in text
        assert f"TZID:{zone}\r\n" in text
        local = INVITATION.starts_at.astimezone(ZoneInfo(zone))
        assert f"{local:%Y%m%dT%H%M%S}" in text


@settings(max_examples=300, deadline=None)
@given(hostile_text, hostile_text, hostile_text, hostile_text)
def test_no_text_breaks_out_of_its_line(board, room, name, description):
    text = request_bytes(
        replace(
            INVITATION,
            summary=board,
            location=room,
            description=description,
            attendee_name=name,
            organizer_name=board,
        )
    )
    assert_well_formed(text)
    event = event_in(text)
    assert not event.errors
    assert (event["SUMMARY"], event.get("LOCATION", "")) == (one_line(board), one_line(room))
    assert event["ATTENDEE"] == f"mailto:{INVITATION.attendee_address}"
    (read,) = read_calendar(text.decode()).vevent_list
    assert read.summary.value == one_line(board)
    assert read.attendee.value == f"mailto:{INVITATION.attendee_address}"
    assert len(read.contents["attendee"]) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_at": INVITATION.starts_at.replace(tzinfo=None)},
        {"ends_at": INVITATION.starts_at},
        {"sequence": -1},
        {"uid": ""},
        {"attendee_address": "a@example\r\nATTENDEE:mailto:b@example"},
        {"url": "https://tumorboard.example/\nx"},
    ],
)
def test_what_no_calendar_can_hold_is_refused(wrong):
    with pytest.raises(ValueError, match=r"zone|ends|SEQUENCE|line"):
        replace(INVITATION, **wrong)
