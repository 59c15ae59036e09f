"""A case as the sheet that it becomes: what its page shows, in words, without what is for the screen alone.

What is not for everybody at the table is not here: notes of the coordinator, what was said with the last step, why
a patient is restricted, access and history.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from tumorboard import words
from tumorboard.domain import amendments, meetings, needs
from tumorboard.domain.actor import Actor
from tumorboard.domain.completeness import Gap, of_case
from tumorboard.domain.permissions import held_over
from tumorboard.domain.preparation import how_it_stands
from tumorboard.domain.sections import today_of
from tumorboard.domain.timeline import Event, timeline
from tumorboard.errors import absent
from tumorboard.paper.sheet import CaseSheet, Fact, Print, Study
from tumorboard.storage.models import AgendaItem, CareTeamMember, Case, Needs, Patient, Preparation, Result
from tumorboard.storage.queries import agendas, care_team_members, codes, preparations, section_versions
from tumorboard.vocabulary import CodeSystem, Need, PreparationState, ResultState, Section, Urgency


def sheet_of(case: Case, by: Actor) -> CaseSheet:
    """The case as it stands now, for somebody who may print it."""
    patient, board = case.patient, case.board
    if patient is None or board is None or case.tumor_type is None:
        raise absent()
    item = agendas.item_of_case(case.id)
    written = needs.read(case, held_over(by, case))
    amended = amendments.amended(item, section_versions.latest(case.id), written)
    complete = of_case(case, written, meetings.day_of_discussion(case, item, by))
    return CaseSheet(
        number=case.number,
        name=words.name_words(patient.family_name, patient.given_name),
        born=f"{words.date_words(patient.birth_date)} ({words.age_words(patient.birth_date, today_of(by))})",
        sex=patient.sex.label,
        mrns=_mrns(patient),
        restricted=patient.restricted,
        board=board.full_name,
        meeting=_meeting(item, board.time_zone),
        override=_override(item),
        amended=_amended(amended, board.time_zone),
        prepared=_prepared(item),
        kind=" · ".join(filter(None, [case.case_type and case.case_type.label, case.question_type])),
        urgency="" if case.urgency is Urgency.ROUTINE else case.urgency.label,
        question=case.question,
        summary=case.clinical_summary or "No summary was written.",
        stage=_stage(case) + _facts(case, Section.STAGE),
        fitness=_fitness(case) + _facts(case, Section.FITNESS),
        wishes=_wishes(written),
        biomarkers=_facts(case, Section.BIOMARKERS),
        labs=_facts(case, Section.LABS),
        studies=tuple(_study(each) for each in case.results if each.section in (Section.IMAGING, Section.PATHOLOGY)),
        history=_said(("Prior treatment", case.prior_treatment)) + _facts(case, Section.HISTORY),
        timeline=tuple(map(_event, timeline(case, by))),
        team=tuple(_member(each) for each in care_team_members.present_team(patient.id, by.at)),
        completeness=f"{complete.there} of {complete.total}",
        missing=_gaps(complete.missing, today_of(by)),
        pending=_gaps(complete.pending, today_of(by)),
    )


def print_of(by: Actor) -> Print:
    """Who prints, and when."""
    return Print(words.name_words(by.person.family_name, by.person.given_name), by.at, by.person.time_zone)


def _mrns(patient: Patient) -> str:
    known = [f"{each.mrn} ({each.hospital.short_name})" for each in patient.identifiers]
    return ", ".join(known) or "No MRN yet"


def _meeting(item: AgendaItem | None, zone: str) -> str:
    if item is None:
        return "On no agenda"
    meeting, starts_at = item.meeting, words.time_words(agendas.starts_at(item), zone)
    return f"{words.span_words(meeting.starts_at, meeting.ends_at, zone)}; this case at {starts_at}, {item.minutes} min"


def _override(item: AgendaItem | None) -> str:
    if item is None or item.overridden_by is None:
        return ""
    return f"{item.override} ({words.name_words(item.overridden_by.family_name, item.overridden_by.given_name)})"


def _prepared(item: AgendaItem | None) -> str:
    """``Pathology ready: Grade 3 is agreed.; Radiology started``"""
    asked = preparations.of_case(item.case_id, item.meeting_id) if item else []
    return "; ".join(f"{each.discipline.label} {_stands(each)}" for each in asked)


def _stands(preparation: Preparation) -> str:
    is_ready = preparation.state is PreparationState.READY
    said = f": {preparation.sentence}" if is_ready and preparation.sentence else ""
    return f"{how_it_stands(preparation)}{said}"


def _amended(sections: Mapping[Section, datetime], zone: str) -> str:
    """``Biomarkers 27-Nov-2026 10:02 EST; Imaging 28-Nov-2026 16:40 EST``"""
    return "; ".join(f"{section.label} {words.moment_words(at, zone)}" for section, at in sections.items())


def _event(event: Event) -> Fact:
    """A result that the page lists in full is only named here."""
    day = words.date_words(event.on) if event.on else "No day stated"
    became = f". {event.became}" if event.became else ""
    return Fact(day, event.what if event.result else f"{event.what}: {event.words}{became}")


def _stage(case: Case) -> tuple[Fact, ...]:
    known = codes.words_of_codes(
        (CodeSystem.ICD10, case.icd10),
        (CodeSystem.MORPHOLOGY, case.morphology),
        (CodeSystem.TOPOGRAPHY, case.topography),
    )

    def coded(code: str) -> str:
        return f"{code} {known.get(code, '')}".strip()

    return _said(
        ("Tumor type", case.tumor_type.label if case.tumor_type else ""),
        ("Stage as stated", case.stage or "Not stated"),
        ("Diagnosis, ICD-10", coded(case.icd10)),
        ("Histology, ICD-O-3", coded(case.morphology)),
        ("Topography, ICD-O-3", coded(case.topography)),
        ("Side", case.laterality.label if case.laterality else ""),
    )


def _fitness(case: Case) -> tuple[Fact, ...]:
    status = f"ECOG {case.performance_status.label}" if case.performance_status else ""
    karnofsky = f"Karnofsky {case.karnofsky}" if case.karnofsky is not None else ""
    return _said(("Performance status", ", ".join(filter(None, [status, karnofsky])) or "Not stated"))


def _wishes(written: Needs | None) -> tuple[Fact, ...]:
    if written is None:
        return ()
    return _said(
        ("Preferences", written.preferences),
        ("Told of the discussion", written.told.label if written.told else ""),
        ("Own questions", written.own_questions),
        ("Needs", ", ".join(Need(kind).label for kind in written.kinds)),
        ("Social situation", written.social_situation),
        ("Distress", f"{written.distress} of 10" if written.distress is not None else ""),
        ("Interpreter", written.interpreter),
    )


def _said(*facts: tuple[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(name, text) for name, text in facts if text)


def _facts(case: Case, section: Section) -> tuple[Fact, ...]:
    """The section's results, first those that the board still waits for: they are not cut off a long list."""
    of_section = [each for each in case.results if each.section is section]
    facts = [Fact(each.label, _dated(each), each.state is ResultState.PENDING) for each in of_section]
    return tuple(sorted(facts, key=lambda fact: not fact.pending))


def _dated(result: Result) -> str:
    day = words.date_words(result.dated_on) if result.dated_on else ""
    return ", ".join(filter(None, [result.words, day, _due(result)]))


def _due(result: Result) -> str:
    return f"expected {words.date_words(result.expected_on)}" if result.expected_on else ""


def _study(result: Result) -> Study:
    name = ", ".join(filter(None, [result.label or result.section.label, result.place]))
    day = words.date_words(result.dated_on) if result.dated_on else "Not there yet"
    return Study(name, day, result.number or "Not there yet", ", ".join(filter(None, [result.words, _due(result)])))


def _member(member: CareTeamMember) -> Fact:
    roles = [member.discipline.label, "lead" if member.lead else "", "key worker" if member.key_worker else ""]
    return Fact(words.name_words(member.person.family_name, member.person.given_name), ", ".join(filter(None, roles)))


def _gaps(gaps: Iterable[Gap], today: date) -> str:
    """``HER2 (Not there yet, Pathology); CT of the chest (…)``, in the order of the data set."""
    return "; ".join(f"{gap.item.label} ({gap.why_on(today)}, {gap.item.discipline.label})" for gap in gaps)
