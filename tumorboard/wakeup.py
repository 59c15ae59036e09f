"""Tells the workers that something is due. A hint through Redis, after the commit; losing it costs one relay tick."""

import structlog
from celery import Celery
from flask import Flask, current_app
from kombu.exceptions import OperationalError

DELIVER, MAKE_PACKS = "workers.deliver", "workers.packs"
QUEUE_SECONDS = 0.2
"""How long an act may wait for Redis before it goes on without."""

_log = structlog.get_logger(__name__)


def init_app(app: Flask, redis_url: str) -> None:
    """Gives the application its way to the workers."""
    queue = Celery("wakeup", broker=redis_url, set_as_current=False)
    queue.conf.update(
        task_ignore_result=True,
        broker_transport_options={
            "socket_connect_timeout": QUEUE_SECONDS,
            "socket_timeout": QUEUE_SECONDS,
            # Without these kombu goes on trying to connect for 6 s, whatever send_task is told.
            "max_retries": 0,
            "interval_start": 0,
            "interval_step": 0,
            "interval_max": 0,
        },
    )
    app.extensions["wakeup"] = queue


def notices_are_due() -> None:
    _tell(DELIVER)


def packs_are_due() -> None:
    _tell(MAKE_PACKS)


def _tell(task: str) -> None:
    """Best effort: an unreachable Redis is no reason for an act to fail, since the relay looks by itself."""
    queue: Celery = current_app.extensions["wakeup"]
    try:
        queue.send_task(task, retry=False)
    except OperationalError:
        _log.warning("wakeup_lost", task=task)
