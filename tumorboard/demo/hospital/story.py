"""Acts with their times, told in the order of time, so that audit entries and case numbers grow as they did in life."""

from collections.abc import Callable
from datetime import datetime
from operator import itemgetter


class Story:
    def __init__(self) -> None:
        self._acts: list[tuple[datetime, Callable[[], object]]] = []

    def add(self, at: datetime, act: Callable[[], object]) -> None:
        self._acts.append((at, act))

    def tell(self) -> None:
        """Does everything, earliest first; what happens at the same instant in the order of adding."""
        for _, act in sorted(self._acts, key=itemgetter(0)):
            act()
