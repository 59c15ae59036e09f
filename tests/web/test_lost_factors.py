"""A lost second factor: taken off by an administrator who knows the voice; of an office holder by two."""

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_person
from tests.web.door import an_owner, enter
from tests.web.pages import filled_in, token, told
from tumorboard.domain.second_factors import factors_of
from tumorboard.storage.db import db
from tumorboard.storage.models import Notice, OfficeRequest, Person
from tumorboard.vocabulary import NoticeKind, Office


def take_off(browser: FlaskClient, person: Person) -> str:
    page = f"/people/{person.id}/second-factor"
    return told(browser, browser.post(page, data=filled_in(browser.get(page).text, page)))


def has_factor(person: Person) -> bool:
    db.session.expire_all()
    return factors_of(person).any


def mails_to(person: Person) -> list[NoticeKind]:
    return list(db.session.scalars(select(Notice.kind).where(Notice.person_id == person.id).order_by(Notice.id)))


def test_one_administrator_takes_it_off_and_the_owner_sets_up_a_new_one(sign_in: SignIn) -> None:
    owner, browser = an_owner(), sign_in(a_person(office=Office.ADMINISTRATOR))
    assert "Taken off." in take_off(browser, owner.person)
    assert not has_factor(owner.person)
    assert mails_to(owner.person)[-1] is NoticeKind.ACCOUNT_CHANGED
    stranger = browser.application.test_client()
    assert enter(stranger, owner.person.email).location == "/sign-in/code"
    assert stranger.get("/sign-in/code").location == "/sign-in/new-code"


def test_of_an_administrator_it_needs_two_others_and_everybody_who_watches_is_told(sign_in: SignIn) -> None:
    lost = an_owner(office=Office.ADMINISTRATOR)
    first, second = (a_person(office=Office.ADMINISTRATOR) for _ in range(2))
    officer = a_person(office=Office.PRIVACY_OFFICER)
    asking, deciding = sign_in(first), sign_in(second)
    assert "Asked. 2 mails on the way" in take_off(asking, lost.person)
    assert has_factor(lost.person)
    [request] = db.session.scalars(select(OfficeRequest))
    decide = f"/people/offices/{request.id}/decide"
    assert asking.post(decide, data={"csrf_token": token(asking), "answer": "give"}).status_code == 403
    assert has_factor(lost.person)

    assert "Lost second factor" in deciding.get("/people/offices").text
    answer = {"csrf_token": token(deciding), "answer": "give"}
    assert "The second factor is taken off" in told(deciding, deciding.post(decide, data=answer))
    assert not has_factor(lost.person)
    assert lost.person.office is Office.ADMINISTRATOR
    assert mails_to(officer) == [NoticeKind.OFFICE_ASKED, NoticeKind.OVERSIGHT]
    assert mails_to(first) == [NoticeKind.OVERSIGHT]
    assert mails_to(lost.person)[-1] is NoticeKind.ACCOUNT_CHANGED


def test_it_stays_when_the_second_administrator_refuses(sign_in: SignIn) -> None:
    lost = an_owner(office=Office.PRIVACY_OFFICER)
    asking, deciding = (sign_in(a_person(office=Office.ADMINISTRATOR)) for _ in range(2))
    take_off(asking, lost.person)
    [request] = db.session.scalars(select(OfficeRequest))
    answer = {"csrf_token": token(deciding), "answer": "keep"}
    page = told(deciding, deciding.post(f"/people/offices/{request.id}/decide", data=answer))
    assert "The second factor stays." in page
    assert has_factor(lost.person)
