"""``make judge``: a half-year lived on real servers, every mail taken from SMTP and handed to the calendar judges."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.conftest import test_environment
from tumorboard.demo.mailbox import Mailbox
from tumorboard.demo.postgres import EmbeddedPostgres
from tumorboard.demo.valkey import EmbeddedValkey
from tumorboard.tree import TREE

USAGE = "Say where the calendar judges are: make judge JUDGES=/path/to/calendar-judge (its README says how to install)."


def main() -> int:
    judges = Path(sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] else TREE.parent / "shared/tools/calendar-judge")
    if not (judges / "judge.py").exists():
        print(USAGE, file=sys.stderr)
        return 2
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tumorboard-judge-")))
        folder.chmod(0o755)
        postgres = stack.enter_context(EmbeddedPostgres(folder / "postgres", durable=False))
        valkey = stack.enter_context(EmbeddedValkey(folder / "valkey", durable=False))
        mailbox = stack.enter_context(Mailbox(folder / "mail"))
        servers = test_environment(postgres.service_url, valkey.url, mailbox.url)
        live = [sys.executable, "-m", "tests.judge.live", postgres.url, str(mailbox.folder), str(folder / "out")]
        environment = {**os.environ, **servers, "TUMORBOARD_LOG_LEVEL": "ERROR"}
        subprocess.run(live, check=True, cwd=TREE, env=environment)
        return judge(judges, folder / "out")


def judge(judges: Path, out: Path) -> int:
    """Runs every judge that is installed; its last line says how many checks passed, failed or could not be run.

    ``JUDGE_SKIP`` names judges to leave out, ``JUDGE_KEEP`` a folder in which mails and expectations are kept.
    """
    command = [sys.executable, str(judges / "judge.py"), "--quiet", "--mails", str(out / "mails")]
    command += ["--feeds", str(out / "feeds")]
    command += ["--expect", str(out / "expect.json"), "--phi", str(out / "phi.txt"), "--replies", str(out / "replies")]
    skipped, kept = os.environ.get("JUDGE_SKIP"), os.environ.get("JUDGE_KEEP")
    ended = subprocess.run([*command, *(["--skip", skipped] if skipped else [])], check=False)
    if kept:
        shutil.copytree(out, kept, dirs_exist_ok=True)
    return ended.returncode


sys.exit(main())
