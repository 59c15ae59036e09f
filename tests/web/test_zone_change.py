"""Other clocks for a board: said of each date what becomes of it, before anybody hears."""

import re
from datetime import UTC, date, datetime, time
from html import unescape

import time_machine

from tests.conftest import SignIn
from tests.factories import a_board, a_person, an_actor
from tests.web.pages import filled_in
from tumorboard.domain import meetings, series
from tumorboard.domain.meetings import PlanMeeting
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Frequency


@time_machine.travel(datetime(2026, 11, 23, 15, tzinfo=UTC))
def test_the_hour_stays_by_the_new_clocks_and_a_single_date_stays_where_it_is(sign_in: SignIn) -> None:
    coordinator = a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR))
    rule = series.Rule(
        frequency=Frequency.WEEKLY,
        first_day=date(2026, 12, 2),
        start=time(13),
        minutes=90,
        week=None,
        last_day=date(2027, 4, 28),
        room=board.room,
        video_link=board.video_link,
    )
    extra = datetime(2027, 1, 8, 13, tzinfo=UTC)
    with transaction():
        by = an_actor(coordinator)
        series.begin(board, rule, by)
        meetings.add_meeting(board, PlanMeeting(extra, extra.replace(hour=14)), by)
    browser, page = sign_in(coordinator), f"/boards/{board.slug}/policy/where"
    form = filled_in(browser.get(page).text, page) | {"time_zone": "Europe/London"}
    said = re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", "", browser.post(page, data=form).text)))
    assert "20 13:00 EST becomes 13:00 GMT, 5 h earlier. 02-Dec-2026, 09-Dec-2026, 16-Dec-2026 and 17 more." in said
    assert "2 13:00 EDT becomes 13:00 GMT, 4 h earlier. 17-Mar-2027, 24-Mar-2027." in said
    assert "1 Date keeps its instant. 08-Jan-2027 08:00 EST becomes 08-Jan-2027 13:00 GMT." in said
