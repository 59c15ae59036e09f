"""Where a hospital's viewers show a study or a slide, and whose public holidays it keeps."""

from wtforms import HiddenField

from tumorboard.domain.hospitals import ChangeHospital, imprint
from tumorboard.storage.models import Hospital
from tumorboard.web.forms.base import Form, LineField


class HospitalForm(Form):
    imaging_template = LineField("Address for images", longest=400)
    pathology_template = LineField("Address for slides", longest=400)
    holidays = LineField("Public holidays of", longest=10)
    seen = HiddenField()

    def show(self, hospital: Hospital) -> None:
        """Fills in what is kept."""
        self.imaging_template.data, self.pathology_template.data = (
            hospital.imaging_template,
            hospital.pathology_template,
        )
        self.holidays.data = hospital.holidays
        self.seen.data = imprint(hospital)

    def to_change(self) -> ChangeHospital:
        return ChangeHospital(
            self.imaging_template.text, self.pathology_template.text, self.holidays.text.upper(), self.seen.data or ""
        )
