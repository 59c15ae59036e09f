"""A policy as people read it: a sentence for each part, on the board's page and in its earlier versions alike."""

from collections.abc import Iterable
from datetime import time

from tumorboard import words
from tumorboard.domain.board_policy import REMINDED_AT, Deadline, Policy
from tumorboard.vocabulary import PolicyPart, Word


def sentences(policy: Policy) -> dict[PolicyPart, str]:
    """What each part says; empty where there is nothing to say."""
    return {
        PolicyPart.NAME: _name(policy),
        PolicyPart.TAKES: _takes(policy),
        PolicyPart.TIME: _time(policy),
        PolicyPart.DEADLINES: _deadlines(policy),
        PolicyPart.LATE: f"{policy.late_rule.label}.",
        PolicyPart.QUORUM: _quorum(policy),
        PolicyPart.AGENDA: policy.standing_text or "Nothing besides the cases.",
        PolicyPart.MAIL: _mail(policy),
        PolicyPart.WHERE: _where(policy),
    }


def listed(said: Iterable[str]) -> str:
    """``surgery, pathology and radiology``"""
    *most, last = list(said) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def days_before(days: int) -> str:
    return {0: "on the day of the meeting", 1: "the day before"}.get(days, f"{days} days before")


def quorum_by_case_type(policy: Policy) -> list[str]:
    """``Second opinion: also genetics.``"""
    return [f"{kind.label}: also {_lower(needed)}." for kind, needed in policy.case_type_required.items() if needed]


def _name(policy: Policy) -> str:
    others = listed(hospital.name for hospital in policy.further_hospitals)
    return f"{policy.name} board of {policy.hospital.name}" + (f"; with {others}." if others else ".")


def _takes(policy: Policy) -> str:
    types = listed(each.label for each in policy.tumor_types)
    return f"{types}." if types else "Any tumor type."


def _time(policy: Policy) -> str:
    others = [f"{kind.label.lower()} {minutes}" for kind, minutes in policy.case_type_minutes.items()]
    by_type = f"; {listed(others)}" if others else ""
    return f"A meeting has {policy.meeting_minutes} minutes. A case gets {policy.minutes_per_case}{by_type}."


def _deadlines(policy: Policy) -> str:
    return (
        f"Cases are submitted until {_of(policy.cutoff)}."
        f" The agenda is published by {_of(policy.freeze)}; from then on it changes only as a new version."
    )


def _quorum(policy: Policy) -> str:
    if not policy.required:
        return " ".join(["No discipline is required.", *quorum_by_case_type(policy)])
    return " ".join([f"No decision stands without {_lower(policy.required)}.", *quorum_by_case_type(policy)])


def _mail(policy: Policy) -> str:
    when = f"at {_hour(policy.agenda_mail_at)}" if policy.agenda_mail_at else "as soon as it is published"
    days = listed(str(each) for each in policy.reminder_days)
    unit = "day" if policy.reminder_days == (1,) else "days"
    hour = _hour(REMINDED_AT)
    reminder = f"Reminder to who has not answered, {days} {unit} before at {hour}." if days else "No reminders."
    return f"Agenda to all members {when}. {reminder}"


def _where(policy: Policy) -> str:
    room = f"Room {policy.room}" if policy.room else "No room"
    video = ", and video: the link stands in the calendar entry" if policy.video_link else ""
    return f"{room}{video}. By the clocks of {words.zone_name(policy.time_zone)}."


def _of(deadline: Deadline) -> str:
    return f"{_hour(deadline.at)}, {days_before(deadline.days)}"


def _hour(at: time) -> str:
    return f"{at:%H:%M}"


def _lower(said: Iterable[Word]) -> str:
    return listed(each.label.lower() for each in said)
