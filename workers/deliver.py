"""Sends what is due: claims a batch, sends one mail after the other over one connection, marks each one's fate."""

import time
from uuid import UUID

import structlog

from tumorboard.domain import outbox
from tumorboard.mail.from_notice import letter_of
from tumorboard.mail.render import render
from tumorboard.storage.models import Notice
from tumorboard.storage.transaction import transaction
from workers import identity
from workers.application import InApplication
from workers.celery_app import celery_app, settings
from workers.smtp import Fate, MailServer, Outcome

BUSY_SECONDS = 45
"""After this long the task ends, and asks for another to go on."""
_log = structlog.get_logger(__name__)


@celery_app.task(name="workers.deliver", base=InApplication, soft_time_limit=150, time_limit=180)
def deliver() -> None:
    """Sends what is due; when that is much, another task goes on."""
    if send_what_is_due():
        deliver.apply_async()


def send_what_is_due() -> bool:
    """Until nothing is due that this worker may claim, or for a while: then the answer is that more may be due."""
    worker = identity.number()
    until = time.monotonic() + BUSY_SECONDS
    with MailServer(settings.smtp_server) as server:
        while batch := _claim(worker):
            for place, notice_id in enumerate(batch):
                if _deliver_one(notice_id, worker, server) in (Fate.HOLD, Fate.UNREACHABLE):
                    _give_back(batch[place + 1 :], worker)
                    return False
            if time.monotonic() > until:
                return True
    return False


def _claim(worker: int) -> list[UUID]:
    with transaction():
        return outbox.claim(worker)


def _give_back(notice_ids: list[UUID], worker: int) -> None:
    with transaction():
        outbox.give_back(notice_ids, worker)


def _deliver_one(notice_id: UUID, worker: int, server: MailServer) -> Fate | None:
    """Sends one mail and marks it; none when it was cancelled or is another worker's by now."""
    with transaction():
        notice = outbox.begin_sending(notice_id, worker)
    if notice is None:
        return None
    outcome = _send(notice, server)
    _log.info("notice_tried", notice=str(notice_id), fate=outcome.fate, code=outcome.said[:3], attempt=notice.attempts)
    with transaction():
        _MARKS[outcome.fate](notice_id, worker, outcome.said)
    return outcome.fate


def _send(notice: Notice, server: MailServer) -> Outcome:
    try:
        letter = letter_of(notice, base_url=settings.base_url, mail_from=settings.mail_from)
        mail = render(letter)
    except Exception as error:  # whatever is wrong with one mail must not stop the next
        _log.error("notice_unwritten", notice=str(notice.id), kind=type(error).__name__)
        return Outcome(Fate.UNWRITTEN, f"This mail could not be written ({type(error).__name__}).")
    return server.send(mail, sender=letter.from_address, recipient=letter.to_address)


_MARKS = {
    Fate.SENT: outbox.mark_sent,
    Fate.REFUSED_FOR_NOW: outbox.mark_refused_for_now,
    Fate.UNREACHABLE: outbox.mark_refused_for_now,
    Fate.REFUSED: outbox.mark_failed,
    Fate.UNKNOWN: outbox.mark_unknown,
    Fate.UNWRITTEN: outbox.mark_unwritten,
    Fate.HOLD: outbox.hold_delivery,
}
