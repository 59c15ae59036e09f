"""No patient in mail, calendars, logs, Redis, addresses or error pages; and the search would find one there."""

import base64
import re
import smtplib
from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote_plus

import pytest
import redis
from playwright.sync_api import Page, expect

from tests.conftest import Servers
from tests.journeys import acts, leaks
from tests.journeys.case import Examination, TypedCase, type_case
from tests.journeys.conftest import Visit
from tests.journeys.demo import PERSON, Demo
from tests.journeys.leaks import Secrets
from tests.journeys.window import Watch, Window
from tests.waiting import until
from tumorboard.demo.hospital.boards import THORACIC
from tumorboard.demo.hospital.thoracic_cases import THORACIC_CASES
from tumorboard.demo.mailbox import Mailbox
from tumorboard.vocabulary import CaseState

BOARD = "Thoracic board"
UNREACHABLE = PERSON["Greywether"].email
LISTED = [case for case in THORACIC_CASES if case.state is CaseState.ON_AGENDA]
PEOPLE = len(
    {name for name, _ in THORACIC.members} | {name for case in LISTED for name in (case.submitter, *case.team)}
)

CASE = TypedCase(
    family_name="Ravensmallow",
    given_name="Tobias",
    birth_date=date(1957, 11, 28),
    sex="Male",
    mrn="0061 7724",
    board=BOARD,
    tumor_type="Lung, non-small cell",
    question="Is stereotactic radiotherapy a fair choice for a man who will not be operated?",
    summary="Nodule of 17 mm in the right upper lobe, growing over three scans; keeps bees and walks every day.",
    imaging=(Examination(date(2026, 1, 12), "LR26-288150", "CT of the chest: solid nodule, 17 mm, no nodes."),),
    pathology=(Examination(date(2026, 1, 20), "LS26-39918", "Transthoracic biopsy: adenocarcinoma, acinar."),),
)


@pytest.mark.journey
def test_no_patient_is_where_none_may_be(demo: Demo, visit: Visit, watch: Watch) -> None:
    ada, wendell = visit("Sorrel"), visit("Inchbald")
    submit_after_a_refusal(ada)
    publish_move_and_cancel_with_one_address_that_fails(demo, wendell)
    error_pages = [
        nothing_here_for_an_outsider(visit, ada.page.url),
        not_yours_for_a_member(visit, wendell.page.url),
        a_whole_case_without_a_token(ada.page),
    ]
    secrets = [
        *leaks.of_seeded_patients(),
        *(leaks.of_typed(case) for case in watch.typed if isinstance(case, TypedCase)),
    ]
    places = {
        "mail": leaks.in_mails(demo.mail_folder),
        "the log": demo.log.read_bytes(),
        "Redis": leaks.in_redis(demo.redis_url),
        "what Redis was told": demo.overheard.read_bytes(),
        "addresses": "\n".join(watch.urls).encode(),
        "error pages": "\n".join(error_pages).encode(),
    }
    assert {place for place, raw in places.items() if len(raw) < 100} == set(), "each place has something in it"
    assert {place: leaks.found(secrets, raw) for place, raw in places.items()} == {place: set() for place in places}


def submit_after_a_refusal(ada: Window) -> None:
    ada.follow("Submit a case")
    ada.see("Submit a case")
    type_case(ada, CASE)
    ada.choose("Tumor type", "Choose…")
    ada.press("Submit case")
    expect(ada.page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(ada.page.get_by_role("textbox", name="Question for the board")).to_have_value(CASE.question)
    ada.choose("Tumor type", CASE.tumor_type)
    ada.press("Submit case")
    ada.see(CASE.name)


def publish_move_and_cancel_with_one_address_that_fails(demo: Demo, wendell: Window) -> None:
    acts.open_next_meeting(wendell, BOARD)
    starts_at = acts.when_it_is(wendell, THORACIC.time_zone)
    acts.open_agenda(wendell)
    usual = demo.script.at_recipient
    demo.script.at_recipient = lambda envelope: (
        "550 5.1.1 No such user" if envelope.rcpt_tos[-1] == UNREACHABLE else None
    )
    acts.publish(wendell, version=1, mails=2 * PEOPLE)
    demo.wait_until_told()
    demo.script.at_recipient = usual
    acts.open_next_meeting(wendell, BOARD)
    wendell.follow("All mails")
    wendell.see(re.compile("^Mails of the "))
    expect(wendell.main).to_contain_text("The server says: 550 5.1.1 No such user")
    acts.open_next_meeting(wendell, BOARD)
    acts.move(wendell, BOARD, starts_at.date() + timedelta(days=1), f"{THORACIC.starts:%H:%M}", mails=PEOPLE)
    demo.wait_until_told()
    acts.cancel(wendell, "Too few cases", mails=PEOPLE)
    demo.wait_until_told()


def nothing_here_for_an_outsider(visit: Visit, case_url: str) -> str:
    outsider = visit("Fairweather", at=case_url)
    outsider.see("Nothing here")
    return outsider.page.content()


def not_yours_for_a_member(visit: Visit, meeting_url: str) -> str:
    member = visit("Kestrel", at=f"{meeting_url}/move")
    member.see("This is not yours to do")
    return member.page.content()


def a_whole_case_without_a_token(page: Page) -> str:
    """What a broken script or a forged form would post."""
    typed = {"family_name": CASE.family_name, "given_name": CASE.given_name, "mrn": CASE.mrn, "question": CASE.question}
    answer = page.request.post(f"{page.url}/submit", form=typed)
    assert answer.status == 400
    return answer.text()


SECRET = Secrets(
    names=leaks.both_ways("Planterose", "Odile"),
    mrns=("0099 4321",),
    birth_date=date(1949, 2, 7),
    texts=("Would a second opinion change anything for somebody so frail?",),
)
WRITTEN = {
    "name": ("Odile Planterose", "Odile Planterose"),
    "name as on a page": ("Planterose, Odile", "Planterose Odile"),
    "MRN": ("0099 4321", "0099 4321"),
    "MRN without spaces": ("00994321", "0099 4321"),
    "birth date": ("1949-02-07", "1949-02-07"),
    "birth date as on a page": ("07-Feb-1949", "07-Feb-1949"),
    "birth date in a letter": ("February 7, 1949", "February 7, 1949"),
    "text": (f"… {SECRET.texts[0]} …", SECRET.texts[0][: leaks.SNIPPET]),
}
written = pytest.mark.parametrize(("text", "secret"), WRITTEN.values(), ids=WRITTEN)

WRAPPINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "in capitals": str.upper,
    "in an address": lambda text: f"http://127.0.0.1/cases?q={quote_plus(text)}",
    "in HTML": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "in base64": lambda text: f'"body": "{base64.b64encode(f"[[], {text!r}]".encode()).decode()}"',
    "over two lines of a calendar": lambda text: f"DESCRIPTION:{text[:5]}\r\n {text[5:]}",
}


@written
@pytest.mark.parametrize("wrap", WRAPPINGS.values(), ids=WRAPPINGS)
def test_the_search_reads_through_wrappings(text: str, secret: str, wrap: Callable[[str], str]) -> None:
    assert secret in leaks.found([SECRET], f"before {wrap(text)} after".encode())


def test_the_search_takes_no_longer_number_for_an_mrn() -> None:
    assert leaks.found([SECRET], b"10099 4321, 009943210, 5e00994321f, 119490207") == set()


@written
@pytest.mark.parametrize("part", ["subject", "plain", "html", "calendar"])
def test_the_search_reads_mail(text: str, secret: str, part: str, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "boards@larkmoor.example", "somebody@larkmoor.example"
    mail["Subject"] = f"Grüße {text}" if part == "subject" else "An agenda"
    mail.set_content(text if part == "plain" else "Nothing", cte="quoted-printable")
    mail.add_alternative(f"<p>{text if part == 'html' else ''}</p>", subtype="html", cte="base64")
    folded = f"DESCRIPTION:{text[:4]}\r\n {text[4:]}\r\n" if part == "calendar" else "BEGIN:VCALENDAR\r\n"
    mail.add_alternative(folded, subtype="calendar", cte="base64")
    with Mailbox(tmp_path) as mailbox, smtplib.SMTP("127.0.0.1", mailbox.port) as server:
        server.send_message(mail)
        assert secret in leaks.found([SECRET], leaks.in_mails(tmp_path))


@pytest.mark.parametrize("kind", ["key", "string", "list", "hash", "set", "zset", "stream"])
def test_the_search_reads_redis(servers: Servers, kind: str) -> None:
    text, secret = WRITTEN["name as on a page"]
    with redis.Redis.from_url(servers.valkey.url) as client:
        key = f"planted {text}" if kind == "key" else "planted"
        {
            "key": lambda: client.set(key, "1"),
            "string": lambda: client.set(key, text),
            "list": lambda: client.lpush(key, base64.b64encode(text.encode())),
            "hash": lambda: client.hset(key, "field", text),
            "set": lambda: client.sadd(key, text),
            "zset": lambda: client.zadd(key, {text: 1}),
            "stream": lambda: client.xadd(key, {"field": text}),
        }[kind]()
        try:
            assert secret in leaks.found([SECRET], leaks.in_redis(servers.valkey.url))
        finally:
            client.delete(key)


@pytest.mark.journey
def test_the_search_hears_what_redis_is_told(demo: Demo) -> None:
    text, secret = WRITTEN["text"]
    before = leaks.found([SECRET], demo.overheard.read_bytes())
    with redis.Redis.from_url(demo.redis_url) as client:
        client.echo(base64.b64encode(text.encode()))
        client.ping()
    until(lambda: secret in leaks.found([SECRET], demo.overheard.read_bytes()), "the words to be overheard")
    assert before == set()
