"""Who stands in for whom at a meeting: the one rule that invitations and mails follow."""

from uuid import UUID

from tumorboard import words
from tumorboard.storage.models import Meeting, Person
from tumorboard.storage.queries import absences


def in_place_of_absent(invited: dict[UUID, str], meeting: Meeting) -> dict[UUID, str]:
    """``invited`` with each absent person's deputy in their place; who comes anyway keeps their own reason."""
    away = absences.absences_during(meeting)
    absent = {each.person_id for each in away}
    stand_ins = {
        each.deputy_id: f"you stand in for {_name(each.person)}, who is absent"
        for each in away
        if each.person_id in invited and not each.deputy.has_left(meeting.starts_at)
    }
    return {person_id: why for person_id, why in (stand_ins | invited).items() if person_id not in absent}


def reasons_to_stay_away(meeting: Meeting) -> dict[UUID, str]:
    """What the mail that takes the meeting off an absent person's calendar says."""
    away = absences.absences_during(meeting)
    return {each.person_id: f"you are absent then, and {_name(each.deputy)} stands in for you" for each in away}


def _name(person: Person) -> str:
    return words.name_words(person.family_name, person.given_name)
