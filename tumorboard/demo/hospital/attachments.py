"""Files that came with cases: a letter and a picture, made here so that no real file is in the tree."""

import struct
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from tumorboard.demo.hospital.network import Network
from tumorboard.demo.hospital.story import Story
from tumorboard.domain import attachments
from tumorboard.domain.actor import Actor
from tumorboard.domain.attachments import AddAttachment
from tumorboard.domain.sections import OPEN_STATES
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Patient, Person

AGO = timedelta(minutes=50)


@dataclass(frozen=True)
class AttachmentRecord:
    name: str
    note: str
    content: bytes


def tell_attachments(network: Network, story: Story, now: datetime) -> None:
    """Every open case of the oncologist whom a visitor meets first has a letter, and every second a picture."""
    by = network.actor("Sorrel", now - AGO)
    story.add(by.at, partial(_add_all, by))


def a_letter(*lines: str) -> bytes:
    """A PDF of one page (ISO 32000-1, 7.5), with lines of plain Latin letters."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    text = f"BT /F1 12 Tf 16 TL 72 760 Td {shown} ET".encode("latin-1")
    font = b"/Font << /F1 4 0 R >>"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << %b >> >>" % font,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(text), text),
    ]
    file, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, begins = len(parts) + 1, len(file)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, begins)
    return file + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table) + trailer


def a_picture(width: int = 320, height: int = 240) -> bytes:
    """A PNG in shades of gray, from dark to light."""
    row = b"\0" + bytes(255 * column // width for column in range(width))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(row * height)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


FILES = (
    AttachmentRecord(
        "Letter of referral.pdf",
        "The referring practice’s letter",
        a_letter("Larkmoor Hospital", "", "Thank you for seeing this patient.", "All people and places are invented."),
    ),
    AttachmentRecord("Photo of the breast, marked.png", "Outlined in clinic, before treatment", a_picture()),
)


def _add_all(by: Actor) -> None:
    for place, case in enumerate(_open_cases(by.person)):
        for record in FILES[: 2 - place % 2]:
            attachments.add(case, AddAttachment(record.name, record.content, record.note), by)


def _open_cases(person: Person) -> list[Case]:
    query = select(Case).join(Patient).where(Case.submitter_id == person.id, Case.state.in_(OPEN_STATES))
    return list(db.session.scalars(query.order_by(Patient.family_name)).unique())
