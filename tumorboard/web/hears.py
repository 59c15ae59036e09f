"""Who hears of an act, for the sentence before its button: counted from the act itself, rehearsed and undone."""

from collections import Counter
from dataclasses import dataclass, field

from tumorboard import words
from tumorboard.storage.models import Notice
from tumorboard.vocabulary import NoticeKind


@dataclass(frozen=True)
class Line:
    """One line of the macro ``hears``; ``kind`` is "" (gets something), "gone" (loses something) or "nobody"."""

    symbol: str
    count: int
    title: str
    text: str
    kind: str = ""


_LINES = {
    NoticeKind.INVITATION: ("mail", "Invitation.", "One mail each puts the meeting on the calendar.", ""),
    NoticeKind.AGENDA: ("doc", "Agenda.", "One mail each with a link to the agenda; no patient is in it.", ""),
    NoticeKind.PREPARATION_ASKED: (
        "prep",
        "Cases to prepare.",
        "One mail each to whoever is newly asked to review or assess; no patient is in it.",
        "",
    ),
    NoticeKind.MOVED: (
        "mail",
        "Update in every calendar.",
        "One mail each brings the entry that is there up to date.",
        "",
    ),
    NoticeKind.CANCELLED: ("out", "Cancellation.", "One mail each takes the meeting off the calendar.", "gone"),
    NoticeKind.DEPUTY: ("mail", "Word to the deputy.", "One mail says for whom they stand in, and when.", ""),
    NoticeKind.ACCOUNT_CHANGED: ("mail", "Word to the person.", "One mail says what was changed, and by whom.", ""),
    NoticeKind.OVERSIGHT: ("eye", "Whoever watches.", "One mail to each other administrator and privacy officer.", ""),
    NoticeKind.HANDED_OVER: (
        "mail",
        "Word to who takes over.",
        "One mail each says of how many care teams they are lead or key worker; no patient is in it.",
        "",
    ),
    NoticeKind.SERIES_INVITATION: (
        "mail",
        "Invitation to every date.",
        "One mail each puts all dates on the calendar, at the reader’s own hours.",
        "",
    ),
    NoticeKind.SERIES_CHANGED: (
        "mail",
        "Update of the series.",
        "One mail each brings the entry that is there up to date.",
        "",
    ),
    NoticeKind.SERIES_OVER: ("out", "Taken off the series.", "One mail each takes its dates off the calendar.", "gone"),
    NoticeKind.SLOT_POLL: (
        "mail",
        "Question which hour suits.",
        "One mail each with a link of their own, answered without a sign-in; no patient is in it.",
        "",
    ),
    NoticeKind.SLOT_POLL_OVER: ("mail", "Word that the poll is over.", "One mail each says what came of it.", ""),
    NoticeKind.REMOVED: ("out", "Taken off the meeting.", "One mail each takes the meeting off the calendar.", "gone"),
}


@dataclass(frozen=True)
class Hearing:
    """How many mails of which kind an act sends, and to how many people."""

    mails: Counter[NoticeKind] = field(default_factory=Counter)
    people: int = 0

    @property
    def total(self) -> int:
        return self.mails.total()

    def lines(self, *others: Line) -> list[Line]:
        """A line for each kind of mail, then ``others``."""
        kinds = [
            Line(symbol, self.mails[kind], title, text, role) for kind, (symbol, title, text, role) in _LINES.items()
        ]
        return [line for line in kinds if line.count] + list(others)

    def button(self, verb: str, noun: str = "mail") -> str:
        """``Move, send 18 mails``; the verb alone when nobody is told."""
        return f"{verb}, send {words.count_words(self.total, noun)}" if self.total else verb


def hearing_of(owed: list[Notice]) -> Hearing:
    """Counts what an act owes. Asked inside the rehearsal: afterwards these notices are gone."""
    return Hearing(Counter(notice.kind for notice in owed), len({notice.person_id for notice in owed}))


def answers_lost(count: int) -> list[Line]:
    """Where hours change: how many answers were given for those that were."""
    if not count:
        return []
    title = "Answer no longer counts." if count == 1 else "Answers no longer count."
    return [Line("back", count, title, "Given for the hours as they were: who gave one is asked for the new.", "gone")]


def nobody(text: str) -> Line:
    """The last line: what nobody is told."""
    return Line("cancel", 0, "", text, "nobody")


def nobody_else(others: int) -> Line:
    """The last line where one person joins or leaves so many others."""
    return nobody("Nobody else gets a mail." if others == 0 else f"The other members, {others} of them, get nothing.")
