"""Sheets as a PDF: typst lays them out in memory. What people typed reaches it as JSON, and so is never markup."""

import json
from functools import cache
from pathlib import Path

import typst

from tumorboard.paper.plain import plain
from tumorboard.paper.sheet import CaseSheet, Index, Print
from tumorboard.paper.shorten import as_index, versions

TEMPLATES = Path(__file__).parent


def case_pdf(sheet: CaseSheet, by: Print) -> bytes:
    """The case on one page, whatever its length; the document's title names no patient."""
    return _pdf(f"Case {sheet.number}", [sheet], by)


def pack_pdf(index: Index, sheets: list[CaseSheet], by: Print) -> bytes:
    """The index, then each case on a page of its own."""
    return _pdf(f"{index.board}, {index.when}", sheets, by, index)


def _pdf(title: str, sheets: list[CaseSheet], by: Print, index: Index | None = None) -> bytes:
    try:
        return _typeset(title, sheets, by, index)
    except BaseException as error:
        if not _is_typst_s(error):
            raise
        return _typeset(title, sheets, by, index, latin=True)


def _typeset(title: str, sheets: list[CaseSheet], by: Print, index: Index | None, *, latin: bool = False) -> bytes:
    said = {
        "title": plain(title, latin=latin),
        "index": index and as_index(index, latin=latin),
        "foot": plain(by.foot, latin=latin),
        "size": by.size,
        "sheets": [versions(sheet, latin=latin) for sheet in sheets],
    }
    compiler = typst.Compiler(
        TEMPLATES / "sheet.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"said": json.dumps(said)},
    )
    made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=int(by.at.timestamp()))
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def _is_typst_s(error: BaseException) -> bool:
    """A text that it cannot show, or at which its shaping of rare scripts panics (0.15): not even an Exception."""
    return isinstance(error, typst.TypstError) or type(error).__name__ == "PanicException"


@cache
def _fonts() -> typst.Fonts:
    """Those in typst's wheel, so that paper looks the same wherever it is made."""
    return typst.Fonts(include_system_fonts=False)
