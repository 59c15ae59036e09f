"""A process that sends notices. It holds the session advisory lock ``(WORKER_LOCKS, id)`` while it lives."""

from datetime import datetime

from sqlalchemy import Identity, Integer
from sqlalchemy.orm import Mapped, mapped_column

from tumorboard.storage.db import Base

WORKER_LOCKS = 7126
"""The first key of the two-key advisory locks that say a worker lives; any number that nothing else uses."""


class Worker(Base):
    __tablename__ = "worker"

    id: Mapped[int] = mapped_column(Integer, Identity(), primary_key=True)
    started_at: Mapped[datetime]
