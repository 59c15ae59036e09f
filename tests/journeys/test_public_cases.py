"""The form takes cases that nobody here wrote: read where they lie beside the checkout, typed by the browser, whole;
and says by name what their board still asks.
"""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.asked import ALL_IS_THERE, Coded, fill_what_is_asked
from tests.journeys.case import Examination, TypedCase, find_case_whole, type_case
from tests.journeys.conftest import Visit
from tumorboard.tree import TREE
from tumorboard.vocabulary import TumorType

pytestmark = pytest.mark.journey

PUBLIC = TREE.parent / "shared" / "data"
NOTES = PUBLIC / "cases" / "hao_patient_4"
BUNDLE = PUBLIC / "fhir" / "mcode_stu4" / "Bundle-mcode-patient-bundle-jenny-m.json"

OF_EVERY_CASE = {
    "Comorbidities",
    "Diagnosis (ICD-10)",
    "Histology (ICD-O-3)",
    "Needs and support",
    "Patient told and agrees",
    "What matters to the patient",
}
LUNG_ASKED = OF_EVERY_CASE | {
    "ALK",
    "BRAF",
    "CT chest and upper abdomen",
    "Cell type",
    "EGFR",
    "Grade",
    "HER2 (ERBB2)",
    "KRAS",
    "MET exon 14",
    "NTRK",
    "PD-L1",
    "RET",
    "ROS1",
    "Smoking",
}
BREAST_ASKED = OF_EVERY_CASE | {
    "Axillary ultrasound",
    "Estrogen receptor",
    "HER2",
    "Ki-67",
    "Mammogram and breast ultrasound",
    "Menopausal status",
    "Progesterone receptor",
    "Type, grade, vessel invasion",
}
"""M1a asks of a lung cancer what can be targeted; a receptor that is there asks for the menopause."""


def submitted_whole(visit: Visit, submitter: str, case: TypedCase, tumor_type: TumorType, coded: Coded) -> set[str]:
    """Until it is complete; what its minimum data set still asked, by name, when the texts of the source were typed."""
    clinician = visit(submitter)
    clinician.follow("Submit a case")
    clinician.see("Submit a case")
    type_case(clinician, case)
    asked = fill_what_is_asked(clinician, tumor_type, coded)
    clinician.press("Submit case")
    clinician.hear(f"Submitted to the {case.board}.")
    find_case_whole(clinician, case)
    expect(clinician.page.get_by_role("complementary", name="What is missing")).to_contain_text(ALL_IS_THERE)
    return asked


def test_a_lung_cancer_out_of_its_notes(visit: Visit) -> None:
    require(NOTES)
    case, coded = lung_cancer_of_the_notes(), Coded("C34.1", "8140/3", "")
    assert submitted_whole(visit, "Sorrel", case, TumorType.LUNG, coded) == LUNG_ASKED


def test_a_breast_cancer_out_of_its_fhir_bundle(visit: Visit) -> None:
    require(BUNDLE)
    case, coded = breast_cancer_of_the_bundle(), Coded("C50.9", "8500/3", "")
    assert submitted_whole(visit, "Penhallow", case, TumorType.BREAST, coded) == BREAST_ASKED


def require(place: Path) -> None:
    if not place.exists():
        pytest.skip(f"the public cases are not beside this checkout: ../shared/{place.relative_to(PUBLIC.parent)}")


def lung_cancer_of_the_notes() -> TypedCase:
    notes = sorted((json.loads(file.read_text()) for file in NOTES.glob("*.json")), key=lambda note: note["date"])
    visits = [note for note in notes if "Medical record number" in note["text"]]
    newest, first = visits[-1]["text"], visits[0]["text"]
    given, family = of(r"Patient name: (.+?) (\S+) *\n", newest)
    seen_on, age = date.fromisoformat(visits[0]["date"]), int(of(r"Age: (\d+)", first)[0])
    (ecog,) = of(r"ECOG scale .*?: (\d)", first)
    (plan,) = of(r"(As disease has progressed, will plan to [^.]+)[.]", newest)
    t, n, m, group = of(r"T(\S+?)N(\S+?)M(\S+?) \((\w+)\)", newest)
    return TypedCase(
        family_name=family,
        given_name=given,
        birth_date=date(seen_on.year - age, 1, 1),  # the notes give her age alone
        sex=of(r"year-old (woman)", first)[0].replace("woman", "Female"),
        mrn=of(r"Medical record number: (\d+)", newest)[0],
        board="Thoracic board",
        tumor_type="Lung, non-small cell",
        question=f"{plan}: does the board agree?",
        summary=of(r"(HPI: .+?)\n\n", newest)[0],
        urgency="Within two weeks",
        tnm=f"T{t}N{n}M{m}",
        stage=(f"T{t} N{n} M{m}", f"group {group}"),
        group=group,
        performance_status=f"{ecog} Light work",
        prior_treatment=of(r"(Completed treatment with .+?)\n", newest)[0],
        imaging=(
            reported(notes, "PET", r"Impression: (.+)"),
            reported(notes, "CT", r"Impression: (.+)"),
            impression(newest, "PET/CT"),
        ),
        pathology=(
            ebus(newest),
            reported(notes, "Pathology and Cytology", r"Final diagnosis: (.+)", r"case: (\S+)"),
        ),
    )


def of(pattern: str, text: str) -> tuple[str, ...]:
    """The groups of the one place where the pattern fits."""
    match = re.search(pattern, text, re.DOTALL)
    assert match, f"the notes do not say {pattern}"
    return match.groups()


def reported(notes: list[dict[str, str]], note_type: str, finding: str, number: str = "") -> Examination:
    """A note that is a report of its own."""
    (note,) = [each for each in notes if each["note_type"] == note_type]
    accession_number = of(number, note["text"])[0] if number else ""
    return Examination(date.fromisoformat(note["date"]), accession_number, of(finding, note["text"])[0])


def impression(text: str, study: str) -> Examination:
    """The newest study that a progress note repeats."""
    day, finding = of(rf"(\d{{4}}-\d\d-\d\d)[^\n]*?{study} impression:\s*\n(.+?)\n\n", text)
    return Examination(date.fromisoformat(day), "", finding)


def ebus(text: str) -> Examination:
    day, finding = of(r"(\d{4}-\d\d-\d\d):? bronchoscopy with EBUS.+?interpretation: *\n(.+?)\n\n", text)
    return Examination(date.fromisoformat(day), "", finding)


def breast_cancer_of_the_bundle() -> TypedCase:
    entries = json.loads(BUNDLE.read_text())["entry"]
    found = {entry["resource"]["id"].removesuffix("-jenny-m"): entry["resource"] for entry in entries}
    patient = found["cancer-patient"]
    (name,) = [each for each in patient["name"] if each.get("use", "official") == "official"]
    t, n, m = (
        of(rf"c{letter}(\S+)", said(found[f"tnm-clinical-{part}-category"]))[0]
        for letter, part in (("T", "primary-tumor"), ("N", "regional-nodes"), ("M", "distant-metastases"))
    )
    group = of(r"stage (\w+)", said(found["tnm-clinical-stage-group"]))[0]
    edition = of(r"(\d+)th edition", found["tnm-clinical-stage-group"]["method"]["coding"][0]["display"])[0]
    receptors = [found[f"tumor-marker-test-{marker}"] for marker in ("er", "pr", "her2")]
    drugs = [each for each in found.values() if each["resourceType"] == "MedicationRequest"]
    surgery, score = found["cancer-related-surgical-procedure"], found["tumor-marker-test-oncotype-dx"]
    return TypedCase(
        family_name=name["family"],
        given_name=" ".join(name["given"]),
        birth_date=date.fromisoformat(patient["birthDate"]),
        sex=patient["gender"].capitalize(),
        mrn=patient["identifier"][0]["value"],
        board="Breast board",
        tumor_type="Breast",
        question=f"With a recurrence score of {score['valueQuantity']['value']}: is adjuvant chemotherapy indicated?",
        summary="\n".join(
            [said(found["primary-cancer-condition"], "code"), *(f"{title(each)}: {said(each)}" for each in receptors)]
        ),
        tnm=f"cT{t} cN{n} cM{m}",
        stage=(f"cT{t} cN{n} cM{m}", f"group {group}", f"AJCC {edition}"),
        group=group,
        system="AJCC",
        edition=edition,
        performance_status=f"{found['ecog-performance-status']['valueInteger']} Fully active",
        prior_treatment="\n".join(
            [
                f"{title(surgery)}, {surgery['performedDateTime']}",
                *(f"{said(each, 'medicationCodeableConcept')}, {each['authoredOn']}" for each in drugs),
            ]
        ),
        imaging=(done(found["us-core-procedure-mammogram"], title),),
        pathology=(
            done(found["us-core-procedure-biopsy"], title),
            Examination(
                date.fromisoformat(receptors[0]["effectiveDateTime"]),
                "",
                "; ".join(f"{title(each)}: {said(each)}" for each in receptors),
            ),
        ),
    )


def said(resource: dict[str, Any], what: str = "valueCodeableConcept") -> str:
    """The words of a coded value."""
    return str(resource[what]["coding"][0]["display"])


def title(resource: dict[str, Any]) -> str:
    return said(resource, "code")


def done(procedure: dict[str, Any], words: Callable[[dict[str, Any]], str]) -> Examination:
    return Examination(date.fromisoformat(procedure["performedDateTime"]), "", words(procedure))
