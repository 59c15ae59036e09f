"""A case as a clinician types it into the form, and as it is read again on its page."""

from dataclasses import dataclass
from datetime import date

from playwright.sync_api import expect

from tests.journeys.window import Window


@dataclass(frozen=True)
class Examination:
    day: date
    accession_number: str
    finding: str


@dataclass(frozen=True, kw_only=True)
class TypedCase:
    """Choices by the words on the page; ``tnm`` as it stands in a letter: "cT2 cN1 cM0". Empty texts are not typed."""

    family_name: str
    given_name: str
    birth_date: date
    sex: str
    mrn: str
    board: str
    tumor_type: str
    question: str
    case_type: str = "Treatment decision"
    question_type: str = "Something else"
    summary: str = ""
    urgency: str = "Routine"
    tnm: str = ""
    stage: tuple[str, ...] = ()
    """The parts of the stage as the case's page shows them."""
    group: str = ""
    system: str = ""
    edition: str = ""
    performance_status: str = ""
    prior_treatment: str = ""
    imaging: tuple[Examination, ...] = ()
    pathology: tuple[Examination, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.family_name}, {self.given_name}"


def written(day: date) -> str:
    return f"{day:%d-%b-%Y}"


def type_case(window: Window, case: TypedCase) -> None:
    """Fills in the open form, top to bottom."""
    type_patient(window, case)
    window.choose("Board", case.board)
    window.choose("Tumor type", case.tumor_type)
    type_question(window, case)
    window.write("Question for the board", case.question)
    window.write("Clinical summary", case.summary)
    window.tick("When is the answer needed?", case.urgency)
    if case.tnm:
        window.paste("T", case.tnm)
    window.write("Stage group", case.group)
    if case.system:
        window.choose("System", case.system)
    window.write("Edition", case.edition)
    type_examinations(window, "Imaging", "imaging study", "Add an imaging study", case.imaging)
    type_examinations(window, "Pathology", "specimen", "Add a specimen", case.pathology)
    if case.performance_status:
        window.tick("Performance status (ECOG)", case.performance_status)
    window.write("Prior treatment", case.prior_treatment)


def type_question(window: Window, case: TypedCase) -> None:
    """The kinds, which the board asks once the tumor type is chosen."""
    window.tick("What kind of question is it?", case.question_type)
    window.tick("Why does the case come?", case.case_type)


def type_patient(window: Window, case: TypedCase) -> None:
    window.remember_typed(case)
    if case.mrn:
        window.write("MRN", case.mrn)
    else:
        window.page.get_by_role("checkbox", name="No MRN yet").check()
    window.write("Date of birth", written(case.birth_date))
    window.write("Family name", case.family_name)
    window.write("Given name", case.given_name)
    window.tick("Sex", case.sex)


def type_examinations(window: Window, part: str, one: str, add: str, found: tuple[Examination, ...]) -> None:
    rows = window.region(part).get_by_role("group", name=f"One {one}")
    for place, examination in enumerate(found):
        window.press(add)
        row = rows.nth(place)
        window.write("Date", written(examination.day), within=row)
        window.write("Accession or slide number", examination.accession_number, within=row)
        window.write("What it shows", examination.finding, within=row)


def find_case_whole(window: Window, case: TypedCase) -> None:
    """Reads every fact of the case on its page, which is open."""
    window.see(case.name)
    patient = window.region("Patient")
    for fact in (written(case.birth_date), case.sex, case.mrn or "No MRN yet"):
        expect(patient).to_contain_text(fact)
    for region, texts in {
        "Question": (case.question, case.summary, case.question_type, case.case_type),
        "Diagnosis and stage": (case.tumor_type, *case.stage),
        "The person": (case.performance_status,),
        "Treatment and history": (case.prior_treatment,),
    }.items():
        for text in texts:
            expect(window.region(region)).to_contain_text(text)
    for kind, examinations in {"Imaging": case.imaging, "Pathology": case.pathology}.items():
        rows = window.region(kind).get_by_role("row")
        for each in examinations:
            row = rows.filter(has_text=each.finding)
            for fact in (kind, written(each.day), each.accession_number):
                expect(row).to_contain_text(fact)
