"""The half-year, on the servers that the environment names: ``python -m tests.judge.live OWNER_URL MAILBOX OUT``."""

import json
import os
import sys
from email import message_from_bytes
from pathlib import Path

import time_machine

from tests.judge.half_year import END, MARKER, RANGE, tell
from tests.judge.truth import Truth
from tumorboard.app import create_app
from tumorboard.config import load_settings
from tumorboard.demo.mailbox import received, recipients
from tumorboard.domain import feeds
from tumorboard.domain.actor import Actor
from tumorboard.storage import migrate
from tumorboard.storage.queries import people
from tumorboard.storage.transaction import transaction
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
        subscribed = _feeds(truth, out / "feeds")
    states += [{"attendee": each, "starts": truth.starts(each)} for each in truth.people()]
    span = [f"{instant:%Y-%m-%dT%H:%M:%SZ}" for instant in RANGE]
    (out / "expect.json").write_text(json.dumps({"range": span, "states": states, "feeds": subscribed}))
    (out / "phi.txt").write_text(f"{MARKER}\n")


def _feeds(truth: Truth, folder: Path) -> list[dict[str, object]]:
    """Everybody's feed as it is served at the end, and what must be in it."""
    folder.mkdir()
    found: list[dict[str, object]] = []
    for address in truth.people():
        person = people.person_with_email(address)
        assert person
        with transaction():
            _, token = feeds.make("Judge", Actor(person, END, request_id="judge", address=""))
        with time_machine.travel(END):
            answer = flask_app.test_client().get(f"/feeds/{token}.ics")
        assert answer.status_code == 200
        name = f"{person.id}.ics"
        (folder / name).write_bytes(answer.data)
        found.append({"file": name, "starts": truth.starts(address)})
    return found


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
