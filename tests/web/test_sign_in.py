"""The door: what it opens to whom, and what somebody else learns or gets there."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher, extract_parameters
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.conftest import Servers, SignIn
from tests.factories import a_person, an_instant
from tests.web.door import PASSWORD, Owner, an_owner, enter, enter_whole, forget_codes, password_hash, send
from tests.web.pages import filled_in, token
from tests.web.test_query_counts import questions
from tumorboard.app import create_app
from tumorboard.config import load_settings
from tumorboard.domain import devices, links
from tumorboard.storage.db import db
from tumorboard.storage.models import Device, Notice, Person, WebSession
from tumorboard.storage.queries.devices import FREE, MOST
from tumorboard.vocabulary import NoticeKind


@pytest.fixture
def owner(app: Flask) -> Owner:
    return an_owner()


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


def cookie_token(browser: FlaskClient) -> str:
    with browser.session_transaction() as cookie:
        return str(cookie["_user_id"])


def opens(app: Flask, copied: str) -> bool:
    """Whether a copy of this token opens anything in another browser."""
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie["_user_id"] = copied
    return thief.get("/").status_code == 200


def tried(person: Person, failures: int) -> None:
    """So many tries have failed in a row, the last one just now."""
    db.session.execute(update(Person).where(Person.id == person.id).values(failures=failures, failed_at=an_instant()))
    db.session.commit()


def test_password_and_code_open_the_page_that_was_asked_for(browser: FlaskClient, owner: Owner) -> None:
    assert browser.get("/meetings").location == "/sign-in?next=/meetings"
    assert enter(browser, owner.person.email.upper(), to="/meetings").location == "/sign-in/code"
    assert browser.get("/meetings").status_code == 302, "the password alone opens nothing"
    assert send(browser, "/sign-in/code", code=owner.code()).location == "/meetings"
    assert browser.get("/meetings").status_code == 200


def test_the_way_back_leads_to_the_same_part_of_a_list(browser: FlaskClient, owner: Owner) -> None:
    door = browser.get("/people?text=marlowe&sort=newest").location
    send(browser, door, "/sign-in", email=owner.person.email, password=PASSWORD)
    assert send(browser, "/sign-in/code", code=owner.code()).location == "/people?text=marlowe&sort=newest"


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/meetings", "/nowhere", "\\evil", "javascript:x"]
)
def test_nobody_is_led_to_another_site(browser: FlaskClient, owner: Owner, to: str) -> None:
    assert enter_whole(browser, owner, to=to).location == "/"


def test_a_stranger_learns_nothing_of_who_exists(browser: FlaskClient, owner: Owner) -> None:
    """The same words, the same status, and the same questions to the database; also while tries are refused."""
    answers = set()
    for failures in (0, FREE, MOST + 1):
        tried(owner.person, failures)
        for email in (owner.person.email, "nobody@larkmoor.example"):
            with questions() as asked:
                answer = enter(browser, email, "wrong password of somebody")
            words = answer.text.replace(email, "").partition('name="csrf_token"')[2].partition('">')[2]
            answers.add((answer.status_code, words, len(asked)))
    assert len(answers) == 1
    assert browser.get("/").status_code == 302


def test_a_right_password_that_came_too_soon_is_not_called_wrong(browser: FlaskClient, owner: Owner) -> None:
    tried(owner.person, FREE)
    answer = enter(browser, owner.person.email)
    assert "or this came too soon" in answer.text
    assert "even the right password is refused for up to a minute" in answer.text


def test_for_nobody_a_password_is_checked_all_the_same(browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []
    verify = "argon2.PasswordHasher.verify"
    monkeypatch.setattr(verify, lambda _self, kept, typed: checked.append((extract_parameters(kept), typed)) or False)
    enter(browser, "nobody@larkmoor.example", PASSWORD)
    assert checked == [(extract_parameters(password_hash()), PASSWORD)]


def test_each_guess_at_a_password_takes_64_mib_and_three_passes(production_hasher: PasswordHasher) -> None:
    kept = production_hasher.hash(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert production_hasher.verify(kept, PASSWORD)


def test_after_five_tries_each_waits_longer_but_not_on_a_known_device(app: Flask, owner: Owner) -> None:
    known, unknown = app.test_client(), app.test_client()
    assert enter_whole(known, owner).location == "/"
    send(known, "/", "/sign-out")
    tried(owner.person, FREE + 7)
    assert enter(unknown, owner.person.email).status_code == 422
    assert enter(known, owner.person.email).location == "/sign-in/code"
    db.session.execute(update(Person).values(failed_at=an_instant() - timedelta(seconds=61)))
    db.session.commit()
    assert enter(unknown, owner.person.email).location == "/sign-in/code"


def test_after_a_hundred_tries_only_a_link_by_mail_helps(app: Flask, owner: Owner) -> None:
    tried(owner.person, MOST + 1)
    db.session.execute(update(Person).values(failed_at=an_instant() - timedelta(days=1)))
    db.session.commit()
    assert enter(app.test_client(), owner.person.email).status_code == 422


def test_the_owner_is_told_once_and_the_mailed_link_opens_the_door_on_that_browser_alone(
    app: Flask, owner: Owner
) -> None:
    tried(owner.person, MOST)
    long_ago = update(Person).values(failed_at=an_instant() - timedelta(days=1))
    for _ in range(3):
        db.session.execute(long_ago)
        db.session.commit()
        enter(app.test_client(), owner.person.email, "wrong password of somebody")
    told = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.TOO_MANY_TRIES)).one()
    assert told.person_id == owner.person.id
    page = f"/let-in/{links.token_of(UUID(told.facts['link_id']))}"
    browser, elsewhere = app.test_client(), app.test_client()
    assert browser.get(page).status_code == 200
    assert enter(browser, owner.person.email).status_code == 422, "looking does not use it: mail scanners look"
    assert send(browser, page).location == "/sign-in"
    assert enter(elsewhere, owner.person.email).status_code == 422
    assert enter(browser, owner.person.email, "wrong password of somebody").status_code == 422
    assert enter_whole(browser, owner).location == "/"
    assert elsewhere.get(page).status_code == 410
    assert enter(elsewhere, owner.person.email).location == "/sign-in/code", "who got in whole starts anew"


def test_of_many_tries_at_once_only_the_free_ones_are_counted(app: Flask, owner: Owner) -> None:
    at, allowed, together = an_instant(), [], Barrier(12)

    def attempt() -> None:
        with app.app_context():
            together.wait(10)
            allowed.append(devices.may_try(owner.person.email, "unknown", at))
            db.session.commit()
            db.session.remove()

    threads = [Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(allowed) == [False] * (12 - FREE) + [True] * FREE


def test_whoever_signs_in_whole_starts_anew_and_is_known_by_a_cookie_of_its_own(
    browser: FlaskClient, owner: Owner
) -> None:
    tried(owner.person, 3)
    answer = enter_whole(browser, owner)
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("device="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    db.session.expire_all()
    assert db.session.scalars(select(Person.failures).where(Person.id == owner.person.id)).one() == 0
    assert [each.person_id for each in db.session.scalars(select(Device))] == [owner.person.id]


def test_a_planted_session_and_the_token_of_the_first_step_open_nothing_afterwards(
    app: Flask, browser: FlaskClient, owner: Owner
) -> None:
    with browser.session_transaction() as cookie:
        cookie["planted"], cookie["_user_id"] = "here before", "known to somebody else"
    enter(browser, owner.person.email)
    before = cookie_token(browser)
    assert send(browser, "/sign-in/code", code=owner.code()).location == "/"
    with browser.session_transaction() as cookie:
        assert "planted" not in cookie
    assert cookie_token(browser) not in {before, "known to somebody else"}
    assert not opens(app, before)
    assert opens(app, cookie_token(browser))


def test_a_copied_cookie_opens_nothing_after_signing_out(app: Flask, browser: FlaskClient, owner: Owner) -> None:
    enter_whole(browser, owner)
    copied = cookie_token(browser)
    left = send(browser, "/", "/sign-out")
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not opens(app, copied)


def test_nothing_of_the_last_person_is_left_for_the_next(browser: FlaskClient, owner: Owner) -> None:
    enter_whole(browser, owner)
    send(browser, "/", "/sign-out")
    with browser.session_transaction() as cookie:
        assert set(cookie) <= {"_flashes", "csrf_token"}
    assert browser.get("/session").json == {"stage": "none"}


@pytest.mark.parametrize("stage", ["too old", "left alone"])
def test_a_session_left_alone_or_too_old_shows_nothing(sign_in: SignIn, app: Flask, stage: str) -> None:
    browser = sign_in(a_person())
    assert browser.get("/meetings").status_code == 200
    column = {"too old": "started_at", "left alone": "last_used_at"}[stage]
    hours = {"too old": 13, "left alone": 1}[stage]
    db.session.execute(update(WebSession).values({column: an_instant() - timedelta(hours=hours)}))
    db.session.commit()
    to = {"too old": "/sign-in?next=/meetings", "left alone": "/locked?next=/meetings"}[stage]
    assert browser.get("/meetings").location == to


def test_somebody_deactivated_is_out_with_the_next_click(sign_in: SignIn, app: Flask) -> None:
    person = a_person()
    browser = sign_in(person)
    db.session.execute(update(Person).where(Person.id == person.id).values(deactivated_at=an_instant()))
    db.session.commit()
    assert browser.get("/").status_code == 302
    assert browser.post("/lock", data={"csrf_token": "any"}).status_code in {400, 401}


def test_the_door_refuses_a_form_of_another_site(browser: FlaskClient, owner: Owner) -> None:
    answer = browser.post("/sign-in", data={"email": owner.person.email, "password": PASSWORD})
    assert answer.status_code == 400
    assert db.session.scalars(select(WebSession)).all() == []


@pytest.mark.parametrize(("site", "status"), [("cross-site", 403), ("same-origin", 303), ("none", 303)])
def test_a_form_that_another_sites_page_sends_is_refused_even_with_its_token(
    browser: FlaskClient, owner: Owner, site: str, status: int
) -> None:
    form = filled_in(browser.get("/sign-in").text, "/sign-in") | {"email": owner.person.email, "password": PASSWORD}
    assert browser.post("/sign-in", data=form, headers={"Sec-Fetch-Site": site}).status_code == status


def test_every_form_of_the_door_and_of_ones_account_needs_its_token(app: Flask, sign_in: SignIn) -> None:
    browser, someone = sign_in(a_person()), "01890000-0000-7000-8000-000000000000"
    ours = (
        "sign_in.",
        "second_factor.",
        "passkeys.",
        "lock.",
        "joining.",
        "forgotten_",
        "addresses.",
        "my_sign_in.",
        "let_in.",
    )
    posts = [
        rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()) and rule.endpoint.startswith(ours)
    ]
    assert len(posts) >= 20
    for rule in posts:
        values = dict.fromkeys(rule.arguments, someone)
        address = str(rule.build(values, append_unknown=False)[1])  # type: ignore[index]
        assert browser.post(address).status_code == 400, rule.rule


def test_the_eleventh_try_within_a_minute_waits_whoever_it_is_for(browser: FlaskClient) -> None:
    nobody = f"{uuid4().hex}@larkmoor.example"
    statuses = [enter(browser, nobody, f"wrong {n}").status_code for n in range(11)]
    assert statuses == [422] * 10 + [429]


@pytest.mark.parametrize(("door", "tries"), [("/sign-in", 10), ("/forgotten-password", 3)])
def test_who_has_to_wait_at_the_door_keeps_the_form_with_the_address(
    browser: FlaskClient, door: str, tries: int
) -> None:
    email = f"{uuid4().hex}@larkmoor.example"
    answers = [send(browser, door, email=email, password="wrong of somebody") for _ in range(tries + 1)]
    assert answers[-1].status_code == 429
    assert filled_in(answers[-1].text, door)["csrf_token"]
    assert f'value="{email}"' in answers[-1].text
    assert "too many tries" in answers[-1].text
    assert "wrong of somebody" not in answers[-1].text


def test_an_error_page_leads_somebody_who_is_not_signed_in_to_the_door(browser: FlaskClient, sign_in: SignIn) -> None:
    stranger, colleague = browser.get("/nowhere").text, sign_in(a_person()).get("/nowhere").text
    assert 'href="/sign-in">Sign in</a>' in stranger
    assert 'href="/">Back to Today</a>' in colleague


def test_what_strangers_try_from_the_same_address_costs_a_known_device_nothing(app: Flask, owner: Owner) -> None:
    known, stranger = app.test_client(), app.test_client()
    enter_whole(known, owner)
    send(known, "/", "/sign-out")
    statuses = [enter(stranger, owner.person.email, f"wrong {n}").status_code for n in range(11)]
    assert statuses[-1] == 429
    assert enter(known, owner.person.email).location == "/sign-in/code"
    forget_codes(owner)
    assert send(known, "/sign-in/code", code=owner.code()).location == "/"


def test_a_known_device_waits_for_its_own_tries_and_is_known_for_its_own_account_alone(
    app: Flask, owner: Owner
) -> None:
    known = app.test_client()
    enter_whole(known, owner)
    send(known, "/", "/sign-out")
    for email in (owner.person.email, f"{uuid4().hex}@larkmoor.example"):
        statuses = [enter(known, email, f"wrong {n}").status_code for n in range(11)]
        assert statuses == [422] * 10 + [429]


def test_when_strangers_have_used_up_what_an_address_may_try_a_known_device_still_opens_both_steps(
    app: Flask, owner: Owner
) -> None:
    known, stranger = app.test_client(), app.test_client()
    for each in (known, stranger):
        each.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    enter_whole(known, owner)
    send(known, "/", "/sign-out")
    csrf_token = filled_in(stranger.get("/sign-in").text, "/sign-in")["csrf_token"]
    for step in ("/sign-in", "/sign-in/code"):
        for _ in range(301):
            answer = stranger.post(step, data={"csrf_token": csrf_token, "email": uuid4().hex})
        assert answer.status_code == 429
    forget_codes(owner)
    assert enter_whole(known, owner).location == "/"


def test_a_forged_address_neither_ends_a_session_nor_counts_as_another(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(a_person())
    assert browser.get("/", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200
    stranger, email = app.test_client(), f"{uuid4().hex}@larkmoor.example"
    form = filled_in(stranger.get("/sign-in").text, "/sign-in") | {"email": email, "password": ""}
    statuses = []
    for number in range(11):
        forged = {"X-Forwarded-For": f"203.0.113.{number}"}
        statuses.append(stranger.post("/sign-in", data=form, headers=forged).status_code)
    assert statuses == [422] * 10 + [429]


def test_fields_that_the_form_does_not_have_raise_nobody(browser: FlaskClient, owner: Owner) -> None:
    more = {"office": "administrator", "person_id": "1", "demo": "y", "confirmed_at": "2026-01-01", "next": "/"}
    browser.get("/sign-in")
    answer = send(browser, "/sign-in", email=owner.person.email, password=PASSWORD, **more)
    assert answer.location == "/sign-in/code"
    db.session.expire_all()
    person = db.session.get(Person, owner.person.id)
    assert person is not None
    assert (person.office, person.demo) == (None, False)
    assert db.session.scalars(select(WebSession.confirmed_at)).one() is None


def test_a_strange_host_gets_no_page_and_no_mail(servers: Servers, owner: Owner) -> None:
    choosy = create_app(load_settings(servers.environment | {"TUMORBOARD_TRUSTED_HOSTS": "127.0.0.1"}))
    choosy.config["WTF_CSRF_ENABLED"] = False
    answer = choosy.test_client().post(
        "/forgotten-password", data={"email": owner.person.email}, headers={"Host": "evil.example"}
    )
    assert answer.status_code == 400
    with choosy.app_context():
        db.engine.dispose()


def test_who_has_this_browser_is_told_to_its_scripts(sign_in: SignIn, app: Flask) -> None:
    person = a_person()
    browser = sign_in(person)
    told = browser.get("/session").json
    assert (told["stage"], told["person"]) == ("open", str(person.id))
    assert browser.post("/lock", headers={"X-CSRFToken": told["token"]}).status_code == 204
    assert browser.get("/session").json["stage"] == "locked"


def test_a_locked_page_opens_with_its_persons_password_and_no_other(sign_in: SignIn, owner: Owner) -> None:
    browser = sign_in(owner.person)
    assert browser.post("/lock", headers={"X-CSRFToken": token(browser)}).status_code == 204
    assert browser.get("/meetings").location == "/locked?next=/meetings"
    assert send(browser, "/locked?next=/meetings", "/unlock?next=/meetings", password="wrong").status_code == 422
    assert browser.get("/meetings").status_code == 302
    assert send(browser, "/locked?next=/meetings", "/unlock?next=/meetings", password=PASSWORD).location == "/meetings"
    assert browser.get("/meetings").status_code == 200


def test_somebody_else_at_a_locked_page_gets_a_fresh_one(sign_in: SignIn, owner: Owner, app: Flask) -> None:
    browser = sign_in(owner.person)
    copied = cookie_token(browser)
    browser.post("/lock", headers={"X-CSRFToken": token(browser)})
    assert send(browser, "/locked", "/sign-out").location == "/sign-in"
    assert not opens(app, copied)
    forget_codes(owner)
