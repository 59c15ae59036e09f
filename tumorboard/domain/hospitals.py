"""Where a hospital's own viewers show a study or a slide, by its number and nothing else; and its holidays."""

import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote
from uuid import UUID

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand
from tumorboard.domain.public_holidays import is_known
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.models import Case, Hospital, Result
from tumorboard.storage.queries import people as questions
from tumorboard.vocabulary import AuditAct, Permission, Section

_TEMPLATE = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[!-z|~]*")
"""An https address with a path, in plain characters."""


@dataclass(frozen=True)
class ChangeHospital:
    """The templates each with ``{number}`` once, or empty; ``holidays`` as ``US-NY``, or empty.

    ``seen`` is the ``imprint`` that the administrator had before them.
    """

    imaging_template: str
    pathology_template: str
    holidays: str
    seen: str


def change_hospital(hospital_id: UUID, act: ChangeHospital, by: Actor) -> Hospital:
    """From here on, studies and slides held in this hospital are linked like this, and series know its holidays."""
    demand(by, Permission.CHANGE_HOSPITAL)
    hospital = questions.hospital_to_change(hospital_id)
    if hospital is None:
        raise absent()
    templates = {"imaging_template": act.imaging_template, "pathology_template": act.pathology_template}
    for field, template in templates.items():
        _refuse_wrong(template, field)
    if act.holidays and not is_known(act.holidays):
        raise Refused(Code.WRONG, "Enter a country, or a country and state, like US-NY or IE.", field="holidays")
    if act.seen != imprint(hospital):
        raise Refused(Code.CHANGED_MEANWHILE, "Somebody else changed this hospital meanwhile. Look again, then change.")
    hospital.imaging_template, hospital.pathology_template = act.imaging_template, act.pathology_template
    hospital.holidays = act.holidays
    details = dict[str, str | int](templates, holidays=act.holidays)
    audit.record(by, AuditAct.HOSPITAL_CHANGED, subjects=[hospital.id], details=details)
    return hospital


def open_hospital(hospital_id: UUID, by: Actor) -> Hospital:
    demand(by, Permission.CHANGE_HOSPITAL)
    hospital = questions.hospital(hospital_id)
    if hospital is None:
        raise absent()
    return hospital


def imprint(hospital: Hospital) -> str:
    """Changes with what is kept, so that nobody overwrites what they have not seen."""
    kept = hospital.imaging_template, hospital.pathology_template, hospital.holidays
    return sha256("\n".join(kept).encode()).hexdigest()


def launch_links(case: Case) -> dict[UUID, str]:
    """For each result that the submitter's hospital holds and shows, the address at which it does."""
    hospital = case.submitter.hospital
    templates = {Section.IMAGING: hospital.imaging_template, Section.PATHOLOGY: hospital.pathology_template}
    links = ((result, templates.get(result.section, "")) for result in case.results if not result.place)
    return {result.id: _filled_in(template, result) for result, template in links if template and _is_number(result)}


def _filled_in(template: str, result: Result) -> str:
    return template.replace("{number}", quote(result.number, safe=""))


def _is_number(result: Result) -> bool:
    """Dots alone would lead up in the address instead of to a study."""
    return bool(result.number.strip(". "))


def _refuse_wrong(template: str, field: str) -> None:
    if not template:
        return
    if not _TEMPLATE.fullmatch(template.replace("{number}", "1")):
        raise Refused(Code.WRONG, "Write it like https://viewer.hospital.example/view?acc={number}, with https.", field)
    if template.count("{number}") != 1 or "{number}" in template[: template.index("/", len("https://"))]:
        raise Refused(Code.WRONG, "Write {number} once, where the study’s or slide’s number belongs.", field)
