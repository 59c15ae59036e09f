"""Flask, but an act that met another in a deadlock is done again."""

import structlog
from flask import Flask
from flask.typing import ResponseReturnValue
from psycopg.errors import DeadlockDetected, SerializationFailure
from sqlalchemy.exc import DBAPIError

TRIES = 3
_log = structlog.get_logger(__name__)


class Application(Flask):
    """A view runs in one transaction, so that running it again after a rollback is running it for the first time."""

    def dispatch_request(self) -> ResponseReturnValue:
        for attempt in range(1, TRIES):
            try:
                return super().dispatch_request()
            except DBAPIError as error:
                if not isinstance(error.orig, DeadlockDetected | SerializationFailure):
                    raise
                _log.warning("done_again", kind=type(error.orig).__name__, attempt=attempt)
        return super().dispatch_request()
