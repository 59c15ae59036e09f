"""What must not be read from a copy of the database: sealed with a key that lies outside it (trust.md section 5)."""

import os
from functools import cache
from hashlib import sha256
from hmac import digest

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

NONCE_BYTES = 12


def seal(plain: str, place: str) -> bytes:
    return seal_bytes(plain.encode(), place)


def unseal(sealed: bytes, place: str) -> str:
    return unseal_bytes(sealed, place).decode()


def seal_bytes(plain: bytes, place: str) -> bytes:
    """AES-256-GCM (NIST SP 800-38D): nonce, then ciphertext with its tag.

    ``place`` names table, column and row; what was sealed for one place opens in no other.
    """
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key("columns")).encrypt(nonce, plain, place.encode())


def unseal_bytes(sealed: bytes, place: str) -> bytes:
    """What was sealed for ``place``; ``cryptography.exceptions.InvalidTag`` when it is something else."""
    return AESGCM(_key("columns")).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())


def code_for(purpose: str, subject: str) -> bytes:
    """32 bytes (HMAC-SHA256) that only who knows the key can compute, always the same for the same subject."""
    return digest(_key(purpose), subject.encode(), sha256)


def _key(purpose: str) -> bytes:
    return _derived(current_app.config["TUMORBOARD"].data_key, purpose)


@cache
def _derived(data_key: str, purpose: str) -> bytes:
    """A key for each purpose out of the one in the settings (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(data_key.encode())
