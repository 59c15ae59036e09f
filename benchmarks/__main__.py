"""``make bench``: each figure against its floor, taken in turns, the median of the rounds."""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks import codes, delivery, guessing, pages, searches, series
from benchmarks.ground import standing_service


def main() -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tumorboard-bench-")))
        folder.chmod(0o755)
        ground = stack.enter_context(standing_service(folder, os.environ))
        print(f"{'figure':58} {'ours':>10} {'floor':>10} {'ratio':>7}")
        parts = (pages, delivery, codes, guessing, series, searches)
        for figure in (figure for part in parts for figure in part.figures(ground)):
            print(figure, flush=True)


main()
