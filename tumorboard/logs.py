"""Logs in one line of JSON each, with the keys that are on the list and no others: no name, path or form gets out."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

KEYS = frozenset(
    {
        "attempt",
        "code",
        "count",
        "event",
        "fate",
        "kind",
        "level",
        "logger",
        "lost",
        "method",
        "ms",
        "notice",
        "pack",
        "place",
        "request_id",
        "rule",
        "status",
        "task",
        "timestamp",
    }
)


def start_logging(level: str) -> None:
    """Our own events with allowed keys; what libraries log without its arguments, which may be anything."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _allowed_keys,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=max(logging.WARNING, logging.getLevelNamesMapping()[level]), format=_FORMAT, force=True)
    for handler in logging.getLogger().handlers:
        handler.addFilter(_without_arguments)


_FORMAT = (
    '{"event": "library", "kind": "%(kind)s", "level": "%(levelname)s", "logger": "%(name)s",'
    ' "place": "%(funcName)s:%(lineno)d"}'
)


def _allowed_keys(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in event.items() if key in KEYS}


def _without_arguments(record: logging.LogRecord) -> bool:
    raised = record.exc_info[0] if record.exc_info else None
    record.kind = raised.__name__ if raised else ""
    record.exc_info = record.exc_text = record.stack_info = None
    return True
