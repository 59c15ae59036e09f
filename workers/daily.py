"""What is due by the day, looked at more often: who slept through a tick is told with the next, and nobody twice."""

from datetime import timedelta

import structlog

from tumorboard import clock
from tumorboard.domain import certifications, leaving_later, packs, reminders, series
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
    for person_id in due:
        try:
            with transaction():
                leaving_later.carry_out(person_id, clock.now())
        except Exception as error:  # whatever it was, it is tried again with the next tick
            _log.error("leaving_failed", person=str(person_id), kind=type(error).__name__)
        else:
            _log.info("leaving_carried_out", person=str(person_id))


@celery_app.task(name="workers.series", base=InApplication, soft_time_limit=120, time_limit=150)
def keep_series_planned() -> None:
    """Each in a transaction of its own: what is wrong with one lets no other board run out of dates."""
    with transaction():
        lasting = [each.id for each in series_questions.lasting_series(clock.now().date() - timedelta(days=1))]
    for series_id in lasting:
        try:
            with transaction():
                told = series.keep_planned(series_id, clock.now())
        except Exception as error:  # whatever it was, it is tried again with the next tick
            _log.error("series_not_planned", series=str(series_id), kind=type(error).__name__)
        else:
            if told:
                _log.info("series_planned", series=str(series_id), count=len(told))


@celery_app.task(name="workers.reminders", base=InApplication, soft_time_limit=120, time_limit=150)
def remind_who_has_not_answered() -> None:
    """Each meeting in a transaction of its own: what is wrong with one keeps nobody of another from being asked."""
    with transaction():
        coming = reminders.due(clock.now())
    for meeting_id in coming:
        try:
            with transaction():
                told = reminders.remind(meeting_id, clock.now())
        except Exception as error:  # whatever it was, it is tried again with the next tick
            _log.error("reminder_failed", meeting=str(meeting_id), kind=type(error).__name__)
        else:
            if told:
                _log.info("answers_asked", meeting=str(meeting_id), count=len(told))


@celery_app.task(name="workers.old_packs", base=InApplication, soft_time_limit=60, time_limit=90)
def forget_old_packs() -> None:
    with transaction():
        forgotten = packs.forget_old(clock.now())
    if forgotten:
        _log.info("packs_forgotten", count=forgotten)
