"""What boards decided before, and what became of it: typed with a case, changed where it stands, taken along."""

from datetime import date

import pytest

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_patient, a_person
from tests.web.case_pages import a_form, begin, send, timeline, typed_in
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, EarlierDecision, Person
from tumorboard.vocabulary import CaseState, Fate

CHANGED = {
    "decisions-0-decided_on": "14-Oct-2026",
    "decisions-0-board": "Breast board, Eastmere",
    "decisions-0-advised": "Neoadjuvant chemotherapy, six cycles",
    "decisions-0-fate": "changed",
    "decisions-0-note": "stopped after four, neuropathy",
}


@pytest.fixture
def ada() -> Person:
    return a_person()


def typed_decisions(browser, case: Case) -> dict[str, str]:
    """The boxes of the history as somebody finds them who changes it."""
    return typed_in(browser.get(f"/cases/{case.id}/sections/history"))


def test_a_decision_typed_with_the_case_stands_on_its_timeline_with_what_became_of_it(
    sign_in: SignIn, ada: Person
) -> None:
    browser = sign_in(ada)
    assert send(browser, "submit", a_form(a_board(), ada) | CHANGED).status_code == 303
    [case] = db.session.query(Case)
    assert (
        "Decision, Breast board, Eastmere: Neoadjuvant chemotherapy, six cycles."
        " Changed: stopped after four, neuropathy 14-Oct-2026" in timeline(browser, case)
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"decisions-0-note": ""}, "Write in a few words why it was changed or not done."),
        ({"decisions-0-advised": " "}, "Write what the board advised, or remove this decision."),
        ({"decisions-0-decided_on": "14-Oct-2099"}, "This date is in the future. Check the year."),
        ({"decisions-0-decided_on": "14-Oct-1931"}, "This date is before the birth. Check the year."),
    ],
)
def test_what_is_wrong_with_a_decision_is_said_and_kept(
    sign_in: SignIn, ada: Person, typed: dict[str, str], sentence: str
) -> None:
    form = a_form(a_board(), ada) | CHANGED | typed
    answer = send(sign_in(ada), "submit", form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert typed_in(answer)["decisions-0-board"] == "Breast board, Eastmere"


def test_a_decision_is_changed_where_it_stands_as_a_version_of_the_history(sign_in: SignIn, ada: Person) -> None:
    browser, case = sign_in(ada), a_case(a_board(), ada)
    address = f"/cases/{case.id}/sections/history"
    assert browser.post(address, data=typed_decisions(browser, case) | CHANGED).status_code == 303
    held = typed_decisions(browser, case)
    [fate] = [box for box in held if box.endswith("-fate")]
    number = fate.split("-")[1]
    done = {fate: "done", f"decisions-{number}-note": "12-Nov-2026"}
    assert browser.post(address, data=held | done).status_code == 303
    [decision] = db.session.query(EarlierDecision)
    assert (decision.id.int, decision.fate, decision.note) == (int(number), Fate.DONE, "12-Nov-2026")
    history = browser.get(f"{address}/history").text
    before = "14-Oct-2026; Breast board, Eastmere; Neoadjuvant chemotherapy, six cycles"
    assert f"{before}; Changed: stopped after four, neuropathy</del>" in history
    assert f"{before}; Done: 12-Nov-2026</ins>" in history


def test_another_section_leaves_the_decisions_alone(sign_in: SignIn, ada: Person) -> None:
    browser, case = sign_in(ada), a_case(a_board(), ada)
    address = f"/cases/{case.id}/sections/history"
    browser.post(address, data=typed_decisions(browser, case) | CHANGED)
    stage = f"/cases/{case.id}/sections/stage"
    assert browser.post(stage, data=typed_in(browser.get(stage)) | {"stage_t": "2"}).status_code == 303
    assert db.session.query(EarlierDecision).count() == 1


def test_two_people_who_add_a_decision_at_once_have_both(sign_in: SignIn, ada: Person) -> None:
    browser, case = sign_in(ada), a_case(a_board(), ada)
    address = f"/cases/{case.id}/sections/history"
    first = second = typed_decisions(browser, case)
    other = {name.replace("-0-", "-4711-"): text for name, text in CHANGED.items()}
    assert browser.post(address, data=first | CHANGED).status_code == 303
    assert browser.post(address, data=second | other | {"decisions-4711-advised": "Surgery"}).status_code == 303
    advised = sorted(each.advised for each in db.session.query(EarlierDecision))
    assert advised == ["Neoadjuvant chemotherapy, six cycles", "Surgery"]


def test_the_next_case_takes_the_decisions_along(sign_in: SignIn, ada: Person) -> None:
    browser = sign_in(ada)
    case = a_case(a_board(), ada, patient=a_patient(), state=CaseState.SIGNED)
    case.earlier_decisions = [
        EarlierDecision(position=1, decided_on=date(2025, 3, 4), advised="Biopsy of the second focus", fate=Fate.DONE)
    ]
    db.session.commit()
    begun = browser.get(begin(browser, case))
    boxes = typed_in(begun)
    assert [text for box, text in boxes.items() if box.endswith("-advised") and text] == ["Biopsy of the second focus"]
    assert "04-Mar-2025; Biopsy of the second focus; Done" in begun.text
