"""What is due by the day. A tick an hour: who slept through one is told within the next, and nobody is told twice."""

import structlog

from tumorboard import clock
from tumorboard.domain import certifications, packs
from tumorboard.storage.transaction import transaction
from workers.application import InApplication
from workers.celery_app import celery_app

_log = structlog.get_logger(__name__)


@celery_app.task(name="workers.certifications", base=InApplication, soft_time_limit=60, time_limit=90)
def tell_of_certifications() -> None:
    with transaction():
        told = certifications.tell_of_certifications(clock.now())
    if told:
        _log.info("certifications_told", count=len(told))


@celery_app.task(name="workers.old_packs", base=InApplication, soft_time_limit=60, time_limit=90)
def forget_old_packs() -> None:
    with transaction():
        forgotten = packs.forget_old(clock.now())
    if forgotten:
        _log.info("packs_forgotten", count=forgotten)
