"""The calendar judge that lies beside the checkout: implementations nobody here wrote read the mails."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.post import Letter
from tumorboard.tree import TREE

JUDGE = TREE.parent / "shared" / "tools" / "calendar-judge"
PYTHON_JUDGES = ("icalendar", "recurring_ical_events", "vobject")


def require_judge() -> None:
    """Skips, with the reason, where the judge or what it needs is not there."""
    if not (JUDGE / "judge.py").exists():
        pytest.skip("not judged by ../shared/tools/calendar-judge: it is not there")
    missing = [name for name in PYTHON_JUDGES if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"not judged by ../shared/tools/calendar-judge: no {', '.join(missing)} in this environment")


def failures(letters: list[Letter], folder: Path) -> list[str]:
    """The lines of the judge on these mails, in their order, that say FAIL."""
    mails = folder / "mails"
    mails.mkdir()
    for number, letter in enumerate(letters):
        (mails / f"{number:04d}.eml").write_bytes(letter.raw)
    line = [sys.executable, "judge.py", "--mails", str(mails), "--skip", "thunderbird,eds,sabre,horde,libical"]
    said = subprocess.run(
        [*line, "--python", sys.executable, "--quiet"], cwd=JUDGE, capture_output=True, text=True, check=False
    )
    assert " passed, " in said.stdout, said.stdout + said.stderr
    found = [each for each in said.stdout.splitlines() if each.startswith("FAIL")]
    return found if _has_ical_js() else [each for each in found if not _is_absence_of_ical_js(each)]


def _has_ical_js() -> bool:
    node = shutil.which("node")
    if node is None:
        return False
    asked = [node, "--input-type=module", "--eval", "import 'ical.js'"]
    return subprocess.run(asked, cwd=JUDGE, capture_output=True, check=False).returncode == 0


def _is_absence_of_ical_js(line: str) -> bool:
    return line.split()[1:3] == ["judge.ran", "ical.js"]
