"""Offices: asked for by one administrator, decided by another, and never one's own."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import Servers, SignIn
from tests.factories import a_board, a_hospital, a_person, an_actor
from tests.web.door import an_owner
from tests.web.pages import token, told
from tumorboard.cli import main
from tumorboard.domain import offices
from tumorboard.domain.offices import AskForOffice
from tumorboard.domain.second_factors import factors_of
from tumorboard.errors import Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Notice, OfficeRequest, Person
from tumorboard.storage.queries import people
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, NoticeKind, Office


def ask(person: Person, by: Person) -> OfficeRequest:
    with transaction():
        offices.ask(AskForOffice(person.id, Office.ADMINISTRATOR), an_actor(by))
    [request] = db.session.scalars(select(OfficeRequest))
    return request


def test_a_second_administrator_gives_an_office_and_the_privacy_officer_is_told(sign_in: SignIn) -> None:
    first, second = (a_person(office=Office.ADMINISTRATOR) for _ in range(2))
    officer, person = a_person(office=Office.PRIVACY_OFFICER), a_person()
    asking, deciding = sign_in(first), sign_in(second)
    form = {"csrf_token": token(asking), "person": str(person.id), "office": "administrator"}
    assert "Asked. 2 mails" in told(asking, asking.post("/people/offices", data=form))
    [request] = db.session.scalars(select(OfficeRequest))
    told_of_it = db.session.scalars(select(Notice.person_id).where(Notice.kind == NoticeKind.OFFICE_ASKED))
    assert set(told_of_it) == {second.id, officer.id}

    decide = f"/people/offices/{request.id}/decide"
    answer = {"csrf_token": token(deciding), "answer": "give"}
    assert asking.post(decide, data=answer | {"csrf_token": token(asking)}).status_code == 403
    db.session.expire_all()
    assert person.office is None
    told(deciding, deciding.post(decide, data=answer))
    db.session.expire_all()
    assert person.office is Office.ADMINISTRATOR
    assert watched() == {first.id: 1, officer.id: 1}

    page = f"/people/{person.id}/office/take-away"
    assert "Take it away, send 3 mails" in deciding.get(page).text
    db.session.expire_all()
    assert person.office is Office.ADMINISTRATOR
    assert "taken away. 3 mails" in told(deciding, deciding.post(page, data=answer))
    db.session.expire_all()
    assert person.office is None
    assert watched() == {first.id: 2, officer.id: 2}


def watched() -> Counter[object]:
    """How many mails tell whom what was done."""
    return Counter(db.session.scalars(select(Notice.person_id).where(Notice.kind == NoticeKind.OVERSIGHT)))


def test_the_last_privacy_officer_keeps_the_office_until_there_is_another(sign_in: SignIn) -> None:
    administrator, last = a_person(office=Office.ADMINISTRATOR), a_person(office=Office.PRIVACY_OFFICER)
    browser = sign_in(administrator)

    def take_away() -> str:
        form = {"csrf_token": token(browser)}
        return told(browser, browser.post(f"/people/{last.id}/office/take-away", data=form))

    assert "Nobody else is privacy officer" in take_away()
    db.session.refresh(last)
    assert last.office is Office.PRIVACY_OFFICER
    a_person(office=Office.PRIVACY_OFFICER)
    assert "The office is taken away" in take_away()


def test_two_administrators_at_once_leave_one_privacy_officer(app: Flask, sign_in: SignIn) -> None:
    browsers = [sign_in(a_person(office=Office.ADMINISTRATOR)) for _ in range(2)]
    officers, ready = [a_person(office=Office.PRIVACY_OFFICER).id for _ in range(2)], Barrier(2)
    db.session.commit()

    def press(browser: FlaskClient, officer: UUID) -> None:
        form = {"csrf_token": token(browser)}
        ready.wait()
        browser.post(f"/people/{officer}/office/take-away", data=form)

    threads = [Thread(target=press, args=pair) for pair in zip(browsers, officers, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    assert len(people.office_holders(Office.PRIVACY_OFFICER)) == 1


def test_a_privacy_officer_who_leaves_soon_does_not_count(sign_in: SignIn) -> None:
    browser, last = sign_in(a_person(office=Office.ADMINISTRATOR)), a_person(office=Office.PRIVACY_OFFICER)
    a_person(office=Office.PRIVACY_OFFICER).leaves_at = datetime.now(UTC) + timedelta(days=3)
    db.session.commit()
    refused = browser.get(f"/people/{last.id}/office/take-away")
    assert "Nobody else is privacy officer" in told(browser, refused)


def test_nobody_asks_or_decides_for_themselves_and_nobody_with_patients_gets_an_office(app: Flask) -> None:
    first, second = (a_person(office=Office.ADMINISTRATOR) for _ in range(2))
    with pytest.raises(Refused):
        offices.ask(AskForOffice(first.id, Office.PRIVACY_OFFICER), an_actor(first))
    with pytest.raises(Refused):
        offices.take_away(first, an_actor(first))
    db.session.rollback()
    chair = a_person()
    a_board((chair, BoardRole.CHAIR))
    with pytest.raises(Refused, match="wrong"):
        ask(chair, first)
    person = a_person()
    request = ask(person, first)
    a_board((person, BoardRole.CORE))
    with pytest.raises(Refused, match="wrong"), transaction():
        offices.decide(request.id, an_actor(second), granted=True)
    db.session.expire_all()
    assert person.office is None


def test_the_command_line_appoints_two_administrators_and_no_third(app: Flask, servers: Servers) -> None:
    hospital = a_hospital("Larkmoor")

    def appoint(name: str) -> int:
        line = ["add-person", f"{name}@larkmoor.example", f"--family-name={name}", "--given-name=Ada"]
        line += ["--discipline=administration", f"--hospital={hospital.short_name}", "--time-zone=America/New_York"]
        line += ["--office=administrator", "--password=eleven kettles under the pier"]
        code = CliRunner(env=dict(servers.environment)).invoke(main, line).exit_code
        db.session.rollback()
        return code

    assert [appoint(name) for name in ("Dunmore", "Thistlewood", "Third")] == [0, 0, 1]


def test_the_command_line_lets_one_of_two_administrators_in_again_and_not_one_of_three(
    app: Flask, servers: Servers
) -> None:
    lost = an_owner(office=Office.ADMINISTRATOR).person
    a_person(office=Office.ADMINISTRATOR)

    def take_off(email: str) -> int:
        runner = CliRunner(env=dict(servers.environment))
        code = runner.invoke(main, ["take-off-second-factor", email]).exit_code
        db.session.rollback()
        return code

    assert take_off(a_person().email) == 1
    assert take_off(lost.email) == 0
    assert not factors_of(lost).any
    a_person(office=Office.ADMINISTRATOR)
    assert take_off(lost.email) == 1
