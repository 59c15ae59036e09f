"""The page of one case: all about it, no tabs."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from werkzeug.datastructures import MultiDict

from tumorboard.domain import (
    amendments,
    attachments,
    break_glass,
    hospitals,
    late_cases,
    meetings,
    needs,
    private_notes,
    sections,
)
from tumorboard.domain.actor import Actor
from tumorboard.domain.care_team import disciplines_of
from tumorboard.domain.completeness import of_case
from tumorboard.domain.earlier_decisions import decision_words
from tumorboard.domain.information_requests import asked_items
from tumorboard.domain.lifecycle import allowed_actions
from tumorboard.domain.lifecycles import CASE
from tumorboard.domain.minimum_data_sets import data_set_of
from tumorboard.domain.permissions import Held, held_over, may
from tumorboard.domain.timeline import timeline
from tumorboard.errors import absent
from tumorboard.storage.models import AgendaItem, Case, Needs
from tumorboard.storage.queries import (
    agendas,
    audit_entries,
    care_team_members,
    codes,
    information_requests,
    preparations,
    section_versions,
)
from tumorboard.vocabulary import CaseState, CodeSystem, Need, Permission, Section
from tumorboard.web.access import actor
from tumorboard.web.case_access import case_access
from tumorboard.web.forms.attachment import AttachForm
from tumorboard.web.forms.care_team import JoinForm
from tumorboard.web.forms.information_request import Answering
from tumorboard.web.forms.private_note import PrivateNoteForm
from tumorboard.web.forms.withdrawal import WithdrawForm
from tumorboard.web.prepared import Prepared, prepared


def case_page(
    case: Case, answer: Answering | None = None, note: PrivateNoteForm | None = None, unsent: Sequence[str] = ()
) -> str:
    """The whole page; ``answer`` or ``note`` is one that was typed and refused, ``unsent`` what came too late."""
    if case.patient_id is None:
        raise absent()
    by = actor()
    held = held_over(by, case)
    item = agendas.item_of_case(case.id)
    joining = JoinForm(formdata=None)
    joining.offer(care_team_members.people_not_on_team(case.patient_id, by.at))
    return render_template(
        "cases/show.html",
        case=case,
        unsent=unsent,
        access=case_access(case, held, by),
        item=item,
        starts_at=agendas.starts_at(item) if item else None,
        **_meeting_to_come(case, by),
        prepared=_prepared(item, held, by),
        may_print=held.may(Permission.PRINT_CASE),
        may_see_meeting=item is not None and may(by, Permission.SEE_MEETING, item.meeting),
        team=care_team_members.present_team(case.patient_id, by.at),
        may_change_team=held.may(Permission.CHANGE_CARE_TEAM),
        may_choose_guests=held.may(Permission.CHOOSE_GUESTS),
        form=joining,
        **_presentation(case, held, item, by),
        **_private_note(case, held, note),
        timeline=timeline(case, by),
        may_begin_again=held.may(Permission.BEGIN_AGAIN) and may(by, Permission.SUBMIT_CASE),
        asked=information_requests.open_request(case.id),
        answered=information_requests.answered_requests(case.id),
        answering=answer or (answering(case, by) if held.may(Permission.ANSWER_CASE) else None),
        actions=[action.value for action in allowed_actions(case, CASE, held)],
        withdrawal=WithdrawForm(formdata=None, version=case.version),
        history=audit_entries.history_of_case(case.id, case.patient_id),
    )


def _presentation(case: Case, held: Held, item: AgendaItem | None, by: Actor) -> dict[str, Any]:
    """What the board is to know of the case, how complete that is, and which of it this person may write."""
    written = needs.read(case, held)
    on = meetings.day_of_discussion(case, item, by)
    versions, complete = section_versions.latest(case.id), of_case(case, written, on)
    withheld = break_glass.withholds if held.by_break_glass_alone else _nothing
    results = [each for each in case.results if not withheld(each.section, each.label)]
    return {
        "complete": complete.of(lambda item: not withheld(item.section, item.label)),
        "on": on,
        "disciplines": disciplines_of(by.person),
        "results": {section: [each for each in results if each.section is section] for section in Section},
        "decisions": [decision_words(each) for each in case.earlier_decisions],
        "versions": versions,
        "amended": amendments.amended(item, versions, written),
        "asks_voice": any(item.section is Section.VOICE for item in data_set_of(case).asked_as_results),
        "writable": sections.writable(case, held),
        "code_words": codes.words_of_codes(
            (CodeSystem.ICD10, case.icd10),
            (CodeSystem.MORPHOLOGY, case.morphology),
            (CodeSystem.TOPOGRAPHY, case.topography),
        ),
        **_needs(written, held),
        "launch_links": hospitals.launch_links(case),
        "attachments": attachments.listed(case, held),
        "may_attach": attachments.may_be_changed(case, held),
        "attaching": AttachForm(formdata=None),
    }


def _prepared(item: AgendaItem | None, held: Held, by: Actor) -> list[Prepared]:
    """How far each discipline is with the case for the meeting it is listed for; once that is over, who prepared.

    Broken glass does not show it: a sentence for the meeting may say what a patient needs.
    """
    if item is None or held.by_break_glass_alone:
        return []
    asked, is_over = preparations.of_case(item.case_id, item.meeting_id), item.meeting.ends_at <= by.at
    shown = [each for each in asked if each.touched_at] if is_over else asked
    return prepared(shown, by, may_prepare=held.may(Permission.PREPARE_CASE) and not is_over)


def _meeting_to_come(case: Case, by: Actor) -> dict[str, Any]:
    """For a case that still waits for a place, the meeting for which it is in time, and that meeting's cut-off."""
    waits = case.state in (CaseState.SUBMITTED, CaseState.RETURNED, CaseState.ACCEPTED)
    meeting = late_cases.next_in_time(case.board, by.at, case.submitted_at) if waits and case.board else None
    return {"in_time": meeting, "cutoff": late_cases.cutoff_for(meeting) if meeting else None}


def _nothing(_section: Section, _label: str) -> bool:
    return False


def _private_note(case: Case, held: Held, typed: PrivateNoteForm | None) -> dict[str, Any]:
    """The coordinators' note and its form; nothing of either for everybody else."""
    if not held.may(Permission.KEEP_PRIVATE_NOTE):
        return {"private_note": None, "note_form": None}
    kept = private_notes.read(case, held)
    form = typed or PrivateNoteForm(formdata=None)
    if typed is None:
        form.show(kept)
    elif kept:
        form.version.data = str(kept.version)
    return {"private_note": kept, "note_form": form}


def answering(case: Case, by: Actor, typed: MultiDict[str, str] | None = None) -> Answering | None:
    """The fields that were asked for, with what was typed; none where nothing is asked."""
    request = information_requests.open_request(case.id)
    if request is None:
        return None
    held, asked = held_over(by, case), asked_items(case, request.items)
    writable = [item for item in asked if item.section is not Section.VOICE or held.may(Permission.WRITE_NEEDS)]
    written = needs.read(case, held)
    return Answering(case, writable, data_set_of(case), written, sections.today_of(by), typed)


def _needs(written: Needs | None, held: Held) -> dict[str, Any]:
    """What the section on needs and preferences shows, and to whom it shows nothing."""
    return {
        "needs": written,
        "needs_hidden": held.by_break_glass_alone,
        "may_write_needs": held.may(Permission.WRITE_NEEDS),
        "need_words": {need.value: need.label for need in Need},
        "asks_social_work": needs.asks_social_work(written),
    }
