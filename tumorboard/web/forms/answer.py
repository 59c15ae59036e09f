"""Whether somebody comes: three buttons, and why not."""

from datetime import datetime
from uuid import UUID

from wtforms import HiddenField

from tumorboard.domain.answers import GiveAnswer
from tumorboard.errors import Code, Refused
from tumorboard.vocabulary import AnswerKind
from tumorboard.web.forms.base import Form, LineField, answered, read_id
from tumorboard.web.forms.choices import ListField, words_of


class AnswerForm(Form):
    """``meeting`` says which, where a page asks about several; ``starts_at`` is the hour that it showed."""

    answer = ListField("Do you come?", answered("Choose yes, maybe or no."), choices=words_of(AnswerKind))
    reason = LineField("If not, why")
    starts_at = HiddenField()
    meeting = HiddenField()

    @property
    def meeting_id(self) -> UUID | None:
        return read_id(self.meeting.data)

    def to_give(self) -> GiveAnswer:
        """Refused with a sentence, since an answer is a click and has no page of its own to show errors beside."""
        if not self.validate():
            raise Refused(Code.WRONG, next(iter(each for errors in self.errors.values() for each in errors)))
        try:
            starts_at = datetime.fromisoformat(self.starts_at.data or "")
        except ValueError:
            raise Refused(Code.WRONG, "Reload the page, then answer again.") from None
        return GiveAnswer(AnswerKind(self.answer.data), starts_at, self.reason.text)
