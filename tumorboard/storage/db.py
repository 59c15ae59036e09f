"""The database's conventions: names of constraints, aware instants, enums kept as text, ids that sort by time."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import uuid_utils.compat
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Enum, MetaData, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table subclasses this; datetimes are ``timestamptz``, dictionaries are ``jsonb``."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING_CONVENTION),
        type_annotation_map={datetime: DateTime(timezone=True), dict[str, Any]: JSONB(none_as_null=True)},
    )


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562 section 5.7): opaque in an address, and rows made later sort later."""
    return uuid_utils.compat.uuid7()


class Identified:
    """A row known by an opaque id."""

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)


def word(kind: type[StrEnum]) -> Enum:
    """A column that keeps one of the vocabulary's values as text, refused by the database when it is another."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        name=kind.__name__.lower(),
        length=40,
        values_callable=lambda words: [each.value for each in words],
    )


db = SQLAlchemy(
    model_class=Base,
    session_options={"expire_on_commit": False},
    engine_options={
        "pool_pre_ping": True,
        "hide_parameters": True,
        "connect_args": {
            "connect_timeout": 5,
            "options": "-c timezone=UTC -c statement_timeout=30s -c lock_timeout=10s"
            " -c idle_in_transaction_session_timeout=60s",
        },
    },
)
