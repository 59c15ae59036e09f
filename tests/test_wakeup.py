"""A wake-up is a hint: an act goes on without Redis."""

from flask import Flask

from tests.conftest import Servers
from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_person, an_actor
from tumorboard.app import create_app
from tumorboard.config import load_settings
from tumorboard.demo.loopback import LOOPBACK, free_port
from tumorboard.domain import agenda
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, MeetingState


def test_publishing_succeeds_when_redis_is_away(app: Flask, servers: Servers) -> None:
    coordinator = a_person()
    meeting = a_meeting(a_board((coordinator, BoardRole.COORDINATOR)))
    a_listed_case(meeting, a_case(meeting.board, coordinator))
    nobody_there = {"TUMORBOARD_REDIS_URL": f"redis://{LOOPBACK}:{free_port()}/0"}
    cut_off = create_app(load_settings(servers.environment | nobody_there))
    app.extensions["wakeup"], as_before = cut_off.extensions["wakeup"], app.extensions["wakeup"]
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
    app.extensions["wakeup"] = as_before
    assert meeting.state is MeetingState.PUBLISHED
