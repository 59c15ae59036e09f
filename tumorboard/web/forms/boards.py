"""Which boards the list shows, in which order: what stands in its address, and nothing that is wrong there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from tumorboard.storage.models import Board, Hospital
from tumorboard.web.forms.base import read_id, trimmed

PAGE = 20
CARE, NAME = "care", "name"


@dataclass(frozen=True)
class BoardsShown:
    """A view of the list; ``after`` is the address of the board that the page before ended with."""

    name: str = ""
    hospital: UUID | None = None
    order: str = CARE
    after: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Self:
        order = NAME if asked.get("order") == NAME else CARE
        return cls(trimmed(asked.get("name")), read_id(asked.get("hospital")), order, asked.get("after", ""))

    @property
    def is_filtered(self) -> bool:
        return bool(self.name or self.hospital)

    def page(self, boards: list[Board], care: Mapping[UUID, int]) -> tuple[list[Board], Self | None]:
        """One page of those that match, and the view of the next; ``boards`` come by name."""
        matching = [board for board in boards if self._matches(board)]
        if self.order == CARE:
            matching.sort(key=lambda board: -care.get(board.id, 0))
        slugs = [board.slug for board in matching]
        begin = slugs.index(self.after) + 1 if self.after in slugs else 0
        shown = matching[begin : begin + PAGE]
        more = len(matching) > begin + PAGE
        return shown, replace(self, after=shown[-1].slug) if more else None

    def address(self) -> dict[str, str]:
        """As it stands in an address."""
        stated = {"name": self.name, "hospital": self.hospital, "order": self.order, "after": self.after}
        return {name: str(value) for name, value in stated.items() if value}

    @staticmethod
    def hospitals_of(boards: list[Board]) -> list[Hospital]:
        """Every hospital that takes part in one of them, by name."""
        found = {hospital.id: hospital for board in boards for hospital in (board.hospital, *board.further_hospitals)}
        return sorted(found.values(), key=lambda hospital: hospital.name)

    def _matches(self, board: Board) -> bool:
        taking_part = {board.hospital_id, *(hospital.id for hospital in board.further_hospitals)}
        return self.name.casefold() in board.full_name.casefold() and self.hospital in (None, *taking_part)
