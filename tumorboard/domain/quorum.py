"""The quorum forecast: whether a meeting will have the disciplines without which its decisions do not stand.

Reckoned from the board's policy, who is on the board, absences with their deputies, the answers, and the types of the
listed cases. Guests are asked for one case and count for no discipline.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tumorboard import words
from tumorboard.storage.models import Absence, Answer, Board, Meeting, Person
from tumorboard.storage.queries import absences as absence_questions
from tumorboard.storage.queries import answers as answer_questions
from tumorboard.storage.queries import quorum as questions
from tumorboard.vocabulary import AnswerKind, CaseType, Discipline, Outlook, Presence

EARLY = timedelta(days=14)
"""So long before a meeting nobody needs to have answered."""


@dataclass(frozen=True)
class Seat:
    """Somebody who is to come, for themselves or in an absent member's place, and what they said."""

    person: Person
    in_place_of: Person | None
    answer: Answer | None

    @property
    def comes(self) -> bool:
        return self.answer is not None and self.answer.answer is AnswerKind.YES

    @property
    def declines(self) -> bool:
        return self.answer is not None and self.answer.answer is AnswerKind.NO


@dataclass(frozen=True)
class Bench:
    """The people of one discipline, and how much it is needed."""

    discipline: Discipline
    required: bool
    """For the whole meeting."""
    cases: int
    """How many listed cases need it besides."""
    seats: tuple[Seat, ...]
    uncovered: tuple[Person, ...]
    """Members who are absent, and whose deputy cannot be there."""

    @property
    def presence(self) -> Presence:
        if any(seat.comes for seat in self.seats):
            return Presence.EXPECTED
        return Presence.MISSING if all(seat.declines for seat in self.seats) else Presence.UNSURE

    @property
    def needed(self) -> bool:
        return self.required or self.cases > 0

    @property
    def coming(self) -> int:
        return sum(seat.comes for seat in self.seats)

    @property
    def silent(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.answer is None]

    @property
    def unsure(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.answer and seat.answer.answer is AnswerKind.MAYBE]

    @property
    def declined(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.declines]


@dataclass(frozen=True)
class Forecast:
    """How one meeting looks: by discipline, and in a few words."""

    benches: tuple[Bench, ...]
    """Every discipline of the board or that is needed, in the glossary's order."""
    seats: tuple[Seat, ...]
    far: bool
    """Whether the meeting is so far off that silence says nothing."""

    @property
    def lacking(self) -> list[Bench]:
        """What is needed and not expected, the missing first."""
        found = [each for each in self.benches if each.needed and each.presence is not Presence.EXPECTED]
        return sorted(found, key=lambda each: each.presence is Presence.UNSURE)

    @property
    def outlook(self) -> Outlook:
        if not self.lacking:
            return Outlook.WHOLE
        if self.lacking[0].presence is Presence.MISSING:
            return Outlook.MISSING
        return Outlook.EARLY if self.far else Outlook.OPEN

    @property
    def said(self) -> str:
        """``Every discipline``, ``No pathology``, ``No genetics, 1 case``, ``4 of 15 not answered``, ``Too early``"""
        if self.outlook is Outlook.MISSING:
            return _missing([each for each in self.lacking if each.presence is Presence.MISSING])
        if self.outlook is Outlook.OPEN:
            silent = sum(seat.answer is None for seat in self.seats)
            unsure = ", ".join(each.discipline.code for each in self.lacking)
            return f"{silent} of {len(self.seats)} not answered" if silent else f"{unsure} unsure"
        needed = any(each.needed for each in self.benches)
        whole = "Every discipline" if needed else "None required"
        return "Too early" if self.outlook is Outlook.EARLY else whole


def forecasts(meetings: Collection[Meeting], at: datetime) -> dict[UUID, Forecast]:
    """For each of these meetings that people can still answer to; the same four questions for all of them."""
    coming = [each for each in meetings if each.state in answer_questions.OPEN and each.ends_at > at]
    ids = [each.id for each in coming]
    members, types = questions.members_at(ids), questions.listed_case_types(ids)
    answers = answer_questions.answers_to(ids)
    away: dict[UUID, list[Absence]] = defaultdict(list)
    for meeting_id, absence in absence_questions.stand_ins(ids):
        away[meeting_id].append(absence)
    found = {}
    for each in coming:
        seats, uncovered = _seats(each, members[each.id], away[each.id], answers.get(each.id, {}))
        benches = _benches(each.board, types[each.id], seats, uncovered)
        found[each.id] = Forecast(benches, tuple(seats), far=each.starts_at > at + EARLY)
    return found


def _seats(
    meeting: Meeting, members: Iterable[Person], away: Iterable[Absence], answers: dict[UUID, Answer]
) -> tuple[list[Seat], list[Person]]:
    """Who is to come, each once, and who is absent without anybody in their place."""
    absences = {each.person_id: each for each in away}
    listed = list(members)
    seats = {each.id: Seat(each, None, answers.get(each.id)) for each in listed if each.id not in absences}
    uncovered = []
    for absent in listed:
        absence = absences.get(absent.id)
        if absence is None or absence.deputy_id in seats:
            continue
        if absence.deputy_id in absences or absence.deputy.has_left(meeting.starts_at):
            uncovered.append(absent)
        else:
            seats[absence.deputy_id] = Seat(absence.deputy, absent, answers.get(absence.deputy_id))
    return list(seats.values()), uncovered


def _benches(
    board: Board, types: Counter[CaseType], seats: Iterable[Seat], uncovered: Iterable[Person]
) -> tuple[Bench, ...]:
    sat, left_open = list(seats), list(uncovered)
    benches = (
        Bench(
            discipline=each,
            required=each in board.required_disciplines,
            cases=sum(count for kind, count in types.items() if each in board.case_type_disciplines.get(kind, ())),
            seats=tuple(seat for seat in sat if _is_of(seat.person, each)),
            uncovered=tuple(person for person in left_open if _is_of(person, each)),
        )
        for each in Discipline
    )
    return tuple(each for each in benches if each.seats or each.uncovered or each.needed)


def _is_of(person: Person, discipline: Discipline) -> bool:
    return person.discipline is discipline or discipline in person.other_disciplines


def _missing(benches: list[Bench]) -> str:
    """One by its name, with how many cases alone need it; several by their letters."""
    if len(benches) > 1:
        return f"No {', '.join(each.discipline.code for each in benches)}"
    (one,) = benches
    name = one.discipline.label.lower()
    return f"No {name}" if one.required else f"No {name}, {words.count_words(one.cases, 'case')}"
