"""The agenda's order and minutes as its page posts them."""

from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from tumorboard.domain.agenda import Arrange
from tumorboard.errors import Code, Refused
from tumorboard.web.forms.base import read_id
from tumorboard.web.forms.numbers import read_number

_PLACES = {"up": -1, "down": 1}
_MINUTES = {"longer": 1, "shorter": -1}


def read_arrangement(form: MultiDict[str, Any]) -> Arrange:
    """The whole agenda, after the one step that a button without scripts asked for: up, down, longer or shorter."""
    order = [item_id for item_id in map(read_id, form.get("order", "").split(",")) if item_id]
    minutes = {item_id: read_number(form.get(f"minutes-{item_id}")) for item_id in order}
    for step, change in _MINUTES.items():
        chosen = read_id(form.get(step))
        if chosen in minutes:
            minutes[chosen] += change
    for step, places in _PLACES.items():
        order = _shifted(order, read_id(form.get(step)), places)
    return Arrange(tuple((item_id, minutes[item_id]) for item_id in order), read_number(form.get("revision")))


def read_chosen(form: MultiDict[str, Any], name: str) -> UUID:
    """The id of what a button was pressed for."""
    chosen = read_id(form.get(name))
    if chosen is None:
        raise Refused(Code.WRONG, "Choose a case from the page.", field=name)
    return chosen


def _shifted(order: list[UUID], chosen: UUID | None, places: int) -> list[UUID]:
    if chosen not in order:
        return order
    at = order.index(chosen)
    rest = [*order[:at], *order[at + 1 :]]
    to = min(max(at + places, 0), len(rest))
    return [*rest[:to], chosen, *rest[to:]]
