"""*Find*: cases, people, boards and meetings by what somebody types, within their own sight."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import held_over, may
from tumorboard.errors import absent
from tumorboard.storage import sealing
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Board, Case, Meeting, Person, Search
from tumorboard.storage.queries import board_members, boards, break_glass, directory, meetings
from tumorboard.storage.queries import searches as questions
from tumorboard.storage.queries.searches import Sought
from tumorboard.vocabulary import AuditAct, Office, Permission

KEPT_FOR = timedelta(hours=12)
"""As long as a session lasts at the most (trust.md section 5)."""
MOST, MEETINGS = 20, 5


@dataclass(frozen=True)
class Found:
    """At most ``MOST`` of each, and the next ``MEETINGS``; ``more`` names the kinds of which there are others."""

    cases: list[Case] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    boards: list[Board] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    more: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        return len(self.cases) + len(self.people) + len(self.boards) + len(self.meetings)


def keep(text: str, by: Actor) -> UUID:
    """Keeps what somebody looks for under a new id, and forgets what they looked for in earlier sessions."""
    questions.forget(by.person.id, by.at - KEPT_FOR)
    search_id = new_id()
    sealed = sealing.seal(text, _place(search_id))
    db.session.add(Search(id=search_id, person_id=by.person.id, text=sealed, searched_at=by.at))
    return search_id


def kept(search_id: UUID, by: Actor) -> str:
    """What this person looked for; absent for everybody else."""
    search = questions.search_of(by.person.id, search_id)
    if search is None or by.at - search.searched_at > KEPT_FOR:
        raise absent()
    return sealing.unseal(search.text, _place(search_id))


def find(sought: Sought, by: Actor) -> Found:
    """What ``sought`` may mean, in this person's sight; the look at cases is recorded.

    What is open by break-glass alone is not found: its record is where it was opened.
    """
    in_sight, more_meant = questions.cases_found(sought, by.person.id, by.at, MOST + 1)
    cases = _without_broken_glass(in_sight, by)
    audit.record(
        by, AuditAct.CASES_LISTED, patients=[case.patient_id for case in cases], subjects=[case.id for case in cases]
    )
    people, boards_found, coming = _people(sought, by), _boards(sought, by), _meetings(sought, by)
    counts = {"cases": len(cases) + (MOST + 1) * more_meant, "people": len(people)}
    return Found(
        cases[:MOST],
        people[:MOST],
        boards_found[:MOST],
        coming[:MEETINGS],
        more=frozenset(kind for kind, count in counts.items() if count > MOST),
    )


def _without_broken_glass(cases: list[Case], by: Actor) -> list[Case]:
    broken = {glass.patient_id for glass in break_glass.open_now(by.person.id, by.at)}
    return [case for case in cases if case.patient_id not in broken or not held_over(by, case).by_break_glass_alone]


def _people(sought: Sought, by: Actor) -> list[Person]:
    if not sought.words or not may(by, Permission.SEE_PEOPLE):
        return []
    return directory.page_of_people(directory.Asked(at=by.at, text=" ".join(sought.words)))


def _boards(sought: Sought, by: Actor) -> list[Board]:
    everything = by.person.office is Office.ADMINISTRATOR
    known = boards.boards_to_list(None if everything else board_members.roles_by_board(by.person.id, by.at))
    return [board for board in known if _is_called(board, sought)]


def _meetings(sought: Sought, by: Actor) -> list[Meeting]:
    """Coming ones of this person: of a board so called, on that day, or both."""
    zone, coming = ZoneInfo(by.person.time_zone), meetings.coming_meetings_of_person(by.person.id, by.at)
    return [
        meeting
        for meeting in coming
        if (sought.words or sought.day)
        and (not sought.words or _is_called(meeting.board, sought))
        and sought.day in (None, meeting.starts_at.astimezone(zone).date())
    ]


def _is_called(board: Board, sought: Sought) -> bool:
    named = board.full_name.casefold()
    return bool(sought.words) and all(word in named for word in sought.words)


def _place(search_id: UUID) -> str:
    return f"search.text.{search_id}"
