"""The four boards of the invented network: when and where they meet, and who sits on them."""

from dataclasses import dataclass
from datetime import time

from tumorboard.demo.hospital.people import CHICAGO, NEW_YORK
from tumorboard.vocabulary import BoardRole

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = 0, 1, 2, 3
"""As ``date.weekday()`` counts."""


@dataclass(frozen=True)
class BoardRecord:
    """A board that meets once a week; its members by family name."""

    name: str
    hospital: str
    time_zone: str
    weekday: int
    starts: time
    meeting_minutes: int
    minutes_per_case: int
    room: str
    video_link: str
    chair: str
    coordinator: str
    core: tuple[str, ...]
    extended: tuple[str, ...]
    observers: tuple[str, ...] = ()
    standing_text: str = ""
    leaving: tuple[tuple[str, int], ...] = ()
    """Whose last day is known: in so many days."""
    coming: tuple[tuple[str, BoardRole, int], ...] = ()
    """Who joins, as what, in how many days."""

    @property
    def slug(self) -> str:
        return self.name.lower()

    @property
    def members(self) -> list[tuple[str, BoardRole]]:
        """Everybody on the board with their role, chair and coordinator first."""
        return [
            (self.chair, BoardRole.CHAIR),
            (self.coordinator, BoardRole.COORDINATOR),
            *((name, BoardRole.CORE) for name in self.core),
            *((name, BoardRole.EXTENDED) for name in self.extended),
            *((name, BoardRole.OBSERVER) for name in self.observers),
        ]


BREAST = BoardRecord(
    name="Breast",
    hospital="Larkmoor",
    time_zone=NEW_YORK,
    weekday=WEDNESDAY,
    starts=time(13, 0),
    meeting_minutes=90,
    minutes_per_case=8,
    room="Aspen 2, Larkmoor Hospital",
    video_link="https://video.larkmoor.example/aspen-2",
    chair="Penhallow",
    coordinator="Hazelden",
    core=("Sorrel", "Ashgrove", "Vale", "Vantongeren", "Marlowe", "Kestrel", "Oduya"),
    extended=("Birdsong", "Quillon", "Winterbourne", "Lindgren-Okoro"),
    observers=("Ledgerwood",),
    standing_text="Phones silent. The patient's own question is read first.",
    leaving=(("Ledgerwood", 150),),
    coming=(("Rowanhill", BoardRole.EXTENDED, 24),),
)

THORACIC = BoardRecord(
    name="Thoracic",
    hospital="Larkmoor",
    time_zone=NEW_YORK,
    weekday=THURSDAY,
    starts=time(8, 0),
    meeting_minutes=60,
    minutes_per_case=10,
    room="Juniper 1, Larkmoor Hospital",
    video_link="https://video.larkmoor.example/juniper-1",
    chair="Cloudesley",
    coordinator="Inchbald",
    core=("Fennimore", "Ashgrove", "Vantongeren", "Marlowe", "Kestrel", "Pellander"),
    extended=("Halloway", "Rowanhill", "Greywether", "Birdsong", "Lindgren-Okoro"),
    observers=("Ledgerwood",),
)

GASTROINTESTINAL = BoardRecord(
    name="Gastrointestinal",
    hospital="Eastmere",
    time_zone=CHICAGO,
    weekday=TUESDAY,
    starts=time(15, 30),
    meeting_minutes=90,
    minutes_per_case=10,
    room="Lakeside 4, Eastmere Hospital",
    video_link="https://video.eastmere.example/lakeside-4",
    chair="Stonecroft",
    coordinator="Fairweather",
    core=("Tamarisk", "Brindle", "Bellwether", "Haverley", "Okafor-Lind", "Duskwell", "Silverthorn"),
    extended=("Amberley", "Applecross", "Redgrave-Moss", "Quillon", "Greywether"),
)

ONCOLOGY = BoardRecord(
    name="Oncology",
    hospital="Eastmere",
    time_zone=CHICAGO,
    weekday=MONDAY,
    starts=time(12, 0),
    meeting_minutes=60,
    minutes_per_case=10,
    room="Lakeside 2, Eastmere Hospital",
    video_link="https://video.eastmere.example/lakeside-2",
    chair="Brindle",
    coordinator="Lockridge",
    core=("Rowanhill", "Bellwether", "Haverley", "Okafor-Lind", "Duskwell", "Silverthorn"),
    extended=("Amberley", "Applecross", "Quillon", "Greywether", "Lindgren-Okoro"),
)
"""For every tumor that has no board of its own."""
