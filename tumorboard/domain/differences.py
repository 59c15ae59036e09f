"""Two people at one form at once, part by part: what only one of them changed is taken, of the rest one is chosen.

A part is what belongs together on a form, such as T, N and M, as the boxes that it is typed into.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

Boxes = Mapping[str, list[str]]
Parts = Mapping[str, Boxes]
Marks = Mapping[str, str]
"""For each part of a form a mark of what stood there when somebody began: it tells who has changed it since."""


MEANWHILE = "Somebody else has written here since you opened this page. Choose what stays."


class Side(StrEnum):
    """As it is saved, or as somebody has it on the page before them."""

    SAVED = "saved"
    HERE = "here"


@dataclass(frozen=True)
class Difference:
    """A part that is not the same on both sides. ``side`` is the one to take, none while it is ``asked`` and open."""

    part: str
    side: Side | None
    asked: bool


def mark(boxes: Boxes) -> str:
    """Tells apart what may stand in a part, without repeating it."""
    return blake2b(json.dumps(boxes, sort_keys=True).encode(), digest_size=8).hexdigest()


def marks(parts: Parts) -> Marks:
    return {name: mark(boxes) for name, boxes in parts.items()}


def differences(saved: Parts, here: Parts, base: Marks | None, chosen: Mapping[str, Side]) -> list[Difference]:
    """What differs, and what is to be taken of it. Without a known ``base`` each difference is asked."""
    names = [*saved, *(name for name in here if name not in saved)]
    sides = ((name, saved.get(name, {}), here.get(name, {})) for name in names)
    return [
        _difference(name, as_saved, as_here, base, chosen) for name, as_saved, as_here in sides if as_saved != as_here
    ]


def _difference(name: str, saved: Boxes, here: Boxes, base: Marks | None, chosen: Mapping[str, Side]) -> Difference:
    before = None if base is None else base.get(name, mark({}))
    if before == mark(saved):
        return Difference(name, Side.HERE, asked=False)
    if before == mark(here):
        return Difference(name, Side.SAVED, asked=False)
    return Difference(name, chosen.get(name), asked=True)
