"""Leaving a care team after a day: calendars now, access with the day, and staying after all."""

from datetime import UTC, date, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import NEW_YORK, a_person, an_actor, an_instant
from tests.web.pages import all_sent, filled_in, told
from tests.web.test_care_team import ada, browser, case, join, nurse, owed
from tumorboard import words
from tumorboard.domain.permissions import may
from tumorboard.storage.db import db
from tumorboard.storage.models import CareTeamMember, Case, Meeting, Person
from tumorboard.storage.queries import cases
from tumorboard.vocabulary import NoticeKind, Permission

__all__ = ["ada", "browser", "case", "nurse"]


def in_days(days: int) -> date:
    return datetime.now(ZoneInfo(NEW_YORK)).date() + timedelta(days=days)


def leave(browser: FlaskClient, case: Case, person: Person, last_day: str, **typed: str):  # type: ignore[no-untyped-def]
    page = f"/cases/{case.id}/care-team/{person.id}/leave"
    return browser.post(page, data=filled_in(browser.get(page).text, page) | {"last_day": last_day} | typed)


@pytest.fixture
def joined(browser: FlaskClient, case: Case, nurse: Person) -> Person:
    """The nurse, on the team and with the meeting of in three days in her calendar."""
    join(browser, case, str(nurse.id))
    all_sent(db.session.scalars(select(Meeting)).one())
    return nurse


def test_after_a_day_before_the_meeting_it_leaves_the_calendar_now_and_access_with_the_day(
    browser: FlaskClient, case: Case, joined: Person
) -> None:
    page = told(browser, leave(browser, case, joined, words.date_words(in_days(1))))
    assert f"leaves the care team after {words.date_words(in_days(1))}." in page
    assert f"Until {words.date_words(in_days(1))}" in page
    assert owed() == [(joined, NoticeKind.REMOVED)]
    just_now = datetime.now(UTC)
    for days, sees in ((0, True), (3, False)):
        by = an_actor(joined, just_now + timedelta(days=days))
        assert may(by, Permission.SEE_CASE, case) == sees
        assert bool(cases.visible_among(joined.id, [case.id], by.at)) == sees


def test_after_a_day_behind_the_meeting_nobody_hears_of_anything(
    browser: FlaskClient, case: Case, joined: Person
) -> None:
    told(browser, leave(browser, case, joined, words.date_words(in_days(9))))
    assert owed() == []


def test_who_stays_after_all_gets_the_meeting_back(browser: FlaskClient, case: Case, joined: Person) -> None:
    told(browser, leave(browser, case, joined, words.date_words(in_days(1))))
    all_sent(db.session.scalars(select(Meeting)).one())
    team = f"/cases/{case.id}/care-team"
    stay = f"{team}/{joined.id}/stay"
    page = told(browser, browser.post(stay, data=filled_in(browser.get(team).text, stay)))
    assert "stays on the care team." in page
    assert "Until " not in page
    assert sorted(kind for _, kind in owed()) == [NoticeKind.AGENDA, NoticeKind.INVITATION]


def test_whoever_leads_hands_over_at_once_and_keeps_the_end(
    browser: FlaskClient, case: Case, joined: Person, ada: Person
) -> None:
    refused = leave(browser, case, ada, words.date_words(in_days(9)))
    assert refused.status_code == 422
    assert "Choose who leads the care team next." in unescape(refused.text)
    assert f'value="{words.date_words(in_days(9))}"' in refused.text
    told(browser, leave(browser, case, ada, words.date_words(in_days(9)), next_lead=str(joined.id)))
    query = select(CareTeamMember).where(CareTeamMember.present(an_instant() + timedelta(minutes=1)))
    db.session.expire_all()
    assert {row.person_id: (row.lead, row.left_at is None) for row in db.session.scalars(query)} == {
        joined.id: (True, True),
        ada.id: (False, False),
    }


@pytest.mark.parametrize("typed", ["tomorrow", "31-Feb-2027", "01-Jan-2020", "01-Jan-9999"])
def test_a_day_that_cannot_be_is_refused_with_what_was_typed(
    browser: FlaskClient, case: Case, joined: Person, typed: str
) -> None:
    refused = leave(browser, case, joined, typed)
    assert refused.status_code == 422
    assert f'value="{typed}"' in refused.text
    assert owed() == []


def test_who_becomes_key_worker_keeps_the_end_of_their_place(
    app: Flask, browser: FlaskClient, case: Case, joined: Person
) -> None:
    told(browser, leave(browser, case, joined, words.date_words(in_days(9))))
    team = f"/cases/{case.id}/care-team"
    act = f"{team}/{joined.id}/key-worker"
    told(browser, browser.post(act, data=filled_in(browser.get(team).text, act)))
    db.session.expire_all()
    row = db.session.scalars(select(CareTeamMember).where(CareTeamMember.key_worker)).one()
    assert row.left_at is not None
    assert row.left_at > an_instant()


def test_somebody_without_a_relation_finds_no_page(case: Case, joined: Person, sign_in: SignIn) -> None:
    assert sign_in(a_person()).get(f"/cases/{case.id}/care-team/{joined.id}/leave").status_code == 404
