"""A notice that failed is sent again: a new one in its place, that says what is true by now."""

from collections import Counter

from tumorboard.domain import audit, invitations, series_entries
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import Facts
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.models import Meeting, Notice, Series
from tumorboard.storage.queries import answers, notices, preparations
from tumorboard.storage.queries import calendar_entries as held
from tumorboard.storage.queries import meetings as questions
from tumorboard.storage.queries import series as series_questions
from tumorboard.vocabulary import AuditAct, NoticeKind, NoticeState, Permission


def retry(failed: Notice, by: Actor) -> list[Notice]:
    """A new notice in the place of one that failed, saying what is true now; the failed one stays as it is."""
    meeting, series = _about(failed)
    demand(by, Permission.RETRY_NOTICE, meeting or (series.board if series else None))
    if failed.state is not NoticeState.FAILED or notices.was_sent_again(failed.id):
        raise Refused(Code.NOT_NOW, "This notice is on its way again already.")
    only = {failed.person_id}
    if series is not None:
        owed = series_entries.settle(series, by, only=only, of=meeting, again_of=failed)
    elif meeting is not None and failed.kind.carries_calendar:
        owed = invitations.settle(meeting, invitations.facts_of(meeting), by, only=only, again_of=failed)
    else:
        owed = _beside_the_calendar(failed, meeting, by) if meeting else []
    if not owed:
        raise Refused(Code.NOT_NOW, "There is nothing to send any more: this person has been told something newer.")
    audit.record(by, AuditAct.NOTICE_RETRIED, subjects=[failed.id, *([meeting.id] if meeting else [])])
    return owed


def _about(failed: Notice) -> tuple[Meeting | None, Series | None]:
    """What a notice is about, locked: a meeting, or where it speaks of a whole series that and perhaps one date."""
    meeting = questions.meeting_to_change(failed.meeting_id) if failed.meeting_id else None
    entry = failed.calendar_entry
    of_series = failed.kind.about_a_series and entry is not None and entry.series_id is not None
    series = series_questions.series_to_change(entry.series_id) if of_series and entry and entry.series_id else None
    if meeting is None and series is None:
        raise absent()
    return meeting, series


def _beside_the_calendar(failed: Notice, meeting: Meeting, by: Actor) -> list[Notice]:
    if failed.kind is NoticeKind.ANSWER_ASKED:
        silent = held.holders(meeting) - set(answers.answers_to([meeting.id]).get(meeting.id, {}))
        still = {failed.person_id: failed.reason} if failed.person_id in silent else {}
        return invitations.send_reminder(meeting, still, by, occasion=str(failed.id), again_of=failed)
    everybody = invitations.invited(meeting)
    still = {failed.person_id: everybody[failed.person_id]} if failed.person_id in everybody else {}
    if failed.kind is NoticeKind.PREPARATION_ASKED:
        cases = +Counter({each: preparations.waiting_at(failed.person, meeting.id, by.at) for each in still})
        return invitations.send_preparation(meeting, cases, still, by, occasion=str(failed.id), again_of=failed)
    case_id = Facts.from_json(failed.facts).case_id
    if case_id:
        prepared = preparations.who_prepared(case_id, meeting.id)
        looks = dict.fromkeys(still, failed.id)
        return invitations.send_amended(meeting, case_id, looks, by, prepared=prepared, again_of=failed)
    return invitations.send_agenda(meeting, still, by, again_of=failed)
