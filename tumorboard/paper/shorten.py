"""A sheet in versions of growing brevity, of which the page takes the first that fits."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from tumorboard.paper.plain import plain
from tumorboard.paper.sheet import CaseSheet, Index

LETTERS_OF_A_PAGE = 9000
"""More than any page holds: what is longer need not be laid out to know that it does not fit."""


@dataclass(frozen=True)
class Cut:
    """How much of each text and of each list is shown; whoever reads less than there is reads where the rest is."""

    letters: int
    rows: int
    rest: str
    latin: bool = False

    def length(self, value: Any) -> int:
        match value:
            case str():
                return min(len(value), self.letters)
            case dict():
                return sum(self.length(each) for each in value.values())
            case tuple():
                return sum(self.length(each) for each in value[: self.rows])
            case _:
                return 0

    def cut(self, value: Any) -> Any:
        match value:
            case str():
                return self._text(value)
            case dict():
                return {key: self._of(key).cut(each) for key, each in value.items()}
            case tuple():
                more = len(value) - self.rows
                rest = f"and {more} more: {self.rest}" if more > 0 else ""
                return {"rows": [self.cut(each) for each in value[: self.rows]], "rest": rest}
            case _:
                return value

    def _of(self, field: str) -> "Cut":
        """Who the patient is, is not shortened for the sake of what is said of them."""
        return replace(self, letters=120) if field in ("name", "mrns", "born", "sex") else self

    def _text(self, text: str) -> str:
        # What is plain may be shorter than what was typed, and longer.
        seen = text.strip()[: 2 * self.letters]
        shown = plain(seen, latin=self.latin)
        whole = len(shown) <= self.letters and len(seen) == len(text.strip())
        return shown if whole else f"{shown[: self.letters].rstrip()}… {self.rest}"


_CUTS = ((1300, 40), (900, 30), (600, 20), (400, 14), (250, 10), (150, 7), (90, 5), (55, 3), (30, 2), (15, 1))


def versions(sheet: CaseSheet, *, latin: bool = False) -> list[Any]:
    """From the most that a page could hold to what fits whatever was typed."""
    said, rest = asdict(sheet), f"see case {sheet.number}"
    cuts = [Cut(letters, rows, rest, latin) for letters, rows in _CUTS]
    return [each.cut(said) for each in cuts if each.length(said) < LETTERS_OF_A_PAGE or each is cuts[-1]]


def as_index(index: Index, *, latin: bool = False) -> Any:
    """The index whole: its list goes on over pages, and none of its texts is longer than a policy allows."""
    return Cut(letters=1_000, rows=len(index.places), rest="", latin=latin).cut(asdict(index))
