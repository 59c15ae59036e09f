"""Whom to ask about a board's dates, as mails say it."""

from datetime import datetime
from uuid import UUID

from tumorboard import words
from tumorboard.storage.queries import board_members


def named(board_id: UUID, at: datetime) -> str:
    """As "Hazelden, Ruth"; several with a semicolon between them, empty where there is none then."""
    people = board_members.coordinators_of(board_id, at)
    return "; ".join(words.name_words(person.family_name, person.given_name) for person in people)
