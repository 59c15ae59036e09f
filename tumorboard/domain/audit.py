"""What was seen and done, written in the transaction that saw or did it; without the entry there is no page."""

from collections.abc import Iterable
from uuid import UUID

from tumorboard.domain.actor import Actor
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry
from tumorboard.vocabulary import AuditAct


def record(
    by: Actor,
    act: AuditAct,
    *,
    patients: Iterable[UUID | None] = (),
    subjects: Iterable[UUID] = (),
    details: dict[str, str | int] | None = None,
) -> None:
    """Adds one entry. ``details`` holds codes and numbers, never a name or a word about a patient."""
    db.session.add(
        AuditEntry(
            at=by.at,
            person_id=by.person.id,
            act=act,
            patient_ids=sorted({each for each in patients if each is not None}),
            subject_ids=list(subjects),
            details=details or {},
            request_id=by.request_id,
            address=by.address,
        )
    )
