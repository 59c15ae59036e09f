"""What may stand after a biomarker's name, by kind of biomarker, and which button says it."""

import re
from dataclasses import dataclass, replace

RULES = re.ASCII | re.IGNORECASE

NUMBER = r"[0-9]{1,6}(?:[.,][0-9]{1,3}){0,2}"
AMOUNT = (
    r"(?:(?:[<>≥≤~]=?|greater than(?: or equal to)?|more than|over|less than|fewer than|at least|up to) ?)?"
    rf"{NUMBER}(?: ?(?:-|to) ?{NUMBER})?(?![0-9])"
)

_FILLING = (
    r"[ \n:=,()\[\]|*-]|(?:ca|approx)\."
    r"|\((?:clone|antibod|by|using|via|rabbit|mouse|roche|ventana|dako|leica|agilent|erbb2|mib|sp1|1e2|6f11|pgr"
    r"|er\b|pr\b"
    r"|22c3|28-8|sp142|sp263|4b5|d5f3|cap\b|exons?\b)[^()\n]{0,60}\)"
    r"|(?:combined positive score|(?:percentage|percent|proportion|%) of positive (?:tumou?r )?(?:nuclei|cells)"
    r"|tumou?r proportion score|next[- ]generation sequencing|in[- ]situ hybridi[sz]ation"
    r"|homozygous deletion|exon 14 skipping|exons? [0-9]{1,2}(?:(?: ?[-,&] ?| and )[0-9]{1,2}){0,4}(?! ?(?:del"
    r"|ins|dup))"
    r"|statu?s|results?|interpretation|summary|expression|receptors?|proteins?|genes?|genetic|molecular|oncogene"
    r"|by|via|using|with|on|is|was|are|were|be|has been|have been|shows?|showed|demonstrates?|demonstrated|as|of"
    r"|in|the|a|an"
    r"|ihc|immunohistochemi\w{2,8}|immunostain\w{0,4}|immunoreactivity|stain(?:ing|s|ed)?|nuclear|nuclei|membranous"
    r"|cytoplasmic|tests?|tested|testing|analysis|assay|method|scored?|tumou?r|invasive|neoplastic|malignant"
    r"|cells?|carcinoma"
    r"|approximately|approx|about|around|circa|ca|strong(?:ly)?|moderate(?:ly)?|weak(?:ly)?|diffuse(?:ly)?"
    r"|focal(?:ly)?|intensity|percentage|proportion|percent|index|proliferat\w{1,6}|label+ing|rate|level|value"
    r"|average"
    r"|mutations?|mutational|rearrangements?|fusions?|translocations?|alterations?|variants?|amplification|promoter"
    r"|methylation|co-?deletion|skipping|high|low(?![ -]positive)|intermediate|elevated|overexpression|copy number"
    r"|[dcs]?-?ish|fish|ngs|pcr|sanger|sequencing|ventana|dako|agilent|roche|leica|pharmdx|hercept?est|clone|antibody"
    r"|22c3|28-8|sp142|sp263|sp1|1e2|6f11|4b5|d5f3|mib-?1|tps|cps|tc|ic|c\.[0-9_+-]{1,12}[a-z>]{1,12})\b"
)
_SPECIMEN = (
    r"(?:(?:the|a|an|first|second|later|repeat|core|needle|surgical|excision|left|right|breast|liver|lung|bone|brain"
    r"|nodal|lymph node) ){0,4}(?:biops(?:y|ies)|resection|excision|metasta(?:sis|ses)|recurrence|primary|specimen)\b"
    r"|re-?reviewe?d?\b|repeat(?:ed)?\b"
)
GAP = rf"(?:{_FILLING}|{_SPECIMEN}){{0,24}}+"
"""What may stand between a name and its answer. Any other word ends the search: no answer is better than another's."""

_UNDONE = (
    r"(?:not (?:been )?(?:performed|done|tested|assessed|evaluated|evaluable|ordered|requested|available|applicable)"
    r"|(?:cannot|could not|can not) be (?:determined|assessed|evaluated|interpreted)|indeterminate|insufficient"
    r"|quantity not sufficient|qns|inconclusive|test failed|failed)\b"
)
_PENDING = (
    r"(?:pending|to follow|awaited|awaiting|outstanding|in progress|ordered|requested|send-?out|sent(?: out)?"
    r"|will follow"
    r"|to be (?:performed|reported|determined|added))\b"
)
_OF_SOMETHING_ELSE = (
    r"(?! ?(?:lymph|nodes?\b|margins?|surgical|biops|predictive|control|internal|external"
    r"|for (?!the )(?!rearr|mut|ampl|fus|alter|expr|var)))"
)
_NOT_FOUND = (
    r"(?:not (?:been )?(?:detected|identified|present|seen|found|expressed|over-?expressed)|undetected|absent"
    r"|none (?:detected|identified|found|seen)"
    r"|no (?:\w{1,20} ){0,3}(?:detected|identified|found|seen)"
    r"|no (?:mutations?|rearrangements?|fusions?|alterations?|variants?|expression|staining)"
    rf"|non-?reactive|(?:negative|neg|-ve)\b{_OF_SOMETHING_ELSE})"
)
_FOUND = rf"(?:(?:over-?)?expressed|\+ve|(?:positive|pos|present|detected|identified|found)\b{_OF_SOMETHING_ELSE})"
_EQUIVOCAL = r"(?:equivocal|borderline)\b"

SIGN = (
    r"(?:(?: ?: ?)? {0,3}(?:\+{1,3}(?![\w+]| ?[0-9]{1,3}(?![0-9]| ?%))|\(\+\)|\+ve\b)(?P<plus>)"
    r"|(?:(?: ?: ?)? {0,3}(?:\(-\)|-ve\b|-(?= {0,3}(?:\n(?! {0,9}(?:pos|neg|weak|strong|mod|[0-9<>]))|\Z)))"
    r"|-(?=[/,;.)\]]|\s(?!pos|neg|[0-9])))(?P<minus>))"
)
"""``ER+``, ``PR-``, ``HER2(-)``: right at the name, where a hyphen that joins words is none."""

_PERCENT = rf"{AMOUNT} ?(?:%|percent\b)"
VARIANT = (
    r"(?:p\.\(?[a-z]{1,3}[0-9]{1,4}(?:_[a-z]{1,3}[0-9]{1,4})?(?:delins|del|ins|dup|fs|[a-z]{1,3}"
    r"|\*)[a-z*]{0,8}[0-9]{0,3}\)?"
    r"|(?-i:[A-Z][0-9]{2,4}[A-Z*])(?![a-z0-9])|V600(?![a-z0-9])"
    r"|(?:exon|ex) ?[0-9]{1,2} ?(?:deletion|insertion|duplication|del|ins|dup)s?\b)"
)


@dataclass(frozen=True)
class Kind:
    """The answers that one kind of biomarker has, and what is measured of it."""

    answers: dict[str, str]
    """Button to pattern, in the order in which they are tried."""
    positive: str
    negative: str
    measure: str
    unit: str = ""


def _kind(positive: str, negative: str, answers: dict[str, str], measure: str, unit: str = "") -> Kind:
    return Kind({"Not done": _UNDONE, "Pending": _PENDING} | answers, positive, negative, measure, unit)


_FOUND_OR_NOT = {"Negative": _NOT_FOUND, "Low positive": r"low[ -]positive\b", "Positive": _FOUND}
_NOT_AMPLIFIED = r"(?:not amplified|non-?amplified|unamplified|no amplification)"

RECEPTOR = _kind("Positive", "Negative", _FOUND_OR_NOT | {"Equivocal": _EQUIVOCAL}, _PERCENT, "%")
SCORED = _kind(
    "Positive",
    "Negative",
    _FOUND_OR_NOT | {"Equivocal": _EQUIVOCAL},
    r"(?:[123] ?\+(?!\w)|0(?![0-9.,/+%]| ?%))(?!/[0-9])",
)
SHARE = _kind("Positive", "Negative", _FOUND_OR_NOT, rf"{AMOUNT} ?%?", "%")
INDEX = _kind("", "", {}, rf"{AMOUNT} ?(?:%|percent\b)?", "%")
FOUND = _kind(
    "Positive",
    "Negative",
    _FOUND_OR_NOT
    | {
        "Equivocal": _EQUIVOCAL,
        "Negative": rf"(?:not |non-?)rearranged\b|{_NOT_FOUND}",
        "Positive": rf"{_FOUND}|rearranged\b",
    },
    "",
)
MUTATION = _kind(
    "Mutated",
    "Wild type",
    {
        "Not amplified": _NOT_AMPLIFIED,
        "Amplified": r"amplified\b",
        "Wild type": rf"(?:wild[ -]?type|wt|not mutated|non-?mutated|unmutated)\b|{_NOT_FOUND}",
        "Mutated": rf"(?:mutated|mutant)\b|{_FOUND}",
    },
    VARIANT,
)
AMPLIFICATION = _kind(
    "Amplified",
    "Not amplified",
    {
        "Not amplified": rf"{_NOT_AMPLIFIED}|{_NOT_FOUND}",
        "Amplified": rf"amplified\b|{_FOUND}",
        "Equivocal": _EQUIVOCAL,
    },
    rf"ratio[ :=of]{{1,5}}{AMOUNT}",
    "ratio",
)
METHYLATION = _kind(
    "Methylated",
    "Unmethylated",
    {
        "Unmethylated": rf"(?:unmethylated|non-?methylated|not methylated|no methylation)\b|{_NOT_FOUND}",
        "Methylated": rf"methylated\b|{_FOUND}",
    },
    _PERCENT,
    "%",
)
CODELETION = _kind(
    "Codeleted",
    "Not codeleted",
    {
        "Not codeleted": rf"(?:not co-?deleted|non-?co-?deleted|no co-?deletion|intact|retained)\b|{_NOT_FOUND}",
        "Codeleted": rf"co-?deleted\b|{_FOUND}",
    },
    "",
)
_DEFICIENT, _PROFICIENT = "Deficient (MSI-high)", "Proficient (MSS)"
MISMATCH = _kind(
    _DEFICIENT,
    _PROFICIENT,
    {
        "MSI-low": r"(?:msi[ -]l(?:ow)?)\b",
        _PROFICIENT: r"(?:pmmr|mss|(?:microsatellite[ -])?stable|(?:mismatch[ -]repair )?proficient|intact"
        r"|retained|preserved)\b"
        r"|not deficient",
        _DEFICIENT: r"(?:dmmr|(?:msi|microsatellite instability)[ -]?h(?:igh)?|(?:microsatellite[ -])?unstable"
        r"|(?:mismatch[ -]repair )?deficien(?:t|cy))\b",
    },
    "",
)
INSTABILITY = replace(
    MISMATCH,
    answers=MISMATCH.answers
    | {
        _PROFICIENT: rf"{MISMATCH.answers[_PROFICIENT]}|{_NOT_FOUND}",
        _DEFICIENT: rf"{MISMATCH.answers[_DEFICIENT]}|(?:present|detected)\b",
    },
)
SAID_BY_ITSELF = replace(MISMATCH, negative="")
"""``dMMR``: no other name stands before it, and its denial does not say which of the others it is."""
