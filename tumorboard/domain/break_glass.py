"""The watched way in: one patient outside one's care teams and boards, for a cause, to read, for four hours.

Restricted patients open too: an emergency does not ask who somebody is, and every use is told and reviewed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tumorboard import words
from tumorboard.domain import audit, oversight
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import AccountFacts, announce_to
from tumorboard.domain.patients import mrn_key
from tumorboard.domain.permissions import demand, may
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import BreakGlass, Case, Patient, Person
from tumorboard.storage.queries import break_glass as questions
from tumorboard.storage.queries import care_team_members, cases, notices, patients, people
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.storage.sealing import code_for
from tumorboard.vocabulary import AuditAct, BreakGlassCause, NoticeKind, Office, Permission, ReviewOutcome, Section

LASTS = timedelta(hours=4)
TRIES, WITHIN = 5, timedelta(days=1)
"""How many patients somebody may look for this way, and how many birth dates of one (trust.md section 5)."""
REVIEW_WITHIN = timedelta(days=3)
LISTED_FOR = timedelta(days=7)

_OF_THE_FAMILY = re.compile("germline|family|heredit", re.IGNORECASE)

_NOBODY = "MRN, hospital and birth date do not belong together. Check all three."
_IN_SIGHT = "You see this patient’s cases already. Open them from Cases; nobody was told, and nothing was opened."
_TOO_OFTEN = (
    "You have looked for five patients, or with five birth dates for one, within 24 hours. The privacy officers are"
    " told. Call the patient's lead or the board's coordinator."
)


@dataclass(frozen=True)
class OpenByBreakGlass:
    """Whom, as two things that must agree, and why: a cause from the list and the person's own words."""

    mrn: str
    hospital_id: UUID
    birth_date: date
    cause: BreakGlassCause
    reason: str

    @property
    def whom(self) -> str:
        """A sign of the MRN that tells nobody which: a birth date mistyped is no other patient."""
        return code_for("break_glass", f"{self.hospital_id}:{mrn_key(self.mrn)}").hex()[:32]

    @property
    def mark(self) -> str:
        """The same with the birth date: the same form sent twice is one try."""
        return code_for("break_glass", f"{self.hospital_id}:{mrn_key(self.mrn)}:{self.birth_date}").hex()[:32]


@dataclass(frozen=True)
class Use:
    """One use as its reviewer or the patient's lead sees it: the patient by MRN alone."""

    glass: BreakGlass
    looks: Sequence[questions.Look]
    late: bool
    """Whether it should have been reviewed by now."""

    @property
    def mrns(self) -> str:
        known = (f"{each.mrn} {each.hospital.short_name}" for each in self.glass.patient.identifiers)
        return ", ".join(known) or "No MRN yet"


def open_record(act: OpenByBreakGlass, by: Actor) -> BreakGlass | Refused:
    """Opens the record to the actor and tells the privacy officers and the patient's lead.

    A refusal is answered, not raised: the trace of a try that found nobody is kept with it. Twice is once, and whoever
    has it open already adds their words to those that are reviewed.
    """
    demand(by, Permission.BREAK_GLASS)
    people.person_to_change(
        by.person.id
    )  # one try of a person comes after the other, so that none slips past the count
    tries = questions.tries_since(by.person.id, by.at - WITHIN)
    if _is_one_too_many(act, tries):
        _tell_of_tries(by)
        return Refused(Code.TOO_OFTEN, _TOO_OFTEN)
    patient = _patient_with(act)
    found: dict[str, str | int] = {"found": int(patient is not None), "glass": act.cause.value}
    found |= {"try": act.mark, "whom": act.whom}
    audit.record(by, AuditAct.PATIENT_SOUGHT, patients=[patient.id] if patient else [], details=found)
    if patient is None:
        return Refused(Code.WRONG, _NOBODY, field="mrn")
    already = next((glass for glass in questions.open_now(by.person.id, by.at) if glass.patient_id == patient.id), None)
    if already:
        return _with_words_of(act, already)
    if not _has_more_to_see(patient, by):
        return Refused(Code.NOT_NOW, _IN_SIGHT)
    return _open(patient, act, by)


def end(glass_id: UUID, by: Actor) -> None:
    """Ends one's own access now. Twice is once."""
    glass = questions.to_change(glass_id)
    if glass is None or glass.person_id != by.person.id:
        raise absent()
    if glass.ended_at is None and glass.expires_at > by.at:
        glass.ended_at = by.at
        audit.record(by, AuditAct.BREAK_GLASS_ENDED, patients=[glass.patient_id], subjects=[glass.id])


def open_patient(glass_id: UUID, by: Actor) -> tuple[BreakGlass, list[Case]]:
    """The patient whose record the actor has open, with every case; the look is recorded."""
    glass = questions.break_glass(glass_id)
    if glass is None or glass.person_id != by.person.id or not is_open(glass, by.at):
        raise absent()
    found = patients.cases_of(glass.patient_id)
    audit.record(
        by, AuditAct.CASES_LISTED, patients=[glass.patient_id], subjects=[glass.id, *(case.id for case in found)]
    )
    return glass, found


def withholds(section: Section, label: str) -> bool:
    """Whether an emergency does not need it: the patient's voice, and what is known of the family and the germline."""
    return section is Section.VOICE or bool(_OF_THE_FAMILY.search(label))


def is_open(glass: BreakGlass, at: datetime) -> bool:
    return glass.ended_at is None and glass.expires_at > at


def list_uses(by: Actor) -> list[Use]:
    """For a privacy officer the last 7 days and all that waits for review, late ones first; for others their patients'.

    A patient's lead reads who opened the record and why, as the mail has told them.
    """
    since = by.at - LISTED_FOR
    officer = may(by, Permission.REVIEW_BREAK_GLASS)
    glasses = questions.to_review(since) if officer else questions.of_patients_led_by(by.person.id, since, by.at)
    looks = questions.looks(glasses)
    audit.record(
        by,
        AuditAct.BREAK_GLASS_LISTED,
        patients=[glass.patient_id for glass in glasses],
        subjects=[glass.id for glass in glasses],
    )
    uses = [Use(glass, looks.get(glass.id, ()), _is_late(glass, by.at)) for glass in glasses]
    return sorted(uses, key=lambda use: not use.late)


def review(glass_id: UUID, outcome: ReviewOutcome, note: str, by: Actor) -> None:
    """Says whether one use was justified; it was never blocked by waiting for this."""
    demand(by, Permission.REVIEW_BREAK_GLASS)
    glass = questions.to_change(glass_id)
    if glass is None or glass.person_id == by.person.id:
        raise absent()
    if glass.outcome is not None:
        raise Refused(Code.NOT_NOW, "This was reviewed already. Reload the page to see by whom.")
    if outcome is ReviewOutcome.NOT_JUSTIFIED and not note:
        raise Refused(Code.WRONG, "Say why it was not justified.", field="note")
    glass.outcome, glass.review_note, glass.reviewed_at, glass.reviewed_by_id = outcome, note, by.at, by.person.id
    audit.record(
        by,
        AuditAct.BREAK_GLASS_REVIEWED,
        patients=[glass.patient_id],
        subjects=[glass.id],
        details={"outcome": outcome.value},
    )


def _is_one_too_many(act: OpenByBreakGlass, tries: set[tuple[str, str]]) -> bool:
    """``tries`` as (whom, mark)."""
    patients_sought = {whom for whom, _ in tries}
    dates_tried = {mark for whom, mark in tries if whom == act.whom}
    if act.whom not in patients_sought:
        return len(patients_sought) >= TRIES
    return len(dates_tried) >= TRIES and act.mark not in dates_tried


def _tell_of_tries(by: Actor) -> None:
    """One mail a day to each who watches: who has looked for too many patients this way."""
    who = words.name_words(by.person.family_name, by.person.given_name)
    key = f"sought:{by.person.id}:{by.at:%Y-%m-%d}"
    if not notices.is_announced(f"{NoticeKind.OVERSIGHT}:{key}:"):
        oversight.tell(
            f"{who} has looked for patients by break-glass too often, and was refused.", by, key=key, but=set()
        )


def _patient_with(act: OpenByBreakGlass) -> Patient | None:
    patient = patients.patient_with_mrn(act.hospital_id, mrn_key(act.mrn))
    return patient if patient and patient.birth_date == act.birth_date else None


def _has_more_to_see(patient: Patient, by: Actor) -> bool:
    """Whether the patient has a case that the actor does not see by a relation of their own."""
    with beyond_sight():
        found = {case.id for case in patients.cases_of(patient.id)}
    return not found or found != cases.visible_among(by.person.id, found, by.at)


def _open(patient: Patient, act: OpenByBreakGlass, by: Actor) -> BreakGlass:
    glass = BreakGlass(
        person=by.person,
        patient=patient,
        cause=act.cause,
        reason=act.reason,
        opened_at=by.at,
        expires_at=by.at + LASTS,
    )
    db.session.add(glass)
    db.session.flush()
    audit.record(
        by,
        AuditAct.GLASS_BROKEN,
        patients=[patient.id],
        subjects=[glass.id],
        details={"cause": act.cause.value},
    )
    for person, reason in _who_hears(patient, by).items():
        _tell(person, reason, glass, by)
    return glass


def _with_words_of(act: OpenByBreakGlass, glass: BreakGlass) -> BreakGlass:
    """The open use, with these words beneath those that it was opened with, unless they stand there."""
    if act.reason not in glass.reason:
        glass.reason = f"{glass.reason}\n\n{act.cause.label}: {act.reason}"
    return glass


def _who_hears(patient: Patient, by: Actor) -> dict[Person, str]:
    team = care_team_members.present_team(patient.id, by.at)
    leads = {member.person: "you lead the care team of a patient" for member in team if member.lead}
    officers = dict.fromkeys(people.office_holders(Office.PRIVACY_OFFICER), "you are a privacy officer")
    return leads | officers


def _tell(person: Person, reason: str, glass: BreakGlass, by: Actor) -> None:
    """One mail with who, when and which cause; the words are on the page, since they may speak of the patient."""
    who, at = words.name_words(by.person.family_name, by.person.given_name), words.moment_words(by.at, person.time_zone)
    what = (
        f"{who}, {by.person.discipline.label}, {by.person.hospital.name}, opened a record outside their care teams and"
        f" boards on {at}. Cause: {glass.cause.label}. It closes by itself after 4 hours."
    )
    facts = AccountFacts(by=who, what=what, until=glass.expires_at)
    key = f"glass_broken:{glass.id}:{person.id}"
    announce_to(person, NoticeKind.GLASS_BROKEN, facts, reason=reason, dedupe_key=key, at=by.at)


def _is_late(glass: BreakGlass, at: datetime) -> bool:
    return glass.outcome is None and glass.opened_at + REVIEW_WITHIN <= at
