"""The pack of a meeting: all its cases as one PDF. Asked for here, made by a worker, kept for a day and for its agenda.

Each belongs to whoever asked: it is printed by them, by what they may see. How far it is, is its row; a worker claims
it by compare-and-set, and whoever has lost it to another changes nothing any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from tumorboard import wakeup
from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaItem, Case, Meeting, Pack
from tumorboard.storage.queries import agendas, cases
from tumorboard.storage.queries import packs as questions
from tumorboard.storage.queries.workers import is_dead
from tumorboard.storage.sealing import seal_bytes, unseal_bytes
from tumorboard.storage.transaction import after_commit
from tumorboard.vocabulary import AuditAct, PackState, Permission

KEPT = timedelta(hours=24)
LEASE = timedelta(minutes=5)
TRIES = 3
"""How often a pack is begun whose workers die; after that it has failed."""

_NOW = func.clock_timestamp()
_IN_THE_MAKING = (PackState.ASKED, PackState.MAKING)


@dataclass(frozen=True)
class Plan:
    """What a worker makes: in whose name, and the agenda as it stands now."""

    by: Actor
    meeting: Meeting
    items: Sequence[AgendaItem]


def ask(meeting: Meeting, by: Actor) -> Pack:
    """Asks for the pack of a meeting that is locked. Asking twice makes one; what is of no use is made anew."""
    demand(by, Permission.BUILD_AGENDA, meeting)
    items = agendas.listed_items(meeting.id)
    if not items:
        raise Refused(Code.NOT_NOW, "There is no case on the agenda yet. Add one, then ask for the pack.")
    pack = questions.pack_of(meeting.id, by.person.id)
    if pack is not None and (pack.state in _IN_THE_MAKING or is_good(pack, by.at)):
        return pack
    pack = pack or Pack(meeting=meeting, asked_by=by.person)
    pack.state, pack.asked_at, pack.sealed = PackState.ASKED, by.at, None
    pack.done, pack.total, pack.attempts = 0, len(items), 0
    db.session.add(pack)
    db.session.flush()
    audit.record(by, AuditAct.PACK_ASKED, subjects=[meeting.id])
    after_commit("make packs", wakeup.packs_are_due)
    return pack


def is_good(pack: Pack, at: datetime) -> bool:
    """Whether it is made, not older than a day, and of agenda and cases as they are now."""
    fresh = pack.asked_at > at - KEPT
    return (
        pack.state is PackState.READY
        and fresh
        and pack.agenda == _digest(pack.meeting, agendas.listed_items(pack.meeting_id))
    )


def open_pdf(meeting: Meeting, by: Actor) -> bytes:
    """The pack that this person asked for; that they look at all its patients is recorded."""
    demand(by, Permission.BUILD_AGENDA, meeting)
    pack = questions.pack_of(meeting.id, by.person.id)
    if pack is None or pack.sealed is None or not is_good(pack, by.at):
        raise Refused(
            Code.NOT_NOW, "This pack is not there, or its agenda or a case has changed since. Ask for it again."
        )
    patients = questions.patients_of(pack.case_ids)
    if len(patients) != len(pack.case_ids):
        raise absent()
    audit.record(by, AuditAct.PACK_PRINTED, patients=patients, subjects=[meeting.id, *pack.case_ids])
    return unseal_bytes(pack.sealed, _place(pack.id))


def forget_old(at: datetime) -> int:
    """Removes the packs that are older than a day, or whose agenda or a case has changed; answers how many."""
    kept = questions.kept_packs()
    useless = [pack for pack in kept if pack.asked_at <= at - KEPT or (pack.sealed and not is_good(pack, at))]
    for pack in useless:
        db.session.delete(pack)
    return len(useless)


def is_due(since: timedelta = timedelta(0)) -> bool:
    """Whether one waits for a worker, for so long."""
    return bool(db.session.scalar(select(Pack.id).where(_due(), Pack.asked_at <= _NOW - since).limit(1)))


def claim(worker: int) -> UUID | None:
    """Claims the pack that has waited longest; one whose workers died too often has failed."""
    _change(and_(_lost(), Pack.attempts >= TRIES), **_given_up())
    due = select(Pack.id).where(_due()).order_by(Pack.asked_at).limit(1).with_for_update(skip_locked=True)
    claimed = {"state": PackState.MAKING, "claimed_by": worker, "lease_until": _NOW + LEASE, "done": 0}
    return _change(Pack.id == due.scalar_subquery(), **claimed, attempts=Pack.attempts + 1)


def begin(pack_id: UUID, worker: int, at: datetime) -> Plan | None:
    """What to make; none when the pack is ours no more."""
    pack = db.session.get_one(Pack, pack_id, populate_existing=True)
    items = agendas.listed_items(pack.meeting_id)
    ids = [item.case_id for item in items]
    if not _change(_ours(pack_id, worker), agenda=_digest(pack.meeting, items), case_ids=ids, total=len(ids)):
        return None
    by = Actor(pack.asked_by, at, request_id=str(pack_id), address="")
    demand(by, Permission.BUILD_AGENDA, pack.meeting)
    return Plan(by, pack.meeting, items)


def case_to_print(case_id: UUID, by: Actor) -> Case:
    """A case of the pack. Nobody looks at it yet: that is recorded when the pack is opened."""
    case = cases.case(case_id)
    if case is None:
        raise absent()
    demand(by, Permission.PRINT_CASE, case)
    return case


def say_done(pack_id: UUID, worker: int, done: int) -> bool:
    """Says how many cases are written; false when the pack is ours no more."""
    return _change(_ours(pack_id, worker), done=done, lease_until=_NOW + LEASE) is not None


def keep(pack_id: UUID, worker: int, pdf: bytes) -> bool:
    """Keeps the PDF sealed; false when the pack is ours no more."""
    let_go = {"claimed_by": None, "lease_until": None, "done": Pack.total}
    sealed = seal_bytes(pdf, _place(pack_id))
    return _change(_ours(pack_id, worker), state=PackState.READY, sealed=sealed, **let_go) is not None


def fail(pack_id: UUID, worker: int) -> None:
    """It could not be made: who asked may try again."""
    _change(_ours(pack_id, worker), **_given_up())


def _given_up() -> dict[str, Any]:
    return {"state": PackState.FAILED, "claimed_by": None, "lease_until": None}


def _due() -> ColumnElement[bool]:
    return Pack.state.in_(_IN_THE_MAKING) & or_(Pack.state == PackState.ASKED, _lost())


def _lost() -> ColumnElement[bool]:
    """Its worker has died, or has been frozen for longer than its lease."""
    return and_(Pack.state == PackState.MAKING, or_(Pack.lease_until < _NOW, is_dead(Pack.claimed_by)))


def _ours(pack_id: UUID, worker: int) -> ColumnElement[bool]:
    return and_(Pack.id == pack_id, Pack.state == PackState.MAKING, Pack.claimed_by == worker)


def _change(which: ColumnElement[bool], **values: Any) -> UUID | None:
    act = update(Pack).where(which).values(**values).returning(Pack.id)
    return db.session.scalars(act.execution_options(synchronize_session=False)).first()


def _digest(meeting: Meeting, items: Sequence[AgendaItem]) -> str:
    """The agenda, its hours, and what its cases and its board say, in a few letters that nothing can be read from."""
    meets = meeting.starts_at.timestamp(), meeting.ends_at.timestamp(), meeting.board.standing_text
    written = questions.last_written(item.case_id for item in items)
    told = [(item.case_id, item.minutes, item.override, written[item.case_id]) for item in items]
    return sha256(repr((meets, told)).encode()).hexdigest()


def _place(pack_id: UUID) -> str:
    return f"pack.sealed:{pack_id}"
