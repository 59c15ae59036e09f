"""A coordinator's note about a case, for the coordinators of its board alone."""

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import Held, demand
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, PrivateNote
from tumorboard.vocabulary import AuditAct, Permission


def read(case: Case, held: Held) -> PrivateNote | None:
    """The note, for whoever may keep one; none for everybody else."""
    return db.session.get(PrivateNote, case.id) if held.may(Permission.KEEP_PRIVATE_NOTE) else None


def write(case: Case, text: str, by: Actor, *, version: int) -> None:
    """Keeps the note. ``version`` is the one in sight, 0 where there was none; the case is held by whoever writes."""
    demand(by, Permission.KEEP_PRIVATE_NOTE, case)
    kept = db.session.get(PrivateNote, case.id, populate_existing=True)
    if (kept.version if kept else 0) != version:
        raise Refused(
            Code.CHANGED_MEANWHILE, "Somebody else has written this note since you opened the page. Read both."
        )
    if kept is None:
        kept = PrivateNote(case_id=case.id)
        db.session.add(kept)
    kept.text, kept.written_at, kept.written_by = text, by.at, by.person
    db.session.flush()
    audit.record(by, AuditAct.PRIVATE_NOTE_WRITTEN, patients=[case.patient_id], subjects=[case.id])
