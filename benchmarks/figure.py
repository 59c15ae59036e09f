"""One line of the table."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 5


@dataclass(frozen=True)
class Figure:
    """Ours and the floor's, in seconds a piece; the ratio is what is compared with speed.md."""

    name: str
    ours: float
    floor: float
    more_is_better: bool = False
    """The floor is a rate to be reached, not a time to stay near."""

    @property
    def ratio(self) -> float:
        return self.floor / self.ours if self.more_is_better else self.ours / self.floor

    def __str__(self) -> str:
        return f"{self.name:58} {self.ours * 1000:7.1f} ms {self.floor * 1000:7.1f} ms {self.ratio:7.2f}"


def in_turns(ours: Callable[[], float], floor: Callable[[], float]) -> tuple[float, float]:
    """Medians of the seconds a piece that both answer, taken A B A B: a drifting machine troubles both alike."""
    ours(), floor()
    times = [(ours(), floor()) for _ in range(ROUNDS)]
    return median(a for a, _ in times), median(b for _, b in times)


def seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
