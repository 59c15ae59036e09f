"""Whole numbers that a page itself put into its form: versions, places, minutes."""

import re


def read_number(text: str | None) -> int:
    """The number that ``text`` means; 0, which is no version, place or length, when it means none."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else 0
