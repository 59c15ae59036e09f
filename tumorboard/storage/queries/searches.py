"""Questions for *Find*: what was typed, and the cases it may mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, select, text, union

from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Hospital, Patient, PatientIdentifier, Search
from tumorboard.storage.queries.cases import visible_to
from tumorboard.storage.row_level_security import beyond_sight


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
def cases_found(sought: Sought, person_id: UUID, at: datetime, limit: int) -> list[Case]:
    """Submitted cases in this person's sight that ``sought`` may mean, latest change first.

    Asked beyond the second wall, whose policies would read every row before an index; ``visible_to`` is that wall's own
    question.
    """
    meant = union(*_meanings(sought))
    query = (
        select(Case)
        .where(Case.id.in_(meant), Case.submitted_at.is_not(None), visible_to(person_id, at))
        .order_by(Case.state_since.desc(), Case.id)
        .limit(limit)
    )
    return list(db.session.scalars(query).unique())


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
    beginnings = " & ".join(f"{word}:*" for word in sought.words)
    named = Patient.lexemes.op("@@")(func.to_tsquery(text("'simple'::regconfig"), beginnings))
    born = [Patient.birth_date == sought.day] if sought.day else []
    return select(Case.id).join(Patient, Patient.id == Case.patient_id).where(named, *born)
