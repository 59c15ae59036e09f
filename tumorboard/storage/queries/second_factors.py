"""Questions about second factors, and the compare-and-sets that let each code and each answer open once."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from tumorboard.storage.db import db
from tumorboard.storage.models import Passkey, RecoveryCode, Totp

TRIES = 5
TRIES_WITHIN = timedelta(minutes=10)


def factors(person_id: UUID) -> tuple[Totp | None, list[Passkey], int]:
    """The app, the passkeys (oldest first) and how many recovery codes are left."""
    passkeys = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.made_at, Passkey.id)
    unused = select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return db.session.get(Totp, person_id), list(db.session.scalars(passkeys)), db.session.scalar(unused) or 0


def keep_totp(person_id: UUID, sealed_secret: bytes, step: int, at: datetime) -> None:
    """In place of any before."""
    values = {"sealed_secret": sealed_secret, "last_step": step, "tries": 0, "tries_since": None, "made_at": at}
    row = insert(Totp).values(person_id=person_id, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=[Totp.person_id], set_=values))


def count_code(person_id: UUID, at: datetime) -> Totp | None:
    """Counts a try and answers with the row, locked until the commit; none without an app or a try left."""
    begins_anew = or_(Totp.tries_since.is_(None), Totp.tries_since <= at - TRIES_WITHIN)
    act = (
        update(Totp)
        .where(Totp.person_id == person_id, or_(begins_anew, Totp.tries < TRIES))
        .values(
            tries=case((begins_anew, 1), else_=Totp.tries + 1),
            tries_since=case((begins_anew, at), else_=Totp.tries_since),
        )
        .returning(Totp)
        .execution_options(populate_existing=True, synchronize_session=False)
    )
    return db.session.scalar(act)


def take_step(person_id: UUID, step: int) -> bool:
    """Whether this call is the one that used the code of this time step; an older one does not open after it."""
    act = (
        update(Totp)
        .where(Totp.person_id == person_id, Totp.last_step < step)
        .values(last_step=step, tries=0, tries_since=None)
        .returning(Totp.person_id)
        .execution_options(synchronize_session=False)
    )
    return db.session.scalar(act) is not None


def take_recovery_code(person_id: UUID, code_hash: bytes, at: datetime) -> bool:
    """Whether this call is the one that used the code."""
    act = (
        update(RecoveryCode)
        .where(RecoveryCode.person_id == person_id, RecoveryCode.code_hash == code_hash, RecoveryCode.used_at.is_(None))
        .values(used_at=at)
        .returning(RecoveryCode.id)
    )
    return db.session.scalar(act) is not None


def forget_recovery_codes(person_id: UUID) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def forget_factors(person_id: UUID) -> None:
    for table in (RecoveryCode, Passkey, Totp):
        db.session.execute(delete(table).where(table.person_id == person_id))


def passkey_with(person_id: UUID, credential_id: bytes) -> Passkey | None:
    query = select(Passkey).where(Passkey.person_id == person_id, Passkey.credential_id == credential_id)
    return db.session.scalars(query).one_or_none()


def forget_passkey(person_id: UUID, passkey_id: UUID) -> bool:
    act = delete(Passkey).where(Passkey.person_id == person_id, Passkey.id == passkey_id).returning(Passkey.id)
    return db.session.scalar(act) is not None


def advance_sign_count(passkey_id: UUID, seen: int, count: int, at: datetime) -> bool:
    """Whether nobody else has used the passkey since its count was ``seen``."""
    act = (
        update(Passkey)
        .where(Passkey.id == passkey_id, Passkey.sign_count == seen)
        .values(sign_count=count, last_used_at=at)
        .returning(Passkey.id)
    )
    return db.session.scalar(act) is not None
