"""What stands on paper, in words: plain rows that the templates lay out and that hold nothing else."""

from dataclasses import dataclass
from datetime import datetime

from tumorboard import words

_LETTER_ZONES = ("America/", "US/", "Canada/", "Pacific/Honolulu")


@dataclass(frozen=True)
class Fact:
    """What is said of something; ``pending`` when the board still waits for it."""

    about: str
    text: str
    pending: bool = False


@dataclass(frozen=True)
class Study:
    """An examination or a specimen: a row of the table."""

    about: str
    day: str
    number: str
    text: str


@dataclass(frozen=True, kw_only=True)
class CaseSheet:
    """One case on one page."""

    number: int
    name: str
    born: str
    sex: str
    mrns: str
    restricted: bool
    board: str
    meeting: str
    override: str
    """Why it was listed although incomplete or late, and by whom; empty where it was neither."""
    amended: str
    """What was changed since the agenda with the case went out; empty where nothing was."""
    prepared: str
    """How far each discipline is that was asked to prepare it; empty where none was."""
    kind: str
    urgency: str
    """Empty where the answer can wait for its turn."""
    question: str
    summary: str
    stage: tuple[Fact, ...]
    fitness: tuple[Fact, ...]
    wishes: tuple[Fact, ...]
    biomarkers: tuple[Fact, ...]
    labs: tuple[Fact, ...]
    studies: tuple[Study, ...]
    history: tuple[Fact, ...]
    timeline: tuple[Fact, ...]
    team: tuple[Fact, ...]
    completeness: str
    missing: str
    pending: str


@dataclass(frozen=True)
class Place:
    """When a case is discussed, and for how long; it has no name here, since this page lies on top."""

    starts_at: str
    minutes: int
    number: int


@dataclass(frozen=True)
class Index:
    """The first page of a pack."""

    board: str
    when: str
    room: str
    standing: str
    """What the board's policy puts on every agenda; may be empty."""
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Print:
    """Who prints it, when and on which paper: the foot of each page."""

    who: str
    at: datetime
    zone: str
    """Of the person who prints."""

    @property
    def foot(self) -> str:
        return f"Printed by {self.who}, {words.moment_words(self.at, self.zone)}"

    @property
    def size(self) -> str:
        """Letter for whoever is in a zone of the Americas or of Hawaii, A4 everywhere else, by typst's names."""
        return "us-letter" if self.zone.startswith(_LETTER_ZONES) else "a4"
