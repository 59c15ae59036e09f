"""Lists page by key: where a page begins stands in its address as ``after``, a time and an opaque id."""

from datetime import datetime
from uuid import UUID

from tumorboard.storage.queries.cases import Place


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
