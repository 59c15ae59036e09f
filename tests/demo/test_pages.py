"""The demo's own pages, and that they are nowhere else."""

import re
import smtplib
from collections.abc import Iterator
from dataclasses import replace
from smtplib import SMTPRecipientsRefused
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import Servers
from tests.factories import a_person, an_instant
from tests.mail.letters import AGENDA, INVITATION
from tests.test_config import PRODUCTION
from tumorboard.app import create_app
from tumorboard.config import ConfigurationError, load_settings
from tumorboard.demo.hospital.people import MOVED_AWAY, PEOPLE
from tumorboard.demo.pages import MAIL_POLICY, create_demo_app
from tumorboard.mail.letter import Letter
from tumorboard.mail.render import render
from tumorboard.storage.db import db
from tumorboard.storage.models import Person


@pytest.fixture
def demo_app(app: Flask, servers: Servers) -> Iterator[Flask]:
    environment = {**servers.environment, "TUMORBOARD_ENVIRONMENT": "demo"}
    demo = create_demo_app(load_settings(environment), servers.mailbox.folder)
    yield demo
    with demo.app_context():
        db.engine.dispose()


@pytest.fixture
def visitor(demo_app: Flask) -> FlaskClient:
    return demo_app.test_client()


def somebody_of_the_demo(family_name: str = "Sorrel") -> Person:
    person = a_person(email=f"{uuid4().hex}@larkmoor.example")
    person.family_name, person.demo = family_name, True
    db.session.commit()
    return person


def delivered(letter: Letter, servers: Servers) -> str:
    """Hands the letter to the mail server for a new address; answers where its inbox is."""
    address = f"{uuid4().hex}@larkmoor.example"
    mail = render(replace(letter, to_address=address))
    with smtplib.SMTP("127.0.0.1", servers.mailbox.port) as server:
        server.sendmail("boards@larkmoor.example", [address], mail)
    return f"/demo/mailbox/{address}"


def link(page: str, beginning: str) -> str:
    found = re.search(rf'href="({re.escape(beginning)}[^"]+)"', page)
    assert found, page
    return found[1]


def press(visitor: FlaskClient, person: Person, **typed: str) -> TestResponse:
    """Presses the person's button on the sign-in page."""
    page = visitor.get("/sign-in").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    return visitor.post(f"/demo/sign-in-as/{person.id}", data={"csrf_token": token[1], **typed})


def test_production_has_no_route_and_no_template_of_the_demo() -> None:
    production = create_app(load_settings(PRODUCTION))

    assert not [rule for rule in production.url_map.iter_rules() if "demo" in rule.rule or "demo" in rule.endpoint]
    assert not [name for name in production.jinja_env.list_templates() if name.startswith("demo/")]


@pytest.mark.parametrize("environment", ["test", "production"])
def test_the_pages_refuse_any_other_environment(servers: Servers, environment: str) -> None:
    environ = PRODUCTION if environment == "production" else servers.environment

    with pytest.raises(ConfigurationError, match="TUMORBOARD_ENVIRONMENT=demo"):
        create_demo_app(load_settings(environ), servers.mailbox.folder)


def test_the_sign_in_page_offers_people_by_role_in_the_demo_alone(app: Flask, visitor: FlaskClient) -> None:
    somebody_of_the_demo("Sorrel")

    page = visitor.get("/sign-in").text

    assert "Medical oncologist" in page
    assert "Sorrel, Ada" in page
    assert "Medical oncologist" not in app.test_client().get("/sign-in").text


def test_who_has_left_is_not_offered(visitor: FlaskClient) -> None:
    somebody_of_the_demo("Sorrel").deactivated_at = an_instant()
    db.session.commit()
    assert "Sorrel, Ada" not in visitor.get("/sign-in").text


def test_a_click_signs_in_and_goes_where_the_visitor_was_going(visitor: FlaskClient) -> None:
    person = somebody_of_the_demo()

    answer = press(visitor, person, next="/meetings")

    assert (answer.status_code, answer.location) == (303, "/meetings")
    assert visitor.get("/").status_code == 200


def test_nobody_real_is_signed_in_by_a_click(visitor: FlaskClient) -> None:
    assert press(visitor, a_person()).status_code == 404
    assert visitor.get("/").status_code == 302


def test_a_click_without_its_token_signs_nobody_in(visitor: FlaskClient) -> None:
    assert visitor.post(f"/demo/sign-in-as/{somebody_of_the_demo().id}").status_code == 400
    assert visitor.get("/").status_code == 302


def test_outside_the_demo_a_click_finds_nothing(app: Flask) -> None:
    assert app.test_client().get("/demo/mailbox").status_code == 404
    assert press(app.test_client(), somebody_of_the_demo()).status_code == 404


def test_the_mailbox_lists_everybody_with_their_mails(visitor: FlaskClient, servers: Servers) -> None:
    person, inbox = somebody_of_the_demo("Marlowe"), delivered(INVITATION, servers)

    page = visitor.get("/demo/mailbox").text

    assert "Marlowe, Ada" in page
    assert f"/demo/mailbox/{person.email}" in page
    assert inbox in page


def test_a_mail_is_shown_with_its_text_and_its_calendar_part_in_words(visitor: FlaskClient, servers: Servers) -> None:
    inbox = delivered(INVITATION, servers)

    page = visitor.get(link(visitor.get(inbox).text, f"{inbox}/")).text

    assert "REQUEST: Wednesday 25-Nov-2026, 13:00 to 14:30 EST" in page
    assert f"UID {INVITATION.uid}, SEQUENCE 0" in page
    assert "You are invited to the Breast board." in page
    assert "BEGIN:VEVENT" in page
    assert f'<a href="{INVITATION.link}"' in page


def test_a_mail_without_a_calendar_part_is_shown_too(visitor: FlaskClient, servers: Servers) -> None:
    inbox = delivered(AGENDA, servers)

    page = visitor.get(link(visitor.get(inbox).text, f"{inbox}/"))

    assert page.status_code == 200
    assert "Calendar part" not in page.text


def test_the_newest_mail_stands_first(visitor: FlaskClient, servers: Servers) -> None:
    inbox = delivered(INVITATION, servers)
    address = inbox.rpartition("/")[2]
    again = render(replace(AGENDA, to_address=address))
    with smtplib.SMTP("127.0.0.1", servers.mailbox.port) as server:
        server.sendmail("boards@larkmoor.example", [address], again)

    page = visitor.get(inbox).text

    assert page.index("Agenda version 2") < page.index("Invitation: Breast board")


def test_the_first_page_shows_the_newest_mail_of_all(visitor: FlaskClient, servers: Servers) -> None:
    delivered(AGENDA, servers)
    newest = delivered(INVITATION, servers)

    page = visitor.get("/demo/mailbox").text
    mails = page[page.index("The newest mails") :]

    assert link(mails, "/demo/mailbox/").startswith(f"{newest}/")
    assert "You are invited to the Breast board." in mails


def test_the_newest_mail_of_an_inbox_is_shown_until_another_is_opened(visitor: FlaskClient, servers: Servers) -> None:
    inbox = delivered(INVITATION, servers)

    assert "You are invited to the Breast board." in visitor.get(inbox).text


def test_one_person_has_moved_and_her_mail_is_refused(servers: Servers) -> None:
    address = next(person.email for person in PEOPLE if person.family_name == MOVED_AWAY)

    with smtplib.SMTP("127.0.0.1", servers.mailbox.port) as server, pytest.raises(SMTPRecipientsRefused) as refused:
        server.sendmail("boards@larkmoor.example", [address], b"Subject: An agenda\r\n\r\n")

    assert refused.value.recipients[address][0] == 550


def test_a_mails_html_is_its_own_page_that_runs_nothing(visitor: FlaskClient, servers: Servers) -> None:
    inbox = delivered(INVITATION, servers)

    answer = visitor.get(f"{link(visitor.get(inbox).text, f'{inbox}/')}/html")

    assert answer.headers.getlist("Content-Security-Policy") == [MAIL_POLICY]
    assert MAIL_POLICY == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer.mimetype == "text/html"
    assert "You are invited" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "nobody@larkmoor.example",
        "..",
        "%2e%2e",
        "..%2f..%2f..%2fetc",
        "%00",
        "{inbox}/..",
        "{inbox}/%2e%2e%2fnew",
        "{inbox}/no-such-mail",
        "{inbox}/no-such-mail/html",
        "{inbox}/..%2f..%2f..%2fetc%2fpasswd/html",
    ],
)
def test_no_address_or_key_leads_out_of_the_mailbox(visitor: FlaskClient, servers: Servers, path: str) -> None:
    inbox = delivered(INVITATION, servers).removeprefix("/demo/mailbox/")

    answer = visitor.get(f"/demo/mailbox/{path.format(inbox=inbox)}")

    assert answer.status_code == 404
    assert "root:" not in answer.text
