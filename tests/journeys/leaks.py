"""Finds what of a patient has got where no patient may be, however it is written or wrapped there."""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from email.policy import default
from html import unescape
from pathlib import Path
from urllib.parse import unquote_plus

import redis

from tests.journeys.case import TypedCase
from tumorboard.demo.hospital.records import CaseRecord
from tumorboard.demo.hospital.seed import CASES
from tumorboard.demo.mailbox import received, recipients

SNIPPET = 36
"""Characters of a text that nobody writes twice by chance."""
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")


@dataclass(frozen=True)
class Secrets:
    """What of one patient nobody else may read."""

    names: tuple[str, ...]
    mrns: tuple[str, ...]
    birth_date: date
    texts: tuple[str, ...]


def of_seeded_patients() -> list[Secrets]:
    return [
        Secrets(
            both_ways(case.patient.family_name, case.patient.given_name),
            tuple(mrn for mrn in (case.patient.mrn, case.patient.mrn_elsewhere) if mrn),
            case.patient.birth_date,
            (case.question, case.summary, *_findings(case)),
        )
        for _, cases in CASES
        for case in cases
    ]


def _findings(case: CaseRecord) -> Iterator[str]:
    """Those long enough to be this patient's own: “None” is everybody's."""
    for each in (*case.studies, *case.results.values()):
        if len(each.value) >= SNIPPET:
            yield each.value


def of_typed(case: TypedCase) -> Secrets:
    findings = (each.finding for each in (*case.imaging, *case.pathology))
    texts = (case.question, case.summary, *findings)
    mrns = (case.mrn,) if case.mrn else ()
    return Secrets(both_ways(case.family_name, case.given_name), mrns, case.birth_date, texts)


def both_ways(family_name: str, given_name: str) -> tuple[str, str]:
    return f"{family_name} {given_name}", f"{given_name} {family_name}"


def spellings(day: date) -> set[str]:
    month, short = f"{day:%B}", f"{day:%b}"
    return {
        *(f"{day:{form}}" for form in ("%Y-%m-%d", "%Y%m%d", "%d-%b-%Y", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y")),
        *(f"{name} {day.day}, {day.year}" for name in (month, short)),
        *(f"{day.day} {name} {day.year}" for name in (month, short)),
        f"{day.month}/{day.day}/{day.year}",
    }


def found(secrets: Iterable[Secrets], raw: bytes) -> set[str]:
    """Those of the secrets that can be read in ``raw``, in any of its readings."""
    text = "\n".join(dict.fromkeys(readings(raw))).casefold()
    letters, numbers = _letters(text), _lines_with_numbers(text)
    return {secret for each in secrets for secret in _found_of(each, letters, numbers)}


def _found_of(secrets: Secrets, letters: str, numbers: str) -> Iterator[str]:
    for words in (*secrets.names, *(each.splitlines()[0][:SNIPPET] for each in secrets.texts if each)):
        if _letters(words.casefold()) in letters:
            yield words
    for mrn in secrets.mrns:
        if any(_stands_alone(way, numbers) for way in (mrn, mrn.replace(" ", ""))):
            yield mrn
    for spelling in spellings(secrets.birth_date):
        if _stands_alone(spelling, numbers):
            yield spelling


def _stands_alone(words: str, text: str) -> bool:
    """Not in the middle of a longer number: eight digits of an identifier are no MRN."""
    words = words.casefold()
    return words in text and re.search(rf"(?<![0-9a-z]){re.escape(words)}(?![0-9a-z])", text) is not None


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _lines_with_numbers(text: str) -> str:
    """Where an MRN or a date can stand: each such line once, since most of them stand in every mail."""
    return "\n".join(line for line in dict.fromkeys(text.splitlines()) if re.search(r"\d", line))


def readings(raw: bytes) -> Iterator[str]:
    """The text as it stands; unfolded, as calendars are; without the wrappings of URLs, HTML and base64."""
    text = raw.decode("utf-8", errors="replace")
    yield text
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    yield from (unfolded, unquote_plus(unfolded), unescape(unfolded), unfolded.replace("\\", ""))
    for token in _BASE64.findall(unfolded):
        try:
            yield b64decode(token.rstrip("=") + "=" * (-len(token.rstrip("=")) % 4), altchars=b"-_").decode()
        except (binascii.Error, UnicodeDecodeError):
            continue


def in_mails(folder: Path) -> bytes:
    """Every mail raw, and its headers and parts as a reader sees them."""
    raws = [mail.raw for address in recipients(folder) for mail in received(folder, address)]
    return b"\n".join(part for raw in raws for part in (raw, *_decoded(raw)))


def _decoded(raw: bytes) -> Iterator[bytes]:
    for part in message_from_bytes(raw, policy=default).walk():
        yield "\n".join(f"{name}: {value}" for name, value in part.items()).encode()
        if not part.is_multipart():
            yield bytes(part.get_payload(decode=True))


def in_redis(url: str) -> bytes:
    """Every key and all that it holds."""
    with redis.Redis.from_url(url) as client:
        return b"\n".join(part for key in client.scan_iter() for part in (key, _held(client, key)))


def _held(client: "redis.Redis[bytes]", key: bytes) -> bytes:
    read = {
        b"string": client.get,
        b"list": lambda name: client.lrange(name, 0, -1),
        b"hash": client.hgetall,
        b"set": client.smembers,
        b"zset": lambda name: client.zrange(name, 0, -1),
        b"stream": client.xrange,
        b"none": lambda _: b"",  # gone since it was listed
    }[client.type(key)]
    return _flat(read(key))


def _flat(held: object) -> bytes:
    if isinstance(held, bytes):
        return held
    if isinstance(held, dict):
        return _flat([*held.keys(), *held.values()])
    if isinstance(held, list | tuple | set):
        return b"\n".join(_flat(each) for each in held)
    return b"" if held is None else str(held).encode()
