"""A form that met no open session comes back with all that was typed, to be sent again: the same body, a new token.

js/resend.js asks before it sends, but a session may end in that instant, and not every browser runs scripts. Whose form
it was stands in its token, signed: nobody else's session ever gets what somebody typed (trust.md section 5).
"""

from dataclasses import dataclass
from secrets import token_hex
from uuid import UUID

from flask import current_app, request, session, url_for
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer

from tumorboard.domain.web_sessions import Stage
from tumorboard.storage.models import Person
from tumorboard.web.access import session_at
from tumorboard.web.forms.base import read_id

_TOKEN = "csrf_token"  # noqa: S105 - the name of a field
NEVER_SHOWN_AGAIN = {_TOKEN, "password", "current", "code", "passkey"}


@dataclass(frozen=True)
class Resent:
    """A posted form as its page shows it again: where it goes, what was typed, and who may send it."""

    to: str
    fields: list[tuple[str, str]]
    owner_id: UUID
    token: str
    door: str
    """Where its owner signs in, or unlocks; empty once they have."""


def sign_forms(person: Person) -> None:
    """From now on the tokens of this session's forms say whose they are."""
    session[_TOKEN] = f"{person.id}:{token_hex(20)}"


def posted_again() -> Resent | None:
    """What was posted, if it can be sent again: by a page, of an owner who is known, and without a file."""
    token = request.form.get(_TOKEN, "")
    owner_id = _owner_of(token)
    if owner_id is None or request.files:
        return None
    here = session_at(Stage.OPEN)
    is_back = here is not None and here.person_id == owner_id
    fields = [(name, text) for name, text in request.form.items(multi=True) if name not in NEVER_SHOWN_AGAIN]
    return Resent(
        to=request.full_path.removesuffix("?"),
        fields=fields,
        owner_id=owner_id,
        token=generate_csrf() if is_back else token,
        door="" if is_back else url_for("lock.show" if session_at(Stage.LOCKED) else "sign_in.show"),
    )


def _owner_of(token: str) -> UUID | None:
    """Whose form has this token, if it is one of ours; that it is too old, or of another session, matters not."""
    try:
        said = URLSafeTimedSerializer(current_app.secret_key or "", salt="wtf-csrf-token").loads(token)
    except BadData:
        return None
    return read_id(str(said).partition(":")[0])
