"""A hospital's viewers: templates that an administrator keeps, and links that carry a number and nothing else."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_hospital, a_person
from tests.web.pages import filled_in, told
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Case, Hospital, Result
from tumorboard.vocabulary import AuditAct, Office, ResultState, Section

IMAGES = "https://pacs.larkmoor.example/view?acc={number}"
SLIDES = "https://slides.larkmoor.example:8443/slide/{number}#first"


@pytest.fixture
def hospital(app: Flask) -> Hospital:
    return a_hospital()


@pytest.fixture
def keeper(app: Flask, sign_in: SignIn) -> FlaskClient:
    return sign_in(a_person(office=Office.ADMINISTRATOR))


def form_of(keeper: FlaskClient, hospital: Hospital, **typed: str) -> dict[str, str]:
    address = f"/hospitals/{hospital.id}"
    return filled_in(keeper.get(address).text, address) | typed


def test_an_administrator_sets_them_and_it_is_recorded(keeper: FlaskClient, hospital: Hospital) -> None:
    form = form_of(keeper, hospital, imaging_template=IMAGES, pathology_template=SLIDES)
    page = told(keeper, keeper.post(f"/hospitals/{hospital.id}", data=form))
    assert IMAGES in page
    assert SLIDES in page
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.HOSPITAL_CHANGED))
    assert entry.subject_ids == [hospital.id]
    assert entry.details == {"imaging_template": IMAGES, "pathology_template": SLIDES, "holidays": ""}
    assert "/hospitals" in keeper.get("/people").text


@pytest.mark.parametrize(
    "template",
    [
        "http://pacs.larkmoor.example/{number}",
        "javascript:alert({number})",
        "https://pacs.larkmoor.example/view",
        "https://pacs.larkmoor.example/{number}/{number}",
        "https://pacs.larkmoor.example/{mrn}?acc={number}",
        "https://{number}.larkmoor.example/",
        "https://pacs.larkmoor.example{number}",
        "https://{number}",
        "https://user:word@pacs.larkmoor.example/{number}",
        "https:///{number}",
        "//pacs.larkmoor.example/{number}",
        "https://pacs.larkmoor.example/ {number}",
        "https://pacs.larkmoor.example/é/{number}",
        "{number}",
        "x" * 500,
    ],
)
def test_what_is_no_such_address_is_refused_with_what_was_typed(
    keeper: FlaskClient, hospital: Hospital, template: str
) -> None:
    form = form_of(keeper, hospital, imaging_template=template)
    answer = keeper.post(f"/hospitals/{hospital.id}", data=form)
    assert answer.status_code == 422
    assert template in unescape(answer.text)
    db.session.expire_all()
    assert hospital.imaging_template == ""


def test_who_comes_second_overwrites_nothing(keeper: FlaskClient, hospital: Hospital) -> None:
    first, second = (form_of(keeper, hospital, imaging_template=each) for each in (IMAGES, SLIDES))
    assert keeper.post(f"/hospitals/{hospital.id}", data=first).status_code == 303
    assert keeper.post(f"/hospitals/{hospital.id}", data=second).status_code == 409
    db.session.expire_all()
    assert hospital.imaging_template == IMAGES


def a_case_with(*results: Result) -> Case:
    person = a_person()
    person.hospital.imaging_template, person.hospital.pathology_template = IMAGES, SLIDES
    case = a_case(a_board(), person)
    for position, result in enumerate(results, start=1):
        result.position, result.state = position, ResultState.THERE
        case.results.append(result)
    db.session.commit()
    return case


def links_on(browser: FlaskClient, case: Case) -> list[str]:
    page = browser.get(f"/cases/{case.id}").text
    return [unescape(link) for link in re.findall(r'<a [^>]*href="(https://[^"]+)"', page)]


def test_a_number_leads_to_the_hospitals_viewer_and_nothing_else_leaves(sign_in: SignIn) -> None:
    case = a_case_with(
        Result(section=Section.IMAGING, label="CT", number="A 26/0815&x=1#é"),
        Result(section=Section.PATHOLOGY, label="Core biopsy", number="S26-40718"),
        Result(section=Section.IMAGING, label="MRI elsewhere", number="E77", place="Eastmere Hospital"),
        Result(section=Section.IMAGING, label="No number"),
        Result(section=Section.PATHOLOGY, label="Dots", number=".."),
    )
    browser = sign_in(case.submitter)
    assert links_on(browser, case) == [
        "https://pacs.larkmoor.example/view?acc=A%2026%2F0815%26x%3D1%23%C3%A9",
        "https://slides.larkmoor.example:8443/slide/S26-40718#first",
    ]
    page = browser.get(f"/cases/{case.id}").text
    assert page.count('rel="noreferrer" target="_blank"') == 2
    assert "Open images" in page
    assert "Open slides" in page


def test_without_a_template_there_is_no_link(sign_in: SignIn) -> None:
    case = a_case_with(Result(section=Section.IMAGING, label="CT", number="A26-0815"))
    case.submitter.hospital.imaging_template = ""
    db.session.commit()
    assert links_on(sign_in(case.submitter), case) == []
