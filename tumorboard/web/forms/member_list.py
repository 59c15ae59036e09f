"""A pasted list of a board's members: names, addresses or both, one a line, found in the directory or invited."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tumorboard import words
from tumorboard.domain import people
from tumorboard.domain.differences import mark
from tumorboard.domain.member_lists import Joining
from tumorboard.domain.people import InvitePerson
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Hospital, Person
from tumorboard.vocabulary import BoardRole, Discipline
from tumorboard.web.forms.inviting import MOST_LINES, cells_of, folded, parts_of


@dataclass(frozen=True)
class Directory:
    """What a list is read against."""

    people: list[Person]
    on_board: frozenset[object]
    """The ids of who is on the board already."""
    taken: frozenset[str]
    """The addresses that anybody has, in small letters."""
    own: Hospital
    domains: tuple[str, ...]
    may_invite: bool


@dataclass(frozen=True)
class Row:
    """One line: whom it means, as what, or what to do about it."""

    number: int
    text: str
    name: str = ""
    email: str = ""
    who: Person | InvitePerson | None = None
    discipline: Discipline | None = None
    board_role: BoardRole = BoardRole.CORE
    problem: str = ""
    is_there: bool = False
    """On the board already: nothing is to be done."""

    @property
    def key(self) -> str:
        """Names the line's own lists on the page, however many lines come before it."""
        return mark({"line": [self.text]})

    @property
    def is_new(self) -> bool:
        return not isinstance(self.who, Person)

    @property
    def joining(self) -> Joining | None:
        """The act of a line that is right."""
        ready = self.who is not None and not self.problem and not self.is_there
        return Joining(self.who, self.board_role) if ready and self.who else None


def filled_lines(text: str) -> list[str]:
    """Refused when there is none, or when there are too many."""
    filled = [line.strip() for line in text.splitlines() if line.strip()]
    if not filled:
        raise Refused(Code.WRONG, "Paste a list: a name or an address on each line.", field="text")
    if len(filled) > MOST_LINES:
        raise Refused(Code.WRONG, f"These are {len(filled)} lines. Send at most {MOST_LINES} at once.", field="text")
    return filled


def read_rows(text: str, chosen: Mapping[str, str], directory: Directory) -> list[Row]:
    """Every line with something on it; ``chosen`` are the lists of the page, where lines were put right."""
    rows = [_found(_read(n, line, chosen), directory) for n, line in enumerate(filled_lines(text), start=1)]
    first: dict[object, int] = {}
    for row in rows:
        first.setdefault(_identity(row), row.number)
    return [_alone(row, first[_identity(row)]) for row in rows]


def addresses_in(text: str) -> list[str]:
    return [address.lower() for address in re.findall(r"[^\s<>,;]+@[^\s<>,;]+", text)]


def _read(number: int, line: str, chosen: Mapping[str, str]) -> Row:
    """What the line says by itself, and what was chosen for it."""
    disciplines = {folded(name): each for each in Discipline for name in (each.label, each.value, each.code)}
    roles = {folded(name): each for each in BoardRole for name in (each.label, each.value)}
    row, names = Row(number, line), []
    try:
        cells = list(cells_of(re.sub(r" {2,}", "\t", line)))
    except csv.Error:
        return replace(row, problem="This line cannot be read. Type it again.")
    for cell in cells:
        said = folded(cell)
        if "@" in cell:
            row = replace(row, email=cell)
        elif said in disciplines:
            row = replace(row, discipline=disciplines[said])
        elif said in roles:
            row = replace(row, board_role=roles[said])
        else:
            names.append(cell)
    row = replace(row, name=", ".join(names)[:240])
    discipline, role = chosen.get(f"discipline-{row.key}", ""), chosen.get(f"role-{row.key}", "")
    return replace(
        row,
        discipline=next((each for each in Discipline if each == discipline), row.discipline),
        board_role=next((each for each in BoardRole if each == role), row.board_role),
    )


def _found(row: Row, directory: Directory) -> Row:
    if row.problem:
        return row
    known = people_meant(row.name, row.email, directory.people)
    if len(known) > 1:
        return replace(row, problem=f"{len(known)} people are called {row.name}: add the e-mail address to this line.")
    if known:
        person = known[0]
        name = words.name_words(person.family_name, person.given_name)
        there = person.id in directory.on_board
        return replace(row, who=person, name=name, email=person.email, discipline=person.discipline, is_there=there)
    return _to_invite(row, directory)


def people_meant(name: str, email: str, people: list[Person]) -> list[Person]:
    """By address where there is one; else everybody of whose name these words are."""
    if email:
        return [person for person in people if person.email.lower() == email.lower()]
    said = set(folded(name).split())
    return [each for each in people if said and said <= set(folded(f"{each.family_name} {each.given_name}").split())]


def _to_invite(row: Row, directory: Directory) -> Row:
    if not row.email:
        sentence = (
            f"Nobody is called {row.name} here. Add the e-mail address to this line."
            if row.name
            else ("There is neither a name nor an address in this line.")
        )
        return replace(row, problem=sentence)
    parts = list(parts_of(row.name))
    if len(parts) != 2 or not row.name.isprintable() or len(row.email) > 254:
        return replace(row, problem="Nobody here has this address. Add family name, comma, given name to invite them.")
    if row.discipline is None:
        return replace(row, problem=f"Choose a discipline for {row.name}.")
    if not directory.may_invite:
        return replace(row, problem="They have no account: ask the board's coordinator to invite them.")
    act = InvitePerson(row.email, parts[0], parts[1], row.discipline, directory.own.id)
    hindrance = people.hindrance_to(act, set(directory.taken), directory.domains)
    return replace(row, problem=hindrance.sentence) if hindrance else replace(row, who=act)


def _identity(row: Row) -> object:
    if isinstance(row.who, Person):
        return row.who.id
    return row.email.lower() if row.who else row.number


def _alone(row: Row, first: int) -> Row:
    if first == row.number:
        return row
    return replace(row, who=None, problem=f"Line {first} names this person too. Take one of them out.")
