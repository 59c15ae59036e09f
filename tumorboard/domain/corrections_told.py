"""Whoever submitted a case or leads its care team hears that the patient's record was corrected; never of whom."""

from collections.abc import Iterable
from uuid import UUID

from tumorboard import words
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import AccountFacts, announce_to
from tumorboard.storage.models import PatientCorrection
from tumorboard.storage.queries import care_team_members, patients, people
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import CorrectionKind, NoticeKind

_WHAT = {
    CorrectionKind.MERGE: "Two records of one patient were made one",
    CorrectionKind.MOVE: "A case was moved to another patient's record",
    CorrectionKind.PARTICULARS: "The name, birth date, sex or MRN of a patient was corrected",
}


@beyond_sight()
def tell(correction: PatientCorrection, by: Actor, *, undone: bool = False) -> None:
    """Owes each of them one mail that opens one case of theirs; ``by`` did it and is told nothing."""
    what = f"{_WHAT[correction.kind]}{', and that was undone' if undone else ''}"
    who = words.name_words(by.person.family_name, by.person.given_name)
    for person_id, case_id in _concerned({correction.from_patient_id, correction.to_patient_id}, by).items():
        person = people.person(person_id)
        if person is not None and person.id != by.person.id and not person.has_left(by.at):
            announce_to(
                person,
                NoticeKind.RECORD_CORRECTED,
                AccountFacts(by=who, what=what, case_id=case_id),
                reason="you submitted a case of this patient, or lead the care team",
                dedupe_key=f"record_corrected:{correction.id}:{'undone' if undone else 'made'}:{person.id}",
                at=by.at,
            )


def _concerned(patient_ids: Iterable[UUID], by: Actor) -> dict[UUID, UUID]:
    """Who submitted a case of these patients or leads, each with the latest such case."""
    found: dict[UUID, UUID] = {}
    for patient_id in patient_ids:
        cases = patients.cases_of(patient_id)
        leads = [each.person_id for each in care_team_members.present_team(patient_id, by.at) if each.lead]
        for case in reversed(cases):
            found |= dict.fromkeys([case.submitter_id, *leads], case.id)
    return found
