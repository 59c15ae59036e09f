"""The mail as bytes on the wire, read back by parsers that nobody here wrote."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.golden import assert_golden
from tests.hostile import hostile_text
from tests.mail.letters import (
    AGENDA,
    CANCELLED,
    EVERY_LETTER,
    INVITATION,
    KINDS,
    MOVED,
    REMOVED,
    ROOM_CHANGED,
    in_kolkata,
)
from tests.vobject_reader import read_calendar
from tumorboard.calendars.zones import vtimezone
from tumorboard.mail import wording
from tumorboard.mail.render import render
from tumorboard.vocabulary import AnswerKind
from tumorboard.words import one_line

every_kind = pytest.mark.parametrize("letter", KINDS.values(), ids=KINDS.keys())
with_calendar = pytest.mark.parametrize(
    ("letter", "method"), [(INVITATION, "REQUEST"), (MOVED, "REQUEST"), (CANCELLED, "CANCEL"), (REMOVED, "CANCEL")]
)

folded = st.lists(st.sampled_from(["Münster", "Ann", "für", "ö", "é", "12", '"', "=?utf-8?q?a?="]), max_size=25)
names = st.text(max_size=200) | hostile_text | folded.map(" ".join)


def read(raw: bytes):
    return message_from_bytes(raw, policy=default)


def calendar_in(mail) -> bytes:
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return part.get_payload(decode=True)


def for_a_reviewer(raw: bytes) -> str:
    """Headers, plain text and the unfolded event; that the HTML says the same is another test."""
    mail = read(raw)
    headers = "".join(f"{name}: {value}\n" for name, value in mail.items() if name != "Content-Type")
    parts = [headers, mail.get_body(("plain",)).get_content().replace("\r\n", "\n")]
    if mail.get_content_type() == "multipart/mixed":
        unfolded = calendar_in(mail).decode().replace("\r\n ", "").replace("\r\n", "\n")
        parts.append(unfolded[unfolded.index("BEGIN:VEVENT") :])
    return "\n".join(parts)


def assert_fit_for_the_wire(raw: bytes) -> None:
    assert raw.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert not [part.defects for part in read(raw).walk() if part.defects]


@pytest.mark.parametrize("name", EVERY_LETTER)
def test_the_mail_is_as_reviewed(name):
    assert_golden(f"mail/{name}.txt", for_a_reviewer(render(EVERY_LETTER[name])))


@every_kind
def test_it_is_fit_for_the_wire(letter):
    assert_fit_for_the_wire(render(letter))


@every_kind
def test_it_goes_from_the_token_address_to_one_person(letter):
    mail = read(render(letter))
    for header in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted"):
        assert len(mail.get_all(header)) == 1
    assert getaddresses([mail["From"]]) == [(letter.from_name, letter.from_address)]
    assert getaddresses([mail["To"]]) == [(letter.to_name, letter.to_address)]
    assert not {"Cc", "Bcc", "Reply-To", "Sender"} & set(mail.keys())
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == letter.message_id
    assert mail["Date"].datetime == letter.written_at


@every_kind
def test_a_repeat_is_the_same_to_the_last_byte(letter):
    first = render(letter)
    vtimezone.cache_clear()
    assert render(replace(letter)) == first


@pytest.mark.parametrize("name", EVERY_LETTER)
def test_no_mail_says_anything_of_the_reader_before(name):
    """Mails of one act are written once for all who are told the same."""
    letter = EVERY_LETTER[name]
    before, now = (of_a_reader(letter, number) for number in (1, 2))
    render(before)
    said = in_every_part(render(now))
    assert {field: text in said for field, text in own_of(now).items()} == dict.fromkeys(own_of(now), True)
    assert {field: text in said for field, text in own_of(before).items()} == dict.fromkeys(own_of(before), False)


def of_a_reader(letter, number):
    own = {
        "message_id": f"<notice-{number}@tumorboard.example>",
        "to_name": f"Quillon-{number}, Hester",
        "to_address": f"reader.{number}@eastmere.example",
        "from_address": f"reply+token{number}@tumorboard.example",
    }
    if letter.answer_link:
        own["answer_link"] = f"https://tumorboard.example/answer/own?a=1&b={number}"
    if getattr(letter, "uid", None):
        own |= {"uid": f"uid-of-{number}", "sequence": 40 + number}
    return replace(letter, **own)


def own_of(letter):
    said = {name: getattr(letter, name) for name in ("message_id", "to_name", "to_address", "from_address")}
    if "Answer without signing in" in wording.text(letter):
        said |= {"answer_link": letter.answer_link, "in HTML": f'href="{letter.answer_link.replace("&", "&amp;")}"'}
    if getattr(letter, "uid", None):
        said |= {"uid": f"UID:{letter.uid}", "sequence": f"SEQUENCE:{letter.sequence}"}
    return said


def in_every_part(raw: bytes) -> str:
    mail = read(raw)
    parts = [part.get_payload(decode=True).decode() for part in mail.walk() if not part.is_multipart()]
    headers = [f"{name}: {value}" for name, value in mail.items()]
    return "\n".join([*headers, *parts]).replace("\r\n ", "")


@with_calendar
def test_the_calendar_part_comes_last_and_its_copy_beside_it(letter, method):
    mail = read(render(letter))
    assert mail.get_content_type() == "multipart/mixed"
    alternative, copy = mail.iter_parts()
    *others, part = alternative.iter_parts()
    assert [other.get_content_type() for other in others] == ["text/plain", "text/html"]
    assert part.get_content_type() == "text/calendar"
    assert dict(part["Content-Type"].params) == {"method": method, "charset": "UTF-8"}
    assert part["Content-Transfer-Encoding"] == "base64"
    assert part.get_content_disposition() is None
    assert (copy.get_content_type(), copy.get_filename()) == ("application/ics", "invite.ics")
    assert copy.get_payload(decode=True) == calendar_in(mail)


@with_calendar
def test_the_calendar_part_says_what_the_letter_says(letter, method):
    text = calendar_in(read(render(letter))).decode()
    calendar = read_calendar(text)
    calendar.validate(raiseException=True)
    event = calendar.vevent
    assert calendar.method.value == method
    assert (event.uid.value, event.sequence.value) == (letter.uid, str(letter.sequence))
    assert (event.dtstart.value, event.dtend.value) == (letter.starts_at, letter.ends_at)
    assert event.organizer.value == f"mailto:{letter.from_address}"
    assert [attendee.value for attendee in event.attendee_list] == [f"mailto:{letter.to_address}"]
    assert (event.summary.value, event.url.value) == (letter.board, letter.link)
    assert [place.value for place in event.contents.get("location", [])] == ([letter.room] if letter.room else [])


def test_the_agenda_changes_no_calendar():
    mail = read(render(AGENDA))
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(("answer", "partstat"), [("yes", "ACCEPTED"), ("maybe", "TENTATIVE"), ("no", "DECLINED")])
def test_who_has_answered_is_not_asked_anew_because_the_room_is_another(answer, partstat):
    calendar = Calendar.from_ical(calendar_in(read(render(replace(ROOM_CHANGED, answer=AnswerKind(answer))))))
    attendee = calendar.walk("VEVENT")[0]["attendee"]
    assert (attendee.params["PARTSTAT"], attendee.params.get("RSVP")) == (partstat, None)


def test_times_are_written_in_the_readers_zone():
    text = calendar_in(read(render(in_kolkata(INVITATION))))
    assert b"DTSTART;TZID=Asia/Kolkata:20261125T233000" in text
    assert b"TZID=America" not in text


def test_who_is_taken_off_is_not_handed_the_video_link():
    assert INVITATION.video_link in calendar_in(read(render(INVITATION))).decode().replace("\r\n ", "")
    assert INVITATION.video_link not in calendar_in(read(render(REMOVED))).decode().replace("\r\n ", "")


@pytest.mark.parametrize("letter", [INVITATION, MOVED, CANCELLED, REMOVED])
@pytest.mark.parametrize("missing", ["uid", "sequence", "dtstamp"])
def test_a_calendar_letter_without_its_identity_is_refused(letter, missing):
    with pytest.raises(ValueError, match="UID, SEQUENCE and DTSTAMP"):
        render(replace(letter, **{missing: None}))


@pytest.mark.parametrize("breaker", ["\r\n", "\n", "\r", "\u2028", "\x85", "\0"])
def test_no_name_or_room_adds_a_header_or_a_line(breaker):
    attack = f"Aspen{breaker}Bcc: everybody@example.test{breaker}{breaker}<b>ATTENDEE:mailto:x@example.test"
    letter = replace(
        INVITATION, board=attack, room=attack, to_name=attack, from_name=attack, reason=attack, coordinator=attack
    )
    mail = read(render(letter))
    assert mail["Bcc"] is None
    assert [address for _, address in getaddresses([mail["To"]])] == [letter.to_address]
    assert [address for _, address in getaddresses([mail["From"]])] == [letter.from_address]
    (event,) = Calendar.from_ical(calendar_in(mail)).events
    assert event["ATTENDEE"] == f"mailto:{letter.to_address}"
    assert not [line for line in mail.get_body(("plain",)).get_content().splitlines() if line.startswith("Bcc")]
    assert "<b>" not in mail.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    "attack",
    [
        "=?utf-8?q?Aspen=0D=0ABcc:_everybody=40example.test?=",
        "=?utf-8?b?DQpCY2M6IGV2ZXJ5Ym9keUBleGFtcGxlLnRlc3Q=?= Aspen",
        "=?utf-8?q?Aspen=0A?=",
        "=?utf-8?q?=22_=3Ceverybody=40example.test=3E=2C_?=",
    ],
)
def test_no_line_break_hides_in_an_encoded_word(attack):
    """Python 3.11 by itself writes the first of these as a Bcc header."""
    letter = replace(INVITATION, board=attack, to_name=attack, from_name=attack)
    raw = render(letter)
    assert_fit_for_the_wire(raw)
    mail = read(raw)
    assert mail["Bcc"] is None
    assert [address.addr_spec for address in mail["To"].addresses] == [letter.to_address]
    assert [address.addr_spec for address in mail["From"].addresses] == [letter.from_address]


def name_and_address(raw: bytes, header: str) -> tuple[str, str]:
    """By Python's older reader: the newer one puts a space between two encoded words of a name."""
    ((name, address),) = getaddresses([message_from_bytes(raw)[header]])
    return str(make_header(decode_header(name))), address


@settings(max_examples=200, deadline=None)
@given(names, names, names)
def test_any_name_travels_whole_and_alone(to_name, from_name, board):
    letter = replace(INVITATION, to_name=to_name, from_name=from_name, board=board, room=board)
    raw = render(letter)
    assert_fit_for_the_wire(raw)
    for header, name, address in (("To", to_name, letter.to_address), ("From", from_name, letter.from_address)):
        assert len(read(raw)[header].addresses) == 1
        assert name_and_address(raw, header) == (one_line(name), address)
    assert read(raw)["Subject"] == wording.subject(letter)


@pytest.mark.parametrize(
    "wrong",
    [
        {"to_address": "pétra@example.test"},
        {"from_address": "a@example.test, b@example.test"},
        {"to_address": "a@example.test\r\nBcc: b@example.test"},
        {"link": "javascript:alert(1)"},
        {"link": "/meetings"},
    ],
)
def test_what_no_mail_can_carry_is_refused(wrong):
    with pytest.raises(ValueError, match="address"):
        replace(INVITATION, **wrong)
