"""Each worker looks at the table by itself: Redis may be away, and Celery may stay deaf after it came back."""

from datetime import timedelta
from threading import Event, Thread

import structlog
from celery.signals import worker_ready

from tumorboard.domain import outbox, packs
from tumorboard.storage.transaction import transaction
from workers.application import flask_app
from workers.deliver import send_what_is_due
from workers.packs import make_what_is_asked

EVERY = timedelta(seconds=10)
OVERDUE = timedelta(seconds=5)
"""The relay ticks every second; what has waited longer waits for a queue that does not answer."""

_never = Event()
_log = structlog.get_logger(__name__)


@worker_ready.connect
def start_sweeping(**_: object) -> None:
    """In the worker's parent process, beside the queue and independent of it."""
    Thread(target=_sweep_for_ever, name="sweep", daemon=True).start()


def sweep() -> None:
    """Does the work of the relay and of those whom it tells itself when something is overdue."""
    with transaction():
        outbox.free_lost_claims()
        overdue = outbox.is_overdue(OVERDUE)
        packs_wait = packs.is_due(OVERDUE)
    if overdue:
        _log.warning("queue_silent")
        send_what_is_due()
    if packs_wait:
        make_what_is_asked()


def _sweep_for_ever() -> None:
    while not _never.wait(EVERY.total_seconds()):
        try:
            with flask_app.app_context():
                sweep()
        except Exception as error:  # whatever it was, the next round may fare better
            _log.error("sweep_failed", kind=type(error).__name__)
