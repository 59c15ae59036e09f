"""My meetings, coming and past; one meeting."""

from collections import Counter
from typing import Any
from uuid import UUID

from flask import Blueprint, g, render_template, request

from tumorboard import words
from tumorboard.domain import agenda, answers, late_cases, meetings, quorum, reminders
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import Held, held_over
from tumorboard.storage.models import Absence, Meeting, Person
from tumorboard.storage.queries import absences, agendas, external_accesses, notices
from tumorboard.storage.queries import meetings as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Discipline, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.paging import after_words, one_page, read_after
from tumorboard.web.standing import standing_in

blueprint = Blueprint("meetings", __name__)


@blueprint.get("/meetings")
@needs(Permission.SEE_OWN_WORK)
def index() -> str:
    by = actor()
    coming = questions.coming_meetings_of_person(by.person.id, g.at)
    return render_template("meetings/index.html", **_shown(coming, by))


@blueprint.get("/meetings/past")
@needs(Permission.SEE_OWN_WORK)
def past() -> str:
    by, after = actor(), read_after(request.args.get("after"))
    past_ones = questions.past_meetings_of_person(by.person.id, g.at, after)
    found, following = one_page(past_ones, lambda each: each.starts_at)
    next_after = after_words(following) if following else None
    return render_template("meetings/past.html", after=after, next_after=next_after, **_shown(found, by))


@blueprint.get("/meetings/<uuid:meeting_id>")
@needs(Permission.SEE_MEETING)
def show(meeting_id: UUID) -> str:
    by = actor()
    with transaction():
        meeting = meetings.open_meeting(meeting_id, by)
        held = held_over(by, meeting)
        return render_template(
            "meetings/show.html",
            meeting=meeting,
            slots=agenda.open_agenda(meeting, by),
            latest=agendas.latest_version(meeting.id),
            deadlines=late_cases.words_of(meeting, by.at) if held.may(Permission.SEE_FORECAST) else "",
            may_change=held.may(Permission.CHANGE_MEETING) and meetings.is_open(meeting, by.at),
            may_restore=held.may(Permission.CHANGE_MEETING) and meetings.is_cancelled_yet(meeting, by.at),
            may_print=held.may(Permission.BUILD_AGENDA),
            may_see_mails=held.may(Permission.SEE_DELIVERY),
            fates=notices.fates_of(notices.about_meeting(meeting.id)),
            sending=notices.sending_count(notices.about_meeting(meeting.id)),
            **_people_of(meeting, by, held),
            **_answers_to(meeting, by, held),
        )


def _people_of(meeting: Meeting, by: Actor, held: Held) -> dict[str, Any]:
    """Who is at the meeting, in whose place, from outside, and on which clocks."""
    members = [member.person for member in questions.members_to_invite(meeting)]
    guests, everyone = questions.present_guests(meeting), held.may(Permission.SEE_DELIVERY)
    return {
        "disciplines": _by_discipline(members),
        "guests": guests,
        "stand_ins": _stand_ins(meeting, {person.id for person in members}, by, all_of_them=everyone),
        "experts": external_accesses.open_to_meeting(meeting.id, by.at),
        "may_open": held.may(Permission.OPEN_TO_EXTERNAL),
        "elsewhere": _other_clocks(meeting, members + guests, by.person),
    }


def _answers_to(meeting: Meeting, by: Actor, held: Held) -> dict[str, Any]:
    """One's own answer; for members how the quorum looks, and for who leads the board what everybody said."""
    forecast = quorum.forecasts([meeting], by.at).get(meeting.id) if held.may(Permission.SEE_FORECAST) else None
    asks = forecast and held.may(Permission.ASK_FOR_ANSWERS)
    return {
        "may_answer": answers.may_be_given(meeting, by),
        "my_answer": answers.given_to(meeting).get(by.person.id),
        "forecast": forecast,
        "sees_answers": held.may(Permission.SEE_ANSWERS),
        "silence": reminders.silence_at(meeting, forecast, by.at) if forecast and asks else None,
        "next_reminder": reminders.next_by_policy(meeting, by.at),
    }


def _shown(listed: list[Meeting], by: Actor) -> dict[str, Any]:
    """Meetings with what this person is in each, and how full their agendas are."""
    return {
        "meetings": listed,
        "standing": standing_in(listed, by),
        "counts": agendas.listed_counts([meeting.id for meeting in listed]),
    }


def _by_discipline(members: list[Person]) -> list[tuple[Discipline, list[Person]]]:
    """The members of each discipline, in the glossary's order of disciplines."""
    return [
        (discipline, [person for person in members if person.discipline is discipline])
        for discipline in Discipline
        if any(person.discipline is discipline for person in members)
    ]


def _stand_ins(meeting: Meeting, members: set[UUID], by: Actor, *, all_of_them: bool) -> list[Absence]:
    """Who stands in for whom; of guests, who look after a patient, only to whom the mails say it too."""
    return [
        absence
        for _, absence in absences.stand_ins([meeting.id])
        if all_of_them or absence.person_id in members or by.person.id in (absence.person_id, absence.deputy_id)
    ]


def _other_clocks(meeting: Meeting, people: list[Person], reader: Person) -> Counter[str]:
    """When the meeting starts for people whose clocks are neither the board's nor the reader's, and for how many."""
    known = {words.moment_words(meeting.starts_at, zone) for zone in (meeting.board.time_zone, reader.time_zone)}
    starts = Counter(words.moment_words(meeting.starts_at, person.time_zone) for person in people)
    return Counter({moment: count for moment, count in starts.items() if moment not in known})
