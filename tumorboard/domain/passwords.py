"""Passwords: what may be one, and how it is kept (trust.md section 5; NIST SP 800-63B-4 section 3.1.1)."""

import re
import secrets
from datetime import datetime
from functools import cache
from threading import BoundedSemaphore
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Person
from tumorboard.storage.queries import people

SHORTEST, LONGEST = 15, 128
"""Characters."""
GUESSED_SOON = 10**10
"""Guesses, in the order in which a guesser takes them: words, names, keyboards, dates, repeats of these."""
LOOKED_AT = 72
"""Characters that zxcvbn judges; what follows makes a password no easier to guess."""
LEFT_BESIDES_NAMES = 8
"""Letters that must be left when the person's own names are taken out."""

hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_two_at_a_time = BoundedSemaphore(2)


def require_good(password: str, person: Person) -> None:
    """Refuses what is too short, too long, guessed soon, or made of the person's names; there is no other rule."""
    length = len(password)
    if length < SHORTEST:
        raise _refused(f"{length} characters: add a word, {SHORTEST} are needed." if length else "Choose a password.")
    if length > LONGEST:
        raise _refused(f"{length} characters: {LONGEST} at most.")
    own = _own_words(person)
    if zxcvbn(password[:LOOKED_AT], user_inputs=own)["guesses"] < GUESSED_SOON:
        raise _refused(
            "This is among the first that somebody would guess. Take four words that do not belong together."
        )
    if _without(own, password) < LEFT_BESIDES_NAMES:
        raise _refused("This is made of your name or address. Take four words that do not belong together.")


def hash_password(password: str) -> str:
    """Argon2id, 64 MiB, three passes (RFC 9106), as a PHC string."""
    with _two_at_a_time:
        return hasher.hash(_typed(password))


def is_password_of(person: Person | None, password: str) -> bool:
    """Whether this is the person's password; for nobody, or somebody without one, it takes as long to say no."""
    with _two_at_a_time:
        try:
            return hasher.verify((person and person.password_hash) or _nobodys_hash(), _typed(password))
        except (VerificationError, InvalidHashError):
            return False


def person_with_password(email: str, password: str, at: datetime) -> Person | None:
    """Whoever has this address and this password and an active account."""
    person = people.person_with_email(email)
    right = is_password_of(person, password)
    return person if right and person and not person.has_left(at) else None


@cache
def _nobodys_hash() -> str:
    """Checked when nobody has the address, so that the answer takes as long (trust.md threat 27)."""
    return hasher.hash(secrets.token_hex())


def _typed(password: str) -> str:
    """The same for the same keys, whichever way a keyboard composes an accent."""
    return normalize("NFKC", password)


def _own_words(person: Person) -> list[str]:
    parts = (person.family_name, person.given_name, person.email, person.hospital.name, "tumorboard")
    words = (word for part in parts for word in re.split(r"\W+", part.casefold()))
    return sorted({word for word in words if len(word) > 2}, key=len, reverse=True)


def _without(own: list[str], password: str) -> int:
    """How many letters are left of the password when these words are taken out of it."""
    rest = password.casefold()
    for word in own:
        rest = rest.replace(word, " ")
    return sum(character.isalpha() for character in rest)


def _refused(sentence: str) -> Refused:
    return Refused(Code.WRONG, sentence, "password")
