"""Fills an empty database with the invented network's last weeks, through the domain: every rule and audit holds."""

from datetime import datetime
from functools import partial

from tumorboard.demo.hospital.access import tell_access
from tumorboard.demo.hospital.accounts import tell_accounts
from tumorboard.demo.hospital.attachments import tell_attachments
from tumorboard.demo.hospital.boards import BREAST, GASTROINTESTINAL, ONCOLOGY, THORACIC, BoardRecord
from tumorboard.demo.hospital.breast_cases import BREAST_CASES
from tumorboard.demo.hospital.codes import load_codes
from tumorboard.demo.hospital.drafts import tell_draft
from tumorboard.demo.hospital.gi_cases import GI_CASES
from tumorboard.demo.hospital.network import Network, found_board, found_network, tell_changes
from tumorboard.demo.hospital.oncology_cases import ONCOLOGY_CASES
from tumorboard.demo.hospital.preparation import begin_preparation
from tumorboard.demo.hospital.progress import CaseStory, Sitting
from tumorboard.demo.hospital.records import CaseRecord
from tumorboard.demo.hospital.slot_polls import tell_slot_poll
from tumorboard.demo.hospital.story import Story
from tumorboard.demo.hospital.thoracic_cases import THORACIC_CASES
from tumorboard.demo.hospital.weeks import COMING_WEEKS, begin_series, plan_meetings, publish, tell_held_meeting
from tumorboard.storage.queries import people
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import CaseState

CASES = (
    (BREAST, BREAST_CASES),
    (THORACIC, THORACIC_CASES),
    (GASTROINTESTINAL, GI_CASES),
    (ONCOLOGY, ONCOLOGY_CASES),
)

IN_SERIES = (GASTROINTESTINAL, ONCOLOGY)
"""Boards whose members hold all dates in one entry; of the others each date is invited to with its agenda."""

ALREADY_PUBLISHED = GASTROINTESTINAL
"""The next agenda of this board goes out with the seeding, so that there is mail to look at; the others wait."""

FINDS_AN_HOUR = ONCOLOGY
"""This board has asked its members which hour suits for an extra meeting, and some have answered."""


def seed_if_empty(now: datetime) -> bool:
    """Makes the demo hospital as of ``now``, in one transaction; answers False when anybody is there already."""
    if people.there_is_anybody():
        return False
    with transaction():
        load_codes()
        network, story = found_network(now), Story()
        for board, records in CASES:
            _tell_board(board, records, network, story, now)
        tell_accounts(network, story, now)
        tell_access(network, story, now)
        tell_attachments(network, story, now)
        story.tell()
    return True


def _tell_board(
    record: BoardRecord, records: tuple[CaseRecord, ...], network: Network, story: Story, now: datetime
) -> None:
    board = found_board(record, network, now)
    past_weeks = sorted({-case.weeks_ago for case in records if case.weeks_ago})
    meetings = plan_meetings(record, board, [*past_weeks, *COMING_WEEKS], network, now)
    if record in IN_SERIES:
        begin_series(record, board, meetings[0], network, now)
    sitting = Sitting(record, board, meetings)
    for place, case in enumerate(records):
        if case.state is CaseState.DRAFT:
            tell_draft(case, board, network, story, now)
        else:
            CaseStory(case, place, sitting, network, now).tell(story)
    for week in past_weeks:
        tell_held_meeting(meetings[week], record, network, story)
    tell_changes(record, board, network, story, now)
    if record is FINDS_AN_HOUR:
        tell_slot_poll(board, record, network, story, now)
    if record is ALREADY_PUBLISHED:
        story.add(now, partial(publish, meetings[0], network.actor(record.coordinator, now)))
        story.add(now, partial(begin_preparation, meetings[0], network, now))
