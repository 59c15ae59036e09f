"""The structure of a PDF as assistive technology walks it: which elements there are, and what of a page they name.

What ISO 14289-1 asks of a file of text, rules and tables, as far as a program can tell. No whole validator of PDF/UA is
at hand where the tests run, and whether the order of reading makes sense only people can judge.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

STANDARD = {"/Document", "/Part", "/Sect", "/Div", "/H1", "/H2", "/P", "/Span", "/Strong"}
STANDARD |= {"/Table", "/THead", "/TBody", "/TR", "/TH", "/TD", "/Lbl", "/NonStruct"}
_SHOWS = {
    b"Tj",
    b"TJ",
    b"'",
    b'"',
    b"f",
    b"f*",
    b"F",
    b"S",
    b"s",
    b"B",
    b"B*",
    b"b",
    b"b*",
    b"Do",
    b"sh",
    b"INLINE IMAGE",
}
_INSIDE = {"/TR": {"/Table", "/THead", "/TBody", "/TFoot"}, "/TH": {"/TR"}, "/TD": {"/TR"}, "/THead": {"/Table"}}
_INSIDE |= {"/TBody": {"/Table"}, "/Document": {"/StructTreeRoot"}}


@dataclass
class Element:
    kind: str
    inside: str
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass
class Structure:
    """All elements in the order of reading, and the marked content that they name: page, and number on it."""

    elements: list[Element] = field(default_factory=list)
    named: list[tuple[int, int]] = field(default_factory=list)

    @property
    def headings(self) -> list[int]:
        return [int(each.kind[2:]) for each in self.elements if each.kind.startswith("/H") and each.kind[2:].isdigit()]


def structure_of(reader: PdfReader) -> Structure:
    found, root = Structure(), reader.trailer["/Root"]["/StructTreeRoot"]
    pages = {page.indirect_reference: number for number, page in enumerate(reader.pages)}
    roles = root.get("/RoleMap", {})

    def walk(kid: Any, page: Any, inside: str) -> None:
        here = kid.get_object()
        if isinstance(here, int):
            found.named.append((pages[page], here))
        elif isinstance(here, list):
            for each in here:
                walk(each, page, inside)
        elif here.get("/Type") == "/MCR":
            found.named.append((pages[here.raw_get("/Pg") if "/Pg" in here else page], here["/MCID"]))
        elif here.get("/Type") != "/OBJR":
            kind = str(roles.get(here["/S"], here["/S"]))
            found.elements.append(Element(kind, inside, _attributes(here)))
            walk(here.get("/K", []), here.raw_get("/Pg") if "/Pg" in here else page, kind)

    walk(root["/K"], None, "/StructTreeRoot")
    return found


def _attributes(element: Any) -> dict[str, Any]:
    own = element.get("/A", [])
    every = [own] if isinstance(own, dict) else own
    return {name: value for each in every for name, value in each.get_object().items()}


def marked_on(page: PageObject, reader: PdfReader) -> Iterator[int]:
    """The numbers of a page's marked content, each once; fails at what is shown outside it and is no artifact."""
    open_marks: list[str | int | None] = []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BMC", b"BDC"):
            properties = operands[1] if operator == b"BDC" else {}
            number = properties.get("/MCID") if isinstance(properties, dict) else None
            open_marks.append("artifact" if operands[0] == "/Artifact" else number)
            if number is not None:
                yield int(number)
        elif operator == b"EMC":
            open_marks.pop()
        elif operator in _SHOWS:
            assert any(mark is not None for mark in open_marks), f"{operator!r} is neither tagged nor an artifact"
    assert not open_marks


def require_structure(reader: PdfReader) -> None:
    """Every mark on a page is in the tree once, or is an artifact; headings and tables are what they say they are."""
    found, root = structure_of(reader), reader.trailer["/Root"]
    marked = [(number, mark) for number, page in enumerate(reader.pages) for mark in marked_on(page, reader)]
    assert sorted(found.named) == sorted(marked)
    assert len(set(marked)) == len(marked)
    for each in found.elements:
        assert each.kind in STANDARD, each
        assert each.inside in _INSIDE.get(each.kind, {each.inside}), each
        assert each.kind != "/TH" or each.attributes["/Scope"] in {"/Column", "/Row", "/Both"}
    levels = found.headings
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    assert "/ParentTree" in root["/StructTreeRoot"]
    for page in reader.pages:
        assert page["/Tabs"] == "/S"
        assert "/StructParents" in page
        _require_fonts(page)


def _require_fonts(page: PageObject) -> None:
    """Each is in the file, and says which characters its glyphs are."""
    for font in page["/Resources"]["/Font"].values():
        assert "/ToUnicode" in font.get_object()
        described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & described.keys()
