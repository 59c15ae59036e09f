"""What is offered of a pasted report, where it stands, and what is never offered."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import hostile_text
from tumorboard.domain.report_reading import Reading, is_of_several_patients, is_of_somebody_else, read_report
from tumorboard.tree import TREE

TODAY = date(2026, 11, 27)
NOTES = TREE.parent / "shared" / "data" / "cases" / "hao_patient_4"

# Each row: the text; then of each reading its key, answer, value, unit, and the words that stand in its place.
BREAST = [
    ("ER positive, 90 %", [("er", "Positive", "90", "%", "ER positive, 90 %")]),
    ("ER 90 %, PR 10 %", [("er", "", "90", "%", "ER 90 %"), ("pr", "", "10", "%", "PR 10 %")]),
    (
        "ER+/PR+/HER2-",
        [("er", "Positive", "", "", "ER+"), ("pr", "Positive", "", "", "PR+"), ("her2", "Negative", "", "", "HER2-")],
    ),
    ("er-positive, pr neg", [("er", "Positive", "", "", "er-positive"), ("pr", "Negative", "", "", "pr neg")]),
    ("ER(+), HER-2(2+)", [("er", "Positive", "", "", "ER(+)"), ("her2", "2+", "", "", "HER-2(2+")]),
    (
        "ER/PR positive",
        [("er", "Positive", "", "", "ER/PR positive"), ("pr", "Positive", "", "", "PR positive")],
    ),
    ("Estrogen receptors:  +  (90 %)", [("er", "Positive", "90", "%", "Estrogen receptors:  +  (90 %")]),
    ("ER (clone SP1, Roche): 99 % positive", [("er", "Positive", "99", "%", "ER (clone SP1, Roche): 99 % positive")]),
    ("ER+ 90%", [("er", "Positive", "90", "%", "ER+ 90%")]),
    ("ER 10% (previously 90%)", [("er", "", "10", "%", "ER 10%")]),
    ("ER: low positive (1–10 %)", [("er", "Low positive", "1-10", "%", "ER: low positive (1–10 %")]),
    ("PR: negative (less than 1 %)", [("pr", "Negative", "<1", "%", "PR: negative (less than 1 %")]),
    (
        "Progesterone Receptor (PgR) Status: Positive\n   Percentage of Cells with Nuclear Positivity: 51-60%",
        [
            (
                "pr",
                "Positive",
                "51-60",
                "%",
                "Progesterone Receptor (PgR) Status: Positive\n   Percentage of Cells with Nuclear Positivity: 51-60%",
            )
        ],
    ),
    ("HER2 (IHC): 1+ (negative)", [("her2", "1+", "", "", "HER2 (IHC): 1+ (negative")]),
    ("HER2 IHC 0", [("her2", "0", "", "", "HER2 IHC 0")]),
    (
        "HER-2/neu 2+, equivocal; FISH pending",
        [("her2", "2+", "", "", "HER-2/neu 2+, equivocal"), ("her2_ish", "Pending", "", "", "FISH pending")],
    ),
    (
        "HER2 2+, ISH negative",
        [("her2", "2+", "", "", "HER2 2+"), ("her2_ish", "Not amplified", "", "", "ISH negative")],
    ),
    (
        "HER2 FISH: not amplified (ratio 1.2)",
        [("her2_ish", "Not amplified", "1.2", "ratio", "HER2 FISH: not amplified (ratio 1.2")],
    ),
    ("HER2 not amplified", [("her2_ish", "Not amplified", "", "", "HER2 not amplified")]),
    ("Ki-67: low (5 %)", [("ki67", "", "5", "%", "Ki-67: low (5 %")]),
    ("MIB-1 index ca. 20-25%", [("ki67", "", "20-25", "%", "MIB-1 index ca. 20-25%")]),
    (
        "Positive for ER\nand PR, and negative for HER2.",
        [
            ("er", "Positive", "", "", "Positive for ER\nand PR"),
            ("pr", "Positive", "", "", "Positive for ER\nand PR"),
            ("her2", "Negative", "", "", "negative for HER2"),
        ],
    ),
    ("HER2 cannot be determined", [("her2", "Not done", "", "", "HER2 cannot be determined")]),
    ("Ki-67 to follow", [("ki67", "Pending", "", "", "Ki-67 to follow")]),
    ("HER2 not performed", [("her2", "Not done", "", "", "HER2 not performed")]),
    ("Patient BRCA1/2: pending", [("brca", "Pending", "", "", "BRCA1/2: pending")]),
]
GENES = [
    ("No EGFR mutation detected", [("egfr", "Wild type", "", "", "No EGFR mutation detected")]),
    ("ALK: not detected", [("alk", "Negative", "", "", "ALK: not detected")]),
    ("ALK by FISH was not rearranged", [("alk", "Negative", "", "", "ALK by FISH was not rearranged")]),
    ("EML4-ALK fusion detected", [("alk", "Positive", "", "", "EML4-ALK fusion detected")]),
    (
        "negative for EGFR, ALK, and ROS1 alterations",
        [
            (key, answer, "", "", "negative for EGFR, ALK, and ROS1")
            for key, answer in (("egfr", "Wild type"), ("alk", "Negative"), ("ros1", "Negative"))
        ],
    ),
    (
        "EGFR exon 19 deletion detected",
        [("egfr", "Mutated", "exon 19 deletion", "", "EGFR exon 19 deletion detected")],
    ),
    ("EGFR amplification: not detected", [("egfr", "Not amplified", "", "", "EGFR amplification: not detected")]),
    ("KRAS p.G12C", [("kras", "Mutated", "G12C", "", "KRAS p.G12C")]),
    ("BRAF V600E: not detected", [("braf", "Negative", "V600E", "", "BRAF V600E: not detected")]),
    ("wild-type KRAS", [("kras", "Wild type", "", "", "wild-type KRAS")]),
    ("RAS wild type", [("ras", "Wild type", "", "", "RAS wild type")]),
    ("PD-L1 (22C3): TPS <1 %", [("pd_l1", "", "<1", "% TPS", "PD-L1 (22C3): TPS <1 %")]),
    ("PD-L1 combined positive score: 20", [("pd_l1", "", "20", "CPS", "PD-L1 combined positive score: 20")]),
    (
        "PD-L1 TPS 60 %, CPS 65",
        [("pd_l1", "", "60", "% TPS", "PD-L1 TPS 60 %"), ("pd_l1", "", "65", "CPS", "CPS 65")],
    ),
    ("MET exon 14 skipping: negative", [("met_exon14", "Negative", "", "", "MET exon 14 skipping: negative")]),
    ("RET   Insufficient tissue", [("ret", "Not done", "", "", "RET   Insufficient")]),
    ("NTRK1/2/3: no fusion detected", [("ntrk", "Negative", "", "", "NTRK1/2/3: no fusion detected")]),
    ("MMR: proficient", [("mmr", "Proficient (MSS)", "", "", "MMR: proficient")]),
    ("dMMR", [("mmr", "Deficient (MSI-high)", "", "", "dMMR")]),
    ("MSI status: MSS", [("mmr", "Proficient (MSS)", "", "", "MSI status: MSS")]),
    ("IDH-mutant", [("idh", "Mutated", "", "", "IDH-mutant")]),
    ("IDH1 R132H (IHC): negative", [("idh", "Negative", "R132H", "", "IDH1 R132H (IHC): negative")]),
    (
        "MGMT promoter methylation: detected (22 %)",
        [("mgmt", "Methylated", "22", "%", "MGMT promoter methylation: detected (22 %")],
    ),
    ("1p/19q: retained", [("codeletion_1p19q", "Not codeleted", "", "", "1p/19q: retained")]),
    ("1p/19q codeleted", [("codeletion_1p19q", "Codeleted", "", "", "1p/19q codeleted")]),
    ("EBER-ISH negative", [("ebv", "Negative", "", "", "EBER-ISH negative")]),
]
NUMBERS = [
    ("PSA: 8.4 ng/mL (ref 0.0-4.0)", [("psa", "", "8.4", "ng/mL", "PSA: 8.4 ng/mL")]),
    ("cea ng/ml 22.8", [("cea", "", "22.8", "ng/ml", "cea ng/ml 22.8")]),
    ("CEA 0.0 - 5.0 ng/ml 22.8", [("cea", "", "22.8", "ng/ml", "CEA 0.0 - 5.0 ng/ml 22.8")]),
    ("CEA 5.6 (normal <4.0) ng/mL", [("cea", "", "5.6", "ng/mL", "CEA 5.6 (normal <4.0) ng/mL")]),
    ("CA 19-9: 1,340 U/mL", [("ca19_9", "", "1340", "U/mL", "CA 19-9: 1,340 U/mL")]),
    ("AFP pending", [("afp", "Pending", "", "", "AFP pending")]),
    (
        "Gleason score 3 + 4 = 7 (Grade Group 2)",
        [("gleason", "", "3+4=7", "", "Gleason score 3 + 4 = 7"), ("grade_group", "", "2", "", "Grade Group 2")],
    ),
    ("Gleason 7 (3+4)", [("gleason", "", "3+4=7", "", "Gleason 7 (3+4)")]),
    ("ISUP 2", [("grade_group", "", "2", "", "ISUP 2")]),
    ("ECOG scale (0-4): 1", [("performance_status", "", "1", "ECOG", "ECOG scale (0-4): 1")]),
    ("Ecog performance status:1 ros", [("performance_status", "", "1", "ECOG", "Ecog performance status:1")]),
    ("KPS 80%.", [("performance_status", "", "80", "Karnofsky", "KPS 80%")]),
]
STAGES = [
    (
        "cT2 cN1(sn) cM0",
        [
            ("stage_prefix", "", "c", "", "c"),
            ("stage_t", "", "2", "", "cT2"),
            ("stage_n", "", "1(sn)", "", "cN1(sn)"),
            ("stage_m", "", "0", "", "cM0"),
        ],
    ),
    (
        "pT1c pN0(i-)",
        [
            ("stage_prefix", "", "p", "", "p"),
            ("stage_t", "", "1c", "", "pT1c"),
            ("stage_n", "", "0(i-)", "", "pN0(i-)"),
        ],
    ),
    (
        "ypT0/is ypN0",
        [
            ("stage_prefix", "", "yp", "", "yp"),
            ("stage_t", "", "0/is", "", "ypT0/is"),
            ("stage_n", "", "0", "", "ypN0"),
        ],
    ),
    (
        "NSCLC T4N3M1a (IVA).",
        [
            ("stage_t", "", "4", "", "T4"),
            ("stage_n", "", "3", "", "N3"),
            ("stage_m", "", "1a", "", "M1a"),
            ("stage_group", "", "IVA", "", "IVA"),
        ],
    ),
    (
        "pT2 pN1a(2/15) M0",
        [
            ("stage_prefix", "", "p", "", "p"),
            ("stage_t", "", "2", "", "pT2"),
            ("stage_n", "", "1a", "", "pN1a"),
            ("stage_m", "", "0", "", "M0"),
        ],
    ),
    (
        "Impression: mrT3c N1b",
        [("stage_t", "", "3c", "", "mrT3c"), ("stage_n", "", "1b", "", "N1b")],
    ),
    ("stage IIB", [("stage_group", "", "IIB", "", "stage IIB")]),
    ("Stage IIIC1 (FIGO 2018)", [("stage_group", "", "IIIC1", "", "Stage IIIC1")]),
    ("FIGO IIIC", [("stage_group", "", "IIIC", "FIGO", "FIGO IIIC")]),
    ("Lugano stage III", [("stage_group", "", "III", "Lugano", "Lugano stage III")]),
    ("BCLC C", [("stage_group", "", "C", "BCLC", "BCLC C")]),
    ("likely stage IV disease", [("stage_group", "", "IV", "", "likely stage IV")]),
]


def offered(text: str) -> list[Reading]:
    return read_report(text, TODAY)


def brief(text: str) -> list[tuple[str, str, str, str, str]]:
    return [(r.about, r.answer, r.value, r.unit, text[r.start : r.end]) for r in offered(text)]


@pytest.mark.parametrize(("text", "expected"), BREAST + GENES + NUMBERS + STAGES)
def test_what_is_said_is_offered_at_its_place(text, expected):
    assert brief(text) == expected


@pytest.mark.parametrize(("text", "expected"), BREAST + GENES + NUMBERS + STAGES)
def test_the_same_is_offered_in_the_middle_of_a_report(text, expected):
    before = "Clinical information: see request.\n\n"
    assert brief(f"{before}{text}\n\nElectronically signed.\n") == expected
    assert all(reading.start >= len(before) for reading in offered(before + text))


@pytest.mark.parametrize(
    "text",
    [
        # conditions, questions, plans
        "If HER2 positive then add trastuzumab",
        "Rule out HER2 positive disease",
        "HER2 positive?",
        "Eligible if EGFR mutated",
        "KRAS G12C inhibitors",
        "EGFR T790M would be tested at progression",
        "KRAS-directed treatment",
        "Patients with EGFR mutated tumors",
        "patients with stage III disease",
        "not typically indicated for stage IV disease",
        "At this stage I recommend surgery",
        # relatives
        "Family history: ER positive breast cancer",
        "Family history:\n- Mother: BRCA1 positive, stage II\n- Father: PSA 12",
        "Her sister had ER positive breast cancer.",
        # earlier, without a date
        "Previously ER positive in 2019",
        "ER positive in 2019",
        "Dx 2019: left breast, ER+ HER2-",
        "History of breast cancer (HER2 negative)",
        "previously stage IIA in 2018",
        "HER2 was negative on prior biopsy",
        # scales, ranges, controls
        "HER2 3+ is scored as complete membranous staining",
        "EGFR negative = no mutation",
        "CEA reference range 0-5",
        "HER2 positive control: appropriate",
        # other things of the same letters
        "eGFR: 77 (L) (>90)",
        "egfr >90 ml/min/1.73m2 77 (l)",
        "The ER was busy. ERCP negative. Partial response (PR).",
        "HER2 therapy was stopped; CT negative",
        "ER positive lymph nodes",
        "T2-weighted images, free T4 1.54, T4 vertebra, C5-T1, CT 2 N 1 lesions",
        "CKD stage III. Stage IV pressure ulcer. NYHA stage II",
        "PSA density 0.21, PSA doubling time 6 months, free PSA 12 %",
        "WHO/ISUP grade 2",
        "no MSI-H",
        # two answers in one
        "pT3/4 N1, T1-2 N0, stage III-IV, ECOG 0-1",
        # people
        "To: Dr. HER2 Positive, ER positive clinic",
        "cc: PR Negative",
        "Dr. PR Positive",
        "MRN: S26-99999",
        "MRN 0001024407, phone 320-225-3000, fax: 555-010-4477, SSN 123-45-6789",
        "DOB: 04-Mar-1961",
        "Born on 1961-03-04, DOB 03/04/1961",
        "Accession No. 320-225-3000",
        # days that may be two, days to come, days without anything done
        "CT chest on 11/02/2026",
        "CT chest on 2026-12-24",
        "PET/CT scheduled on 2026-11-02",
        "seen by pulmonary on 2026-03-10, and an EBUS showed nodes",
        "",
    ],
)
def test_nothing_is_offered(text):
    assert offered(text) == []


@pytest.mark.parametrize(
    ("text", "answer", "value", "day", "number", "place"),
    [
        ("CT chest on 23-Nov-2026", "Imaging", "CT chest", date(2026, 11, 23), "", "CT chest on 23-Nov-2026"),
        ("2026-11-23: PET/CT", "Imaging", "PET/CT", date(2026, 11, 23), "", "2026-11-23: PET/CT"),
        ("MRI pelvis (2 November 2026)", "Imaging", "MRI pelvis", date(2026, 11, 2), "", "MRI pelvis (2 November 2026"),
        ("November 2, 2026: MRI brain", "Imaging", "MRI brain", date(2026, 11, 2), "", "November 2, 2026: MRI brain"),
        ("mammogram 11/23/2026", "Imaging", "mammogram", date(2026, 11, 23), "", "mammogram 11/23/2026"),
        ("mammogram 23.11.2026", "Imaging", "mammogram", date(2026, 11, 23), "", "mammogram 23.11.2026"),
        ("mammogram 05/05/2026", "Imaging", "mammogram", date(2026, 5, 5), "", "mammogram 05/05/2026"),
        ("core biopsy 20-Oct-2026", "Pathology", "core biopsy", date(2026, 10, 20), "", "core biopsy 20-Oct-2026"),
        ("EGD on 2021-03-11", "Endoscopy", "EGD", date(2021, 3, 11), "", "EGD on 2021-03-11"),
        ("Specimen: S26-40718", "Pathology", "", None, "S26-40718", "S26-40718"),
        ("Slide 26-S-0912 B2", "Pathology", "", None, "26-S-0912", "26-S-0912"),
        ("CT, accession number: 12345678", "Imaging", "", None, "12345678", "12345678"),
        (
            "Pathology report\nCase: S26-40718\nCollected: 02-Nov-2026\nReceived: 03-Nov-2026",
            "Pathology",
            "",
            date(2026, 11, 2),
            "S26-40718",
            "S26-40718",
        ),
    ],
)
def test_examinations_have_their_date_and_number(text, answer, value, day, number, place):
    (found,) = offered(text)
    assert (found.about, found.answer, found.value) == ("examination", answer, value)
    assert (found.dated_on, found.number, text[found.start : found.end]) == (day, number, place)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On 12-Mar-2019 previously ER positive 80 %.", date(2019, 3, 12)),
        ("HER2 negative (2026-11-20)", date(2026, 11, 20)),
        ("PSA 8.4 ng/mL (ref 0.0-4.0), 02-Sep-2026", date(2026, 9, 2)),
        ("- 2020-08-10 NGS returned. PD-L1 neg.", date(2020, 8, 10)),
        ("HER2 negative on 11/02/2026", None),
        ("HER2 negative. Visit on 2026-11-02", None),
        ("Collected: 02-Nov-2026\nHER2: negative", date(2026, 11, 2)),
        ("A collected: 02-Nov-2026\nB collected: 03-Nov-2026\n\nHER2: negative", None),
        ("Collected: 02-Nov-2026\nPSA: 8.4", None),
    ],
)
def test_a_result_has_the_date_that_stands_with_it(text, day):
    (found,) = (reading for reading in offered(text) if reading.about != "examination")
    assert found.dated_on == day


def test_two_that_contradict_each_other_are_both_offered_in_order():
    found = offered("ER positive. PR negative. ER negative. ER positive.")
    assert [reading.words for reading in found] == ["ER positive", "PR negative", "ER negative"]


def test_the_words_are_for_people():
    text = "ER: positive (90%), HER2 IHC 1+ (negative), KRAS G12C, PD-L1 CPS 20, likely stage IV. CT chest 2026-11-02"
    assert [reading.words for reading in offered(text)] == [
        "ER positive, 90 %",
        "HER2 1+ (negative)",
        "KRAS mutated, G12C",
        "PD-L1 CPS 20",
        "Stage IV, “likely”",
        "CT chest, 02-Nov-2026",
    ]


def test_the_biomarkers_of_a_pathology_report_are_offered():
    text = """SURGICAL PATHOLOGY REPORT
To: Dr. R. Hazelden, phone 555-010-4477
Patient: Quillfeather, Anneliese   DOB: 04-Mar-1961   MRN: S26-99999
Case: S26-40718      Collected: 02-Nov-2026   Received: 03-Nov-2026

A. Left breast, core biopsy: Invasive ductal carcinoma, grade 2.
Estrogen Receptor (ER) Status: Positive (greater than 10% of cells demonstrate nuclear positivity)
   Percentage of Cells with Nuclear Positivity: 91-100%
HER2 (by immunohistochemistry): Equivocal (Score 2+)
HER2 (ERBB2) (by in situ hybridization): Negative (not amplified)
Ki-67 Percentage of Positive Nuclei: 31 %
"""
    assert [(reading.words, reading.dated_on) for reading in offered(text)] == [
        (words, date(2026, 11, 2))
        for words in (
            "Pathology S26-40718, 02-Nov-2026",
            "ER positive, 91-100 %",
            "HER2 2+ (equivocal)",
            "HER2 ISH not amplified",
            "Ki-67 31 %",
        )
    ]


_PIECES = [text for text, _ in BREAST + GENES + NUMBERS + STAGES] + ["2026-11-23", "CT chest ", "S26-40718", "\n", ". "]


@given(hostile_text | st.lists(st.sampled_from(_PIECES) | st.text(max_size=5), max_size=12).map(" ".join))
def test_any_text_is_read_and_places_lie_within_it(text):
    for reading in offered(text):
        assert 0 <= reading.start < reading.end <= len(text)
        assert reading.words
        assert not reading.dated_on or reading.dated_on <= TODAY
        assert reading.number in text


@pytest.mark.parametrize(
    "piece",
    [
        " ",
        "\n",
        "ER ",
        "KRAS, ",
        "Ki-67 ((((",
        "T4N3 ",
        "CT of the ",
        "CEA 1 - 1 ",
        "family history:\n",
        "amended:\n",
        "MRN 1 ",
    ],
)
def test_a_hostile_text_of_200_000_characters_is_read_to_its_end(piece):
    """Each repetition in the rules has a bound; without one this does not end."""
    assert len(offered(piece * (200_000 // len(piece)))) <= 2


def public_note(name: str) -> str:
    files = sorted(NOTES.glob(f"{name}*.json"))
    if not files:
        pytest.skip(f"the public notes are not on this machine: {NOTES}")
    return str(json.loads(files[0].read_text())["text"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "4a16150f",
            [
                "T4",
                "N3",
                "M1a",
                "Stage IVA",
                "KRAS mutated, G12C",
                "PD-L1 negative",
                "Colonoscopy screening, 08-Oct-2013",
            ],
        ),
        ("31bbcfb4", ["T4", "N3", "M1a", "Stage IVA", "CT chest without contrast, 15-Feb-2021", "EGD, 11-Mar-2021"]),
        ("853d37db", ["Stage IV, “likely”", "ECOG 1", "CEA 22.8 ng/mL", "PET scan, 07-Mar-2020"]),
        ("99b1079d", ["ECOG 1", "CEA 22.8 ng/ml"]),
        ("47b10e30", ["Pathology e00-00101, 11-Mar-2021"]),
        ("a73bad38", ["chest ct, 03-Jun-2020"]),
    ],
)
def test_public_notes_are_read(name, words):
    assert set(words) <= {reading.words for reading in offered(public_note(name))}


def test_of_the_public_notes_no_date_or_number_of_another_thing_is_offered():
    for name in ("0ab80fbd", "39c1c467", "86a93cdb", "97e2279b", "a550f679", "f051320d"):
        assert offered(public_note(name)) == []
    scheduled = offered(public_note("31bbcfb4"))
    assert date(2021, 4, 27) not in {reading.dated_on for reading in scheduled}
    assert not any(re.search("0001024407|493", reading.number) for reading in scheduled)


@pytest.mark.parametrize(
    "text",
    ["There is no evidence of cT4 disease.", "Not ER positive.", "Stage IV excluded.", "Stage IV was ruled out."],
)
def test_what_the_words_around_it_take_back_is_not_offered(text: str) -> None:
    assert read_report(text, TODAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "pN0 (0/15) G2 R0",
        "pT2 pN0, 0/12 LN, G2 R0",
        "T2 N0, 0 of 15 nodes",
        "Stage 0/2",
        "Stage 0.5 cm",
        "Stage I to IIIA",
        "stage I – IIIA",
        "stage II or III",
        "stage I through stage III",
        "Stage II A mastectomy was done",
        "cT1 N0 M0, I think",
    ],
)
def test_no_stage_group_is_made_of_other_things(text: str) -> None:
    assert [reading for reading in offered(text) if reading.about == "stage_group"] == []


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Clinical stage II B", "IIB"),
        ("Stage III C1 (FIGO 2018)", "IIIC1"),
        ("stage II A disease", "IIA"),
        ("Stage II B cell lymphoma", "II"),
        ("Stage IV B-cell lymphoma", "IV"),
    ],
)
def test_the_letter_of_a_stage_group_may_stand_apart(text: str, group: str) -> None:
    (found,) = offered(text)
    assert found.value == group


@pytest.mark.parametrize(
    "text",
    [
        "ER 190 %",
        "ER positive, 190 %",
        "ER -5 %",
        "Ki-67: -20 %",
        "Ki-67 190",
        "PD-L1 TPS 150 %",
        "PD-L1 CPS 120",
        "ER 10 % to 90 %",
        "ER/PR 90 %/20 %",
        "ER and PR: 90 % and 80 %",
    ],
)
def test_what_is_no_part_of_a_hundred_or_whose_it_is_cannot_be_told_is_not_offered(text: str) -> None:
    assert offered(text) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Ki-67 20 %. Ki-67 (resection) 40 %", ["Ki-67 20 %", "Ki-67 (resection) 40 %"]),
        ("ER positive (core). ER on the resection: negative", ["ER positive", "ER on the resection: negative"]),
        ("HER2 1+. HER2 on repeat: 3+", ["HER2 1+", "HER2 on repeat: 3+"]),
        ("HER2 2+ (core), 3+ (resection)", ["HER2 2+", "3+"]),
        ("Ki-67 20 %, later 40 %", ["Ki-67 20 %", "40 %"]),
        ("PSA 4 ng/mL -> 8 ng/mL -> 12 ng/mL", ["PSA 4 ng/mL", "8 ng/mL", "12 ng/mL"]),
        ("ER 90 %/PR 80 %", ["ER 90 %", "PR 80 %"]),
    ],
)
def test_a_later_value_is_offered_beside_the_first(text: str, places: list[str]) -> None:
    assert [text[reading.start : reading.end] for reading in offered(text)] == places


@pytest.mark.parametrize("text", ["ER 90 % and 10 % PR", "CEA 5.6 ng/mL, 0.0-5.0 ng/mL", "PSA 8.4, 12 cores"])
def test_a_number_of_something_else_is_no_later_value(text: str) -> None:
    assert len(offered(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "PSA 8.4 ng/mL (2026-01-02), PSA 9.1 ng/mL (2026-03-04)",
        "PSA 8.4 ng/mL on 2026-01-02, 9.1 ng/mL on 2026-03-04",
        "On 2026-01-02 PSA 8.4 ng/mL, on 2026-03-04 PSA 9.1 ng/mL.",
    ],
)
def test_each_of_two_values_in_a_sentence_has_its_own_date(text: str) -> None:
    days = {reading.value: reading.dated_on for reading in offered(text)}
    assert days == {"8.4": date(2026, 1, 2), "9.1": date(2026, 3, 4)}


def test_an_answer_that_is_taken_back_later_in_the_sentence_is_not_offered() -> None:
    assert offered("ER positive, later negative") == []


@pytest.mark.parametrize(
    "text",
    [
        "DOB: 04-Mar-1961\nER positive\n\nDOB: 05-May-1970\nER negative",
        "MRN: 0042 1783\nER positive\nMRN: 0042 9911\nER negative",
        "MRN:\t00421783\nER positive\nMRN:\t00429911",
        "DOB 03/14/61 … date of birth: 1970-05-05. ER positive",
    ],
)
def test_of_a_text_of_two_patients_nothing_is_offered(text: str) -> None:
    assert is_of_several_patients(text)
    assert offered(text) == []


def test_a_report_that_names_another_date_of_birth_is_somebody_else_s() -> None:
    assert is_of_somebody_else("Patient: DOE, Jane DOB: 01-Jan-1950\nER positive", date(1961, 3, 4))


@pytest.mark.parametrize(
    "text",
    [
        "DOB: 03/04/1961\nER positive",
        "MRN: 0000 1111\nER positive",
        "Her daughter, born 2001-05-05, is well. ER positive",
    ],
)
def test_a_report_without_another_date_of_birth_may_be_the_patient_s(text: str) -> None:
    assert not is_of_somebody_else(text, date(1961, 3, 4))


@pytest.mark.parametrize(
    "text",
    [
        "DOB: 04-Mar-1961\nER positive\nPage 2, born on 1961-03-04, MRN 0042-1783\nMRN: 00421783",
        "DOB: 04-Mar-1961. ER positive\nHer daughter, born 2001-05-05, is well.",
    ],
)
def test_one_patient_named_twice_is_one(text: str) -> None:
    assert not is_of_several_patients(text)
    assert [reading.words for reading in offered(text)] == ["ER positive"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "CORRECTED REPORT\nHER2: 3+\nER positive\n\nPrevious report:\nHER2: 1+\nER positive\nPR negative",
            ["HER2 3+, as amended", "ER positive"],
        ),
        (
            "Surgical pathology\nER positive\nHER2: 1+\n\nAmendment 1: after review\nHER2: 3+",
            ["ER positive", "HER2 3+, as amended"],
        ),
        ("AMENDED PATHOLOGY REPORT\nHER2: 3+", ["HER2 3+"]),
        ("HER2: 1+\n\nAddendum\nHER2: 3+", ["HER2 1+", "HER2 3+"]),
        ("Corrected calcium 2.4. HER2: 1+", ["HER2 1+"]),
    ],
)
def test_of_an_amended_report_the_amendment_counts(text: str, words: list[str]) -> None:
    assert [reading.words for reading in offered(text)] == words
