"""Who does something, when, and from where: handed to every domain function that asks permission or leaves a trace."""

from dataclasses import dataclass
from datetime import datetime

from tumorboard.storage.models import Person


@dataclass(frozen=True)
class Actor:
    person: Person
    at: datetime
    """The present instant, aware."""
    request_id: str
    address: str
    """The client's network address."""
