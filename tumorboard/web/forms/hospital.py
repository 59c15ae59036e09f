"""Where a hospital's viewers show a study or a slide."""

from wtforms import HiddenField

from tumorboard.domain.hospitals import ChangeTemplates, imprint
from tumorboard.storage.models import Hospital
from tumorboard.web.forms.base import Form, LineField


class TemplatesForm(Form):
    imaging_template = LineField("Address for images", longest=400)
    pathology_template = LineField("Address for slides", longest=400)
    seen = HiddenField()

    def show(self, hospital: Hospital) -> None:
        """Fills in what is kept."""
        self.imaging_template.data, self.pathology_template.data = (
            hospital.imaging_template,
            hospital.pathology_template,
        )
        self.seen.data = imprint(hospital)

    def to_change(self) -> ChangeTemplates:
        return ChangeTemplates(self.imaging_template.text, self.pathology_template.text, self.seen.data or "")
