"""What somebody typed, as the fonts on paper can show it: no character is lost, and none moves its neighbours."""

import re
import unicodedata

from tumorboard import words

_UNBROKEN = re.compile(r"(\S{20})(?=\S)")
"""What never ends a word would run out of its column."""
_LATIN = "\u00a1-\u00ac\u00ae-\u024f"
_GREEK_AND_CYRILLIC = "\u0250-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff\u1e00-\u1eff"
_HEBREW_AND_ARABIC = "\u05d0-\u05ea\u0621-\u063a\u0641-\u0652\u0660-\u0669\u067e\u0686\u0698\u06a9\u06af\u06cc"
_SIGNS = "\u2010-\u2027\u2030-\u2040\u2070\u2074-\u208e\u20a0-\u20bf\u2190-\u23ff\u2500-\u25ff"
_NOT_SHOWN = re.compile(f"[^ -~{_LATIN}{_GREEK_AND_CYRILLIC}{_HEBREW_AND_ARABIC}{_SIGNS}]")
"""PDF/UA wants a glyph for each character, and typst's own fonts have these; whatever fonts a machine has beside them
makes no difference."""
_EMOJI = re.compile("[^ -~]?\ufe0f|[\U0001f000-\U0001faff]")
"""Pictures, and signs that are to be drawn as one; of a digit in a frame the digit stays."""
_BEYOND_LATIN = re.compile(f"[^ -~{_LATIN}]")


def plain(text: str, *, latin: bool = False) -> str:
    """The text in one line, lines set apart by dots; a letter that cannot be shown becomes its number: [U+5831].

    Emoji are left out: nobody reads their numbers.

    Marks that turn the direction of what follows are dropped: they would turn the page's own words too. ``latin``
    writes all other scripts as numbers.
    """
    lines = (words.one_line(line) for line in text.splitlines())
    line = unicodedata.normalize("NFC", " · ".join(filter(None, lines)))
    seen = "".join(character for character in line if unicodedata.category(character) != "Cf")
    told = _EMOJI.sub("", seen)
    shown = (_BEYOND_LATIN if latin else _NOT_SHOWN).sub(lambda found: f"[U+{ord(found[0]):04X}]", told)
    return _UNBROKEN.sub("\\1\u200b", shown)
