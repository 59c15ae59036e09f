"""What every version of a minimum data set must be: its items known apart, and each of them asked of somebody."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, count

from tumorboard.domain.minimum_data_sets import DataSet, Item
from tumorboard.errors import Code, Refused
from tumorboard.vocabulary import ItemNeed, When


def refuse_unfit(data_set: DataSet, written: str = "") -> None:
    """Refuses what could not be asked, with what to do; ``written`` is the key of the item that somebody changed."""
    _refuse_same_name(data_set, data_set.item(written))
    for item in data_set.items:
        if item.when is When.IF_ANSWER:
            _refuse_unanswerable(data_set, item, "if_answers" if item.key == written else "answers")
    if not any(item.need is ItemNeed.MUST and item.when is When.ALWAYS for item in data_set.items):
        raise Refused(Code.WRONG, "Nothing would be needed of every case: at least one item must be.", field="need")


def key_of(label: str, known: set[str]) -> str:
    """What an item is known by for good: its label in lower case, ``her2_ish``; with a number where that is taken."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "item"
    numbered = (f"{stem}_{number}" for number in count(2))
    return next(key for key in chain([stem], numbered) if key not in known)


def _refuse_same_name(data_set: DataSet, item: Item | None) -> None:
    if item and any(each.label.casefold() == item.label.casefold() for each in data_set.items if each is not item):
        raise Refused(Code.WRONG, f"“{item.label}” is asked already: give this item another name.", field="label")


def _refuse_unanswerable(data_set: DataSet, item: Item, field: str) -> None:
    other = data_set.item(item.if_item)
    if other is None or not item.if_answers:
        raise Refused(
            Code.WRONG, f"“{item.label}” waits for an answer that nobody is asked for: change it.", field=field
        )
    unknown = [answer for answer in item.if_answers if answer not in other.answers]
    if unknown:
        offered = ", ".join(other.answers)
        sentence = f"“{item.label}” waits for “{unknown[0]}”; the answers of “{other.label}” are: {offered or 'none'}."
        raise Refused(Code.WRONG, sentence, field=field)
    if item.key in _awaited(data_set, item):
        raise Refused(Code.WRONG, f"“{item.label}” and “{other.label}” wait for each other.", field=field)


def _awaited(data_set: DataSet, item: Item) -> Iterator[str]:
    """The item that this one waits for, the one which that one waits for, and so on; ends where it would come round."""
    seen: set[str] = set()
    each: Item | None = item
    while each and each.when is When.IF_ANSWER and each.if_item not in seen:
        seen.add(each.if_item)
        yield each.if_item
        each = data_set.item(each.if_item)
