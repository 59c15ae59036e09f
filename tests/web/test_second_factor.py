"""The second factor: who must have one, and that each code opens once."""

import json
import re
from datetime import timedelta
from threading import Barrier, Thread

import pyotp
import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.conftest import SignIn
from tests.factories import a_person, an_actor, an_instant
from tests.web.door import Owner, an_owner, enter, forget_codes, password_hash, send
from tests.web.pages import filled_in
from tumorboard.domain import second_factors
from tumorboard.domain.passkeys import remove
from tumorboard.errors import Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Notice, Passkey, Person, Totp, WebSession
from tumorboard.storage.sealing import unseal
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import NoticeKind, Office

RECOVERY_CODES = "/sign-in/recovery-codes"


@pytest.fixture
def owner(app: Flask) -> Owner:
    return an_owner()


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


def a_passkey(person: Person) -> Passkey:
    passkey = Passkey(
        person_id=person.id,
        name="Phone",
        credential_id=person.id.bytes,
        public_key=b"",
        sign_count=0,
        made_at=an_instant(),
        last_used_at=None,
    )
    db.session.add(passkey)
    db.session.commit()
    return passkey


def an_app_in(page: str) -> pyotp.TOTP:
    """What an app makes of the secret on the page."""
    return pyotp.TOTP(page.partition("<code>")[2].partition("</code>")[0].replace(" ", ""))


def codes_in(browser: FlaskClient) -> list[str]:
    return re.findall("<li>([^<]+)</li>", browser.get(RECOVERY_CODES).text)


def told(person: Person) -> list[str]:
    """What mails say was done to the account, in that order."""
    query = select(Notice.facts["what"].astext).where(
        Notice.person_id == person.id, Notice.kind == NoticeKind.ACCOUNT_CHANGED
    )
    return list(db.session.scalars(query.order_by(Notice.id)))


def test_of_two_who_send_the_same_code_at_once_one_gets_in(app: Flask, owner: Owner) -> None:
    at, code, together, opened = an_instant(), owner.code(), Barrier(2), []

    def show() -> None:
        with app.app_context():
            together.wait(10)
            with transaction():
                opened.append(second_factors.opens_with_code(owner.person, code, at))
            db.session.remove()

    threads = [Thread(target=show) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(opened) == [False, True]


def test_a_code_that_was_used_is_refused_afterwards(app: Flask, browser: FlaskClient, owner: Owner) -> None:
    code, other = owner.code(), app.test_client()
    enter(browser, owner.person.email)
    assert send(browser, "/sign-in/code", code=code).location == "/"
    enter(other, owner.person.email)
    answer = send(other, "/sign-in/code", code=code)
    assert answer.status_code == 422
    assert "was used or is over" in answer.text


def test_after_five_wrong_codes_the_right_one_waits_ten_minutes(owner: Owner) -> None:
    at = an_instant()

    def opens(code: str, later: timedelta = timedelta(0)) -> bool:
        with transaction():
            return second_factors.opens_with_code(owner.person, code, at + later)

    assert [opens("000000") for _ in range(5)] == [False] * 5
    assert not opens(owner.code(at))
    later = timedelta(minutes=10)
    assert opens(owner.code(at + later), later)


def test_a_recovery_code_opens_once_and_its_owner_hears_of_it(app: Flask, browser: FlaskClient, owner: Owner) -> None:
    code = owner.recovery_codes[3]
    enter(browser, owner.person.email)
    assert send(browser, "/sign-in/recovery-code", code=code.upper().replace("-", " ")).location == "/"
    again = app.test_client()
    enter(again, owner.person.email)
    assert send(again, "/sign-in/recovery-code", code=code).status_code == 422
    assert told(owner.person)[-1].startswith("A recovery code was used")


def test_a_copy_of_the_database_holds_no_secret(owner: Owner) -> None:
    sealed = db.session.scalars(select(Totp.sealed_secret)).one()
    assert owner.app.secret.encode() not in sealed
    moved = a_person()
    with pytest.raises(InvalidTag):
        unseal(sealed, f"totp.sealed_secret:{moved.id}")


def test_whoever_has_none_sets_one_up_before_anything_opens(browser: FlaskClient, app: Flask) -> None:
    person = a_person(password_hash=password_hash())
    assert enter(browser, person.email, to="/meetings").location == "/sign-in/code"
    assert browser.get("/sign-in/code").location == "/sign-in/new-code"
    assert browser.get("/meetings").status_code == 302
    page = browser.get("/sign-in/new-code").text
    form = filled_in(page, "/sign-in/new-code")
    refused = browser.post("/sign-in/new-code", data=form | {"code": "000000"})
    assert refused.status_code == 422
    assert an_app_in(refused.text).secret == an_app_in(page).secret, "whoever has scanned it need not scan again"
    answer = browser.post("/sign-in/new-code", data=form | {"code": an_app_in(page).now()})
    assert answer.location == RECOVERY_CODES
    assert browser.get(RECOVERY_CODES).text.count("<li>") == 8
    assert browser.get("/meetings").status_code == 302
    assert send(browser, RECOVERY_CODES).location == "/meetings"
    assert browser.get("/meetings").status_code == 200


def test_recovery_codes_count_once_they_are_said_to_be_kept_and_nothing_opens_before(
    browser: FlaskClient, app: Flask
) -> None:
    person = a_person(password_hash=password_hash())
    enter(browser, person.email)
    key = an_app_in(browser.get("/sign-in/new-code").text)
    send(browser, "/sign-in/new-code", code=key.now())
    shown = codes_in(browser)
    assert codes_in(browser) == shown, "a page that was left by mistake can be opened again"
    assert browser.get("/sign-in/code").location == RECOVERY_CODES
    assert second_factors.factors_of(person).codes_left == 0
    later = app.test_client()
    enter(later, person.email)
    assert later.get(RECOVERY_CODES).status_code == 409, "not before the second factor"
    assert send(later, "/sign-in/recovery-code", code=shown[0]).status_code == 422
    totp = second_factors.factors_of(person).totp
    assert totp is not None
    totp.last_step = 0
    db.session.commit()
    assert send(later, "/sign-in/code", code=key.now()).location == RECOVERY_CODES
    kept = codes_in(later)
    assert not set(kept) & set(shown)
    assert send(later, RECOVERY_CODES).location == "/"
    assert second_factors.factors_of(person).codes_left == 8
    assert later.get(RECOVERY_CODES).location == "/sign-in"
    third = app.test_client()
    enter(third, person.email)
    assert send(third, "/sign-in/recovery-code", code=kept[5]).location == "/"


def test_the_pattern_stays_the_same_when_its_page_is_opened_again(browser: FlaskClient, app: Flask) -> None:
    person, elsewhere = a_person(password_hash=password_hash()), app.test_client()
    enter(browser, person.email)
    enter(elsewhere, person.email)
    scanned = an_app_in(browser.get("/sign-in/new-code").text)
    browser.get("/sign-in/new-passkey")
    assert an_app_in(browser.get("/sign-in/new-code").text).secret == scanned.secret
    assert an_app_in(elsewhere.get("/sign-in/new-code").text).secret != scanned.secret
    refused = send(browser, "/sign-in/new-code", code=pyotp.TOTP(pyotp.random_base32()).now())
    assert "not the code of this pattern" in refused.text
    assert "scan again" in refused.text
    assert send(browser, "/sign-in/new-code", code=scanned.now()).location == RECOVERY_CODES


def test_another_app_gets_another_secret_in_the_same_session(sign_in: SignIn, app: Flask, owner: Owner) -> None:
    browser, page = sign_in(owner.person), "/me/sign-in/codes"
    first = an_app_in(browser.get(page).text)
    assert send(browser, page, code=first.now()).status_code == 303
    second = an_app_in(browser.get(page).text)
    assert second.secret != first.secret
    assert send(browser, page, code=first.now()).status_code == 422
    assert send(browser, page, code=second.now()).status_code == 303


def test_a_secret_that_the_page_did_not_offer_is_not_taken(browser: FlaskClient, app: Flask) -> None:
    person, chosen = a_person(password_hash=password_hash()), pyotp.random_base32()
    enter(browser, person.email)
    answer = send(browser, "/sign-in/new-code", code=pyotp.TOTP(chosen).now(), offered=chosen, secret=chosen)
    assert answer.status_code == 422


def test_whoever_has_one_cannot_set_up_another_with_the_password_alone(browser: FlaskClient, owner: Owner) -> None:
    enter(browser, owner.person.email)
    assert browser.get("/sign-in/new-code").status_code == 409
    assert browser.get("/sign-in/new-passkey").status_code == 409


def test_an_administrator_gets_no_further_by_codes_than_to_a_passkey(app: Flask, browser: FlaskClient) -> None:
    owner = an_owner(office=Office.ADMINISTRATOR)
    assert enter(browser, owner.person.email).location == "/sign-in/code"
    assert send(browser, "/sign-in/code", code=owner.code()).location == "/sign-in/new-passkey"
    assert browser.get("/sign-in/new-passkey").status_code == 200
    assert browser.get("/").status_code == 302
    a_passkey(owner.person)
    forget_codes(owner)
    phished = app.test_client()
    enter(phished, owner.person.email)
    form = {"csrf_token": filled_in(phished.get("/sign-in/code").text, "/sign-in/passkey")["csrf_token"]}
    assert phished.post("/sign-in/code", data=form | {"code": owner.code()}).status_code == 422


def test_a_passkey_that_is_made_up_opens_nothing(browser: FlaskClient, owner: Owner) -> None:
    a_passkey(owner.person)
    enter(browser, owner.person.email)
    form = filled_in(browser.get("/sign-in/code").text, "/sign-in/passkey")
    browser.post("/passkeys/challenge", headers={"X-CSRFToken": form["csrf_token"]})
    response = {"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA"}
    made_up = json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response})
    for answer in ("", "{}", "[]", "null", "\0", "x" * 9000, made_up):
        assert browser.post("/sign-in/passkey", data=form | {"passkey": answer}).status_code == 422, answer[:40]
    assert browser.get("/").status_code == 302


def test_the_only_factor_and_an_administrators_passkey_stay(app: Flask) -> None:
    person = a_person()
    passkey = a_passkey(person)
    with pytest.raises(Refused):
        remove(passkey.id, an_actor(person))
    administrator = an_owner(office=Office.ADMINISTRATOR).person
    needed = a_passkey(administrator)
    with pytest.raises(Refused):
        remove(needed.id, an_actor(administrator))


def test_an_administrator_takes_off_a_lost_factor_and_its_owner_is_told(
    app: Flask, sign_in: SignIn, owner: Owner
) -> None:
    administrator, lost = a_person(office=Office.ADMINISTRATOR), owner.person
    there = sign_in(lost)
    with pytest.raises(Refused):
        second_factors.take_off(lost, an_actor(a_person()))
    with transaction():
        second_factors.take_off(lost, an_actor(administrator))
    assert there.get("/").status_code == 302
    assert not second_factors.factors_of(lost).any
    assert "taken off" in told(lost)[-1]
    with pytest.raises(Refused):
        second_factors.take_off(administrator, an_actor(administrator))


def test_what_needs_a_recent_factor_is_done_after_it_with_all_that_was_typed(sign_in: SignIn, owner: Owner) -> None:
    browser = sign_in(owner.person)
    form = filled_in(browser.get("/me/sign-in/address").text, "/me/sign-in/address")
    before = an_instant() - timedelta(minutes=5)
    db.session.execute(update(WebSession).values(confirmed_at=before))
    db.session.commit()
    asked = browser.post("/me/sign-in/address", data=form | {"email": "new.address@larkmoor.example"})
    assert asked.status_code == 401
    carried = filled_in(asked.text, "/me/sign-in/address")
    assert carried["email"] == "new.address@larkmoor.example"
    refused = browser.post("/me/sign-in/address", data=carried | {"confirm-code": "000000"})
    assert refused.status_code == 401
    assert filled_in(refused.text, "/me/sign-in/address")["email"] == "new.address@larkmoor.example"
    with browser.session_transaction() as cookie:
        token_before = cookie["_user_id"]
    done = browser.post("/me/sign-in/address", data=carried | {"confirm-code": owner.code()})
    assert done.status_code == 303
    mail = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.CONFIRM_EMAIL)).one()
    assert mail.facts["to_address"] == "new.address@larkmoor.example"
    with browser.session_transaction() as cookie:
        assert cookie["_user_id"] != token_before
    assert browser.get("/me/sign-in").status_code == 200
