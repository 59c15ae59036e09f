"""One's own settings: what comes, zone, phone, keys."""

from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_person, an_actor
from tests.web.pages import all_sent, filled_in, notices_of, told
from tumorboard.domain import agenda
from tumorboard.storage.db import db
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, NoticeKind, NoticeState


def save(browser: FlaskClient, **typed: str) -> str:
    known = filled_in(browser.get("/me").text, "/me")
    return told(browser, browser.post("/me", data=known | {"time_zone": "America/New_York"} | typed))


def test_who_mutes_later_versions_gets_the_first_agenda_and_every_change_of_hour(sign_in: SignIn) -> None:
    coordinator, surgeon = a_person(), a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR), (surgeon, BoardRole.CORE))
    save(sign_in(surgeon), certification_ends="y")
    meeting = a_meeting(board)
    for _ in range(2):
        a_listed_case(meeting, a_case(board, coordinator))
        with transaction():
            agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
        all_sent(meeting)

    sent = [notice.kind for notice in notices_of(meeting, NoticeState.SENT) if notice.person_id == surgeon.id]
    assert sorted(sent) == [NoticeKind.AGENDA, NoticeKind.INVITATION]
    others = [notice.kind for notice in notices_of(meeting) if notice.person_id == coordinator.id]
    assert others.count(NoticeKind.AGENDA) == 2


def test_zone_and_phone_are_ones_own_to_change_and_keys_can_be_switched_off(sign_in: SignIn) -> None:
    person = a_person()
    browser = sign_in(person)
    assert "data-keys" in browser.get("/me").text
    page = save(browser, time_zone="Asia/Kolkata", phone="555 0148")
    db.session.expire_all()

    assert (person.time_zone, person.phone, person.keys) == ("Asia/Kolkata", "555 0148", False)
    assert "data-keys" not in page
    assert "India Time" in page


def test_a_zone_that_is_none_is_refused(sign_in: SignIn) -> None:
    browser = sign_in(a_person())
    known = filled_in(browser.get("/me").text, "/me")
    answer = browser.post("/me", data=known | {"time_zone": "Larkmoor/Time"})
    assert answer.status_code == 422
    assert "Choose one of the list." in answer.text
