"""The calendar of somebody who gets the mails: read by icalendar, expanded by recurring-ical-events."""

from datetime import UTC, datetime
from email.message import EmailMessage

import recurring_ical_events
from icalendar import Calendar, Event

Seen = dict[str, Calendar]


class Holder:
    """Takes mails in the order in which they come; refuses what RFC 5546 would have a client ignore."""

    def __init__(self) -> None:
        self.entries: Seen = {}
        self._last: dict[str, tuple[int, datetime]] = {}

    def receive(self, mail: EmailMessage) -> None:
        parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        if not parts:
            return
        (part,) = parts
        calendar = Calendar.from_ical(part.get_payload(decode=True))
        events = [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]
        (uid,) = {str(event["UID"]) for event in events}
        (age,) = {(int(event["SEQUENCE"]), event["DTSTAMP"].dt) for event in events}
        before = self._last.get(uid)
        assert before is None or (age[0] > before[0] and age[1] > before[1]), "SEQUENCE and DTSTAMP grow"
        self._last[uid] = age
        if calendar["METHOD"] == "CANCEL":
            assert uid in self.entries, "takes away what is there"
            del self.entries[uid]
        else:
            self.entries[uid] = calendar

    def names(self) -> set[str]:
        """What the entries say they are."""
        return {str(event["SUMMARY"]) for calendar in self.entries.values() for event in calendar.walk("VEVENT")}

    def starts(self, since: datetime, until: datetime) -> list[datetime]:
        """Every start in that time, in UTC and in order; one that is there twice is twice in it."""
        found = [
            event["DTSTART"].dt.astimezone(UTC)
            for calendar in self.entries.values()
            for event in recurring_ical_events.of(calendar).between(since, until)
        ]
        return sorted(each for each in found if since <= each < until)
