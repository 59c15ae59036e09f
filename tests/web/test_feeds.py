"""One's own calendar under a secret address: what it holds, who may read it, and when it ends."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from tests.calendars.holder import Holder
from tests.conftest import SignIn
from tests.domain.town import NOW, Town, dates, rule
from tests.factories import a_case, a_listed_case, a_person, an_actor, an_instant
from tests.web.pages import post, token, told
from tumorboard.domain import agenda, board_members, feeds, leaving, meetings
from tumorboard.domain.leaving import Deactivate
from tumorboard.domain.meetings import CancelMeeting
from tumorboard.storage.db import db
from tumorboard.storage.models import Feed, Person
from tumorboard.storage.queries import board_members as member_questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Office

SEEN = timedelta(days=180)


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


def a_feed(person: Person) -> str:
    with transaction():
        _, token = feeds.make("Phone", an_actor(person))
    return f"/feeds/{token}.ics"


def starts_in(raw: bytes, town: Town) -> list[object]:
    reader = Holder()
    for event in Calendar.from_ical(raw).walk("VEVENT"):
        reader.entries.setdefault(str(event["UID"]), Calendar()).add_component(event)
    return list(reader.starts(town.at, NOW + SEEN))


def test_it_holds_what_the_mails_have_put_on_the_calendar_under_the_same_identity(town: Town, app: Flask) -> None:
    made = town.begin(rule())
    town.post()
    second, third = dates(made)[1:3]
    with transaction():
        meetings.cancel(second, CancelMeeting("holiday", second.version), town.by)
        a_listed_case(third, a_case(town.board, town.coordinator))
        agenda.publish(third, town.by, version=third.version)
    town.post()
    raw = app.test_client().get(a_feed(town.pathologist)).data
    assert starts_in(raw, town) == town.calendar(town.pathologist).starts(town.at, NOW + SEEN)
    told_of = {str(each) for each in town.calendar(town.pathologist).entries}
    assert {str(event["UID"]) for event in Calendar.from_ical(raw).walk("VEVENT")} == told_of
    assert not re.search(rb"ATTENDEE|ORGANIZER|METHOD", raw)


def test_it_is_the_same_until_an_entry_changes(town: Town, app: Flask) -> None:
    made = town.begin(rule())
    address, reader = a_feed(town.pathologist), app.test_client()
    first = reader.get(address)
    assert first.mimetype == "text/calendar"
    again = reader.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    town.later(timedelta(minutes=1))
    second = dates(made)[1]
    with transaction():
        meetings.cancel(second, CancelMeeting("holiday", second.version), town.by)
    assert reader.get(address).data != first.data


def test_leaving_the_board_empties_it(town: Town, app: Flask) -> None:
    town.begin(rule())
    address = a_feed(town.pathologist)
    town.later(timedelta(minutes=1))
    member = member_questions.memberships_since(town.board.id, town.pathologist.id, town.at)[0]
    with transaction():
        board_members.leave(member, town.by)
    assert starts_in(app.test_client().get(address).data, town) == []


def test_it_is_made_shown_once_and_ended(town: Town, sign_in: SignIn, app: Flask) -> None:
    browser: FlaskClient = sign_in(town.pathologist)
    made = post(browser, "/me/feeds", "/me/feeds", name="Phone").text
    address = unescape(re.search(r'value="http://127.0.0.1:8000(/feeds/[^"]+\.ics)"', made)[1])  # type: ignore[index]
    assert len(address) > len("/feeds/.ics") + 40
    assert app.test_client().get(address).status_code == 200
    assert "1 of 2 members uses a feed" in browser.get(f"/boards/{town.board.slug}").text
    page = browser.get("/me/feeds").text
    assert "last read" in page
    assert address not in page
    (feed,) = db.session.scalars(select(Feed))
    ended = post(browser, "/me/feeds", f"/me/feeds/{feed.id}/end")
    assert "is ended" in told(browser, ended)
    unknown = app.test_client().get("/feeds/nobody.ics")
    refused = app.test_client().get(address)
    assert (refused.status_code, unknown.status_code) == (404, 404)


def test_a_deactivated_persons_feeds_end_and_so_do_those_that_nothing_reads(town: Town, app: Flask) -> None:
    address = a_feed(town.pathologist)
    administrator = a_person(office=Office.ADMINISTRATOR)
    with transaction():
        leaving.deactivate(town.pathologist, Deactivate(), an_actor(administrator))
    assert app.test_client().get(address).status_code == 404
    other = a_feed(town.coordinator)
    (feed,) = db.session.scalars(select(Feed).where(Feed.ended_at.is_(None)))
    feed.made_at = an_instant() - timedelta(days=91)
    db.session.commit()
    assert app.test_client().get(other).status_code == 404


def test_somebody_elses_is_not_ones_own_to_end(town: Town, sign_in: SignIn) -> None:
    a_feed(town.pathologist)
    (feed,) = db.session.scalars(select(Feed))
    browser = sign_in(town.coordinator)
    browser.post(f"/me/feeds/{feed.id}/end", data={"csrf_token": token(browser)})
    db.session.refresh(feed)
    assert feed.ended_at is None


def test_an_empty_name_is_asked_for(town: Town, sign_in: SignIn) -> None:
    answer = post(sign_in(town.coordinator), "/me/feeds", "/me/feeds", name="")
    assert answer.status_code == 422
    assert "Say where" in answer.text
