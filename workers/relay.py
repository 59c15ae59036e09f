"""The tick: gives back what dead workers had claimed, and sets workers to what is due."""

from math import ceil

import structlog

from tumorboard.domain import outbox, packs
from tumorboard.storage.transaction import transaction
from workers.application import InApplication
from workers.celery_app import celery_app
from workers.deliver import deliver
from workers.packs import make_packs

MOST_AT_ONCE = 8
_log = structlog.get_logger(__name__)


@celery_app.task(name="workers.relay", base=InApplication, soft_time_limit=10, time_limit=20)
def relay() -> None:
    """Runs every second. Finding nothing costs three short queries by index."""
    with transaction():
        freed = outbox.free_lost_claims()
        due = outbox.due_count()
        packs_wait = packs.is_due()
    if freed:
        _log.warning("claims_freed", count=freed)
    if packs_wait:
        make_packs.apply_async(expires=10)
    for _ in range(min(MOST_AT_ONCE, ceil(due / outbox.BATCH))):
        deliver.apply_async(expires=10)
