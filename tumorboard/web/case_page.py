"""The page of one case: all about it, no tabs."""

from flask import render_template

from tumorboard.domain.lifecycle import allowed_actions
from tumorboard.domain.lifecycles import CASE
from tumorboard.domain.permissions import may
from tumorboard.errors import absent
from tumorboard.storage.models import Case
from tumorboard.storage.queries import agendas, audit_entries, care_team_members
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor
from tumorboard.web.forms.care_team import JoinForm
from tumorboard.web.forms.withdrawal import WithdrawForm


def case_page(case: Case, *, joining: JoinForm | None = None) -> str:
    """The whole page; ``joining`` is the refused form of somebody who was to join the care team."""
    if case.patient_id is None:
        raise absent()
    by = actor()
    item = agendas.item_of_case(case.id)
    joining = joining or JoinForm(formdata=None)
    joining.offer(care_team_members.people_not_on_team(case.patient_id))
    return render_template(
        "cases/show.html",
        case=case,
        item=item,
        starts_at=agendas.starts_at(item) if item else None,
        may_see_meeting=item is not None and may(by.person, Permission.SEE_MEETING, item.meeting),
        team=care_team_members.present_team(case.patient_id),
        may_change_team=may(by.person, Permission.CHANGE_CARE_TEAM, case),
        may_choose_guests=may(by.person, Permission.CHOOSE_GUESTS, case),
        form=joining,
        actions=[action.value for action in allowed_actions(case, CASE, by)],
        withdrawal=WithdrawForm(formdata=None, version=case.version),
        history=audit_entries.history_of_case(case.id, case.patient_id),
    )
