"""The page of one case: all about it, no tabs."""

from typing import Any

from flask import render_template

from tumorboard.domain import meetings, needs, sections
from tumorboard.domain.actor import Actor
from tumorboard.domain.care_team import disciplines_of
from tumorboard.domain.completeness import of_case
from tumorboard.domain.lifecycle import allowed_actions
from tumorboard.domain.lifecycles import CASE
from tumorboard.domain.permissions import Held, held_over, may
from tumorboard.errors import absent
from tumorboard.storage.models import AgendaItem, Case, Needs
from tumorboard.storage.queries import agendas, audit_entries, care_team_members, codes, section_versions
from tumorboard.vocabulary import CodeSystem, Need, Permission, Section
from tumorboard.web.access import actor
from tumorboard.web.case_access import case_access
from tumorboard.web.forms.care_team import JoinForm
from tumorboard.web.forms.withdrawal import WithdrawForm


def case_page(case: Case) -> str:
    """The whole page."""
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
        access=case_access(case, held, by),
        item=item,
        starts_at=agendas.starts_at(item) if item else None,
        may_print=held.may(Permission.PRINT_CASE),
        may_see_meeting=item is not None and may(by, Permission.SEE_MEETING, item.meeting),
        team=care_team_members.present_team(case.patient_id, by.at),
        may_change_team=held.may(Permission.CHANGE_CARE_TEAM),
        may_choose_guests=held.may(Permission.CHOOSE_GUESTS),
        form=joining,
        **_presentation(case, held, item, by),
        actions=[action.value for action in allowed_actions(case, CASE, held)],
        withdrawal=WithdrawForm(formdata=None, version=case.version),
        history=audit_entries.history_of_case(case.id, case.patient_id),
    )


def _presentation(case: Case, held: Held, item: AgendaItem | None, by: Actor) -> dict[str, Any]:
    """What the board is to know of the case, how complete that is, and which of it this person may write."""
    written = needs.read(case, held)
    on = meetings.day_of_discussion(case, item, by)
    return {
        "complete": of_case(case, written, on),
        "on": on,
        "disciplines": disciplines_of(by.person),
        "results": {section: [each for each in case.results if each.section is section] for section in Section},
        "versions": section_versions.latest(case.id),
        "writable": sections.writable(case, held),
        "code_words": codes.words_of_codes(
            (CodeSystem.ICD10, case.icd10),
            (CodeSystem.MORPHOLOGY, case.morphology),
            (CodeSystem.TOPOGRAPHY, case.topography),
        ),
        **_needs(case, written, held, by),
    }


def _needs(case: Case, written: Needs | None, held: Held, by: Actor) -> dict[str, Any]:
    """What the section on needs and preferences shows, and to whom it shows nothing."""
    asked = needs.asks_social_work(written)
    return {
        "needs": written,
        "needs_hidden": held.by_break_glass_alone,
        "may_write_needs": held.may(Permission.WRITE_NEEDS),
        "need_words": {need.value: need.label for need in Need},
        "asks_social_work": asked,
        "social_workers": needs.social_workers(case, by) if asked else [],
    }
