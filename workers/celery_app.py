"""The Celery application: ``celery --app=workers.celery_app worker`` and ``… beat``."""

import os
from typing import Any

from celery import Celery, Task
from celery.signals import worker_process_init
from flask import Flask
from kombu import Queue

from tumorboard import create_app
from tumorboard.config import load_settings
from tumorboard.logs import start_logging
from tumorboard.storage.db import db

settings = load_settings(os.environ)
flask_app: Flask = create_app(settings)
start_logging(settings.log_level)


class InApplication(Task):  # type: ignore[type-arg]
    """A task with the Flask application's context, as a request has it."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with flask_app.app_context():
            return super().__call__(*args, **kwargs)


celery_app = Celery("tumorboard", broker=settings.redis_url, task_cls=InApplication)
celery_app.conf.update(
    include=["workers.relay", "workers.deliver", "workers.sweep"],
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    # The outbox repeats what a dead worker left, so the queue need not know what was taken. It must not either:
    # kombu 5.7 ends the worker when it gives such messages back over a connection that Redis has closed.
    task_queues=[Queue("celery", no_ack=True)],
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={"socket_keepalive": True, "visibility_timeout": 60},
    beat_schedule={
        # An old tick is worth nothing: it does not pile up while nobody listens.
        "relay": {"task": "workers.relay", "schedule": 1.0, "options": {"expires": 2}},
    },
)


@worker_process_init.connect
def _own_connections(**_: object) -> None:
    """A forked process must not share its parent's connections."""
    with flask_app.app_context():
        db.engine.dispose(close=False)
