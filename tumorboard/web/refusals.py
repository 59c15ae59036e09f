"""A refusal told on the page that follows the act, where whoever pressed the button looks next."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import flash

from tumorboard.errors import Code, Refused

_ELSEWHERE = (Code.ABSENT, Code.NOT_ALLOWED)
"""Whoever may not do a thing does not see that page either: ``web.errors`` answers."""


@contextmanager
def refusals_told() -> Iterator[None]:
    """Around the transaction of an act that ends in a redirect, so that a refused act has been rolled back."""
    try:
        yield
    except Refused as error:
        if error.code in _ELSEWHERE:
            raise
        flash(error.sentence)
