"""The second factor: an app's codes (RFC 6238), passkeys, and recovery codes for a lost phone.

Everybody has one, but the demo's people. Administrators have a passkey: an app's code opens nothing to them but the
page where they add it, and nothing at all once they have one.
"""

import secrets
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import pyotp

from tumorboard.domain import accounts, audit, web_sessions
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Passkey, Person, RecoveryCode, Totp, WebSession
from tumorboard.storage.queries import second_factors as questions
from tumorboard.storage.sealing import code_for, seal, unseal
from tumorboard.vocabulary import AuditAct, Office, Permission

STEP_SECONDS = 30
SECRET_BYTES = 20
DRIFT = (0, -1, 1)
"""Steps that a phone's clock may be off."""
RECOVERY_CODES = 8
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz0"
"""32 signs for five bits each, without those that are mistaken for one another."""
_CODE_LETTERS = 16

WRONG_NEW_CODE = (
    "That is not the code of this pattern. Take the newest one. If the app has an older entry for Tumorboard, delete it"
    " and scan again."
)
WRONG_CODE = "That code was used or is over. Take the next one; after five tries wait ten minutes."


@dataclass(frozen=True)
class Factors:
    """What somebody has besides the password."""

    totp: Totp | None
    passkeys: list[Passkey]
    codes_left: int
    passkey_needed: bool

    @property
    def any(self) -> bool:
        return bool(self.totp or self.passkeys)

    @property
    def takes_codes(self) -> bool:
        return self.totp is not None and not (self.passkey_needed and self.passkeys)

    @property
    def lacks_passkey(self) -> bool:
        return self.passkey_needed and not self.passkeys


def factors_of(person: Person) -> Factors:
    totp, passkeys, codes_left = questions.factors(person.id)
    return Factors(totp, passkeys, codes_left, person.office is Office.ADMINISTRATOR)


def offered(session: WebSession) -> str:
    """160 bits (RFC 4226 section 4) in base32: the same each time this session asks, until an app has shown a code."""
    totp = factors_of(session.person).totp
    made_at = totp.made_at.timestamp() if totp else 0
    return b32encode(code_for("totp", f"{session.id}:{made_at}")[:SECRET_BYTES]).decode()


def pairing(secret: str, person: Person) -> str:
    """What the pattern says to an app: the de facto ``otpauth:`` form."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name="Tumorboard")


def use_app(session: WebSession, code: str, by: Actor) -> bool:
    """From now on the codes of this app count, and no other's, if ``code`` shows that it has the offered secret."""
    secret = offered(session)
    step = _step_of(secret, code, by.at)
    if step is None:
        return False
    before = factors_of(by.person).totp
    questions.keep_totp(by.person.id, seal(secret, _place(by.person)), step, by.at)
    which = "another app" if before else "an app"
    _changed(by, f"From now on the codes of {which} count for your account.")
    return True


def opens_with_code(person: Person, code: str, at: datetime) -> bool:
    """Whether an app's code opens now: each code once, five tries in ten minutes, however many come at once."""
    totp = questions.count_code(person.id, at)
    if totp is None or not factors_of(person).takes_codes:
        return False
    step = _step_of(unseal(totp.sealed_secret, _place(person)), code, at)
    return step is not None and questions.take_step(person.id, step)


def opens_with_recovery_code(person: Person, code: str, by: Actor) -> bool:
    """Whether a code from the list opens; each does once, and its owner hears of it."""
    if not questions.take_recovery_code(person.id, _code_hash(code), by.at):
        return False
    accounts.tell(person, "A recovery code was used to sign in to your account.", by.at)
    return True


def offered_recovery_codes(session: WebSession) -> list[str]:
    """Eight codes, the same each time this session asks; they open nothing until they are kept."""
    return [_recovery_code(code_for("recovery codes", f"{session.id}:{number}")) for number in range(RECOVERY_CODES)]


def new_recovery_codes(by: Actor) -> list[str]:
    """Eight codes that nobody has seen, kept at once."""
    codes = [_recovery_code(secrets.token_bytes(_CODE_LETTERS)) for _ in range(RECOVERY_CODES)]
    keep_recovery_codes(codes, by)
    return codes


def keep_recovery_codes(codes: list[str], by: Actor) -> None:
    """By their hash alone; those before them open nothing any more."""
    questions.forget_recovery_codes(by.person.id)
    db.session.add_all(RecoveryCode(person_id=by.person.id, code_hash=_code_hash(code), used_at=None) for code in codes)
    audit.record(by, AuditAct.SECOND_FACTOR_CHANGED, details={"recovery_codes": RECOVERY_CODES})


def take_off(person: Person, by: Actor) -> None:
    """Takes off every second factor of somebody who has lost theirs; they set up a new one at their next sign-in.

    Whose voice or face it was, an administrator has made sure of. The person is told at once.
    """
    demand(by, Permission.CHANGE_PERSON)
    if person.id == by.person.id:
        raise Refused(Code.NOT_ALLOWED, "Another administrator takes off your second factor.")
    if person.office is not None:
        raise Refused(Code.NOT_NOW, "This person holds an office: one administrator asks, and another decides.")
    forget(person, by)


def forget(person: Person, by: Actor) -> None:
    """What taking off is; who may do it was asked before."""
    questions.forget_factors(person.id)
    web_sessions.end_others(person, by)
    audit.record(by, AuditAct.SECOND_FACTOR_CHANGED, subjects=[person.id], details={"taken_off": 1})
    accounts.tell(person, "Your second factor was taken off. You set up a new one when you sign in.", by.at, by=by)


def _changed(by: Actor, what: str) -> None:
    audit.record(by, AuditAct.SECOND_FACTOR_CHANGED)
    accounts.tell(by.person, what, by.at)


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step whose code this is, within the drift; none when it is no code of these."""
    now, totp, typed = int(at.timestamp()) // STEP_SECONDS, pyotp.TOTP(secret), "".join(code.split())
    steps = [now + drift for drift in DRIFT]
    found = [step for step in steps if secrets.compare_digest(totp.at(step * STEP_SECONDS).encode(), typed.encode())]
    return found[0] if found else None


def _place(person: Person) -> str:
    return f"totp.sealed_secret:{person.id}"


def _recovery_code(chance: bytes) -> str:
    letters = "".join(_LETTERS[byte % len(_LETTERS)] for byte in chance[:_CODE_LETTERS])
    return "-".join(letters[at : at + 4] for at in range(0, _CODE_LETTERS, 4))


def _code_hash(code: str) -> bytes:
    return sha256("".join(code.replace("-", "").split()).lower().encode()).digest()
