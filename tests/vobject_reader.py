"""A calendar as vobject reads it that sees it first."""

import vobject


def read_calendar(text: str) -> vobject.base.Component:
    """The VCALENDAR in `text`. vobject keeps the first VTIMEZONE of a name that it meets, for as long as it runs, and
    reads later ones by it; each of ours covers its own event's years only, so it has to forget.
    """
    vobject.icalendar.__dict__["__tzidMap"].clear()
    return vobject.readOne(text)
