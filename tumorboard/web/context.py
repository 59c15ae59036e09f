"""What every page behind the sign-in shows besides its own: the places to go, and who is signed in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g, request, url_for
from flask_login import current_user

from tumorboard import words
from tumorboard.domain import preparation_requests
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import held_over
from tumorboard.storage.models import Person
from tumorboard.storage.queries import board_members, break_glass, cases
from tumorboard.vocabulary import BoardRole, Permission
from tumorboard.web.access import actor

_LEADS_TO = {
    "members": "boards",
    "member_lists": "boards",
    "policies": "boards",
    "new_board": "boards",
    "slot_polls": "boards",
    "minimum_data_sets": "boards",
    "minimum_data_set_drafts": "boards",
    "patients": "cases",
    "care_team": "cases",
    "leaving_care_team": "cases",
    "needs": "cases",
    "attachments": "cases",
    "inviting": "people",
    "leaving": "people",
    "lost_factors": "people",
    "offices": "people",
    "hospitals": "people",
    "absences": "people",
    "external_access": "cases",
    "patient_corrections": "cases",
    "restricted": "cases",
    "summaries": "cases",
}
"""Under which place of the rail the pages of a blueprint lie that is none itself; all of one meeting are its own."""

LEADS = (BoardRole.CHAIR, BoardRole.COORDINATOR)


@dataclass(frozen=True)
class Place:
    """One entry of the rail. A count is work for this person; an alert is something that failed."""

    label: str
    endpoint: str
    icon: str
    permission: Permission
    count: int = 0
    alert: bool = False

    @property
    def url(self) -> str:
        return url_for(self.endpoint)

    @property
    def current(self) -> bool:
        here = "meetings" if "meeting_id" in (request.view_args or {}) else request.blueprint or ""
        return _LEADS_TO.get(here, here) == self.endpoint.partition(".")[0]


PLACES = (
    Place("Today", "today.show", "home", Permission.SEE_OWN_WORK),
    Place("Queue", "queue.show", "queue", Permission.SEE_QUEUE),
    Place("Cases", "cases.index", "cases", Permission.SUBMIT_CASE),
    Place("Preparation", "preparation.show", "prep", Permission.SEE_PREPARATION),
    Place("Meetings", "meetings.index", "meetings", Permission.SEE_OWN_WORK),
    Place("People", "people.index", "meetings", Permission.INVITE_PEOPLE),
    Place("Boards", "boards.index", "boards", Permission.SEE_BOARD),
    Place("Break-glass", "break_glass.index", "eye", Permission.REVIEW_BREAK_GLASS),
)


def init_app(app: Flask) -> None:
    app.context_processor(_page_context)


def _page_context() -> dict[str, Any]:
    if not current_user.is_authenticated:
        return {}
    person: Person = current_user.person
    places = _places(actor())
    return {
        "nav_items": places,
        "cases_step": _cases_step(places),
        "me": {
            "name": words.name_words(person.family_name, person.given_name),
            "about": f"{person.office.label if person.office else person.discipline.label}, {person.hospital.name}",
            "zone": words.zone_words(person.time_zone, g.at),
        },
        "person": person,
        "zone": person.time_zone,
        "today": g.at.astimezone(ZoneInfo(person.time_zone)).date(),
        "glasses": break_glass.open_now(person.id, g.at),
        "now": g.at,
        "sign_out_url": url_for("sign_in.leave"),
    }


def _cases_step(places: list[Place]) -> tuple[str, str]:
    """The outermost step of a breadcrumb over a case: the list of cases, or Today for who has none of their own."""
    place = next((place for place in places if place.permission is Permission.SUBMIT_CASE), places[0])
    return place.label, place.url


def _places(by: Actor) -> list[Place]:
    """Where this person may go, each with how much work waits for them there."""
    held = held_over(by)
    places = [place for place in PLACES if held.may(place.permission)]
    return [
        replace(place, count=_WAITING[place.permission](by)) if place.permission in _WAITING else place
        for place in places
    ]


def _to_triage(by: Actor) -> int:
    return cases.submitted_count(board.id for board in board_members.boards_of(by.person.id, by.at, LEADS))


_WAITING: dict[Permission, Callable[[Actor], int]] = {
    Permission.SEE_QUEUE: _to_triage,
    Permission.SEE_PREPARATION: preparation_requests.waiting_for,
}
