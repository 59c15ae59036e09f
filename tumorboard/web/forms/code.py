"""A code of ICD-10 or ICD-O-3 in a form, and the search for one."""

import re
from functools import cached_property
from typing import Any

from wtforms import SelectField
from wtforms.validators import ValidationError

from tumorboard.domain import codes
from tumorboard.storage.queries import codes as questions
from tumorboard.vocabulary import CodeSystem
from tumorboard.web.forms.base import Check, Form, LineField
from tumorboard.web.forms.choices import words_of


class CodeField(LineField):
    """One code. ``C50.4``, ``c504`` and ``C50.4 Upper-outer quadrant of breast`` are read as C50.4.

    A text that is no code stays as it was typed, so that a refused form comes back whole.
    """

    def __init__(self, label: str, system: CodeSystem, *checks: Check, **kwargs: Any) -> None:
        super().__init__(label, *checks, **kwargs)
        self.system = system

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = codes.read_code(self.system, self.text) or self.text

    @cached_property
    def words(self) -> str:
        """What the code means; empty where there is none, or where the system's codes are not loaded."""
        return questions.words_of(self.system, self.text) if self._is_written_well else ""

    @property
    def _is_written_well(self) -> bool:
        return bool(re.fullmatch(self.system.form, self.text))

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: ARG002, FBT001 - as WTForms calls it
        if self.errors or not self.text:
            return
        system, example = self.system.label, self.system.example
        if not self._is_written_well:
            raise ValidationError(f"Write the {system} code as {example}, or search by words and choose one.")
        if codes.is_unknown(self.system, self.text):
            raise ValidationError(f"{self.text} is not among the {system} codes here. Search by words and choose one.")


class SearchForm(Form):
    system = SelectField("System", choices=words_of(CodeSystem))
    text = LineField("Words or code")

    def sentence(self) -> str:
        """What is wrong with the search."""
        return str(self.text.errors[0]) if self.text.errors else "Say which codes to search."
