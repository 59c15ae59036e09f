"""What is due by the day, looked at more often: who slept through a tick is told with the next, and nobody twice."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from tumorboard import clock
from tumorboard.domain import case_lists, certifications, leaving_later, packs, reminders, series
from tumorboard.storage.models import Notice
from tumorboard.storage.queries import leaving as leaving_questions
from tumorboard.storage.queries import series as series_questions
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


@celery_app.task(name="workers.leavings", base=InApplication, soft_time_limit=60, time_limit=90)
def carry_out_leavings() -> None:
    """Each in a transaction of its own: what is wrong with one keeps no other account open."""
    with transaction():
        due = leaving_questions.due(clock.now())
    _each_by_itself(due, leaving_later.carry_out, about="person", done="leaving_carried_out", failed="leaving_failed")


@celery_app.task(name="workers.series", base=InApplication, soft_time_limit=120, time_limit=150)
def keep_series_planned() -> None:
    """Each in a transaction of its own: what is wrong with one lets no other board run out of dates."""
    with transaction():
        lasting = [each.id for each in series_questions.lasting_series(clock.now().date() - timedelta(days=1))]
    _each_by_itself(lasting, series.keep_planned, about="series", done="series_planned", failed="series_not_planned")


@celery_app.task(name="workers.reminders", base=InApplication, soft_time_limit=120, time_limit=150)
def remind_who_has_not_answered() -> None:
    """Each meeting in a transaction of its own: what is wrong with one keeps nobody of another from being asked."""
    with transaction():
        coming = reminders.due(clock.now())
    _each_by_itself(coming, reminders.remind, about="meeting", done="answers_asked", failed="reminder_failed")


@celery_app.task(name="workers.old_packs", base=InApplication, soft_time_limit=60, time_limit=90)
def forget_old_packs() -> None:
    with transaction():
        forgotten = packs.forget_old(clock.now())
    if forgotten:
        _log.info("packs_forgotten", count=forgotten)


@celery_app.task(name="workers.old_lists", base=InApplication, soft_time_limit=60, time_limit=90)
def forget_old_lists() -> None:
    with transaction():
        forgotten = case_lists.forget_old(clock.now())
    if forgotten:
        _log.info("lists_forgotten", count=forgotten)


def _each_by_itself(
    ids: Iterable[UUID], act: Callable[[UUID, datetime], list[Notice]], *, about: str, done: str, failed: str
) -> None:
    """Acts on each in a transaction of its own; what could not be done is logged, and tried with the next tick."""
    for each in ids:
        try:
            with transaction():
                told = act(each, clock.now())
        except Exception as error:
            _log.error(failed, **{about: str(each)}, kind=type(error).__name__)
        else:
            if told:
                _log.info(done, **{about: str(each)}, count=len(told))
