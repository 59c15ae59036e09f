"""The links in mails by which somebody answers without signing in: signed, not kept.

A token names a person and a meeting, or a series, and proves that this service wrote it. It is computed anew whenever
the mail is, so that a repeat is the same mail, and needs no row: what it opens ends with the meeting.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hmac import compare_digest
from uuid import UUID

from tumorboard.storage.sealing import code_for

_ID, _CODE = 16, 16
"""Bytes; of the HMAC-SHA256 the first half, 128 bits (RFC 2104 section 5)."""
_FORM = re.compile("[A-Za-z0-9_-]{64}")


def token_for(person_id: UUID, subject_id: UUID) -> str:
    """What stands in that person's mails about the meeting or series ``subject_id``."""
    ids = person_id.bytes + subject_id.bytes
    return urlsafe_b64encode(ids + _code(ids)).decode()


def read(token: str) -> tuple[UUID, UUID] | None:
    """The person and the meeting or series that a token of ours names; nothing for any other."""
    if not _FORM.fullmatch(token):
        return None
    content = urlsafe_b64decode(token)
    ids, code = content[: 2 * _ID], content[2 * _ID :]
    if not compare_digest(code, _code(ids)):
        return None
    return UUID(bytes=ids[:_ID]), UUID(bytes=ids[_ID:])


def _code(ids: bytes) -> bytes:
    return code_for("answers", ids.hex())[:_CODE]
