"""Searching codes while somebody types, against one row by its key in the same table."""

import random
from collections.abc import Iterator

from sqlalchemy import create_engine, text

from benchmarks.figure import Figure, in_turns, seconds
from benchmarks.ground import Ground
from tumorboard.domain import codes
from tumorboard.storage.queries.codes import words_of
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import CodeSystem

MANY = 98_000
"""As many as ICD-10-CM has with all its digits."""
TYPED = ("c50.4", "upper outer quadrant breast", "malignant neoplasm lung left", "fracture femur initial")
_PARTS = (
    ("Malignant neoplasm", "Carcinoma in situ", "Benign neoplasm", "Fracture", "Open wound", "Contusion", "Burn"),
    ("upper outer quadrant", "lower inner quadrant", "upper lobe", "lower third", "head", "neck", "shaft", "wall"),
    ("breast", "lung", "femur", "pancreas", "stomach", "colon", "thigh", "bladder", "tongue", "orbit", "rib"),
    ("right", "left", "unspecified", "both sides"),
    ("initial encounter", "subsequent encounter", "sequela", "with hemorrhage", "with infection", "healing"),
)


def figures(ground: Ground) -> Iterator[Figure]:
    """Every stroke of a few texts, as a fast hand would ask for each; the table as large as ICD-10-CM."""
    with ground.app.app_context():
        with transaction():
            codes.replace_codes(CodeSystem.ICD10, invented())
        _analyze(ground.owner_url)
        strokes = [typed[:end] for typed in TYPED for end in range(2, len(typed) + 1)]
        ours, floor = in_turns(lambda: _search(strokes), lambda: _look_up(strokes))
    yield Figure(f"one key's search in {MANY:,} codes / one row by its key", ours, floor)


def _analyze(owner_url: str) -> None:
    """What PostgreSQL does by itself within a minute or two of a load."""
    engine = create_engine(owner_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("VACUUM ANALYZE code"))
    engine.dispose()


def invented() -> dict[str, list[str]]:
    """Codes of ICD-10's form with words that are as often shared as those of ICD-10-CM."""
    luck = random.Random(5)
    numbers = luck.sample(range(26 * 100 * 1000), MANY)
    written = (f"{chr(65 + each // 100_000)}{each // 1000 % 100:02}.{each % 1000:03}" for each in numbers)
    return {code: [" of ".join(luck.choice(part) for part in _PARTS)] for code in written}


def _search(strokes: list[str]) -> float:
    def search() -> None:
        for stroke in strokes:
            codes.find_codes(CodeSystem.ICD10, stroke)

    return seconds(search) / len(strokes)


def _look_up(strokes: list[str]) -> float:
    def look_up() -> None:
        for _ in strokes:
            words_of(CodeSystem.ICD10, "C50.411")

    return seconds(look_up) / len(strokes)
