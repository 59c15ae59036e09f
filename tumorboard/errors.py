"""One error family. A ``Refused`` has a code for programs and a sentence for people; ``web`` maps codes to HTTP."""

from enum import StrEnum


class Code(StrEnum):
    """Why something was refused; ``web.errors`` gives each its HTTP status."""

    ABSENT = "absent"
    NOT_ALLOWED = "not_allowed"
    NOT_NOW = "not_now"
    CHANGED_MEANWHILE = "changed_meanwhile"
    WRONG = "wrong"
    TOO_OFTEN = "too_often"
    GONE = "gone"


class Refused(Exception):  # noqa: N818 - said as people say it
    """Something that cannot be done, said so that the person who asked knows what to do.

    ``sentence`` never holds patient data. ``field`` names the form field it is about, if one.
    """

    def __init__(self, code: Code, sentence: str, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.field = field


def absent() -> Refused:
    """The one answer for what does not exist and for what this person may not see (trust.md promise 3)."""
    return Refused(Code.ABSENT, "There is nothing at this address that you can see.")
