"""Lists page by key: where a page begins stands in its address as ``after``, a time and an opaque id."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from tumorboard.storage.db import Identified
from tumorboard.storage.queries.cases import PAGE, Place

Row = TypeVar("Row", bound=Identified)


def one_page(rows: list[Row], at: Callable[[Row], datetime]) -> tuple[list[Row], Place | None]:
    """Of the rows of a page and one more: the page, and the place where the next one begins; none at the end."""
    page = rows[:PAGE]
    return page, Place(at(page[-1]), page[-1].id) if len(rows) > len(page) else None


def after_words(place: Place) -> str:
    """``place`` as it stands in an address."""
    return f"{place.at.isoformat()}_{place.id}"


def read_after(text: str | None) -> Place | None:
    """The place that ``text`` means; the first page when it means none."""
    at, _, row_id = (text or "").partition("_")
    try:
        place = Place(datetime.fromisoformat(at), UUID(row_id))
    except ValueError:
        return None
    return place if place.at.tzinfo else None
