"""A code of a public vocabulary, under each of its names: what is searched by words and by code."""

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from tumorboard.storage.db import Base, word
from tumorboard.vocabulary import CodeSystem

_FORMS = " ".join(f"WHEN '{system.value}' THEN '^{system.form}$'" for system in CodeSystem)


class Code(Base):
    """One name of one code. The name at position 0 is the preferred one; a search finds the others too."""

    __tablename__ = "code"

    system: Mapped[CodeSystem] = mapped_column(word(CodeSystem), primary_key=True)
    code: Mapped[str] = mapped_column(String(collation="C"), primary_key=True)
    """As it is written, ``C50.4``. The collation lets the primary key answer what begins with ``C50``."""
    position: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]
    rank: Mapped[int]
    """The lower, the better a match: see ``domain.codes``."""
    lexemes: Mapped[str] = mapped_column(TSVECTOR)
    """The words and the code as ``domain.codes.folded`` has them, so that PostgreSQL needs no dictionary."""

    __table_args__ = (
        CheckConstraint(f"code ~ CASE system {_FORMS} END", name="written_as_its_system"),
        # Without fastupdate a search after a load need not read through what the index has not sorted in yet.
        Index("ix_code_lexemes", "lexemes", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        # What most codes match, such as one typed letter, is found in order rather than sorted.
        Index("ix_code_rank", "system", "rank", "code"),
    )
