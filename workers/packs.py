"""Makes the packs that were asked for: claims one, writes a sheet for each case, says how far it is, keeps the PDF."""

from uuid import UUID

import structlog

from tumorboard import clock
from tumorboard.domain import packs
from tumorboard.paper.from_case import print_of, sheet_of
from tumorboard.paper.from_meeting import index_of
from tumorboard.paper.sheet import CaseSheet
from tumorboard.paper.typeset import pack_pdf
from tumorboard.storage.transaction import transaction
from workers import identity
from workers.application import InApplication
from workers.celery_app import celery_app

_log = structlog.get_logger(__name__)


@celery_app.task(name="workers.packs", base=InApplication, soft_time_limit=150, time_limit=180)
def make_packs() -> None:
    make_what_is_asked()


def make_what_is_asked() -> None:
    """One after the other, until none is left that this worker may claim."""
    worker = identity.number()
    while pack_id := _claim(worker):
        try:
            _make(pack_id, worker)
        except Exception as error:  # whatever is wrong with one pack must not stop the next
            _log.error("pack_failed", pack=str(pack_id), kind=type(error).__name__)
            with transaction():
                packs.fail(pack_id, worker)


def _claim(worker: int) -> UUID | None:
    with transaction():
        return packs.claim(worker)


def _make(pack_id: UUID, worker: int) -> None:
    with transaction():
        plan = packs.begin(pack_id, worker, clock.now())
    if plan is None:
        return
    sheets: list[CaseSheet] = []
    for item in plan.items:
        with transaction():
            sheets.append(sheet_of(packs.case_to_print(item.case_id, plan.by), plan.by))
            if not packs.say_done(pack_id, worker, len(sheets)):
                return
    pdf = pack_pdf(index_of(plan.meeting, plan.items, sheets), sheets, print_of(plan.by))
    with transaction():
        kept = packs.keep(pack_id, worker, pdf)
    if kept:
        _log.info("pack_made", pack=str(pack_id), count=len(sheets))
