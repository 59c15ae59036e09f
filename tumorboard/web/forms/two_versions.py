"""A form that two people have typed into at once: what differs, and which of the two is meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field

from tumorboard.domain.differences import Difference, Marks, Side, differences
from tumorboard.storage.models import BoardVersion, Needs, Person, SectionVersion
from tumorboard.web.forms.parts import (
    Said,
    Typed,
    marks_of,
    own_boxes,
    part_of,
    parts_of,
    read_marks,
    said_in,
    written_marks,
)

_AROUND = 60
"""Characters of what both have in common, before and after what differs."""


@dataclass(frozen=True)
class Words:
    """One side of a difference in words, shortened where both sides are the same."""

    before: str
    differing: str
    after: str


@dataclass(frozen=True)
class Shown:
    """A difference as people read it."""

    part: str
    label: str
    saved: Words
    here: Words
    side: Side | None
    asked: bool


@dataclass(frozen=True)
class TwoVersions:
    """What is saved, by whom and when, beside what stands on the page; ``version`` is the one that is saved."""

    shown: list[Shown]
    version: int | str
    by: Person | None
    at: datetime | None


def choices(post: MultiDict[str, str], version: int | str) -> dict[str, Side]:
    """What was chosen for each part, unless somebody has saved again since both were shown."""
    if post.get("shown") != str(version):
        return {}
    chosen = {name.removeprefix("keep-"): text for name, text in post.items() if name.startswith("keep-")}
    return {part: Side(text) for part, text in chosen.items() if text in list(Side)}


def found_differences(saved: Typed, here: Typed, base: Marks | None, chosen: Mapping[str, Side]) -> list[Difference]:
    return differences(parts_of(saved), parts_of(here), base, chosen)


def is_settled(found: list[Difference]) -> bool:
    """Whether it is known of each part which side is meant."""
    return all(each.side for each in found)


def together(saved: Typed, here: Typed, found: list[Difference]) -> dict[str, list[str]]:
    """The boxes as they are on the page, with those parts as saved of which that side is meant."""
    taken = {each.part for each in found if each.side is Side.SAVED}
    kept = {box: texts for box, texts in here.items() if part_of(box) not in taken}
    return kept | {box: texts for box, texts in saved.items() if part_of(box) in taken}


def brought_together(form: Any, post: MultiDict[str, str], saved: Typed, version: int) -> MultiDict[str, str]:
    """What was posted into a form that carries ``version`` and ``base``, with what was written since taken in.

    As it was posted while something is still to be chosen: the domain refuses that version.
    """
    found = _found_in(form, post, saved, version)
    if form.version.data == str(version) or not is_settled(found):
        return post
    return MultiDict(together(saved, own_boxes(form, post), found) | carried(saved, version))


def carried(saved: Typed, version: int) -> dict[str, list[str]]:
    """What such a form carries beside its boxes."""
    return {"version": [str(version)], "base": [written_marks(marks_of(saved))]}


def both_versions(
    form: Any,
    post: MultiDict[str, str],
    saved: Typed,
    as_saved: Iterable[Field],
    kept: SectionVersion | Needs | BoardVersion,
) -> TwoVersions:
    """What is kept, also drawn as the form ``as_saved``, beside what was posted."""
    found = _found_in(form, post, saved, kept.version)
    return TwoVersions(shown(as_saved, form, found), kept.version, kept.written_by, kept.written_at)


def _found_in(form: Any, post: MultiDict[str, str], saved: Typed, version: int) -> list[Difference]:
    chosen = choices(post, version)
    return found_differences(saved, own_boxes(form, post), read_marks(form.base.data), chosen)


def labels(form: Iterable[Field], found: list[Difference], side: Side) -> list[str]:
    """The parts of which one side is meant, in the form's order."""
    meant = {each.part for each in found if each.side is side}
    return [said.label for part, said in said_in(form).items() if part in meant]


def shown(saved: Iterable[Field], here: Iterable[Field], found: list[Difference]) -> list[Shown]:
    """The differences between two forms in words, in the order of the form."""
    as_saved, as_here = said_in(saved), said_in(here)
    order = [*as_here, *as_saved, *(each.part for each in found)]
    return [_shown(each, as_saved, as_here) for each in sorted(found, key=lambda each: order.index(each.part))]


def _shown(found: Difference, saved: dict[str, Said], here: dict[str, Said]) -> Shown:
    unasked = Said(found.part.removeprefix("item_").replace("_", " ").capitalize())
    one, other = saved.get(found.part), here.get(found.part)
    label = (other or one or unasked).label
    pair = _shortened((one or unasked).words, (other or unasked).words)
    return Shown(found.part, label, *pair, found.side, found.asked)


def _shortened(saved: str, here: str) -> tuple[Words, Words]:
    start = _alike(saved, here)
    end = _alike(saved[start:][::-1], here[start:][::-1])
    return _cut(saved, start, end), _cut(here, start, end)


def _cut(text: str, start: int, end: int) -> Words:
    """``end`` counts from the end. What differs begins and ends with a whole word."""
    start, stop = text.rfind(" ", 0, start) + 1, len(text) - end
    space = text.find(" ", stop)
    stop = space if space >= 0 else len(text)
    before, after = text[:start], text[stop:]
    before = f"…{before[-_AROUND:]}" if len(before) > _AROUND else before
    after = f"{after[:_AROUND]}…" if len(after) > _AROUND else after
    return Words(before, text[start:stop], after)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))
