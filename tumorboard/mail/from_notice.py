"""A notice and its recipient as the letter that they become; what the notice says was fixed when it was announced."""

from tumorboard import words
from tumorboard.domain.notices import Facts
from tumorboard.mail.letter import Letter
from tumorboard.storage.models import Notice
from tumorboard.vocabulary import NoticeKind

PAGES = {NoticeKind.AGENDA: "/meetings/{meeting}", NoticeKind.REMOVED: "/meetings"}
"""Where a mail leads, behind the sign-in; who was taken off a meeting may not see it any more."""


def letter_of(notice: Notice, *, base_url: str, mail_from: str) -> Letter:
    """The letter for ``notice``: always the same for the same row, so that a repeat is the same mail."""
    person, facts = notice.person, Facts.from_json(notice.facts)
    page = PAGES.get(notice.kind, "/meetings/{meeting}").format(meeting=notice.meeting_id)
    domain = mail_from.rpartition("@")[2]
    return Letter(
        kind=notice.kind,
        message_id=f"<{notice.id}@{domain}>",
        written_at=notice.dtstamp or notice.created_at,
        to_name=words.name_words(person.family_name, person.given_name),
        to_address=person.email,
        from_name=facts.board,
        from_address=f"reply+{notice.calendar_entry.token}@{domain}",
        zone=person.time_zone,
        board=facts.board,
        board_zone=facts.board_zone,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        room=facts.room,
        video_link=facts.video_link,
        link=base_url + page,
        reason=notice.reason,
        coordinator=facts.coordinator,
        was_starts_at=facts.was_starts_at,
        was_ends_at=facts.was_ends_at,
        why=facts.why,
        agenda_version=facts.agenda_version or 1,
        changes=facts.changes,
        cases=facts.cases or 0,
        minutes=facts.minutes or 0,
        returned_cases=facts.returned_cases or 0,
        uid=notice.calendar_entry.uid,
        sequence=notice.sequence,
        dtstamp=notice.dtstamp,
    )
