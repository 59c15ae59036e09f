"""How many pixels a PNG, a JPEG or a TIFF says that it has."""

from tumorboard.domain.file_rules.whole import NotWhole, Order, number

_MOST_PAGES = 500
_MOST_TAGS = 500
"""Of one page; writers use less than a hundred."""
_FRAMES = frozenset(range(0xFFC0, 0xFFD0)) - {0xFFC4, 0xFFC8, 0xFFCC}
"""JPEG's markers that begin with the size of the picture (ITU-T T.81 table B.1)."""
_BEFORE_A_FRAME = frozenset({0xFFC4, 0xFFCC, 0xFFDB, 0xFFDD, *range(0xFFE0, 0xFFFF)})
"""JPEG's tables, restart interval, applications' data and comments."""
_WIDTH, _HEIGHT = 256, 257
"""TIFF's tags (TIFF 6.0 section 8)."""
_SIZES = {3: 2, 4: 4}
"""Bytes of TIFF's SHORT and LONG."""


def png_pixels(content: bytes) -> int:
    """All chunks, from the first to the last byte of the file (W3C PNG section 5)."""
    if content[8:16] != b"\0\0\0\rIHDR":
        raise NotWhole
    at, drawn = 8, False
    while content[at + 4 : at + 8] != b"IEND":
        drawn = drawn or content[at + 4 : at + 8] == b"IDAT"
        at += 12 + number(content, at, 4)
    if not drawn or at + 12 != len(content):
        raise NotWhole
    return number(content, 16, 4) * number(content, 20, 4)


def jpeg_pixels(content: bytes) -> int:
    """The first frame's header; the file ends with the end of the picture."""
    if not content.rstrip(b"\0").endswith(b"\xff\xd9"):
        raise NotWhole
    at = 2
    while True:
        marker = number(content, at, 2)
        if marker == 0xFFFF:  # a fill byte
            at += 1
            continue
        length = number(content, at + 2, 2)
        if marker in _FRAMES:
            return number(content, at + 5, 2) * number(content, at + 7, 2)
        if marker not in _BEFORE_A_FRAME or length < 2:
            raise NotWhole
        at += 2 + length


def tiff_pixels(content: bytes) -> int:
    """The largest of its pages."""
    order: Order = "little" if content.startswith(b"II") else "big"
    at, largest, seen = number(content, 4, 4, order), 0, set[int]()
    while at:
        if at in seen or len(seen) == _MOST_PAGES:
            raise NotWhole
        seen.add(at)
        pixels, at = _page(content, at, order)
        largest = max(largest, pixels)
    return largest


def _page(content: bytes, at: int, order: Order) -> tuple[int, int]:
    """The pixels of one page, and where the next one begins; 0 where none does."""
    count = number(content, at, 2, order)
    if count > _MOST_TAGS:
        raise NotWhole
    said: dict[int, int] = {}
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, size = number(content, entry, 2, order), _SIZES.get(number(content, entry + 2, 2, order))
        if tag in (_WIDTH, _HEIGHT) and size:
            said[tag] = number(content, entry + 8, size, order)
    return said.get(_WIDTH, 0) * said.get(_HEIGHT, 0), number(content, at + 2 + 12 * count, 4, order)
