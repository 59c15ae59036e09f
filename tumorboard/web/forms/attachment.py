"""Adding a file to a case, and taking one off."""

from flask_wtf.file import FileField

from tumorboard.domain.attachments import LARGEST, AddAttachment
from tumorboard.domain.file_rules.kinds import ENDINGS
from tumorboard.web.forms.base import Form, LineField, answered

_WHY = "Say why, in a few words."


class AttachForm(Form):
    file = FileField(
        "File", [answered("Choose the file.")], render_kw={"accept": ",".join(ENDINGS), "data-largest": LARGEST}
    )
    note = LineField("What it is", longest=200)

    def to_add(self) -> AddAttachment:
        """Reads one byte more than may be kept, so that what is too large is seen to be."""
        chosen = self.file.data
        return AddAttachment(chosen.filename, chosen.stream.read(LARGEST + 1), self.note.text)


class TakeOffForm(Form):
    why = LineField("Reason, kept with the file", answered(_WHY), longest=200)
