"""What every page behind the sign-in shows besides its own: the places to go, and who is signed in."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g, request, url_for
from flask_login import current_user

from tumorboard import words
from tumorboard.domain.permissions import may
from tumorboard.storage.models import Person
from tumorboard.storage.queries import board_members, cases
from tumorboard.vocabulary import BoardRole, Permission

_LEADS_TO = {
    "agenda": "meetings",
    "meeting_changes": "meetings",
    "notices": "meetings",
    "members": "boards",
    "patients": "cases",
    "care_team": "cases",
}
"""Under which place of the rail the pages of a blueprint lie that is none itself."""

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
        here = request.blueprint or ""
        return _LEADS_TO.get(here, here) == self.endpoint.partition(".")[0]


def init_app(app: Flask) -> None:
    app.context_processor(_page_context)


def _page_context() -> dict[str, Any]:
    if not current_user.is_authenticated:
        return {}
    person: Person = current_user.person
    return {
        "nav_items": [place for place in _places(person) if may(person, place.permission)],
        "me": {
            "name": words.name_words(person.family_name, person.given_name),
            "about": f"{person.office.label if person.office else person.discipline.label}, {person.hospital.name}",
            "zone": words.zone_words(person.time_zone, g.at),
        },
        "person": person,
        "zone": person.time_zone,
        "today": g.at.astimezone(ZoneInfo(person.time_zone)).date(),
        "sign_out_url": url_for("sign_in.leave"),
    }


def _places(person: Person) -> list[Place]:
    waiting = cases.submitted_count(board.id for board in board_members.boards_of(person.id, LEADS))
    return [
        Place("Today", "today.show", "home", Permission.SEE_OWN_WORK),
        Place("Queue", "queue.show", "queue", Permission.SEE_QUEUE, count=waiting),
        Place("Cases", "cases.index", "cases", Permission.SUBMIT_CASE),
        Place("Meetings", "meetings.index", "meetings", Permission.SEE_OWN_WORK),
        Place("Boards", "boards.index", "boards", Permission.SEE_BOARD),
    ]
