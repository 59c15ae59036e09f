"""Files for the tests of attachments, made here: right ones, and all the ways in which one can be wrong."""

import io
import struct
import zipfile
import zlib

from tumorboard.demo.hospital.attachments import a_letter, a_picture

MIB = 1024 * 1024
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner takes for a virus, and what harms nobody (eicar.org)."""
PAGE = b"<!DOCTYPE html><html><script>alert(document.cookie)</script></html>"


def a_pdf(size: int = 0) -> bytes:
    """A PDF; of this size when one is asked for."""
    whole = a_letter("Letter")
    head, end = whole[: len("%PDF-1.4\n")], whole[len("%PDF-1.4\n") :]
    return whole if not size else head + b"%" + b"x" * (size - len(whole) - 2) + b"\n" + end


def multipart(fields: dict[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    """A form with a file as a browser sends it, and its content type; the test client's own way leaves files open."""
    parts = [b'name="%b"\r\n\r\n%b' % (key.encode(), text.encode()) for key, text in fields.items()]
    escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A").encode()
    parts.append(b'name="file"; filename="%b"\r\nContent-Type: text/html\r\n\r\n%b' % (escaped, content))
    body = b"".join(b"--edge\r\nContent-Disposition: form-data; %b\r\n" % part for part in parts)
    return body + b"--edge--\r\n", "multipart/form-data; boundary=edge"


def a_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("run.js", "alert(1)")
    return file.getvalue()


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(width: int, height: int, *more: bytes) -> bytes:
    """A PNG whose header says so; what it draws is another matter."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    drawn = png_chunk(b"IDAT", zlib.compress(b"\0"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + drawn + png_chunk(b"IEND", b"")


def jpeg_of(width: int, height: int, comment: bytes = b"") -> bytes:
    segments = [(0xFFE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), (0xFFFE, comment), (0xFFDB, b"\0" * 65)]
    segments.append((0xFFC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"))
    segments.append((0xFFDA, b"\1\1\0\0\x3f\0"))
    said = b"".join(struct.pack(">HH", marker, len(body) + 2) + body for marker, body in segments)
    return b"\xff\xd8" + said + b"\x12\x34" + b"\xff\xd9"


def tiff_of(width: int, height: int, order: str = "<", next_page: int = 0) -> bytes:
    begin = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    tags = [(256, 4, 1, width), (257, 4, 1, height)]
    entries = b"".join(struct.pack(order + "HHII", *tag) for tag in tags)
    return begin + struct.pack(order + "H", len(tags)) + entries + struct.pack(order + "I", next_page)


def element(tag: tuple[int, int], form: bytes, body: bytes, *, explicit: bool = True) -> bytes:
    begin = struct.pack("<HH", *tag)
    if not explicit:
        return begin + struct.pack("<I", len(body)) + body
    if form in (b"OB", b"OW", b"SQ", b"UN"):
        return begin + form + struct.pack("<HI", 0, len(body)) + body
    return begin + form + struct.pack("<H", len(body)) + body


def dicom_of(
    rows: int, columns: int, *, explicit: bool = True, preamble: bytes = bytes(128), icon: bytes = b""
) -> bytes:
    syntax = b"1.2.840.10008.1.2.1\0" if explicit else b"1.2.840.10008.1.2\0"
    sizes = [((0x28, 0x10), rows), ((0x28, 0x11), columns)]
    said = b"".join(element(tag, b"US", struct.pack("<H", size), explicit=explicit) for tag, size in sizes)
    name = element((0x10, 0x10), b"PN", b"Quillfeather^A", explicit=explicit)
    nested = struct.pack("<HH", 0x08, 0x1140) + b"SQ\0\0\xff\xff\xff\xff" + icon if icon else b""
    drawn = element((0x7FE0, 0x10), b"OW", b"\0" * 64, explicit=explicit)
    return preamble + b"DICM" + element((2, 0x10), b"UI", syntax) + nested + name + said + drawn


def an_icon(rows: int, columns: int) -> bytes:
    """What stands in a sequence without a length: one item, and the marks that end both."""
    inside = element((0x28, 0x10), b"US", struct.pack("<H", rows)) + element(
        (0x28, 0x11), b"US", struct.pack("<H", columns)
    )
    item = struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF) + inside + struct.pack("<HHI", 0xFFFE, 0xE00D, 0)
    return item + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)


def right_files() -> dict[str, bytes]:
    return {
        "letter.pdf": a_letter("A letter"),
        "UPPER.PDF": a_letter("Another"),
        "ends-with-nuls.pdf": a_letter("Faxed") + b"\r\n\0\0\0\0",
        "largest.pdf": a_pdf(25 * MIB),
        "picture.png": a_picture(),
        "slide.png": png_of(7000, 7000, png_chunk(b"tEXt", b"Comment\0a slide")),
        "photo.jpg": jpeg_of(4000, 3000),
        "photo.jpeg": jpeg_of(40, 30, b"taken in clinic"),
        "fax.tif": tiff_of(1728, 2200),
        "fax.tiff": tiff_of(1728, 2201, ">"),
        "study.dcm": dicom_of(512, 512),
        "study-implicit.dicom": dicom_of(512, 513, explicit=False),
        "study-with-icon.dcm": dicom_of(512, 514, icon=an_icon(64, 64)),
        "report-in-dicom.dcm": dicom_of(0, 0),
    }


def wrong_files() -> dict[str, bytes]:
    pdf, png, archive = a_letter("A letter"), a_picture(), a_zip()
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    return {
        "nothing.pdf": b"",
        "blank.png": b"\0" * 400,
        "letter.png": pdf,
        "picture.pdf": png,
        "picture.jpg": png,
        "study.tiff": dicom_of(4, 4),
        "no-ending": pdf,
        "letter.pdf.exe": pdf,
        "letter.docx": archive,
        "archive.zip": archive,
        "archive.png": archive,
        "archive.pdf": archive,
        "drawing.svg": svg,
        "drawing.png": svg,
        "page.html": PAGE,
        "page.pdf": PAGE,
        "virus.pdf": EICAR,
        "animated.gif": b"GIF89a" + b"\0" * 40,
        "gifar.gif": b"GIF89a" + b"\0" * 40 + archive,
        "gifar.jpg": b"GIF89a" + b"\0" * 40 + archive,
        "jar.jpg": jpeg_of(4, 4) + archive,
        "jar-in-front.pdf": archive + pdf,
        "jar.png": png + archive,
        "jar-inside.png": png_of(4, 4, png_chunk(b"zipJ", archive)),
        "jar.pdf": pdf + archive,
        "jar-before-end.pdf": pdf + archive + b"\n%%EOF\n",
        "jar.tif": tiff_of(4, 4) + archive,
        "rar.tif": tiff_of(4, 4) + b"Rar!\x1a\x07\x01\0" + b"\0" * 40,
        "page-in.pdf": b"%PDF-1.4\n%" + PAGE + b"\n" + pdf[9:],
        "page-after.pdf": pdf + PAGE,
        "page-before-end.pdf": pdf + PAGE + b"\n%%EOF",
        "page-in.jpg": jpeg_of(4, 4, PAGE),
        "pdf-in.png": png_of(4, 4, png_chunk(b"tEXt", pdf)),
        "pdf-in.dcm": dicom_of(4, 4, preamble=b"%PDF-1.4".ljust(128, b"\0")),
        "program.dcm": dicom_of(4, 4, preamble=b"MZ".ljust(128, b"\0")),
        "truncated.pdf": pdf[:-40],
        "head.png": png[:20],
        "truncated.png": png[:-30],
        "head.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
        "truncated.jpg": jpeg_of(4, 4)[:-2],
        "head.tif": b"II*\0\x08\0\0\0\x05",
        "far.tif": b"II*\0" + struct.pack("<I", 4_000_000_000),
        "circle.tif": tiff_of(4, 4, next_page=8),
        "empty.tif": tiff_of(0, 0),
        "head.dcm": bytes(128) + b"DICM",
        "truncated.dcm": dicom_of(4, 4)[:-40],
        "sixty-thousand.png": png_of(60_000, 60_000),
        "sixty-thousand.jpg": jpeg_of(60_000, 60_000),
        "sixty-thousand.tif": tiff_of(60_000, 60_000),
        "sixty-thousand.dcm": dicom_of(60_000, 60_000),
        "too-large.pdf": a_pdf(25 * MIB + 1),
    }


ODD_NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\windows\\system32\\cmd.pdf": "cmd.pdf",
    "/etc/shadow.pdf": "shadow.pdf",
    "C:\\fakepath\\letter.pdf": "letter.pdf",
    "CON.pdf": "CON.pdf",
    "aux.pdf ": "aux.pdf",
    "NUL.pdf.": "NUL.pdf",
    ".pdf": "Unnamed.pdf",
    "...pdf": "Unnamed.pdf",
    ".htaccess.pdf": "htaccess.pdf",
    "报告.pdf": "报告.pdf",
    "Zweitmeinung Münster.pdf": "Zweitmeinung Münster.pdf",
    "Zweitmeinung Mu\u0308nster 2.pdf": "Zweitmeinung Münster 2.pdf",
    "تقرير.pdf": "تقرير.pdf",
    "annex\u202efdp.pdf": "annexfdp.pdf",
    "left\u200eright\u2066mark.pdf": "leftrightmark.pdf",
    "two\nlines.pdf": "two lines.pdf",
    "header\r\nX-Injected: yes.pdf": "header X-Injected: yes.pdf",
    'quoted ".pdf': 'quoted ".pdf',
    "bell\x07.pdf": "bell.pdf",
    "semi;colon.pdf": "semi;colon.pdf",
    "50%25 done%0d%0a.pdf": "50%25 done%0d%0a.pdf",
    "<script>alert(1)<script>.pdf": "<script>alert(1)<script>.pdf",
    "<img src=x onerror=alert(1)>.pdf": "<img src=x onerror=alert(1)>.pdf",
    "it's.pdf": "it's.pdf",
    "{{ 7 * 7 }}.pdf": "{{ 7 * 7 }}.pdf",
    "'; DROP TABLE attachment; --.pdf": "'; DROP TABLE attachment; --.pdf",
    "=cmd|calc.pdf": "=cmd|calc.pdf",
    "🧬 genes.pdf": "🧬 genes.pdf",
    "  many   blanks  .pdf": "many blanks.pdf",
    "x" * 4000 + ".pdf": "x" * 120 + ".pdf",
    "dots.in.the.name.pdf": "dots.in.the.name.pdf",
}
"""As sent, and as kept."""
