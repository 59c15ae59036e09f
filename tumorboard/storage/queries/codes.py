"""Questions about the codes of ICD-10 and ICD-O-3."""

from collections.abc import Sequence
from itertools import islice

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from tumorboard.storage.db import db
from tumorboard.storage.models import Code
from tumorboard.vocabulary import CodeSystem

MOST = 12
_NAMES = 4 * MOST
"""So many names are looked at, since several may be of one code."""


def best_codes(system: CodeSystem, beginning: str, lexemes: Sequence[str]) -> dict[str, str]:
    """At most 12 codes with the name that was found, best first.

    First the code that is written like ``beginning`` and those that begin so, the short ones before; then the names in
    which each of ``lexemes`` begins a word, in any order, by their rank. Of several words the code comes last: it then
    serves who pasted it with words that this vocabulary does not have.
    """
    begins = Code.code.startswith(beginning, autoescape=True) & (Code.position == 0)
    holds = Code.lexemes.bool_op("@@")(cast(" & ".join(f"'{each}':*" for each in lexemes), TSQUERY))
    by_code = _part(system, 0 if len(lexemes) == 1 else 2, begins, func.length(Code.code))
    found = union_all(*(select(part.subquery()) for part in (by_code, _part(system, 1, holds, Code.rank)))).subquery()
    rows = db.session.execute(select(found.c.code, found.c.words).order_by(found.c.place, found.c.rank, found.c.code))
    best: dict[str, str] = {}
    for code, words in rows:
        best.setdefault(code, words)
    return dict(islice(best.items(), MOST))


def _part(
    system: CodeSystem, place: int, matches: ColumnElement[bool], rank: SQLColumnExpression[int]
) -> Select[str, str, int, int]:
    return (
        select(Code.code, Code.words, literal(place).label("place"), rank.label("rank"))
        .where(Code.system == system, matches)
        .order_by(rank, Code.code)
        .limit(_NAMES)
    )


def words_of(system: CodeSystem, code: str) -> str:
    """The code's preferred name; empty when the code is not there."""
    query = select(Code.words).where(Code.system == system, Code.code == code, Code.position == 0)
    return db.session.scalar(query) or ""


def words_of_codes(*asked: tuple[CodeSystem, str]) -> dict[str, str]:
    """The preferred name of each of these codes that is there, in one question."""
    wanted = [(system, code) for system, code in asked if code]
    if not wanted:
        return {}
    query = select(Code.code, Code.words).where(tuple_(Code.system, Code.code).in_(wanted), Code.position == 0)
    return {row.code: row.words for row in db.session.execute(query)}


def is_loaded(system: CodeSystem) -> bool:
    """Whether there is any code of the system."""
    return db.session.scalar(select(Code.position).where(Code.system == system).limit(1)) is not None


def replace_codes(system: CodeSystem, rows: Sequence[dict[str, object]]) -> None:
    """These rows instead of all that the system had."""
    db.session.execute(delete(Code).where(Code.system == system))
    if rows:
        db.session.execute(insert(Code), rows)
