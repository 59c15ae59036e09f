"""No notice is lost, whatever dies; a repeat is the same mail to the last byte."""

from collections import Counter
from email import message_from_bytes

import pytest
import redis
from sqlalchemy import func, select

from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_member, a_person, an_actor
from tests.faults.conftest import Breakable
from tests.mailscript import Halt
from tests.waiting import until
from tumorboard.demo.mailbox import Mailbox, received, recipients
from tumorboard.domain import agenda
from tumorboard.storage.db import db
from tumorboard.storage.models import Hospital, Notice, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Discipline, NoticeState

pytestmark = pytest.mark.fault


def publish_to(members: int) -> None:
    """A published agenda on a board of so many, which owes each of them two mails."""
    coordinator = a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR))
    hospital = db.session.scalars(select(Hospital)).first()
    for _ in range(members - 1):
        a_member(board, a_person(hospital=hospital, discipline=Discipline.GENETICS))
    meeting = a_meeting(board)
    a_listed_case(meeting, a_case(board, coordinator))
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)


def unsent() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Notice.state != NoticeState.SENT)) or 0


def mails(mailbox: Mailbox) -> list[bytes]:
    return [mail.raw for address in recipients(mailbox.folder) for mail in received(mailbox.folder, address)]


def require_each_once_but_for_equal_repeats(mailbox: Mailbox, owed: int, repeats: int) -> None:
    copies = Counter(mails(mailbox))
    assert len(copies) == owed, "every repeat is byte-equal, and nothing is missing"
    assert len({message_from_bytes(mail)["Message-ID"] for mail in copies}) == owed
    assert sum(copies.values()) - owed <= repeats


def test_a_worker_killed_in_the_middle_of_200_invitations_loses_none(breakable: Breakable) -> None:
    publish_to(members=100)
    halt = breakable.script.at_data = Halt(at=60)
    breakable.service.start_beat()
    breakable.service.start_worker()
    assert halt.reached.wait(60)
    breakable.service.kill("worker")
    halt.go_on.set()
    assert unsent() > 100
    breakable.service.start_worker()
    until(lambda: unsent() == 0, "every notice to be sent", 90)
    # two processes sent, and each may have been in the middle of one
    require_each_once_but_for_equal_repeats(breakable.mailbox, owed=200, repeats=2)


def test_redis_flushed_and_stopped_loses_nothing_and_delivery_resumes(breakable: Breakable) -> None:
    halt = breakable.script.at_data = Halt(at=5)
    breakable.service.start_beat()
    breakable.service.start_worker()
    publish_to(members=20)
    assert halt.reached.wait(60)
    with redis.Redis.from_url(breakable.valkey.url) as client:
        client.flushall()
    breakable.valkey.stop()
    halt.go_on.set()
    until(lambda: unsent() == 0, "the batch in hand to be finished without Redis", 60)
    publish_to(members=5)
    assert unsent() == 10
    breakable.valkey.start()
    until(lambda: unsent() == 0, "delivery to resume", 90)
    require_each_once_but_for_equal_repeats(breakable.mailbox, owed=50, repeats=0)


def test_one_refused_recipient_stops_nobody_else(breakable: Breakable) -> None:
    publish_to(members=5)
    unlucky = db.session.scalars(select(Person.email).order_by(Person.email)).first()
    breakable.script.at_recipient = lambda envelope: (
        "550 5.1.1 No such user" if envelope.rcpt_tos[-1] == unlucky else None
    )
    breakable.service.start_beat()
    breakable.service.start_worker()
    until(lambda: unsent() == 2, "everybody else's mail", 60)
    until(lambda: states() == {NoticeState.SENT: 8, NoticeState.FAILED: 2}, "the two refusals", 30)
    assert unlucky not in recipients(breakable.mailbox.folder)


def states() -> dict[NoticeState, int]:
    db.session.rollback()
    return dict(db.session.execute(select(Notice.state, func.count()).group_by(Notice.state)).all())
