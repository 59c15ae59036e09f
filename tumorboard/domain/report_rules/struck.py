"""What of a report is never read: who it is about and for, relatives, ranges of reference, explanations of a scale."""

import re

from tumorboard.domain.report_rules.dates import DATE

_RULES = re.ASCII | re.IGNORECASE
STRUCK = "\0"

_TRANSPARENT = re.compile(
    r"[(\[](?:normal|reference|ref\b|range|normal range|nl)[^()\[\]\n]{0,60}[)\]]"
    r"|\b(?:reference|ref\.?|normal) ?(?:range|interval|value)?s?[: ]{1,3}[<>≤≥]?=? ?[0-9][0-9.]{0,7}"
    r"(?: ?- ?[0-9][0-9.]{0,7})?(?: ?(?:ng/ml|u/ml|%))?",
    _RULES,
)
"""Read over as if it were blank: ``CEA 5.6 (reference <4.0) ng/mL`` is 5.6 ng/mL."""

_NUMBERS_OF_PEOPLE = (
    r"\b(?:MRN|medical record(?: number| no\.?)?|patient (?:id|number|no\.?)|hospital (?:no\.?|number)"
    r"|NHS(?: no\.?| number)?"
    r"|SSN|NPI|CLIA|CSN|account(?: no\.?| number)?|policy(?: no\.?| number)?|encounter(?: no\.?| number)?)"
    r"[ :#]{1,4}[\w-]{2,20}"
)
_PHONES = r"\b(?:tel|telephone|phone|fax|mobile|pager|call)\b[. :#]{1,3}\+?[0-9(][0-9() .-]{5,18}"
_BIRTH = (
    rf"\b(?:DOB|d\.o\.b\.?|birth ?date|date of birth|birthday|born(?: on)?)[ :(]{{1,4}}(?:{DATE}"
    rf"|[0-9/.-]{{6,10}})"
)
_LINES = r"^ {0,20}(?:to|cc|bcc|from|attn|attention|dear|fax|tel|phone|address|copies to|copy to)\b[ .:][^\n]{0,300}"
_FAMILY = (
    r"\bfamily (?:medical |cancer |oncologic(?:al)? )?history\b[ :]{0,3}"
    r"(?:[^\n. ][^\n.]{0,400}(?:\n {0,20}[-*•|][^\n]{0,300}){0,30}"
    r"|(?:\n {0,20}(?:[-*•|][^\n]{0,300}|(?![A-Z][\w /]{1,40}:)[^\n ][^\n]{0,300})){0,30})"
)
_SCALES = (
    r"[^\n.;]{0,80}\b(?:is|are) (?:defined|reported|considered|scored|interpreted) as\b[^\n.;]{0,200}"
    r"|\b(?:reference range|interpretive (?:criteria|guide)|scoring (?:criteria|system)"
    r"|interpretation guide)\b[^\n]{0,300}"
)
_STRUCK = [
    re.compile(pattern, _RULES | re.MULTILINE) for pattern in (_NUMBERS_OF_PEOPLE, _PHONES, _BIRTH, _LINES, _SCALES)
]
_FAMILY_HISTORY = re.compile(_FAMILY, _RULES)

_NOT_SAID_OF_NOW = re.compile(
    r"\b(?:mother|father|sister|brother|aunt|uncle|grand(?:mother|father|parent)s?|cousin|daughter|son|niece|nephew"
    r"|maternal|paternal|relatives?|familial"
    r"|if|whether|unless|should|would|could|rule[sd]? out|ruling out|r/o|to exclude|exclude|in case"
    r"|consider(?:ed|ing)?"
    r"|candidate for|eligib\w{2,5}|trials? (?:for|of|in)|patients with|indicated for|differential)\b",
    _RULES,
)
_STILL_OPEN = re.compile(
    r"[^.;\n]{0,20}\b(?:should be (?:excluded|ruled)|to be (?:excluded|ruled out)|is (?:excluded|ruled out)"
    r"|cannot be excluded)"
    r"|[ \n]{0,3}=|\?| (?:would|should|might|may|could)\b",
    _RULES,
)
_EARLIER = re.compile(
    r"\b(?:previous(?:ly)?|prior(?! to)|formerly|history of|earlier)\b"
    r"|(?<![\w./-])(?<!FIGO )(?<!AJCC )(?<!UICC )(?<!CAP )(?<!WHO )(?:19|20)[0-9]{2}\b(?![./-]?[0-9])",
    _RULES,
)
_EARLIER_AFTER = re.compile(
    r"[^.;\n]{0,12}\b(?:on|in|from|of|at) (?:the |a |an )?(?:previous|prior(?! to)|earlier)\b|"
    r"[ ,(%]{0,3}[^.;\n]{0,25}?\b(?:in|from|of|since|dated)[ (]{1,2}(?:[a-z]{3,9},? )?(?:19|20)[0-9]{2}\b(?![-/])"
    r"|[ ,]{0,2}\((?!figo|ajcc|uicc|who)(?:[a-z]{3,9},? )?(?:19|20)[0-9]{2}\)",
    _RULES,
)


def struck_out(text: str) -> str:
    """The text, as long as before: what must not be read is struck out, what may be read over is blank."""
    text = _TRANSPARENT.sub(lambda found: " " * len(found[0]), text)
    for pattern in _STRUCK:
        text = pattern.sub(lambda found: STRUCK * len(found[0]), text)
    return _FAMILY_HISTORY.sub(lambda found: STRUCK * len(found[0]), text)


def is_said_of_now(text: str, since: int, start: int, end: int) -> bool:
    """False when the sentence that begins at ``since`` speaks of a relative, a condition or a question."""
    said_before = _NOT_SAID_OF_NOW.search(text, max(since, start - 150), start)
    return not said_before and not _STILL_OPEN.match(text, end, end + 60)


def is_earlier(text: str, since: int, start: int, end: int) -> bool:
    """True when an earlier finding is quoted: it counts only with its date."""
    return bool(_EARLIER.search(text, max(since, start - 150), start) or _EARLIER_AFTER.match(text, end, end + 60))
