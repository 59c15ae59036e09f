"""Codes are found by words and by code, best first, and a hospital's file is loaded whole or not at all."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError

from tests.hostile import hostile_text
from tumorboard.domain import code_files, codes
from tumorboard.errors import Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Code
from tumorboard.tree import TREE
from tumorboard.vocabulary import CodeSystem

PUBLIC = TREE.parent / "shared" / "data" / "vocab"
ICD10, TOPOGRAPHY, MORPHOLOGY = CodeSystem
BREAST = {
    "C50": ["Breast cancer"],
    "C50.4": ["Breast cancer, upper-outer quadrant"],
    "C50.41": ["Breast cancer, upper-outer quadrant, female"],
    "C50.411": ["Breast cancer, upper-outer quadrant, right, female"],
    "C50.5": ["Breast cancer, lower-outer quadrant"],
    "D24": ["Benign tumor of the breast"],
    "N61": ["Breast abscess"],
    "D47.Z1": ["Sjögren’s lymphoproliferation"],
}
TISSUE = {
    "8500/2": ["Intraductal carcinoma", "Ductal carcinoma in situ"],
    "8500/3": ["Invasive carcinoma of no special type", "Duct carcinoma", "Duct cell carcinoma"],
    "8503/3": ["Papillary duct carcinoma, invasive"],
}


@pytest.fixture
def loaded(app: Flask) -> None:
    codes.replace_codes(ICD10, BREAST)
    codes.replace_codes(MORPHOLOGY, TISSUE)


def found(text: str, system: CodeSystem = ICD10) -> list[str]:
    return list(codes.find_codes(system, text))


@pytest.mark.parametrize("text", ["C50.4", "c504", " c50.4 ", "c50.4."])
def test_a_code_is_found_however_it_is_written_and_before_what_begins_with_it(loaded: None, text: str) -> None:
    assert found(text)[0] == "C50.4"


def test_the_code_itself_comes_first_then_short_codes_before_long_ones(loaded: None) -> None:
    assert found("c50") == ["C50", "C50.4", "C50.5", "C50.41", "C50.411"]
    assert found("8500/", MORPHOLOGY) == found("8500", MORPHOLOGY) == ["8500/2", "8500/3"]
    assert found("85003", MORPHOLOGY) == found("8500/3", MORPHOLOGY) == ["8500/3"]


@pytest.mark.parametrize("text", ["upper outer breast", "BREAST upp out", "outer-upper, breast"])
def test_words_are_found_by_their_beginnings_in_any_order_and_fewer_words_come_first(loaded: None, text: str) -> None:
    assert found(text) == ["C50.4", "C50.41", "C50.411"]


def test_every_word_must_be_there(loaded: None) -> None:
    assert found("breast esophagus") == []


def test_neoplasms_come_before_other_diseases(loaded: None) -> None:
    assert found("breast")[:2] == ["C50", "C50.4"]
    assert found("breast")[-1] == "N61"


def test_accents_do_not_matter(loaded: None) -> None:
    assert found("sjogren's") == found("SJÖGREN’S") == ["D47.Z1"]


def test_a_code_is_found_by_any_of_its_names_and_shown_by_the_one_that_fits_best(loaded: None) -> None:
    answer = codes.find_codes(MORPHOLOGY, "duct carc")
    assert list(answer) == ["8500/3", "8500/2", "8503/3"]
    assert answer["8500/3"] == "Duct carcinoma"
    assert codes.find_codes(MORPHOLOGY, "8500/3") == {"8500/3": "Invasive carcinoma of no special type"}


def test_a_code_and_words_narrow_each_other_and_words_of_another_vocabulary_do_no_harm(loaded: None) -> None:
    assert found("c50 female right") == ["C50.411", "C50", "C50.4", "C50.5", "C50.41"]
    assert found("C50.4 Malignant neoplasm of somewhere") == ["C50.4", "C50.41", "C50.411"]


def test_no_more_than_twelve_and_none_of_another_system(loaded: None) -> None:
    codes.replace_codes(TOPOGRAPHY, {f"C{number}.9": ["Some site"] for number in range(10, 40)})
    assert len(found("site", TOPOGRAPHY)) == 12
    assert found("site") == []


def test_a_search_is_one_question(loaded: None) -> None:
    asked: list[str] = []
    db.session.rollback()
    codes.replace_codes(ICD10, BREAST)
    event.listen(db.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    found("breast outer")
    assert len(asked) == 1


@pytest.mark.parametrize(
    "text", ["", " ", "- . /", "'", "%", "\\", "z\0z", "' | ' !", "x" * 5000, "(((", "z:*", "\ud800"]
)
def test_nonsense_finds_nothing_and_breaks_nothing(loaded: None, text: str) -> None:
    assert found(text) == []


@given(hostile_text)
def test_what_was_folded_is_one_word_each(text: str) -> None:
    assert all(word.isalnum() for word in codes.folded(text))


@given(st.sampled_from(CodeSystem), st.from_regex(r"[A-Z0-9]{1,7}", fullmatch=True))
def test_the_way_of_writing_is_the_same_however_often_it_is_asked(system: CodeSystem, typed: str) -> None:
    assert codes.canonical(system, codes.canonical(system, typed).lower()) == codes.canonical(system, typed)


@pytest.mark.parametrize(
    ("system", "text", "code"),
    [
        (ICD10, "c504", "C50.4"),
        (ICD10, "C50.4 Upper-outer quadrant of breast", "C50.4"),
        (ICD10, "C50.-", "C50"),
        (ICD10, "M49.5*", "M49.5"),
        (ICD10, "c4a.9", "C4A.9"),
        (ICD10, "lip", None),
        (ICD10, "breast", None),
        (ICD10, "8500/3", None),
        (TOPOGRAPHY, "c504", "C50.4"),
        (TOPOGRAPHY, "C50.41", None),
        (TOPOGRAPHY, "D05.1", None),
        (MORPHOLOGY, "85003", "8500/3"),
        (MORPHOLOGY, "8500/3 Duct carcinoma", "8500/3"),
        (MORPHOLOGY, "8500", None),
        (MORPHOLOGY, "٨٥٠٠/٣", None),
    ],
)
def test_a_code_is_read_out_of_what_was_typed(system: CodeSystem, text: str, code: str | None) -> None:
    assert codes.read_code(system, text) == code


@pytest.mark.parametrize(
    "file",
    [
        "code,words\nC50.4,Outer\nD05.1,In situ",
        "C504;Outer\nD051;In situ\n",
        "\ufeffcode\tkind\tdescription\n2\tchapter\tAll\nC00-C96\tblock\tA\nC50.4\tleaf\tOuter\nD05.1\tleaf\tIn situ",
        'Code;Title\r"C50.4";"Outer"\r\r"D05.1";"In situ"\r',
        json.dumps([{"code": "C50.4", "words": "Outer"}, {"code": "D05.1", "display": "In situ"}]),
        json.dumps(
            {
                "resourceType": "CodeSystem",
                "concept": [
                    {"code": "C50.4", "display": "Outer", "concept": [{"code": "D05.1", "display": "In situ"}]}
                ],
            }
        ),
    ],
)
def test_a_hospitals_file_is_read_in_the_ways_it_is_kept(file: str) -> None:
    assert code_files.read_codes(ICD10, file.encode()) == {"C50.4": ["Outer"], "D05.1": ["In situ"]}


def test_a_registrys_table_has_behavior_beside_histology_and_says_which_name_is_preferred() -> None:
    file = b"8500,3,Duct carcinoma,alternate\n8500,3,Invasive carcinoma,preferred\n8500,3,Duct carcinoma,alternate\n"
    assert code_files.read_codes(MORPHOLOGY, file) == {"8500/3": ["Invasive carcinoma", "Duct carcinoma"]}


@pytest.mark.parametrize(
    ("file", "sentences"),
    [
        (
            "C50.4,Outer\nC5O.5,Inner\n\nD05,\n",
            ["Line 2: “C5O.5” is no ICD-10 code", "Line 4: no words stand beside D05"],
        ),
        ("code,site\nC50,C50.9", ["No column of this file has the words. Call it one of: words,"]),
        ("ICD-10-CM-CODE,ICD-O-3-PRIMARY-SITE\nC50,C509", ["No column of this file has the words."]),
        ('C50,"Outer\nC51,Inner', ["a quotation mark is left open"]),
        ("[{]", ["This is not JSON"]),
        ("{}", ["Give a list of rows"]),
        ('[1, {"code": "C50"}]', ["Row 1: “” is no ICD-10 code", "Row 2: no words"]),
        ("", ["There is no code in this file."]),
        ("code,words\n", ["There is no code in this file."]),
        ("\n".join(f"{number},x" for number in range(1000, 1150)), ["and 50 lines more."]),
    ],
)
def test_each_wrong_line_is_named(file: str, sentences: Sequence[str]) -> None:
    with pytest.raises(Refused) as refusal:
        code_files.read_codes(ICD10, file.encode())
    assert all(sentence in refusal.value.sentence for sentence in sentences), refusal.value.sentence


def test_a_file_in_another_encoding_says_where() -> None:
    with pytest.raises(Refused) as refusal:
        code_files.read_codes(ICD10, "C50,Brust\nC51,Äußere".encode("cp1252"))
    assert "Line 2 is not UTF-8" in refusal.value.sentence


def test_loading_again_replaces_one_system_and_leaves_the_others(loaded: None) -> None:
    codes.replace_codes(ICD10, {"C61": ["Prostate cancer"]})
    assert (found("prostate"), found("breast"), len(found("duct", MORPHOLOGY))) == (["C61"], [], 3)


def test_only_where_a_system_is_loaded_a_code_can_be_unknown(loaded: None) -> None:
    assert not codes.is_unknown(ICD10, "C50.4")
    assert codes.is_unknown(ICD10, "C50.6")
    assert not codes.is_unknown(TOPOGRAPHY, "C50.6")


def test_the_database_refuses_what_is_no_code(app: Flask) -> None:
    for system, code in ((ICD10, "C5O"), (ICD10, "C504"), (TOPOGRAPHY, "C50.41"), (MORPHOLOGY, "8500")):
        with pytest.raises(IntegrityError, match="written_as_its_system"):
            codes.replace_codes(system, {code: ["Something"]})
        db.session.rollback()


@pytest.mark.parametrize(
    ("system", "file", "searched", "first"),
    [
        (ICD10, "icd10cm_chapter2_neoplasms_April2026.tsv", "upper outer breast", "C50.4"),
        (ICD10, "icd10cm_chapter2_neoplasms_April2026.tsv", "merkel lip", "C4A.0"),
        (TOPOGRAPHY, "naaccr_lookups/primarySite.csv", "upper outer breast", "C50.4"),
        (MORPHOLOGY, "naaccr_lookups/histologicTypeIcdO3_allTerms.csv", "duct carc", "8500/3"),
        (MORPHOLOGY, "naaccr_lookups/histologicTypeIcdO3_preferredTermsOnly.csv", "8500/3", "8500/3"),
    ],
)
def test_the_public_tables_are_read_as_they_are(
    app: Flask, system: CodeSystem, file: str, searched: str, first: str
) -> None:
    names = code_files.read_codes(system, require(PUBLIC / file).read_bytes())
    codes.replace_codes(system, names)
    assert db.session.scalar(select(func.count()).select_from(Code)) == sum(map(len, names.values())) >= 330
    assert found(searched, system)[0] == first


def test_a_public_table_without_words_says_so() -> None:
    with pytest.raises(Refused) as refusal:
        code_files.read_codes(ICD10, require(PUBLIC / "icd-10-cm-to-icd-o-3.csv").read_bytes())
    assert "No column of this file has the words" in refusal.value.sentence


def require(place: Path) -> Path:
    if not place.exists():
        pytest.skip(
            f"the public tables are not beside this checkout: ../shared/{place.relative_to(TREE.parent / 'shared')}"
        )
    return place
