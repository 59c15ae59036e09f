"""Reading numbers out of bytes that may end anywhere."""

from typing import Literal

Order = Literal["little", "big"]


class NotWhole(Exception):  # noqa: N818 - said as people say it
    """The file is cut off, is damaged, or holds something else besides."""


def number(content: bytes, at: int, size: int, order: Order = "big") -> int:
    """The number in ``size`` bytes from ``at``; ``NotWhole`` where they are not all there."""
    if at < 0 or at + size > len(content):
        raise NotWhole
    return int.from_bytes(content[at : at + size], order)
