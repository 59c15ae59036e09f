"""A notice and its recipient as the letter that they become; what the notice says was fixed when it was announced."""

from typing import Any
from uuid import UUID

from tumorboard import words
from tumorboard.domain import answer_links, links
from tumorboard.domain.notices import AccountFacts, Facts, SeriesFacts
from tumorboard.domain.preparation_requests import due_at
from tumorboard.mail.letter import AccountLetter, Letter, MeetingLetter, SeriesLetter
from tumorboard.storage.models import CalendarEntry, Notice
from tumorboard.vocabulary import ASK_FOR_AN_ANSWER, NoticeKind

PAGES = {
    NoticeKind.REMOVED: "/meetings",
    NoticeKind.JOIN: "/join/{token}",
    NoticeKind.RESET_PASSWORD: "/new-password/{token}",
    NoticeKind.CONFIRM_EMAIL: "/confirm-address/{token}",
    NoticeKind.EMAIL_CHANGED: "/keep-address/{token}",
    NoticeKind.ACCOUNT_CHANGED: "/me",
    NoticeKind.CERTIFICATION_ENDS: "/me",
    NoticeKind.GLASS_BROKEN: "/break-glass",
    NoticeKind.OFFICE_ASKED: "/people/offices",
    NoticeKind.INFORMATION_ASKED: "/cases/{case_id}",
    NoticeKind.CALL_ASKED: "/cases/{case_id}",
    NoticeKind.OVERSIGHT: "/people",
    NoticeKind.TOO_MANY_TRIES: "/let-in/{token}",
    NoticeKind.OPENED: "/cases/{case_id}",
    NoticeKind.DEPUTY: "/meetings",
    NoticeKind.CASE_AMENDED: "/cases/{case_id}",
    NoticeKind.HANDED_OVER: "/cases",
    NoticeKind.RECORD_CORRECTED: "/cases/{case_id}",
    NoticeKind.SLOT_POLL: "/poll/{token}",
    NoticeKind.SLOT_POLL_OVER: "/meetings",
    NoticeKind.ANSWER_ASKED: "/answer/{token}",
    NoticeKind.PREPARATION_ASKED: "/preparation",
}
"""Where a mail leads, if not to its meeting; who was taken off a meeting may not see it any more."""
SENDER = "Tumorboard"


def letter_of(notice: Notice, *, base_url: str, mail_from: str) -> Letter:
    """The letter for ``notice``: always the same for the same row, so that a repeat is the same mail."""
    if notice.calendar_entry is None:
        return _account_letter(notice, base_url, mail_from)
    if notice.kind.about_a_series:
        return _series_letter(notice, notice.calendar_entry, base_url, mail_from)
    return _meeting_letter(notice, notice.calendar_entry, base_url, mail_from)


def _meeting_letter(notice: Notice, entry: CalendarEntry, base_url: str, mail_from: str) -> MeetingLetter:
    person, facts = notice.person, Facts.from_json(notice.facts)
    domain = mail_from.rpartition("@")[2]
    page = PAGES.get(notice.kind, f"/meetings/{notice.meeting_id}")
    return MeetingLetter(
        kind=notice.kind,
        message_id=f"<{notice.id}@{domain}>",
        written_at=notice.dtstamp or notice.created_at,
        to_name=words.name_words(person.family_name, person.given_name),
        to_address=person.email,
        from_name=facts.board,
        from_address=f"reply+{entry.token}@{domain}",
        zone=person.time_zone,
        board=facts.board,
        board_zone=facts.board_zone,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        room=facts.room,
        video_link=facts.video_link,
        link=base_url + page.format(case_id=facts.case_id, token=_answer_token(notice, notice.meeting_id)),
        answer_link=_answer_link(notice, notice.meeting_id, base_url),
        reason=notice.reason,
        coordinator=facts.coordinator,
        was_board=facts.was_board,
        was_starts_at=facts.was_starts_at,
        was_ends_at=facts.was_ends_at,
        was_room=facts.was_room,
        was_video_link=facts.was_video_link,
        why=facts.why,
        agenda_version=facts.agenda_version or 1,
        changes=facts.changes,
        cases=facts.cases or 0,
        minutes=facts.minutes or 0,
        returned_cases=facts.returned_cases or 0,
        with_series=facts.with_series,
        answer=facts.answer,
        **_preparation(notice, facts),
        uid=entry.uid,
        sequence=notice.sequence,
        dtstamp=notice.dtstamp,
    )


def _preparation(notice: Notice, facts: Facts) -> dict[str, Any]:
    """Of whom a preparation is asked, and until when. Nothing for all else: readers of one act share its words."""
    if notice.kind is not NoticeKind.PREPARATION_ASKED:
        return {}
    due = due_at(facts.starts_at, facts.board_zone, notice.created_at)
    return {"discipline": notice.person.discipline.label.lower(), "due_at": due}


def _series_letter(notice: Notice, entry: CalendarEntry, base_url: str, mail_from: str) -> SeriesLetter:
    person, facts = notice.person, SeriesFacts.from_json(notice.facts)
    domain = mail_from.rpartition("@")[2]
    if notice.sequence is None or notice.dtstamp is None:
        raise ValueError("a notice about a series without SEQUENCE and DTSTAMP")
    return SeriesLetter(
        kind=notice.kind,
        message_id=f"<{notice.id}@{domain}>",
        written_at=notice.dtstamp,
        to_name=words.name_words(person.family_name, person.given_name),
        to_address=person.email,
        from_name=facts.board,
        from_address=f"reply+{entry.token}@{domain}",
        zone=person.time_zone,
        link=f"{base_url}/meetings",
        answer_link=_answer_link(notice, entry.series_id, base_url),
        reason=notice.reason,
        board=facts.board,
        held=facts.held,
        was=facts.was,
        coordinator=facts.coordinator,
        why=facts.why,
        note=facts.note,
        was_board=facts.was_board,
        uid=entry.uid,
        sequence=notice.sequence,
        dtstamp=notice.dtstamp,
    )


def _answer_link(notice: Notice, subject_id: UUID | None, base_url: str) -> str:
    """To that meeting, or to the next dates of that series, beside the mail's button; empty where that leads there."""
    token = _answer_token(notice, subject_id)
    return f"{base_url}/answer/{token}" if token and notice.kind not in PAGES else ""


def _answer_token(notice: Notice, subject_id: UUID | None) -> str:
    if subject_id is None or notice.kind not in ASK_FOR_AN_ANSWER:
        return ""
    return answer_links.token_for(notice.person_id, subject_id)


def _account_letter(notice: Notice, base_url: str, mail_from: str) -> AccountLetter:
    person, facts = notice.person, AccountFacts.from_json(notice.facts)
    token = links.token_of(facts.link_id) if facts.link_id else ""
    page = PAGES[notice.kind].format(token=token, case_id=facts.case_id)
    return AccountLetter(
        kind=notice.kind,
        message_id=f"<{notice.id}@{mail_from.rpartition('@')[2]}>",
        written_at=notice.created_at,
        to_name=words.name_words(person.family_name, person.given_name),
        to_address=facts.to_address or person.email,
        from_name=SENDER,
        from_address=mail_from,
        zone=person.time_zone,
        link=base_url + (f"/meetings/{facts.meeting_id}" if facts.meeting_id else page),
        reason=notice.reason,
        by=facts.by,
        what=facts.what,
        email=facts.email,
        until=facts.until,
    )
