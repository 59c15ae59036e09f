"""Brings what members hold of a series in line with its dates: the same comparison as for one meeting, for all of them.

It serves beginning and changing a series, moving, cancelling and restoring one date, joining, leaving, coming back and
being absent. What was still waiting is superseded, and a change taken back makes no mail.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tumorboard.calendars.held_dates import HeldDates
from tumorboard.domain import coordinators, held_dates
from tumorboard.domain.actor import Actor
from tumorboard.domain.calendar_notices import mint, owe
from tumorboard.domain.held_dates import Holder
from tumorboard.domain.notices import SeriesFacts, supersede_calendar_notices
from tumorboard.storage.db import db
from tumorboard.storage.models import CalendarEntry, Meeting, Notice, Series
from tumorboard.storage.queries import notices
from tumorboard.storage.queries import series as questions
from tumorboard.vocabulary import NoticeKind


def settle(
    series: Series,
    by: Actor,
    *,
    only: Collection[UUID] | None = None,
    of: Meeting | None = None,
    why: str = "",
    note: str = "",
    due_at: datetime | None = None,
    again_of: Notice | None = None,
) -> list[Notice]:
    """Owes each holder the one notice that brings their calendar in line, and answers with those notices.

    ``only`` limits the act to some people; ``of`` is the one date that caused it, on whose delivery page the mails then
    stand; ``note`` is a sentence on what else there is to know. ``due_at`` is as in ``calendar_entries.settle``. It
    costs the same number of questions however many people hold the series.
    """
    db.session.flush()
    questions.series_to_change(series.id)
    due_at = due_at or questions.held_until(series.id, by.at)
    entries = questions.entries_of(series.id)
    people = held_dates.holders(series, only)
    concerned = set(people) | (set(entries) if only is None else set(entries) & set(only))
    known = [entries[each].id for each in concerned if each in entries]
    supersede_calendar_notices(known)
    told = notices.last_told(known)
    dates, ways = held_dates.Dates(series), _Ways(series, why, note, by, of, due_at, again_of)
    owed = []
    for person_id in sorted(concerned):
        holder, entry = people.get(person_id), entries.get(person_id)
        last = told.get(entry.id) if entry else None
        since = entry.since if entry and entry.since and last and last.kind is not NoticeKind.SERIES_OVER else by.at
        wanted = dates.held_by(holder, since) if holder else None
        if entry is None and wanted is None:
            continue
        entry = entry or mint(series, person_id, by.at)
        entry.since = since
        owed.append((entry, holder, wanted, last))
    db.session.flush()
    made = [ways.settle_one(*each) for each in owed]
    db.session.flush()
    return [notice for notice in made if notice]


class _Ways:
    """What is the same for everybody of one act."""

    def __init__(
        self,
        series: Series,
        why: str,
        note: str,
        by: Actor,
        of: Meeting | None,
        due_at: datetime | None,
        again_of: Notice | None,
    ) -> None:
        self.by, self.of, self.due_at, self.again_of = by, of, due_at, again_of
        self.board = series.board.full_name
        self.why, self.note = why, note
        self.coordinator = coordinators.named(series.board_id, by.at)

    def settle_one(
        self, entry: CalendarEntry, holder: Holder | None, wanted: HeldDates | None, told: Notice | None
    ) -> Notice | None:
        known = SeriesFacts.from_json(told.facts) if told and told.kind is not NoticeKind.SERIES_OVER else None
        entry.held = wanted is not None and wanted.lasts_beyond(self.by.at)
        kind = self._kind_of_change(holder, wanted, known)
        if kind is None:
            return None
        facts = known if kind is NoticeKind.SERIES_OVER or wanted is None else self._facts(wanted)
        if facts is None:
            return None
        facts = replace(
            facts,
            was=known.held if known else None,
            was_board=known.board if known else "",
            why=self.why,
            note=self.note,
        )
        return owe(
            entry,
            kind,
            facts,
            told,
            self.by,
            reason=holder.reason if holder else None,
            meeting_id=self.of.id if self.of else None,
            due_at=self.due_at,
            again_of=self.again_of,
        )

    def _facts(self, held: HeldDates) -> SeriesFacts:
        return SeriesFacts(board=self.board, coordinator=self.coordinator, held=held)

    def _kind_of_change(
        self, holder: Holder | None, wanted: HeldDates | None, known: SeriesFacts | None
    ) -> NoticeKind | None:
        """Nothing where what is known is still true, or nothing of it is still to come.

        Whose dates are all over by now keeps those that have been, unless they left the board: then all go.
        """
        at = self.by.at
        if wanted is None or not wanted.lasts_beyond(at):
            if known is None or not known.held.lasts_beyond(at):
                return None
            stays = holder is not None and holder.is_there_or_comes(at)
            return NoticeKind.SERIES_CHANGED if stays and wanted else NoticeKind.SERIES_OVER
        if known is None:
            return NoticeKind.SERIES_INVITATION
        same = (known.held, known.board) == (wanted, self.board)
        return None if same else NoticeKind.SERIES_CHANGED
