"""What a board needs before it will discuss a case: data that a board edits, version by version, and never code.

A board begins with the templates of ``minimum_data_sets.toml``. A template becomes a board's version 1 when the first
case is submitted under it or somebody edits it, and from then on it is the board's own.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from tumorboard.storage.db import db
from tumorboard.storage.models import Board, Case, MinimumDataSet
from tumorboard.storage.queries import minimum_data_sets as questions
from tumorboard.vocabulary import CaseFact, Discipline, ItemNeed, Section, StageSystem, TumorType, When

TEMPLATES = Path(__file__).with_name("minimum_data_sets.toml")
SOMETHING_ELSE = "Something else"
"""The question type that every tumor type has."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that the board needs to know of a case."""

    key: str
    """Lower case, unique in its data set: ``her2_ish``."""
    label: str
    section: Section
    need: ItemNeed = ItemNeed.MUST
    when: When = When.ALWAYS
    when_words: str = ""
    """The condition of ``When.IF_IT_APPLIES``, for people to judge."""
    if_item: str = ""
    if_answers: tuple[str, ...] = ()
    """For ``When.IF_ANSWER``: asked once that item has one of these answers."""
    fresh_days: int | None = None
    """How old it may be on the day of the meeting; None where it does not age."""
    discipline: Discipline
    """Whose turn it is when it is missing."""
    answers: tuple[str, ...] = ()
    unit: str = ""
    help: str = ""
    fact: CaseFact | None = None
    """The field of the case's own form that answers it; None where a ``Result`` does."""


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """What one version asks of a case of one tumor type."""

    questions: tuple[str, ...]
    """Kinds of question that such a case brings: "Neoadjuvant treatment"."""
    tnm: bool = True
    systems: tuple[StageSystem, ...] = ()
    """The staging systems that apply, most usual first."""
    groups: tuple[str, ...] = ()
    """The stage groups of a system without T, N and M."""
    items: tuple[Item, ...]

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)

    def condition(self, item: Item) -> str:
        """When the item is asked, in words: ``Only if: high risk of spread``, ``HER2: 2+``, ``Always``."""
        if item.when is When.IF_IT_APPLIES:
            return f"Only if: {item.when_words}"
        other = self.item(item.if_item)
        if item.when is When.IF_ANSWER and other:
            return f"{other.label}: {' or '.join(item.if_answers)}"
        return item.when.label

    @property
    def asked_as_results(self) -> tuple[Item, ...]:
        """The items that the form asks because the data set does."""
        return tuple(item for item in self.items if item.fact is None)

    def to_json(self) -> dict[str, Any]:
        stored: dict[str, Any] = _DATA_SET.dump_python(self, mode="json")
        return stored


_DATA_SET: TypeAdapter[DataSet] = TypeAdapter(DataSet)
_ITEMS: TypeAdapter[tuple[Item, ...]] = TypeAdapter(tuple[Item, ...])


@dataclass(frozen=True)
class Version:
    """A data set with its place in the board's history; ``id`` is None while it is the template's and not yet kept."""

    id: UUID | None
    number: int
    since: datetime | None
    data_set: DataSet


@cache
def template(tumor_type: TumorType) -> DataSet:
    """The data set that a board begins with for this tumor type."""
    kind, common = _templates()[tumor_type.value], _templates()["common"]["items"]
    without = set(kind.get("without", ()))
    items = _ITEMS.validate_python([*(each for each in common if each["key"] not in without), *kind.get("items", ())])
    parts = {name: kind[name] for name in ("questions", "tnm", "systems", "groups") if name in kind}
    return replace(_DATA_SET.validate_python({**parts, "items": ()}), items=in_order(items))


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Section by section, within each as they come."""
    sections = list(Section)
    return tuple(sorted(items, key=lambda item: sections.index(item.section)))


def in_force(board_id: UUID, tumor_type: TumorType) -> Version:
    """The version that a case submitted now is kept under."""
    kept = questions.in_force(board_id, tumor_type)
    return in_force_among([kept] if kept else [], tumor_type)


def in_force_among(versions: list[MinimumDataSet], tumor_type: TumorType) -> Version:
    """The same of versions that were read already, newest first."""
    kept = next((each for each in versions if each.in_force_since), None)
    return version_of(kept) if kept else Version(None, 1, None, template(tumor_type))


def version_of(kept: MinimumDataSet) -> Version:
    return Version(kept.id, kept.version, kept.in_force_since, _read(kept))


def data_set_of(case: Case) -> DataSet:
    """What is asked of this case: by the version under which it was submitted. Raises ``ValueError`` for a draft."""
    if case.minimum_data_set:
        return _read(case.minimum_data_set)
    if case.board_id is None or case.tumor_type is None:
        raise ValueError("a case without board or tumor type has no minimum data set")
    return in_force(case.board_id, case.tumor_type).data_set


def data_sets_of(cases: Iterable[Case]) -> dict[UUID, DataSet]:
    """What is asked of each of these cases: each version is read once, however many cases are under it."""
    read: dict[object, DataSet] = {}
    asked: dict[UUID, DataSet] = {}
    for case in cases:
        under = case.minimum_data_set_id or (case.board_id, case.tumor_type)
        if under not in read:
            read[under] = data_set_of(case)
        asked[case.id] = read[under]
    return asked


def keep_in_force(board: Board, tumor_type: TumorType, at: datetime) -> MinimumDataSet:
    """The row of the version in force, made from the template where the board has none of its own yet."""
    questions.hold(board.id, tumor_type)
    kept = questions.in_force(board.id, tumor_type)
    if kept is None:
        kept = MinimumDataSet(
            board=board,
            tumor_type=tumor_type,
            version=1,
            content=template(tumor_type).to_json(),
            made_at=at,
            in_force_since=at,
        )
        db.session.add(kept)
        db.session.flush()
    return kept


def _read(kept: MinimumDataSet) -> DataSet:
    return _DATA_SET.validate_python(kept.content)


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads(TEMPLATES.read_text(encoding="utf-8"))
