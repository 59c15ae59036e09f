"""One page, whatever is typed: tagged, and each text as text."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests.hostile import hostile_text
from tests.paper.papers import Paper, a_sheet, read, require_tagged
from tumorboard.paper import plain
from tumorboard.paper.sheet import Fact, Index, Place, Print
from tumorboard.paper.typeset import case_pdf, pack_pdf

BY = Print("Hazelden, Ruth", datetime(2026, 11, 25, 18, 0, tzinfo=UTC), "America/New_York")
MARKUP = '#read("/etc/passwd") $x^2$ *bold* _soft_ [box] = Head `raw` @label <label> \\ // no /* no */ ~ --- #{ 1 + 1 }'


def printed(*args: object, **changes: object) -> Paper:
    return read(case_pdf(a_sheet(*args, **changes), BY))  # type: ignore[arg-type]


def test_is_tagged_and_its_title_names_no_patient() -> None:
    paper = printed(name="Quillfeather, Anneliese")
    require_tagged(paper)
    info = paper.reader.metadata
    assert info is not None
    assert info.title == "Case 412"
    assert "Quillfeather" not in str(dict(info))
    [page] = paper.pages
    assert page.startswith("Quillfeather, Anneliese Case 412")


def test_says_at_the_foot_who_printed_it_and_when() -> None:
    [page] = printed().pages
    assert page.endswith("Printed by Hazelden, Ruth, 25-Nov-2026 13:00 EST Case 412 Page 1 of 1")


@pytest.mark.parametrize(
    ("zone", "width"), [("America/New_York", 612), ("Pacific/Honolulu", 612), ("Europe/Berlin", 595), ("UTC", 595)]
)
def test_letter_in_the_americas_and_a4_elsewhere(zone: str, width: int) -> None:
    paper = read(case_pdf(a_sheet(), Print("Hazelden", BY.at, zone)))
    assert int(paper.reader.pages[0].mediabox.width) == width


def test_the_first_page_of_a_pack_has_the_boards_standing_text_whole() -> None:
    standing = "Phones silent.\n" + "The patient's own question is read first. " * 20 + "Coffee after."
    index = Index("Breast board", "25-Nov-2026", "Aspen 2", standing, (Place("13:00 EST", 8, 412),))
    paper = read(pack_pdf(index, [a_sheet()], BY))
    require_tagged(paper)
    assert "Phones silent. · The patient" in paper.pages[0]
    assert "Coffee after. Starts Minutes Case" in paper.pages[0]


def test_what_is_pending_stands_out_and_what_is_there_stands_beside() -> None:
    [page] = printed(biomarkers=(Fact("HER2", "Pending, expected 25-Nov-2026", pending=True), Fact("ER", "90 %"))).pages
    assert "HER2: Pending, expected 25-Nov-2026 ER: 90 %" in page


@pytest.mark.parametrize("rows", [0, 1, 30])
@pytest.mark.parametrize("text", ["", "W" * 20_000, "word " * 4_000, "a\n" * 10_000, "報告 " * 7_000, "שלום " * 4_000])
def test_is_one_page_whatever_is_typed(text: str, rows: int) -> None:
    paper = printed(text, rows)
    require_tagged(paper)
    [page] = paper.pages
    assert bool(re.search("… ?see case 412", page)) == bool(text)
    assert ("more: see case 412" in page) == (rows == 30)
    assert page.endswith("Page 1 of 1")


def test_markup_comes_out_as_it_was_typed() -> None:
    [page] = printed(question=MARKUP, summary=MARKUP).pages
    assert page.count(MARKUP) == 2
    assert "root:" not in page


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("HER2 🧬報, ❤️ 👍🏽 well", "HER2 [U+5831], well"),
        ("✓ 1️⃣ ℃", "[U+2713] 1[U+20E3] [U+2103]"),
        ("Müller-Łukasz, Ελένη Ирина", "Müller-Łukasz, Ελένη Ирина"),
        ("a\u202eb\u2066c\x00d", "abc d"),
        ("one\r\ntwo\n\n three", "one · two · three"),
        ("half \ud800 a letter", "half [U+FFFD] a letter"),
        ("≥ 90 % → µg", "≥ 90 % → μg"),
    ],
)
def test_what_the_fonts_lack_is_named_and_nothing_turns_its_neighbours(typed: str, shown: str) -> None:
    [page] = printed(question=typed).pages
    assert shown in page.replace("µ", "μ")


def test_right_to_left_names_are_printed() -> None:
    [page] = printed(name="כהן").pages
    assert "כהן" in page or "ןהכ" in page


@given(st.lists(hostile_text, min_size=8, max_size=8))
@trying(max_examples=25)
def test_no_text_breaks_it(texts: list[str]) -> None:
    name, mrns, question, summary, board, label, value, team = texts
    facts = (Fact(label, value),) * 3
    paper = printed(
        name=name, mrns=mrns, question=question, summary=summary, board=board, stage=facts, team=(Fact(team, ""),)
    )
    assert len(paper.pages) == 1


def test_each_character_that_is_left_as_it_is_has_a_glyph() -> None:
    every = [chr(code) for code in range(0x20, 0x3000) if not 0xD800 <= code < 0xE000]
    kept = [each for each in every if plain.plain(f"a{each}b") == f"a{each}b" and each.strip()]
    assert len(kept) > 2_000
    for start in range(0, len(kept), 640):
        [page] = printed(summary=" ".join(kept[start : start + 640])).pages
        assert "[U+" not in page


def test_a_text_at_which_typst_gives_up_is_printed_in_latin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "_NOT_SHOWN", re.compile("(?!)"))
    [page] = printed(question="Ирина 報 here").pages
    assert "[U+0418]" in page
    assert "[U+5831] here" in page
