"""What a new version of a minimum data set changes: in words, and for the cases that are open."""

from dataclasses import dataclass
from enum import StrEnum

from tumorboard.domain.minimum_data_sets import DataSet, Item


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    OUT = "out"


@dataclass(frozen=True)
class Line:
    """What became of one property, as people read it."""

    name: str
    now: str
    before: str


@dataclass(frozen=True)
class Difference:
    """What became of one item, or of the question types (``key`` empty)."""

    key: str
    label: str
    kind: Kind
    lines: tuple[Line, ...] = ()


def differences(before: DataSet, after: DataSet) -> tuple[Difference, ...]:
    """Item by item in the order of the new version, then what is taken out, then order and question types."""
    changed = (_difference(before, after, item) for item in after.items)
    out = (Difference(item.key, item.label, Kind.OUT) for item in before.items if not after.item(item.key))
    return tuple(filter(None, [*changed, *out, _order(before, after), _questions(before, after)]))


def _difference(before: DataSet, after: DataSet, item: Item) -> Difference | None:
    old = before.item(item.key)
    now = properties(after, item)
    if old is None:
        return Difference(item.key, item.label, Kind.NEW, tuple(Line(name, now[name], "") for name in _OF_NEW))
    then = properties(before, old)
    lines = tuple(Line(name, text, then[name]) for name, text in now.items() if text != then[name])
    return Difference(item.key, item.label, Kind.CHANGED, lines) if lines else None


_OF_NEW = ("Needed", "When", "Whose turn")


def properties(data_set: DataSet, item: Item) -> dict[str, str]:
    """All that somebody can change of an item, in words."""
    return {
        "Item": item.label,
        "Needed": item.need.label,
        "When": data_set.condition(item),
        "Fresh for": fresh_words(item),
        "Whose turn": item.discipline.label,
        "Help": item.help or "none",
        "Section": item.section.label,
        "Answers": ", ".join(item.answers) or "in words",
        "Unit": item.unit or "none",
    }


def fresh_words(item: Item) -> str:
    """``30 d``, or ``No limit``."""
    return f"{item.fresh_days} d" if item.fresh_days is not None else "No limit"


def _order(before: DataSet, after: DataSet) -> Difference | None:
    """Whether what both ask stands in another order."""
    then = [item.key for item in before.items if after.item(item.key)]
    now = [item.key for item in after.items if before.item(item.key)]
    return Difference("", "Order of the items", Kind.CHANGED) if then != now else None


def _questions(before: DataSet, after: DataSet) -> Difference | None:
    if before.questions == after.questions:
        return None
    lines = (Line("Question types", ", ".join(after.questions), ", ".join(before.questions)),)
    return Difference("", "Question types", Kind.CHANGED, lines)
