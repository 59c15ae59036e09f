"""How many pixels a frame of a DICOM file says that it has (PS3.10 section 7, PS3.5 section 7)."""

from typing import NamedTuple

from tumorboard.domain.file_rules.whole import NotWhole, Order, number

_META, _ITEMS = 0x0002, 0xFFFE
_SYNTAX, _ROWS, _COLUMNS = 0x0002_0010, 0x0028_0010, 0x0028_0011
_PIXELS = {0x7FE0_0008, 0x7FE0_0009, 0x7FE0_0010}
_OPEN_END = 0xFFFF_FFFF
_LONG = {b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"}
"""Values whose length takes four bytes, after two that mean nothing."""
_SYNTAXES: dict[bytes, tuple[Order, bool]] = {
    b"1.2.840.10008.1.2": ("little", False),
    b"1.2.840.10008.1.2.2": ("big", True),
}
"""Transfer syntaxes that are not explicit and little-endian, as all others are but the deflated one."""
_DEFLATED = b"1.2.840.10008.1.2.1.99"
_MOST_ELEMENTS = 500_000


class _Element(NamedTuple):
    tag: int
    at: int
    length: int
    nests: bool


def dicom_pixels(content: bytes) -> int:
    """Rows times columns, the most that stand anywhere before the pixels; 0 in a file without a picture.

    What programs for other systems read in the first 128 bytes is refused: they may hold a second file.
    """
    if any(content[:128]):
        raise NotWhole
    syntax, at = b"", 132
    while number(content, at, 2, "little") == _META:
        element = _element(content, at, "little", explicit=True)
        at = _end(content, element)
        if element.tag == _SYNTAX:
            syntax = content[element.at : at].rstrip(b"\0 ")
    if not syntax or syntax == _DEFLATED:
        raise NotWhole
    order, explicit = _SYNTAXES.get(syntax, ("little", True))
    return _largest(content, at, order, explicit=explicit)


def _largest(content: bytes, at: int, order: Order, *, explicit: bool) -> int:
    """Goes through every element, into sequences and out of them as if they were none."""
    said = {_ROWS: 0, _COLUMNS: 0}
    for _ in range(_MOST_ELEMENTS):
        if at == len(content):
            return said[_ROWS] * said[_COLUMNS]
        element = _element(content, at, order, explicit=explicit)
        end = element.at if element.nests else _end(content, element)
        if element.tag in _PIXELS:
            return said[_ROWS] * said[_COLUMNS]
        if element.tag in said and element.length == 2:
            said[element.tag] = max(said[element.tag], number(content, element.at, 2, order))
        at = end
    raise NotWhole


def _element(content: bytes, at: int, order: Order, *, explicit: bool) -> _Element:
    group, tag = number(content, at, 2, order), number(content, at, 2, order) << 16 | number(content, at + 2, 2, order)
    form = content[at + 4 : at + 6]
    if group == _ITEMS or not explicit:
        length = number(content, at + 4, 4, order)
        return _Element(tag, at + 8, length, group == _ITEMS or length == _OPEN_END)
    if form in _LONG:
        length = number(content, at + 8, 4, order)
        return _Element(tag, at + 12, length, form == b"SQ" or length == _OPEN_END)
    if not (form.isalpha() and form.isupper()):
        raise NotWhole
    return _Element(tag, at + 8, number(content, at + 6, 2, order), nests=False)


def _end(content: bytes, element: _Element) -> int:
    if element.at + element.length > len(content):
        raise NotWhole
    return element.at + element.length
