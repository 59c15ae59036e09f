"""What one thing found in a text looks like."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One thing found in a report and offered; nobody takes it but a person.

    ``text[start:end]`` is the place that says it. What the text does not say is empty or None.
    """

    about: str
    """``stage_prefix``, ``stage_t``, ``stage_n``, ``stage_m``, ``stage_group``, ``performance_status``,
    ``examination``, or a biomarker: ``er``, ``her2_ish``, ``pd_l1`` …: ``marker_table``, ``levels``."""
    answer: str = ""
    """As a button says it: ``Positive``, ``Wild type``, ``2+``, ``Pending``; of an examination: ``Imaging``."""
    value: str = ""
    """A number or text without its unit: ``90``, ``<1``, ``51-60``, ``G12C``, ``3+4=7``, ``1c``, ``CT chest``."""
    unit: str = ""
    """``%``, ``% TPS``, ``CPS``, ``ratio``, or a laboratory's as it stands; ``ECOG`` or ``Karnofsky``; with a stage
    group the system that is named with it: ``FIGO``."""
    dated_on: date | None = None
    """The date that stands with an examination or a result."""
    number: str = ""
    """Accession or specimen number: ``S26-40718``."""
    start: int
    end: int
    words: str
    """What is offered, for people: ``ER positive, 90 %``."""

    @property
    def said(self) -> tuple[object, ...]:
        """What it says, wherever it stands."""
        return self.about, self.answer, self.value, self.unit, self.dated_on, self.number
