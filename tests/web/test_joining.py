"""Mailed links: to join, to set a password anew, to confirm an address and to take one back."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.conftest import SignIn
from tests.factories import a_person, an_actor, an_instant
from tests.web.door import PASSWORD, Owner, an_owner, enter, send
from tests.web.test_query_counts import questions
from tests.web.test_second_factor import told
from tumorboard.domain import addresses, links
from tumorboard.domain.passwords import is_password_of
from tumorboard.storage.db import db
from tumorboard.storage.models import Link, Notice, Person, WebSession
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import LinkKind, NoticeKind

ANOTHER = "lantern river cobalt moss"


@pytest.fixture
def invited(app: Flask) -> Person:
    person = a_person()
    person.joined_at = None
    db.session.commit()
    return person


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


def mailed(person: Person, kind: LinkKind, email: str = "") -> str:
    """The token of a link that was mailed just now."""
    with transaction():
        return links.token_of(links.make(person, kind, an_instant(), email=email).id)


def mails(kind: NoticeKind) -> list[Notice]:
    db.session.expire_all()
    return list(db.session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.created_at, Notice.id)))


def fresh(person: Person) -> Person:
    db.session.expire_all()
    found = db.session.get(Person, person.id)
    assert found is not None
    return found


def test_an_invitation_leads_to_a_password_and_on_to_the_second_factor(browser: FlaskClient, invited: Person) -> None:
    page = f"/join/{mailed(invited, LinkKind.JOIN)}"
    assert invited.family_name in browser.get(page).text
    assert send(browser, page, password="lanterns under").status_code == 422
    assert send(browser, page, password=ANOTHER).location == "/sign-in/code"
    assert browser.get("/sign-in/code").location == "/sign-in/new-code"
    joined = fresh(invited)
    assert joined.joined_at is not None
    assert is_password_of(joined, ANOTHER)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("lanterns under", "14 characters"),
        ("x" * 129, "128 at most"),
        ("passwordpassword", "first that somebody would guess"),
        ("Ada Sorrel Larkmoor 2026", "your name"),
    ],
)
def test_a_password_is_long_and_not_what_is_guessed_first(
    browser: FlaskClient, invited: Person, password: str, sentence: str
) -> None:
    invited.family_name = "Sorrel"
    db.session.commit()
    answer = send(browser, f"/join/{mailed(invited, LinkKind.JOIN)}", password=password)
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("kind", [LinkKind.JOIN, LinkKind.RESET_PASSWORD])
def test_a_scanner_that_opens_a_link_does_not_use_it_and_nobody_uses_it_twice(
    app: Flask, browser: FlaskClient, invited: Person, kind: LinkKind
) -> None:
    page = {LinkKind.JOIN: "/join/", LinkKind.RESET_PASSWORD: "/new-password/"}[kind] + mailed(invited, kind)
    for method in ("GET", "HEAD", "GET", "OPTIONS"):
        assert app.test_client().open(page, method=method).status_code == 200
    assert send(browser, page, password=ANOTHER).status_code == 303
    late = app.test_client()
    over = late.get(page)
    assert over.status_code == 410
    assert "ran out on" not in over.text
    form = {"password": ANOTHER, "csrf_token": _token(late)}
    assert late.post(page, data=form).status_code == 410


@pytest.mark.parametrize(
    ("kind", "page", "lasts"),
    [
        (LinkKind.JOIN, "/join/", timedelta(days=7)),
        (LinkKind.RESET_PASSWORD, "/new-password/", timedelta(minutes=30)),
        (LinkKind.CONFIRM_EMAIL, "/confirm-address/", timedelta(minutes=30)),
        (LinkKind.KEEP_EMAIL, "/keep-address/", timedelta(days=7)),
    ],
)
def test_a_link_is_over_when_its_time_has_run_out(
    browser: FlaskClient, invited: Person, kind: LinkKind, page: str, lasts: timedelta
) -> None:
    page += mailed(invited, kind, email="old@larkmoor.example")
    assert browser.get(page).status_code == 200
    db.session.execute(update(Link).values(made_at=Link.made_at - lasts, expires_at=Link.expires_at - lasts))
    db.session.commit()
    assert browser.get(page).status_code == 410
    assert browser.post(page, data={"password": ANOTHER, "csrf_token": _token(browser)}).status_code == 410


def test_an_invitation_that_is_over_is_sent_again_to_its_address(browser: FlaskClient, invited: Person) -> None:
    token = mailed(invited, LinkKind.JOIN)
    db.session.execute(update(Link).values(used_at=an_instant()))
    db.session.commit()
    answer = send(browser, f"/join/{token}", f"/join/{token}/again")
    assert "a new link is on its way" in answer.text
    (mail,) = mails(NoticeKind.JOIN)
    assert mail.person_id == invited.id
    for _ in range(2):
        send(browser, f"/join/{token}", f"/join/{token}/again")
    assert send(browser, f"/join/{token}", f"/join/{token}/again").status_code == 429


def test_a_forgotten_password_says_and_does_the_same_for_everybody(browser: FlaskClient, app: Flask) -> None:
    owner, answers = an_owner(), []
    for email in (owner.person.email, "nobody@larkmoor.example"):
        with questions() as asked:
            answer = send(browser, "/forgotten-password", email=email)
        done = [each.split(" ", 2)[:2] for each in asked if each.startswith(("INSERT", "UPDATE", "SELECT person"))]
        answers.append((answer.status_code, answer.text.replace(email, "")[-1500:], done))
    assert answers[0][0::2] == answers[1][0::2]
    assert answers[0][1].partition("tb-note")[2] == answers[1][1].partition("tb-note")[2]
    assert [mail.person_id for mail in mails(NoticeKind.RESET_PASSWORD)] == [owner.person.id]


def test_at_most_three_links_an_hour_go_to_one_address(browser: FlaskClient, app: Flask) -> None:
    email = an_owner().person.email
    statuses = [send(browser, "/forgotten-password", email=email).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]


def test_a_new_password_ends_every_session_and_opens_what_failed_tries_had_closed(
    app: Flask, browser: FlaskClient, sign_in: SignIn
) -> None:
    owner = an_owner()
    there = sign_in(owner.person)
    owner.person.failures, owner.person.failed_at = 101, an_instant()
    db.session.commit()
    page = f"/new-password/{mailed(owner.person, LinkKind.RESET_PASSWORD)}"
    assert send(browser, page, password=ANOTHER).location == "/sign-in"
    assert there.get("/").status_code == 302
    assert enter(browser, owner.person.email, PASSWORD).status_code == 422
    assert enter(browser, owner.person.email, ANOTHER).location == "/sign-in/code", "the second factor stays"
    assert told(owner.person)[-1].startswith("Your password was set anew")


def test_another_address_counts_when_its_link_is_used_and_the_old_one_takes_it_back(
    app: Flask, browser: FlaskClient, sign_in: SignIn
) -> None:
    owner = an_owner()
    old, thief = owner.person.email, sign_in(owner.person)
    assert send(thief, "/me/sign-in/address", email="b@evil.example").status_code == 303
    (asked,) = mails(NoticeKind.CONFIRM_EMAIL)
    assert (asked.facts["to_address"], fresh(owner.person).email) == ("b@evil.example", old)
    page = "/confirm-address/" + token_in(asked)
    assert browser.get(page).status_code == 200
    assert fresh(owner.person).email == old, "a scanner's look confirms nothing"
    assert send(browser, page).location == "/sign-in"
    assert fresh(owner.person).email == "b@evil.example"
    (warned,) = mails(NoticeKind.EMAIL_CHANGED)
    assert warned.facts["to_address"] == old

    # Whoever stole the account changes the address once more, and starts a third change.
    with transaction():
        addresses.ask_to_confirm("c@evil.example", an_actor(owner.person, datetime.now(UTC)))
    send(browser, "/confirm-address/" + token_in(mails(NoticeKind.CONFIRM_EMAIL)[-1]))
    with transaction():
        addresses.ask_to_confirm("d@evil.example", an_actor(owner.person, datetime.now(UTC)))
    assert send(browser, "/keep-address/" + token_in(warned)).location == "/sign-in"
    back = fresh(owner.person)
    assert (back.email, back.password_hash) == (old, None)
    assert thief.get("/").status_code == 302
    assert mails(NoticeKind.RESET_PASSWORD)[-1].person_id == owner.person.id
    for later in (mails(NoticeKind.EMAIL_CHANGED)[-1], mails(NoticeKind.CONFIRM_EMAIL)[-1]):
        name = "keep" if later.kind is NoticeKind.EMAIL_CHANGED else "confirm"
        assert browser.get(f"/{name}-address/{token_in(later)}").status_code == 410


def test_an_address_that_somebody_has_is_not_told_apart(app: Flask, sign_in: SignIn) -> None:
    browser, other = sign_in(a_person()), a_person()
    answers = [send(browser, "/me/sign-in/address", email=email) for email in (other.email, "free@larkmoor.example")]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert [mail.facts["to_address"] for mail in mails(NoticeKind.CONFIRM_EMAIL)] == ["free@larkmoor.example"]


def test_another_password_needs_the_present_one_and_ends_all_other_sessions(app: Flask, sign_in: SignIn) -> None:
    owner: Owner = an_owner()
    here, there = sign_in(owner.person), sign_in(owner.person)
    page = "/me/sign-in/password"
    assert send(here, page, current="not this one at all", password=ANOTHER).status_code == 422
    assert there.get("/").status_code == 200
    assert send(here, page, current=PASSWORD, password=ANOTHER).status_code == 303
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert told(owner.person)[-1] == "Your password was changed."


def test_ones_sessions_are_listed_and_ended_but_nobody_elses(app: Flask, sign_in: SignIn) -> None:
    person, other = a_person(), a_person()
    here, there, theirs = sign_in(person), sign_in(person), sign_in(other)
    sessions = {each.person_id: each.id for each in db.session.scalars(select(WebSession))}
    page = here.get("/me/sign-in").text
    assert page.count('/end"') == 1
    foreign = f"/me/sign-in/sessions/{sessions[other.id]}/end"
    assert here.post(foreign, data={"csrf_token": _csrf(here)}).status_code == 303
    assert theirs.get("/").status_code == 200
    send(here, "/me/sign-in", "/me/sign-in/sessions/end-others")
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


def token_in(mail: Notice) -> str:
    """Of the link that this mail's button leads to."""
    from_facts = db.session.get(Link, mail.facts["link_id"])
    assert from_facts is not None
    return links.token_of(from_facts.id)


def _token(browser: FlaskClient) -> str:
    return browser.get("/sign-in").text.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]


def _csrf(browser: FlaskClient) -> str:
    return browser.get("/session").json["token"]  # type: ignore[index,no-any-return]
