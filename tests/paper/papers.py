"""What the tests of paper share: a sheet with something everywhere, and a PDF as somebody reads it."""

from dataclasses import dataclass, fields
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from tests.paper.structure import require_structure
from tumorboard.paper.sheet import CaseSheet, Fact, Study


@dataclass(frozen=True)
class Paper:
    """A PDF's pages as text, in which a line's end and a place to break a long word are nothing but a space."""

    reader: PdfReader

    @property
    def pages(self) -> list[str]:
        return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in self.reader.pages]

    @property
    def root(self) -> Any:
        return self.reader.trailer["/Root"]


def read(pdf: bytes) -> Paper:
    return Paper(PdfReader(BytesIO(pdf)))


def require_tagged(paper: Paper) -> None:
    """PDF/UA-1, by what the file says of itself and by how it is made."""
    assert paper.root["/MarkInfo"]["/Marked"]
    assert paper.root["/StructTreeRoot"]
    assert paper.root["/Lang"] == "en"
    assert "pdfuaid" in paper.root["/Metadata"].get_object().get_data().decode()
    assert paper.root["/ViewerPreferences"]["/DisplayDocTitle"]
    require_structure(paper.reader)


def a_sheet(text: str = "", rows: int = 1, **changes: Any) -> CaseSheet:
    """Every field says its name, or ``text``; each list has as many rows."""
    facts = tuple(Fact(text or f"Fact {row}", text or f"Said {row}", row % 2 == 0) for row in range(rows))
    studies = tuple(
        Study(text or f"MRI {row}", "12-Nov-2026", text or f"A-{row}", text or "A mass") for row in range(rows)
    )
    given: dict[str, Any] = {"number": 412, "restricted": False, "studies": studies}
    for field in fields(CaseSheet):
        if field.name not in given:
            given[field.name] = facts if str(field.type).startswith("tuple") else text or f"The {field.name}"
    return CaseSheet(**(given | changes))
