"""Today: what needs this person, in order."""

from typing import Any

from flask import Blueprint, g, render_template
from flask_login import current_user

from tumorboard.domain import cases, drafts, external_access
from tumorboard.domain import needs as wishes
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import held_over
from tumorboard.domain.preparation_requests import late_on_boards_of
from tumorboard.storage.models import Meeting, Person
from tumorboard.storage.queries import agendas, board_members, meetings, notices, slot_polls
from tumorboard.storage.queries import cases as case_questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.guide import guides_of
from tumorboard.web.standing import standing_in

blueprint = Blueprint("today", __name__)

LEADS = (BoardRole.CHAIR, BoardRole.COORDINATOR)
CASES, MEETINGS = 8, 6
"""How many rows of each stand on the page; all of them are a click away."""


@blueprint.get("/")
@needs(Permission.SEE_OWN_WORK)
def show() -> str:
    person: Person = current_user.person
    held = held_over(actor())
    submits = held.may(Permission.SUBMIT_CASE)
    with transaction():
        return render_template(
            "today/show.html",
            submits=submits,
            may_found=held.may(Permission.ADD_BOARD),
            **(_own_cases(actor()) if submits else {}),
            opened=external_access.list_opened(actor()) if person.external else [],
            **_meetings(person),
        )


def _own_cases(by: Actor) -> dict[str, Any]:
    return {
        "drafts": drafts.list_drafts(by),
        "cases": cases.list_own(by, limit=CASES),
        "unasked": wishes.list_unasked(by, CASES),
    }


def _meetings(person: Person) -> dict[str, Any]:
    """Coming meetings with this person's role; for those of boards they lead, what is on the agenda and what failed."""
    roles = board_members.roles_by_board(person.id, g.at)
    coming = meetings.coming_meetings_of_person(person.id, g.at, MEETINGS)
    led = [meeting.id for meeting in coming if _leads(roles, meeting)]
    boards = board_members.boards_of(person.id, g.at, LEADS)
    return {
        "meetings": coming,
        "standing": standing_in(coming, actor()),
        "listed": agendas.listed_counts(led),
        "failed": notices.failed_counts(led),
        "failed_series": notices.failed_series_counts(board.id for board in boards),
        "led": set(led),
        "boards": boards,
        "guides": guides_of(board_members.boards_of(person.id, g.at, (BoardRole.COORDINATOR,))),
        "late": late_on_boards_of(person, g.at),
        "waiting": case_questions.submitted_counts(board.id for board in boards),
        "polls": slot_polls.open_polls(board.id for board in boards),
    }


def _leads(roles: dict[Any, BoardRole], meeting: Meeting) -> bool:
    return roles.get(meeting.board_id) in LEADS
