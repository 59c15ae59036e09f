"""A refusal told on the page that follows the act, where whoever pressed the button looks next."""

from types import TracebackType

from flask import flash

from tumorboard.errors import Code, Refused

_ELSEWHERE = (Code.ABSENT, Code.NOT_ALLOWED)
"""Whoever may not do a thing does not see that page either: ``web.errors`` answers."""


class _Told:
    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        if not isinstance(error, Refused) or error.code in _ELSEWHERE:
            return False
        flash(error.sentence, "problem")
        return True


def refusals_told() -> _Told:
    """Goes around the transaction of an act, so that a refused one has been rolled back; then what follows runs."""
    return _Told()
