"""Codes of ICD-10 and ICD-O-3: how they are written, found by words or code, and replaced by a hospital's own."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from tumorboard.storage.queries import codes as questions
from tumorboard.vocabulary import CodeSystem

_WITHIN_A_CODE = re.compile(r"(?<=[0-9])[./](?=[0-9A-Za-z])")
_WORD = re.compile(r"[^\W_]{1,60}")
"""No word is longer: PostgreSQL refuses words of 2 kB."""
_NEOPLASM = re.compile(r"C|D[0-4]")
_NO_NEOPLASM = 100
_NOT_ITS_OWN = re.compile(r"[./]|[-*†!+]+$")
"""Dots and slashes, which stand where the system says; and the marks of a category or of a pair: C50.-, M49.5*."""


def canonical(system: CodeSystem, typed: str) -> str:
    """As the system writes it: ``c504`` is C50.4 in ICD-10, ``85003`` is 8500/3; nonsense stays nonsense."""
    plain = _NOT_ITS_OWN.sub("", typed.upper())
    head, mark = (4, "/") if system is CodeSystem.MORPHOLOGY else (3, ".")
    return f"{plain[:head]}{mark}{plain[head:]}" if len(plain) > head else plain


def read_code(system: CodeSystem, text: str) -> str | None:
    """The code that ``text`` is or begins with, as in ``c50.4 Upper-outer quadrant of breast``; else none."""
    first, _, _ = text.strip().partition(" ")
    code = canonical(system, first)
    return code if re.fullmatch(system.form, code) else None


def folded(text: str) -> list[str]:
    """The words of ``text``, each once, without case, accents and punctuation: ``C50.4`` is the one word ``c504``."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return list(dict.fromkeys(_WORD.findall(_WITHIN_A_CODE.sub("", bare).casefold())))


def find_codes(system: CodeSystem, text: str) -> dict[str, str]:
    """At most 12 codes with their words, best first; none for a text without letters and digits."""
    words = folded(text)
    return questions.best_codes(system, canonical(system, words[0]), words) if words else {}


def is_unknown(system: CodeSystem, code: str) -> bool:
    """Whether the system's codes are there and this is none of them."""
    return not questions.words_of(system, code) and questions.is_loaded(system)


def replace_codes(system: CodeSystem, names: Mapping[str, Sequence[str]]) -> None:
    """Keeps these codes instead of all that the system had; each has its preferred name first, and then its others.

    The fewer words a name has, the fewer are left over from those typed: it ranks higher.
    """
    questions.replace_codes(system, [row for code in names for row in _rows(system, code, names[code])])


def _rows(system: CodeSystem, code: str, names: Iterable[str]) -> Iterable[dict[str, object]]:
    for position, words in enumerate(names):
        lexemes = folded(words)
        yield {
            "system": system,
            "code": code,
            "position": position,
            "words": words,
            "rank": len(lexemes) + (0 if _is_neoplasm(system, code) else _NO_NEOPLASM),
            "lexemes": " ".join({*lexemes, *folded(code)}),
        }


def _is_neoplasm(system: CodeSystem, code: str) -> bool:
    """What boards are about comes before amebic abscesses of the lung: ICD-10 has its neoplasms in C00 to D49."""
    return system is not CodeSystem.ICD10 or bool(_NEOPLASM.match(code))
