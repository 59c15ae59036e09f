"""The half-year, on the servers that the environment names: ``python -m tests.judge.live OWNER_URL MAILBOX OUT``."""

import json
import os
import sys
from email import message_from_bytes
from pathlib import Path

from tests.judge.half_year import MARKER, RANGE, tell
from tests.judge.truth import Truth
from tumorboard.app import create_app
from tumorboard.config import load_settings
from tumorboard.demo.mailbox import received, recipients
from tumorboard.storage import migrate
from workers.application import flask_app
from workers.deliver import send_what_is_due


def live(owner_url: str, mailbox: Path, out: Path) -> None:
    """Writes ``mails/`` as SMTP took them, ``expect.json`` from the truth, and ``phi.txt``."""
    with create_app(load_settings(os.environ | {"TUMORBOARD_DATABASE_URL": owner_url})).app_context():
        migrate.upgrade()
    (out / "mails").mkdir(parents=True)
    truth, states, seen = Truth(), [], set[tuple[str, str]]()
    with flask_app.app_context():
        for name in tell(truth):
            send_what_is_due()
            latest = _take(mailbox, out / "mails", seen)
            states += [
                {"attendee": each, "after": after, "starts": truth.starts(each)} for each, after in latest.items()
            ]
            print(f"{name:24} {len(seen):4} mails so far", flush=True)
    states += [{"attendee": each, "starts": truth.starts(each)} for each in truth.people()]
    span = [f"{instant:%Y-%m-%dT%H:%M:%SZ}" for instant in RANGE]
    (out / "expect.json").write_text(json.dumps({"range": span, "states": states, "feeds": []}))
    (out / "phi.txt").write_text(f"{MARKER}\n")


def _take(mailbox: Path, folder: Path, seen: set[tuple[str, str]]) -> dict[str, str]:
    """Writes the mails that have come since, in the order of their sending; each person's last one's file name."""
    new = [
        (mail.at, address, mail)
        for address in recipients(mailbox)
        for mail in received(mailbox, address)
        if (address, mail.key) not in seen
    ]
    last: dict[str, str] = {}
    for _, address, mail in sorted(new, key=lambda each: each[:2]):
        seen.add((address, mail.key))
        if b"text/calendar" in mail.raw:
            last[address] = f"{len(seen):04}.eml"
            (folder / last[address]).write_bytes(mail.raw)
            assert not message_from_bytes(mail.raw).defects
    return last


live(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
