"""The queue, and what ticks: ``celery --app=workers.celery_app beat``. Workers start from ``workers.tasks``."""

import os

from celery import Celery
from kombu import Queue

from tumorboard.config import load_settings
from tumorboard.logs import start_logging

settings = load_settings(os.environ)
start_logging(settings.log_level)

celery_app = Celery("tumorboard", broker=settings.redis_url)
celery_app.conf.update(
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
        "packs": {"task": "workers.old_packs", "schedule": 3600.0, "options": {"expires": 3600}},
        "lists": {"task": "workers.old_lists", "schedule": 3600.0, "options": {"expires": 3600}},
        "series": {"task": "workers.series", "schedule": 3600.0, "options": {"expires": 3600}},
        "reminders": {"task": "workers.reminders", "schedule": 600.0, "options": {"expires": 600}},
        "certifications": {"task": "workers.certifications", "schedule": 3600.0, "options": {"expires": 3600}},
        "leavings": {"task": "workers.leavings", "schedule": 60.0, "options": {"expires": 60}},
    },
)
