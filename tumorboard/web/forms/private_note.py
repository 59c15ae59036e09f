"""A coordinator's note about a case."""

from wtforms import HiddenField

from tumorboard.storage.models import PrivateNote
from tumorboard.web.forms.base import Form, TextField
from tumorboard.web.forms.numbers import read_number


class PrivateNoteForm(Form):
    text = TextField("Note for the board’s coordinators alone", longest=4_000)
    version = HiddenField(default="0")

    def show(self, note: PrivateNote | None) -> None:
        """Fills the form with what is kept."""
        self.text.data, self.version.data = (note.text, str(note.version)) if note else ("", "0")

    def seen_version(self) -> int:
        return read_number(self.version.data)
