"""What a pasted report offers to the form of a case: each reading with the boxes that it would fill."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tumorboard import words
from tumorboard.domain.drafts import SaveDraft
from tumorboard.domain.minimum_data_sets import Item
from tumorboard.domain.report_reading import Reading, is_of_several_patients, is_of_somebody_else, read_report
from tumorboard.vocabulary import ResultState, Section
from tumorboard.web.forms.case import CaseForm
from tumorboard.web.forms.result import PREFIX, has_date, has_number

READ = 12_000
"""Characters of a report that are read: a person waits for it."""
AROUND = 60
"""Characters of the report that are shown on either side of a reading."""

_ITEMS = {"pd_l1": "pdl1", "codeletion_1p19q": "codel_1p19q", "grade_group": "gleason"}
"""The items that have another key than the rules of reading."""
_LIKE = {
    "Deficient (MSI-high)": ("Deficient",),
    "Proficient (MSS)": ("Proficient",),
    "Positive": ("Rearranged", "Skipping", "Altered"),
    "Negative": ("Not rearranged", "Not found", "Not altered", "Wild type"),
    "Mutated": ("Altered", "Other mutation"),
    "Codeleted": ("Codeleted", "Present"),
    "Not codeleted": ("Not codeleted", "Absent"),
}
"""The answers of items that say the same in other words."""
_OTHERWISE = {"Pending": ResultState.PENDING, "Not done": ResultState.NOT_DONE}


@dataclass(frozen=True)
class Offer:
    """One reading: the boxes that it fills, and the place in the text where it stands."""

    place: int
    words: str
    boxes: dict[str, str]
    before: str
    found: str
    after: str
    taken: bool


def offers(form: CaseForm) -> list[Offer]:
    """What the pasted report offers to this form; what no box asks for is not offered."""
    text = form.report.text[:READ]
    readings = [] if is_of_another(form) else read_report(text, form.today)
    boxed = ((reading, _boxes(reading, form)) for reading in readings)
    return [_offer(place, reading, boxes, form) for place, (reading, boxes) in enumerate(boxed) if boxes]


def is_of_several(form: CaseForm) -> bool:
    """Whether the pasted report speaks of more than one patient, so that nothing of it is offered."""
    return is_of_several_patients(form.report.text[:READ])


def is_of_another(form: CaseForm) -> bool:
    """Whether the pasted report names another date of birth than the form, so that nothing of it is offered."""
    born = form.birth_date.day
    return born is not None and is_of_somebody_else(form.report.text[:READ], born)


def with_offer(act: SaveDraft, offer: Offer) -> SaveDraft:
    """The form with what the offer says in its boxes."""
    return replace(act, typed=act.typed | {name: [text] for name, text in offer.boxes.items()})


def _offer(place: int, reading: Reading, boxes: dict[str, str], form: CaseForm) -> Offer:
    text = form.report.text
    return Offer(
        place=place,
        words=reading.words,
        boxes=boxes,
        before=text[max(0, reading.start - AROUND) : reading.start],
        found=text[reading.start : reading.end],
        after=text[reading.end : reading.end + AROUND],
        taken=all(form.typed.get(name, "") == box for name, box in boxes.items()),
    )


def _boxes(reading: Reading, form: CaseForm) -> dict[str, str]:
    """The boxes that a reading fills; none where the form has no box for it."""
    if reading.about.startswith("stage_"):
        return {reading.about: reading.value} if reading.value else {}
    if reading.about == "performance_status":
        return {"karnofsky" if reading.unit == "Karnofsky" else "performance_status": reading.value}
    if reading.about == "examination":
        return _study(reading, form)
    key = _ITEMS.get(reading.about, reading.about)
    item = form.data_set.item(key) if form.data_set else None
    return {f"{PREFIX}{key}-{part}": text for part, text in _result(reading, item) if text} if item else {}


def _study(reading: Reading, form: CaseForm) -> dict[str, str]:
    """A row of its own for a study or specimen, the one that says it already or the next."""
    section = {"Imaging": "imaging", "Pathology": "pathology"}.get(reading.answer)
    if section is None:
        return {}
    said = {"value": reading.value, "number": reading.number}
    said["dated_on"] = words.date_words(reading.dated_on) if reading.dated_on else ""
    row = 0
    while form.typed.get(f"{section}-{row}-value", reading.value) != reading.value:
        row += 1
    return {f"{section}-{row}-{part}": text for part, text in said.items() if text}


def _result(reading: Reading, item: Item) -> Iterator[tuple[str, str]]:
    if reading.answer in _OTHERWISE:
        yield "answer", _OTHERWISE[reading.answer]
        return
    if reading.value and not _same_unit(reading.unit, item):
        return  # a number of another unit is not taken for one of this
    answer = _answer(reading, item)
    unsaid = [reading.answer] if reading.answer and not answer else []
    number = [reading.value] if reading.value != answer else []
    yield "answer", answer
    yield "value", " ".join(filter(None, [*unsaid, *number]))
    if has_date(item) and reading.dated_on:
        yield "dated_on", words.date_words(reading.dated_on)
    if has_number(item):
        yield "number", reading.number


def _answer(reading: Reading, item: Item) -> str:
    """The item's answer that says what the reading does; empty where it has none."""
    like = (reading.answer, reading.value, *_LIKE.get(reading.answer, ()))
    return next((answer for answer in like if answer in item.answers), "")


def _same_unit(read: str, item: Item) -> bool:
    """Whether a number as read is one as asked: ``%`` is ``% of nuclei``; a laboratory value needs its unit."""
    first, second = read.lower().replace(" ", ""), item.unit.lower().replace(" ", "")
    if item.section is Section.LABS:
        return first == second
    return not first or not second or first == second or (first[0] == "%" and second[0] == "%")
