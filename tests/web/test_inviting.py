"""Inviting people: one, a list, again, and not after all."""

from html import unescape
from io import BytesIO
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_hospital, a_person
from tests.web.pages import filled_in, token, told
from tumorboard.config import Settings
from tumorboard.domain import links
from tumorboard.storage.db import db
from tumorboard.storage.models import Hospital, Link, Notice, Person
from tumorboard.vocabulary import BoardRole, Discipline, NoticeKind, NoticeState, Office

LIST = """Family name,Given name,E-mail,Discipline,Hospital
Ashgrove,Theo,t.ashgrove@larkmoor.example,Medical oncology,Eastmere
"Oduya, Grace" <g.oduya@larkmoor.example>; nursing
Marlowe\tPetra\tp.marlowe@larkmoor.example\tpathology

Nobody,Known,Surgery
Kestrel,Ivo,i.kestrel@larkmoor.example,Sorcery
Twice,Ada,T.Ashgrove@larkmoor.example,Surgery
Here,Already,here@larkmoor.example,Surgery
Broken,Ada,not an@address,Surgery
"""
"""Three lines that are right, five that are not."""


@pytest.fixture
def eastmere() -> Hospital:
    return a_hospital("Eastmere")


@pytest.fixture
def browser(sign_in: SignIn) -> FlaskClient:
    return sign_in(a_person(office=Office.ADMINISTRATOR))


def owed() -> list[Notice]:
    db.session.expire_all()
    return list(db.session.scalars(select(Notice).where(Notice.state == NoticeState.OWED)))


def invite(browser: FlaskClient, hospital: Hospital, **typed: str):  # type: ignore[no-untyped-def]
    known = filled_in(browser.get("/people/invite").text, "/people/invite")
    person = {"family_name": "Redgrave-Moss", "given_name": "Ines", "discipline": "pharmacy"}
    chosen = person | {"email": "i.redgrave@eastmere.example", "hospital": str(hospital.id)}
    return browser.post("/people/invite", data=known | chosen | typed)


def test_a_coordinator_invites_somebody_who_gets_one_link_and_no_password(sign_in: SignIn, eastmere: Hospital) -> None:
    coordinator = a_person(discipline=Discipline.COORDINATION)
    a_board((coordinator, BoardRole.COORDINATOR))
    browser = sign_in(coordinator)
    page = told(browser, invite(browser, eastmere))
    [notice] = owed()
    [link] = db.session.scalars(select(Link))

    assert "Redgrave-Moss, Ines is invited. 1 mail on the way." in page
    assert (notice.kind, notice.facts["link_id"]) == (NoticeKind.JOIN, str(link.id))
    assert notice.person.password_hash is None
    assert notice.person.time_zone == eastmere.time_zone
    assert links.token_of(link.id) not in page
    welcome = unescape(browser.application.test_client().get(f"/join/{links.token_of(link.id)}").text)
    assert f"{coordinator.family_name}, {coordinator.given_name} ({coordinator.hospital.name}) invites you" in welcome


def test_an_address_that_somebody_has_is_refused_whatever_its_letters(browser: FlaskClient, eastmere: Hospital) -> None:
    a_person(email="i.redgrave@eastmere.example")
    answer = invite(browser, eastmere, email="I.REDGRAVE@Eastmere.example")
    assert answer.status_code == 422
    assert "Somebody has this e-mail address already" in answer.text
    assert owed() == []


def test_an_address_outside_the_network_takes_a_second_click(
    app: Flask, browser: FlaskClient, eastmere: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings: Settings = app.config["TUMORBOARD"]
    monkeypatch.setitem(app.config, "TUMORBOARD", settings.model_copy(update={"mail_domains": ("eastmere.example",)}))
    for address in ("i.redgrave@eastrnere.example", "i.redgrave@evil-eastmere.example", "i.redgrave@eаstmere.example"):
        answer = invite(browser, eastmere, email=address)
        assert answer.status_code == 422, address
        assert "No hospital of the network has" in answer.text
    assert owed() == []
    assert invite(browser, eastmere, email="i@mail.eastmere.example").status_code == 303
    assert invite(browser, eastmere, email="alma@wrenpractice.example", outside_meant="y").status_code == 303


def test_an_invitation_sent_again_ends_the_link_before_and_a_withdrawn_one_can_be_made_anew(
    browser: FlaskClient, eastmere: Hospital
) -> None:
    invite(browser, eastmere)
    [person] = {notice.person for notice in owed()}
    form = {"csrf_token": token(browser)}
    told(browser, browser.post(f"/people/{person.id}/invite-again", data=form))
    open_links = select(Link).where(Link.used_at.is_(None))
    assert len(db.session.scalars(open_links).all()) == 1
    assert len(owed()) == 1

    told(browser, browser.post(f"/people/{person.id}/withdraw-invitation", data=form))
    assert owed() == []
    assert db.session.scalars(open_links).all() == []
    told(browser, invite(browser, eastmere))
    assert [notice.person_id for notice in owed()] == [person.id]


def test_a_list_is_shown_line_by_line_before_anything_is_sent(browser: FlaskClient, eastmere: Hospital) -> None:
    a_person(email="here@larkmoor.example")
    preview = browser.post("/people/invite-list", data={"csrf_token": token(browser), "text": LIST})
    assert preview.status_code == 200
    assert owed() == []
    assert "5 lines need a look." in preview.text
    for sentence in (
        "There is no e-mail address in this line: nothing in it has an @. Add it.",
        "Name the discipline as in the list",
        "Write the e-mail address like a.sorrel@hospital.example.",
    ):
        assert sentence in preview.text
    assert preview.text.count("Somebody has this e-mail address already") == 1
    assert "Line 2 has this e-mail address too. Take one of them out." in preview.text

    send = "/people/invite-list/send"
    page = told(browser, browser.post(send, data=filled_in(preview.text, send)))
    assert "3 invitations on the way." in page
    people = {notice.person for notice in owed()}
    assert {(each.family_name, each.given_name, each.discipline) for each in people} == {
        ("Ashgrove", "Theo", Discipline.MEDICAL_ONCOLOGY),
        ("Oduya", "Grace", Discipline.NURSING),
        ("Marlowe", "Petra", Discipline.PATHOLOGY),
    }
    assert {each.hospital.short_name for each in people} > {"Eastmere"}


def test_two_forms_for_one_address_at_once_invite_once(app: Flask, sign_in: SignIn, eastmere: Hospital) -> None:
    administrator = a_person(office=Office.ADMINISTRATOR)
    browsers, ready = [sign_in(administrator) for _ in range(2)], Barrier(2)
    statuses: list[int] = []

    def press(browser: FlaskClient) -> None:
        ready.wait()
        statuses.append(invite(browser, eastmere).status_code)

    threads = [Thread(target=press, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303, 422]
    assert len(owed()) == 1


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('"Quoted, Jr",Bob,b.quoted@larkmoor.example,Surgery', ("Quoted, Jr", "Bob")),
        ('"Quoted, Bob",b.quoted@larkmoor.example,Surgery', ("Quoted", "Bob")),
        ("Quoted, Bob <b.quoted@larkmoor.example>; Surgery", ("Quoted", "Bob")),
        ('"Quoted, Jr";Bob;b.quoted@larkmoor.example;Surgery', ("Quoted, Jr", "Bob")),
    ],
)
def test_a_comma_in_quotes_is_part_of_a_name(browser: FlaskClient, line: str, names: tuple[str, str]) -> None:
    preview = browser.post("/people/invite-list", data={"csrf_token": token(browser), "text": line})
    send = "/people/invite-list/send"
    told(browser, browser.post(send, data=filled_in(preview.text, send)))
    (notice,) = owed()
    assert (notice.person.family_name, notice.person.given_name) == names


def test_a_list_that_has_become_another_is_shown_again_and_not_sent(browser: FlaskClient, eastmere: Hospital) -> None:
    preview = browser.post("/people/invite-list", data={"csrf_token": token(browser), "text": LIST})
    form = filled_in(preview.text, "/people/invite-list/send")
    a_person(email="g.oduya@larkmoor.example")
    assert browser.post("/people/invite-list/send", data=form).status_code == 422
    assert owed() == []


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"\xff\xfe\x00bad", "Save the file as “CSV UTF-8”"),
        (b"\n".join(b"a,b,c%d@larkmoor.example,surgery" % n for n in range(501)), "at most 500"),
        (b"\n \n", "Paste a list, or choose a file."),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(browser: FlaskClient, file: bytes, sentence: str) -> None:
    form = {"csrf_token": token(browser), "text": "", "file": (BytesIO(file), "list.csv")}
    answer = browser.post("/people/invite-list", data=form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalars(select(Person).where(Person.joined_at.is_(None))).all() == []


@pytest.mark.parametrize(
    "text", ['"', "\0@,,,", "@" * 5000, ",".join("a" * 9000), '"a@b.c,"d";e\tf', "<script>@x.y;a;b;surgery"]
)
def test_no_line_breaks_the_preview(browser: FlaskClient, text: str) -> None:
    answer = browser.post("/people/invite-list", data={"csrf_token": token(browser), "text": text})
    assert answer.status_code in {200, 422}
    assert "<script>@" not in answer.text


def test_more_than_a_mebibyte_is_not_read(browser: FlaskClient) -> None:
    form = {"csrf_token": token(browser), "text": "x" * (1024 * 1024)}
    answer = browser.post("/people/invite-list", data=form)
    assert answer.status_code == 413
    assert "1 MB is the most. Go back, choose a smaller file" in answer.text
