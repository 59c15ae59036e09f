"""Words that somebody types and that go into mails and calendars: never with a patient in them.

A help line asks people to leave the patient out; this refuses what they typed all the same (trust.md promise 9).
"""

import re
import unicodedata
from datetime import date, timedelta
from uuid import UUID

from tumorboard.domain.actor import Actor
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Patient
from tumorboard.storage.queries import patients

LOOKS_BACK = timedelta(days=400)
"""Patients whose case came to the board since then: whom a reason could be about."""
SHORTEST_MRN = 5
"""Letters and digits; a shorter one stands in too many rooms and links by chance."""

_SENTENCE = (
    "This goes into mails and calendars, and there is a name, an MRN or a birth date of a patient of this board in it."
    " Leave the patient out."
)


def require_no_patient(board_id: UUID, by: Actor, *, reason: str = "", **places: str) -> None:
    """Refuses a ``reason`` or a place in which a patient of the board can be read.

    A family name alone counts in a reason and not in a place: a room may be called Birch. Refused with the name of the
    field that it stands in.
    """
    texts = {"why": reason, **places}
    if not any(texts.values()):
        return
    known = patients.patients_of_board(board_id, by.at - LOOKS_BACK)
    for field, text in texts.items():
        if any(_can_be_read(patient, _plain(text), alone=field == "why") for patient in known):
            raise Refused(Code.WRONG, _SENTENCE, field=field)


def _can_be_read(patient: Patient, text: str, *, alone: bool) -> bool:
    words, characters = set(_words(text)), "".join(_words(text))
    family, given = _words(_plain(patient.family_name)), _words(_plain(patient.given_name))
    named = words.issuperset(family) and (alone or not words.isdisjoint(given))
    mrns = (identifier.mrn_key.casefold() for identifier in patient.identifiers)
    return (
        (bool(family) and named)
        or any(len(mrn) >= SHORTEST_MRN and mrn in characters for mrn in mrns)
        or any(spelling in text for spelling in _spellings(patient.birth_date))
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def _plain(text: str) -> str:
    """Without case and accents, so that "Müller" is read in "MULLER"."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _spellings(day: date) -> set[str]:
    numbers = {f"{day:{form}}" for form in ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y%m%d")}
    short = {
        f"{day.day}.{day.month}.{day.year}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day.day}/{day.month}/{day.year}",
    }
    named = {f"{day:{form}}".casefold() for form in ("%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y")}
    return numbers | short | named
