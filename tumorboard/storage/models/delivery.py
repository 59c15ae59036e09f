"""Whether mail leaves at all. One row; held when the mail server refuses us rather than a recipient."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tumorboard.storage.db import Base


class Delivery(Base):
    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    held_at: Mapped[datetime | None]
    retry_at: Mapped[datetime | None]
    """When one notice is tried to see whether the server takes us again."""
    server_said: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("(held_at IS NULL) = (retry_at IS NULL)", name="held_is_tried_again"),
    )
