"""An empty row of each list of a case's form, for the templates that js/repeat.js clones."""

from wtforms import Form as PlainForm

from tumorboard.web.forms.earlier_decision import DecisionRow
from tumorboard.web.forms.result import StudyRow
from tumorboard.web.forms.rows import RowsField


class BlankRows(PlainForm):
    imaging = RowsField(StudyRow, min_entries=1)
    pathology = RowsField(StudyRow, min_entries=1)
    decisions = RowsField(DecisionRow, min_entries=1)
