"""Questions for *Find*: what was typed, and the cases it may mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, cast, delete, func, select, text, union

from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Hospital, PatientIdentifier, Search
from tumorboard.storage.queries.cases import visible_among
from tumorboard.storage.row_level_security import beyond_sight

MEANT = 1000
"""Of so many cases, the latest, it is asked whether they are in sight; a text that means more is too short."""


@dataclass(frozen=True)
class Sought:
    """What a text may mean, each part on its own."""

    words: tuple[str, ...] = ()
    """Beginnings of names, in small letters; all of them must be found."""
    mrn_key: str = ""
    number: int | None = None
    """A case's."""
    day: date | None = None
    """A birth date, or the day of a meeting."""


def search_of(person_id: UUID, search_id: UUID) -> Search | None:
    """This person's search; nobody else's."""
    return db.session.scalars(select(Search).where(Search.id == search_id, Search.person_id == person_id)).one_or_none()


def forget(person_id: UUID, before: datetime) -> None:
    db.session.execute(delete(Search).where(Search.person_id == person_id, Search.searched_at < before))


@beyond_sight()
def cases_found(sought: Sought, person_id: UUID, at: datetime, limit: int) -> tuple[list[Case], bool]:
    """Submitted cases in this person's sight that ``sought`` may mean, latest change first; and whether more are meant.

    What is meant is asked first, beyond the second wall: its policies, and ``visible_to``, which is their own question,
    would be answered for every row before an index is used.
    """
    latest = (Case.state_since.desc(), Case.id)
    meant = select(Case.id).where(Case.id.in_(union(*_meanings(sought))), Case.submitted_at.is_not(None))
    ids = list(db.session.scalars(meant.order_by(*latest).limit(MEANT)))
    seen = select(Case).where(Case.id.in_(visible_among(person_id, ids, at))).order_by(*latest).limit(limit)
    return list(db.session.scalars(seen).unique()), len(ids) == MEANT


def _meanings(sought: Sought) -> Iterable[Select[Any]]:
    yield select(Case.id).where(Case.number == sought.number)
    if sought.mrn_key:
        yield (
            select(Case.id)
            .join(PatientIdentifier, PatientIdentifier.patient_id == Case.patient_id)
            .where(PatientIdentifier.hospital_id.in_(select(Hospital.id)), PatientIdentifier.mrn_key == sought.mrn_key)
        )
    if sought.words:
        yield _of_patients(sought)


def _of_patients(sought: Sought) -> Select[Any]:
    beginnings = func.to_tsquery(text("'simple'::regconfig"), " & ".join(f"{word}:*" for word in sought.words))
    named = func.patients_named(beginnings, cast(sought.day, Date))
    return select(Case.id).where(Case.patient_id.in_(select(named)))
