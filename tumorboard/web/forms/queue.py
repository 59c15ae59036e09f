"""Which part of the queue somebody looks at, and accepting a case from it."""

from dataclasses import dataclass
from typing import Any, Self

from werkzeug.datastructures import MultiDict

from tumorboard.storage.queries.cases import Place
from tumorboard.vocabulary import CaseState
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.paging import after_words, read_after

TABS = (
    CaseState.SUBMITTED,
    CaseState.RETURNED,
    CaseState.ACCEPTED,
    CaseState.ON_AGENDA,
    CaseState.DEFERRED,
    CaseState.PROTOCOL_ROUTE,
)


@dataclass(frozen=True)
class QueueView:
    """A page of the queue as its address says it; what an address gets wrong is the first tab, the first page."""

    board: str | None
    state: CaseState
    newest_first: bool
    after: Place | None

    @classmethod
    def of(cls, args: MultiDict[str, str]) -> Self:
        return cls(
            board=args.get("board"),
            state=next((tab for tab in TABS if tab == args.get("state")), CaseState.SUBMITTED),
            newest_first=args.get("order") == "newest",
            after=read_after(args.get("after")),
        )

    def address(self) -> dict[str, Any]:
        """The same view for ``url_for``."""
        return {
            "board": self.board,
            "state": self.state.value,
            "order": "newest" if self.newest_first else None,
            "after": after_words(self.after) if self.after else None,
        }


@dataclass(frozen=True)
class AcceptCase:
    """``version`` is the case's as the coordinator saw it, ``row`` its place in the list."""

    version: int
    row: int

    @classmethod
    def of(cls, form: MultiDict[str, str]) -> Self:
        return cls(version=read_number(form.get("version")), row=read_number(form.get("row")))
