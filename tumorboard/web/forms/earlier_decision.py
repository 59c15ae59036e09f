"""A row of a case's form for what a board decided before, and what became of it."""

from wtforms import Field
from wtforms.validators import ValidationError

from tumorboard.domain.earlier_decisions import StateDecision
from tumorboard.vocabulary import Fate
from tumorboard.web.forms.base import DateField, LineField, TextField, answered
from tumorboard.web.forms.choices import ButtonsField, words_of
from tumorboard.web.forms.rows import Row, in_this_life

_NEEDS_A_REASON = (Fate.CHANGED, Fate.NOT_DONE)


class DecisionRow(Row):
    """That nobody has chosen what became of it means that it is not known yet."""

    decided_on = DateField("Decided on", in_this_life)
    board = LineField("Which board", longest=80)
    advised = TextField(
        "What it advised", answered("Write what the board advised, or remove this decision."), longest=2_000
    )
    fate = ButtonsField("What became of it", choices=words_of(Fate))
    note = LineField("When it was done, or why not", longest=200)

    def validate_note(self, field: Field) -> None:
        if not field.data and self.fate.data in _NEEDS_A_REASON:
            raise ValidationError("Write in a few words why it was changed or not done.")

    def stated(self) -> StateDecision:
        return StateDecision(
            row=self.row,
            decided_on=self.decided_on.day,
            board=self.board.text,
            advised=self.advised.text,
            fate=Fate(self.fate.data or Fate.NOT_KNOWN),
            note=self.note.text,
        )
