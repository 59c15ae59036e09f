"""One notice for one change of what somebody holds: the next SEQUENCE, a later DTSTAMP, and a key of its own."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import Facts, SeriesFacts, announce
from tumorboard.storage.db import db
from tumorboard.storage.models import CalendarEntry, Meeting, Notice, Series
from tumorboard.vocabulary import NoticeKind


def owe(
    entry: CalendarEntry,
    kind: NoticeKind,
    facts: Facts | SeriesFacts,
    told: Notice | None,
    by: Actor,
    *,
    reason: str | None,
    meeting_id: UUID | None,
    due_at: datetime | None,
    again_of: Notice | None,
) -> Notice:
    """Owes the holder of ``entry`` that change; ``told`` is the last that they have or may have."""
    entry.sequence = told.sequence + 1 if told and told.sequence is not None else 0
    entry.dtstamp = max(by.at.replace(microsecond=0), entry.dtstamp + timedelta(seconds=1))
    return announce(
        entry,
        kind,
        facts,
        reason=reason or (told.reason if told else ""),
        # DTSTAMP strictly grows for an entry, so this key names one change of one calendar and no other.
        dedupe_key=f"calendar:{entry.id}:{entry.dtstamp.isoformat()}",
        by=by,
        meeting_id=meeting_id,
        due_at=due_at,
        again_of=again_of,
    )


def mint(of: Meeting | Series, person_id: UUID, at: datetime) -> CalendarEntry:
    """An entry that its person does not hold yet, with an identity for life."""
    one_date = isinstance(of, Meeting)
    entry = CalendarEntry(
        person_id=person_id,
        meeting_id=of.id if one_date else None,
        series_id=None if one_date else of.id,
        since=None if one_date else at,
        uid=str(uuid4()),
        token=secrets.token_hex(16),
        sequence=0,
        dtstamp=at.replace(microsecond=0) - timedelta(seconds=1),
        held=False,
    )
    db.session.add(entry)
    return entry
