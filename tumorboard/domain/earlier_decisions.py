"""What boards decided on the patient before, and what became of it: part of the history that a case states."""

from dataclasses import dataclass, fields
from datetime import date

from tumorboard import words
from tumorboard.storage.models import Case, EarlierDecision
from tumorboard.vocabulary import Fate


@dataclass(frozen=True, kw_only=True)
class StateDecision:
    """``board`` is in words, empty where nobody knows; ``note`` says when it was done, or why it was not."""

    row: int = 0
    """Its number in the form: that of its id, once it is saved."""
    decided_on: date | None = None
    board: str = ""
    advised: str
    fate: Fate = Fate.NOT_KNOWN
    note: str = ""


def state_decisions(case: Case, stated: tuple[StateDecision, ...]) -> None:
    """Puts them into the case in this order; a row that was there already stays the same row."""
    before = {decision.id.int: decision for decision in case.earlier_decisions}
    case.earlier_decisions = [_kept(act, before.get(act.row)) for act in stated]
    for position, decision in enumerate(case.earlier_decisions, start=1):
        decision.position = position


def decision_words(decision: EarlierDecision) -> str:
    """``04-Mar-2026; Breast board, Eastmere; biopsy of the second focus; Done: 12-Mar-2026``"""
    day = words.date_words(decision.decided_on) if decision.decided_on else ""
    return "; ".join(filter(None, [day, decision.board, decision.advised.rstrip("."), fate_words(decision)]))


def fate_words(decision: EarlierDecision) -> str:
    """``Changed: stopped after four cycles, neuropathy``"""
    return ": ".join(filter(None, [decision.fate.label, decision.note]))


def _kept(act: StateDecision, row: EarlierDecision | None) -> EarlierDecision:
    row = row or EarlierDecision()
    for each in fields(act):
        if each.name != "row":
            setattr(row, each.name, getattr(act, each.name))
    return row
