"""What only the database can tell before the service may start (trust.md section 5)."""

from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tumorboard.config import ConfigurationError, Settings
from tumorboard.storage.db import db
from tumorboard.storage.schema import is_up_to_date

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


_NO_ANSWER = (
    "The database of TUMORBOARD_DATABASE_URL does not answer, or not to this user and password; see that it runs,"
    " and check the setting."
)


def require_safe_database() -> None:
    """Raises ``ConfigurationError``, a sentence a fault, when this database must not be served from."""
    settings: Settings = current_app.config["TUMORBOARD"]
    try:
        faults = [] if is_up_to_date() else ["The tables are behind; run: python -m tumorboard migrate"]
        if settings.environment == "production" and not faults:
            faults = _faults_in_production()
    except OperationalError as error:
        raise ConfigurationError(_NO_ANSWER) from error
    if faults:
        raise ConfigurationError("\n".join(faults))


def _faults_in_production() -> list[str]:
    with db.engine.connect() as connection:
        off = [name for name in DURABLE if connection.scalar(text("SELECT current_setting(:n)"), {"n": name}) == "off"]
        powers = text(
            "SELECT rolsuper OR rolbypassrls OR has_table_privilege(current_user, 'audit_entry', 'UPDATE, DELETE')"
            " FROM pg_roles WHERE rolname = current_user"
        )
        too_powerful = connection.scalar(powers)
        invented = connection.scalar(text("SELECT EXISTS (SELECT 1 FROM person WHERE demo)"))
    faults = [f"PostgreSQL's {name} is off, so that a power cut loses cases; turn it on." for name in off]
    if too_powerful:
        faults.append("TUMORBOARD_DATABASE_URL names a user who may change the audit or see every row; name tb_app.")
    if invented:
        faults.append("This database holds the invented people of the demo; give production a database of its own.")
    return faults
