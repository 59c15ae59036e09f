"""Sending, against the same bytes over one persistent connection to the same mail server."""

import smtplib
import subprocess
import sys
from collections.abc import Iterator

from sqlalchemy import func, select, update

from benchmarks.figure import Figure, in_turns, seconds
from benchmarks.ground import Ground
from tumorboard.demo.mailbox import received, recipients
from tumorboard.storage.db import db
from tumorboard.storage.models import Notice
from tumorboard.tree import TREE
from tumorboard.vocabulary import NoticeState

TIMED = "from time import time; from workers.deliver import deliver; t = time(); deliver(); print(time() - t)"


def figures(ground: Ground) -> Iterator[Figure]:
    """The demo's 30 mails, owed and sent again each round by one worker process, without its start."""
    with ground.app.app_context():
        mails = db.session.scalar(select(func.count()).where(Notice.state != NoticeState.CANCELLED)) or 0
        ours, floor = in_turns(lambda: _deliver(ground, mails), lambda: _hand_over(ground))
    yield Figure(f"{mails} notices sent with two commits each / same bytes (0.4)", ours, floor, more_is_better=True)


def _owe_again() -> None:
    db.session.execute(
        update(Notice)
        .where(Notice.state != NoticeState.CANCELLED)
        .values(state=NoticeState.OWED, sent_at=None, due_at=func.now(), attempts=0)
    )
    db.session.commit()


def _deliver(ground: Ground, mails: int) -> float:
    _owe_again()
    line = [sys.executable, "-c", TIMED]
    said = subprocess.run(line, cwd=TREE, env=dict(ground.environment), check=True, capture_output=True, text=True)
    return float(said.stdout) / mails


def _hand_over(ground: Ground) -> float:
    folder = ground.mailbox.folder
    mails = [(address, mail.raw) for address in recipients(folder) for mail in received(folder, address)[:2]]

    def hand_over() -> None:
        with smtplib.SMTP("127.0.0.1", ground.mailbox.port) as server:
            for address, raw in mails:
                server.sendmail("boards@larkmoor.example", [address], raw)

    return seconds(hand_over) / len(mails)
