"""Which kind a file is, by its content and by its name; every other is refused, and so is what is two at once."""

from tumorboard.domain.file_rules.dicom import dicom_pixels
from tumorboard.domain.file_rules.pictures import jpeg_pixels, png_pixels, tiff_pixels
from tumorboard.domain.file_rules.whole import NotWhole
from tumorboard.errors import Code, Refused
from tumorboard.vocabulary import AttachmentKind

MOST_PIXELS = 50_000_000
_EDGE = 1024
_ARCHIVE_END = 22 + 0xFFFF
"""The directory at the end of a ZIP, with the longest comment after it, lies within so many bytes (APPNOTE 4.3.16)."""
_READERS = {
    AttachmentKind.PNG: png_pixels,
    AttachmentKind.JPEG: jpeg_pixels,
    AttachmentKind.TIFF: tiff_pixels,
    AttachmentKind.DICOM: dicom_pixels,
}
_PAGE_MARKS = (b"<html", b"<script", b"<!doctype", b"<svg", b"<?php")
_OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")

ENDINGS = tuple(ending for kind in AttachmentKind for ending in kind.endings)


def kind_of(name: str, content: bytes) -> AttachmentKind:
    """The one kind that both say; ``Refused`` with what to do where there is none."""
    named = next((kind for kind in AttachmentKind if name.lower().endswith(kind.endings)), None)
    if named is None:
        raise _refused(f"Choose a PDF, PNG, JPEG, TIFF or DICOM file: its name ends with {', '.join(ENDINGS)}.")
    if not content:
        raise _refused("This file is empty. Export it again from where it comes.")
    if kinds_in(content) != {named}:
        raise _refused(f"By its name this file is {named.label}, by its content it is not. Export it as {named.label}.")
    try:
        pixels = _pixels(named, content)
    except NotWhole:
        raise _refused(
            "This file is cut off or damaged, or holds something else besides. Export it again from where it comes."
        ) from None
    if pixels > MOST_PIXELS:
        raise _refused(
            "This picture has more than 50 million pixels. Export it smaller, or give its number with the study."
        )
    return named


def kinds_in(content: bytes) -> set[AttachmentKind]:
    """Every kind that a program could take it for."""
    marks = {
        AttachmentKind.PDF: b"%PDF-" in content[: _EDGE + 5],
        AttachmentKind.PNG: content.startswith(b"\x89PNG\r\n\x1a\n"),
        AttachmentKind.JPEG: content.startswith(b"\xff\xd8\xff"),
        AttachmentKind.TIFF: content.startswith((b"II*\0", b"MM\0*")),
        AttachmentKind.DICOM: content[128:132] == b"DICM",
    }
    return {kind for kind, is_marked in marks.items() if is_marked}


def _pixels(kind: AttachmentKind, content: bytes) -> int:
    """Of one page or frame as its header says; 0 where the file may be without a picture."""
    if _hides_another(content):
        raise NotWhole
    if kind is AttachmentKind.PDF:
        _require_whole_pdf(content)
        return 0
    pixels = _READERS[kind](content)
    if not pixels and kind is not AttachmentKind.DICOM:
        raise NotWhole
    return pixels


def _hides_another(content: bytes) -> bool:
    """Whether an archive or a web page is in it, at the places where programs look for those."""
    edges = (content[:_EDGE] + b"\n" + content[-_EDGE:]).lower()
    return (
        any(mark in edges for mark in _PAGE_MARKS)
        or any(mark in content for mark in _OTHER_ARCHIVES)
        or b"PK\x05\x06" in content[-_ARCHIVE_END:]
        or content[257:262] == b"ustar"
    )


def _require_whole_pdf(content: bytes) -> None:
    """Begins with its version and ends with its end mark (ISO 32000-2, 7.5.2 and 7.5.5)."""
    if content[:7] not in (b"%PDF-1.", b"%PDF-2.") or not content.rstrip(b"\0\t\n\f\r ").endswith(b"%%EOF"):
        raise NotWhole


def _refused(sentence: str) -> Refused:
    return Refused(Code.WRONG, sentence, field="file")
