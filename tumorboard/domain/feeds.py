"""One person's calendar over all their boards, under a secret address: made, read and ended (calendar.md 37 to 39)."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from tumorboard.calendars.feed import FeedDate, FeedSeries
from tumorboard.domain import audit, held_dates
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Feed, Person
from tumorboard.storage.queries import feeds as questions
from tumorboard.vocabulary import AuditAct, MeetingState, Permission

MOST = 10
UNREAD_FOR = timedelta(days=90)
"""A feed that nothing has read for so long is over (trust.md threat 18)."""
_READ_ANEW = timedelta(minutes=5)


def make(name: str, by: Actor) -> tuple[Feed, str]:
    """A feed of one's own and its token, 256 random bits: this is the only time that anybody sees it."""
    demand(by, Permission.CHANGE_OWN_SETTINGS)
    if len(questions.feeds_of(by.person.id)) >= MOST:
        raise Refused(Code.NOT_NOW, f"There are {MOST} feeds already. End one that is not read any more.", field="name")
    token = secrets.token_urlsafe(32)
    feed = Feed(person=by.person, name=name, token_hash=_hash(token), made_at=by.at)
    db.session.add(feed)
    db.session.flush()
    audit.record(by, AuditAct.FEED_MADE, subjects=[feed.id])
    return feed, token


def end(feed_id: UUID, by: Actor) -> Feed:
    """Nobody reads it any more; its address answers as if it had never been."""
    feed = next((each for each in questions.feeds_of(by.person.id) if each.id == feed_id), None)
    if feed is None:
        raise absent()
    feed.ended_at = by.at
    audit.record(by, AuditAct.FEED_ENDED, subjects=[feed.id])
    return feed


def read(token: str, at: datetime) -> Person:
    """Whose calendar that is; notes that it was read. Unknown, ended or unread for long is all the same: absent."""
    feed = questions.feed_with_hash(_hash(token))
    if feed is None or feed.ended_at is not None or feed.person.has_left(at):
        raise absent()
    since = feed.last_read_at or feed.made_at
    if at - since > UNREAD_FOR:
        raise absent()
    if feed.last_read_at is None or at - since > _READ_ANEW:
        feed.last_read_at = at
    return feed.person


def dates_of(person: Person) -> tuple[list[FeedDate], list[FeedSeries]]:
    """What the person holds, as their mails have it: the same UID, SEQUENCE and DTSTAMP (calendar.md 39)."""
    dates = [
        FeedDate(
            uid=entry.uid,
            sequence=entry.sequence,
            dtstamp=entry.dtstamp,
            board=meeting.board.full_name,
            meeting_id=str(meeting.id),
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            room=meeting.room,
            video_link=meeting.video_link,
        )
        for entry, meeting in questions.dates_held_by(person.id)
        if meeting.state is not MeetingState.CANCELLED
    ]
    series = []
    for entry, each in questions.series_held_by(person.id):
        holder = held_dates.holders(each, [person.id]).get(person.id)
        held = held_dates.Dates(each).held_by(holder, entry.since) if holder and entry.since else None
        if held is not None:
            series.append(
                FeedSeries(
                    uid=entry.uid,
                    sequence=entry.sequence,
                    dtstamp=entry.dtstamp,
                    board=each.board.full_name,
                    held=held,
                )
            )
    return dates, series


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
