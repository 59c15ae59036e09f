"""The Flask application in which tasks run. Only workers load it: beat, and who asks after a worker, start light."""

from typing import Any

from celery import Task
from celery.signals import worker_process_init
from flask import Flask

from tumorboard.app import create_app
from tumorboard.storage.db import db
from workers.celery_app import settings

flask_app: Flask = create_app(settings)


class InApplication(Task):  # type: ignore[type-arg]
    """A task with the Flask application's context, as a request has it."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with flask_app.app_context():
            return super().__call__(*args, **kwargs)


@worker_process_init.connect
def _own_connections(**_: object) -> None:
    """A forked process must not share its parent's connections."""
    with flask_app.app_context():
        db.engine.dispose(close=False)
