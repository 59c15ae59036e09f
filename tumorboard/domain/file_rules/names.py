"""A file's name as something to read: no path, nothing that cannot be seen or turns the direction of reading."""

import unicodedata

from tumorboard import words

LONGEST = 120
_JOINERS = "\u200c\u200d"
"""Scripts need these two among the characters that cannot be seen."""


def file_name(given: str) -> str:
    """The name that is kept for a file whose sender called it ``given``; its ending stays what a program would see."""
    seen = "".join(character for character in words.one_line(given) if _is_seen(character))
    last = unicodedata.normalize("NFC", seen).replace("\\", "/").rpartition("/")[2].rstrip(" .")
    stem, dot, ending = last.rpartition(".")
    if not dot:
        stem, ending = ending, ""
    return f"{_short(stem) or 'Unnamed'}{dot}{_short(ending)}"


def _is_seen(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in {"Cf", "Co", "Cn"}


def _short(part: str) -> str:
    return part.strip(" .")[:LONGEST].rstrip()
