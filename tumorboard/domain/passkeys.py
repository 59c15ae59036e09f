"""Passkeys (W3C Web Authentication Level 3): the device asks for a face, a finger or a PIN, and signs a challenge.

A challenge is kept with the session and taken by the first answer. Only this site's name and address count, the person
must have been verified by the device, and a signature counter that goes back is a copied key.
"""

from dataclasses import dataclass
from uuid import UUID

import webauthn
from webauthn.helpers import options_to_json, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tumorboard.domain import accounts, audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.second_factors import factors_of
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Passkey, Person, WebSession
from tumorboard.storage.queries import second_factors as questions
from tumorboard.storage.queries import web_sessions
from tumorboard.vocabulary import AuditAct

REFUSED = "The passkey was not accepted. Try again, or take another way."
LAST = "This is your only second factor. Add another first."
LAST_OF_ADMINISTRATOR = "An administrator needs a passkey. Add another first."


@dataclass(frozen=True)
class Site:
    """Whom a passkey is for: ``boards.hospital.example`` and ``https://boards.hospital.example``."""

    host: str
    origin: str


def ask_to_make(session: WebSession, site: Site) -> str:
    """What the browser is told to make a passkey, as JSON; those that the person has are not made again."""
    person = session.person
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name="Tumorboard",
        user_id=person.id.bytes,
        user_name=person.email,
        user_display_name=f"{person.given_name} {person.family_name}".strip(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_known(person),
    )
    web_sessions.set_challenge(session.id, options.challenge)
    return options_to_json(options)


def ask_to_sign(session: WebSession, site: Site) -> str:
    """What the browser is told to find and use one of the person's passkeys, as JSON."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        allow_credentials=_known(session.person),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    web_sessions.set_challenge(session.id, options.challenge)
    return options_to_json(options)


def add(session: WebSession, site: Site, answer: str, name: str, by: Actor) -> None:
    """Keeps the passkey that the browser made; refuses an answer that is not to this session's question."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=web_sessions.take_challenge(session.id) or b"",
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except WebAuthnException as error:
        raise Refused(Code.WRONG, REFUSED) from error
    db.session.add(
        Passkey(
            person_id=by.person.id,
            name=name,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            made_at=by.at,
            last_used_at=None,
        )
    )
    audit.record(by, AuditAct.SECOND_FACTOR_CHANGED, details={"passkey_added": 1})
    accounts.tell(by.person, "A passkey was added to your account.", by.at)


def opens(session: WebSession, site: Site, answer: str, by: Actor) -> bool:
    """Whether the browser's answer is one of the person's passkeys, signing what this session asked last."""
    challenge = web_sessions.take_challenge(session.id)
    try:
        credential = parse_authentication_credential_json(answer)
        passkey = questions.passkey_with(session.person_id, credential.raw_id)
        if passkey is None or challenge is None:
            return False
        shown = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except WebAuthnException:
        return False
    return questions.advance_sign_count(passkey.id, passkey.sign_count, shown.new_sign_count, by.at)


def remove(passkey_id: UUID, by: Actor) -> None:
    """Takes one of one's own passkeys off; the last factor stays, and so does an administrator's last passkey."""
    factors = factors_of(by.person)
    if passkey_id not in {passkey.id for passkey in factors.passkeys}:
        return
    if len(factors.passkeys) == 1 and (factors.passkey_needed or factors.totp is None):
        raise Refused(Code.NOT_NOW, LAST_OF_ADMINISTRATOR if factors.passkey_needed else LAST)
    questions.forget_passkey(by.person.id, passkey_id)
    audit.record(by, AuditAct.SECOND_FACTOR_CHANGED, details={"passkey_removed": 1})
    accounts.tell(by.person, "A passkey was removed from your account.", by.at)


def _known(person: Person) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=each.credential_id) for each in factors_of(person).passkeys]
