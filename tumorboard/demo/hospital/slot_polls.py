"""An open slot poll: asked yesterday, answered by some."""

from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from tumorboard.demo.hospital.boards import BoardRecord
from tumorboard.demo.hospital.network import Network
from tumorboard.demo.hospital.story import Story
from tumorboard.demo.hospital.weeks import went_out
from tumorboard.domain import links, slot_polls
from tumorboard.domain.slot_polls import AskForHour
from tumorboard.storage.models import Board
from tumorboard.vocabulary import Suits

HOURS = ((9, time(7, 30)), (9, time(16, 0)), (10, time(12, 30)))
"""In so many days, at that hour of the board's clocks."""
YES, IF_NEED_BE, NO = Suits.YES, Suits.IF_NEED_BE, Suits.NO
SAID = {
    "Brindle": (YES, NO, YES),
    "Rowanhill": (NO, YES, YES),
    "Haverley": (YES, YES, IF_NEED_BE),
    "Okafor-Lind": (NO, NO, YES),
    "Duskwell": (IF_NEED_BE, YES, NO),
}
"""What those say who have answered, by family name; the others are still silent."""


def tell_slot_poll(board: Board, record: BoardRecord, network: Network, story: Story, now: datetime) -> None:
    """Its mails went out when it was asked."""
    asked_at = now - timedelta(hours=20)
    story.add(asked_at, partial(_ask_and_answer, board, record, network, asked_at))


def _ask_and_answer(board: Board, record: BoardRecord, network: Network, asked_at: datetime) -> None:
    zone = ZoneInfo(record.time_zone)
    today = asked_at.astimezone(zone).date()
    members = [name for name, _ in record.members]
    act = AskForHour(
        starts=tuple(datetime.combine(today + timedelta(days=days), at, zone) for days, at in HOURS),
        minutes=30,
        people=tuple(network.people[name].id for name in members),
        open_until=datetime.combine(today + timedelta(days=6), time(17), zone),
    )
    poll, owed = slot_polls.ask(board, act, network.actor(record.coordinator, asked_at))
    for notice in owed:
        went_out(notice)
    places = {each.person_id: each for each in poll.asked}
    for name, suits in SAID.items():
        place, at = places[network.people[name].id], asked_at + timedelta(hours=2)
        said = dict(zip([each.id for each in poll.proposals], suits, strict=True))
        slot_polls.answer(links.token_of(place.id), said, at, network.actor(name, at))
