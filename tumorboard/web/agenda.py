"""Building a meeting's agenda and publishing it."""

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import agenda, agenda_mail, cases, completeness, late_cases, meetings
from tumorboard.domain.actor import Actor
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Meeting, Notice
from tumorboard.storage.queries import agendas, preparations
from tumorboard.storage.queries.cases import counts_by_state
from tumorboard.storage.transaction import rehearsal, transaction
from tumorboard.vocabulary import CaseState, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.agenda import read_arrangement, read_chosen
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.forms.override import OverrideForm
from tumorboard.web.hears import hearing_of
from tumorboard.web.paging import after_words, one_page, read_after
from tumorboard.web.prepared import by_case, prepared
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("agenda", __name__, url_prefix="/meetings/<uuid:meeting_id>/agenda")


@blueprint.get("")
@needs(Permission.BUILD_AGENDA)
def show(meeting_id: UUID) -> Response | str:
    by = actor()
    with transaction():
        meeting = meetings.open_meeting(meeting_id, by, Permission.BUILD_AGENDA)
        if not meetings.is_open(meeting, by.at):
            return _to_the_meeting(meeting_id)
        slots = agenda.open_agenda(meeting, by)
        items, latest = agendas.listed_items(meeting.id), agendas.latest_version(meeting.id)
        zone = meeting.board.time_zone
        local = meeting.starts_at.astimezone(ZoneInfo(zone))
        return render_template(
            "agenda/show.html",
            meeting=meeting,
            slots=slots,
            items=items,
            listed=completeness.of_cases([item.case for item in items], meetings.day_of(meeting)),
            starts_at=local.hour * 60 + local.minute,
            ends_at=meeting.starts_at + timedelta(minutes=sum(item.minutes for item in items)),
            zone_word=words.time_words(meeting.starts_at, zone).partition(" ")[2],
            prepared=by_case(prepared(preparations.of_meeting(meeting.id), by, may_prepare=False)),
            latest=latest,
            changes=agenda.changes_in_words(items, latest),
            deadlines=late_cases.words_of(meeting, by.at),
            **_waiting(meeting, by),
        )


@blueprint.get("/add")
@needs(Permission.BUILD_AGENDA)
def ask_why(meeting_id: UUID) -> Response | str:
    """Says what a case lacks, or that it is late, and asks why it is listed nevertheless."""
    with refusals_told():
        page = _override(meeting_id, request.args, OverrideForm(formdata=None), asks=True)
        return page or _to_the_agenda(meeting_id)
    return _to_the_agenda(meeting_id, after=request.args.get("after"))


@blueprint.post("/add")
@needs(Permission.BUILD_AGENDA)
def add(meeting_id: UUID) -> Response | tuple[str, int]:
    """Lists a case; one that is late, or of which something is missing, asks for the reason first."""
    by, form = actor(), OverrideForm()
    with refusals_told():
        try:
            with transaction():
                meeting = _to_change(meeting_id, by)
                case = cases.case_to_change(read_chosen(request.form, "case"), by)
                override = form.override.text if form.validate() else ""
                agenda.put_on_agenda(meeting, case, by, override=override)
        except Refused as error:
            if error.field != form.override.name:
                raise
            if not form.errors:
                form.refuse(error.field, error.sentence)
            return _override(meeting_id, request.form, form), 422
        flash("Added at the end of the agenda.")
    return _to_the_agenda(meeting_id, after=request.args.get("after"))


def _override(meeting_id: UUID, given: MultiDict[str, str], form: OverrideForm, *, asks: bool = False) -> str:
    """The page that asks for the reason; empty for a case that is in time and of which nothing is missing.

    Whoever ``asks`` for it and may not list a late case is told so before they type.
    """
    by = actor()
    with transaction():
        meeting = meetings.open_meeting(meeting_id, by, Permission.BUILD_AGENDA)
        case = cases.open_case(read_chosen(given, "case"), by)
        complete = agenda.completeness_on_the_day(meeting, case)
        late = late_cases.is_late(meeting, case, by.at)
        if complete.ready and not late:
            return ""
        if late and asks:
            late_cases.require_allowed(meeting, by)
        return render_template(
            "agenda/add.html",
            meeting=meeting,
            case=case,
            missing=complete.missing,
            passed=late_cases.passed_words(meeting, by.at) if late else "",
            form=form,
        )


@blueprint.post("/take-off")
@needs(Permission.BUILD_AGENDA)
def take_off(meeting_id: UUID) -> Response:
    by, item_id = actor(), read_chosen(request.form, "item")
    with refusals_told(), transaction():
        meeting = _to_change(meeting_id, by)
        item = agendas.item(item_id, meeting.id)
        if item is None:
            raise Refused(Code.NOT_NOW, "This case is not on the agenda any more.")
        agenda.take_off_agenda(meeting, item, by)
        flash("Taken off. The case waits for a place again.")
    return _to_the_agenda(meeting_id)


@blueprint.post("/arrange")
@needs(Permission.BUILD_AGENDA)
def arrange(meeting_id: UUID) -> Response:
    """Saves order and minutes: for the page's script as JSON, for its buttons without scripts as the page again."""
    by, act = actor(), read_arrangement(request.form)
    if request.accept_mimetypes.best != "application/json":
        with refusals_told(), transaction():
            agenda.arrange(_to_change(meeting_id, by), act, by)
        return _to_the_agenda(meeting_id)
    with transaction():
        meeting = _to_change(meeting_id, by)
        agenda.arrange(meeting, act, by)
        changes = agenda.changes_in_words(agendas.listed_items(meeting.id), agendas.latest_version(meeting.id))
    saved = f"Saved {words.time_words(by.at, by.person.time_zone)}"
    return jsonify(saved=saved, revision=meeting.version, changes=changes)


@blueprint.get("/publish")
@needs(Permission.BUILD_AGENDA)
def confirm(meeting_id: UUID) -> Response | str:
    """Says what publishing would do, by doing it and undoing it."""
    by = actor()
    with refusals_told(), transaction():
        meeting = _to_change(meeting_id, by)
        items, latest = agendas.listed_items(meeting.id), agendas.latest_version(meeting.id)
        waits_until = agenda_mail.waits_until(meeting, latest, by.at)
        with rehearsal():
            hearing = hearing_of(agenda.publish(meeting, by, version=meeting.version))
        return render_template(
            "agenda/publish.html",
            meeting=meeting,
            next_version=latest.version + 1 if latest else 1,
            changes=agenda.changes_in_words(items, latest),
            items=items,
            hearing=hearing,
            waits_until=waits_until,
        )
    return _to_the_agenda(meeting_id)


@blueprint.post("/publish")
@needs(Permission.BUILD_AGENDA)
def publish(meeting_id: UUID) -> Response:
    by, version = actor(), read_number(request.form.get("version"))
    with refusals_told(), transaction():
        meeting = _to_change(meeting_id, by)
        owed = agenda.publish(meeting, by, version=version, at_once="at_once" in request.form)
        flash(f"Published. {words.count_words(len(owed), 'mail')} on the way{_waits_words(meeting, owed, by)}.")
        return _to_the_meeting(meeting_id)
    return _to_the_agenda(meeting_id)


def _waits_words(meeting: Meeting, owed: list[Notice], by: Actor) -> str:
    """How many of these mails wait, and until when; empty where none do."""
    due = [notice.due_at for notice in owed if notice.due_at and notice.due_at > by.at]
    return f", {len(due)} of them at {words.time_words(max(due), meeting.board.time_zone)}" if due else ""


def _waiting(meeting: Meeting, by: Actor) -> dict[str, Any]:
    """A page of the accepted cases that stand on no agenda, longest waiting first, as complete as on that day."""
    board, after = meeting.board, read_after(request.args.get("after"))
    found = cases.list_queue(board, CaseState.ACCEPTED, by, after=after)
    waiting, following = one_page(found, lambda case: case.state_since)
    return {
        "waiting": waiting,
        "complete": completeness.of_cases(waiting, meetings.day_of(meeting)),
        "late": {case.id for case in waiting if late_cases.is_late(meeting, case, by.at)},
        "may_be_late": late_cases.are_allowed(meeting, by),
        "waiting_count": counts_by_state(board.id).get(CaseState.ACCEPTED, 0),
        "after": after_words(after) if after else None,
        "next_after": after_words(following) if following else None,
        "now": by.at,
    }


def _to_change(meeting_id: UUID, by: Actor) -> Meeting:
    return meetings.meeting_to_change(meeting_id, by, Permission.BUILD_AGENDA)


def _to_the_agenda(meeting_id: UUID, after: str | None = None) -> Response:
    return redirect(url_for("agenda.show", meeting_id=meeting_id, after=after), 303)


def _to_the_meeting(meeting_id: UUID) -> Response:
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)
