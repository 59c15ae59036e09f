"""What the disciplines of a board have done about its published agenda: some is ready, some begun, some held up."""

from collections import defaultdict
from datetime import datetime

from tumorboard.demo.hospital.network import Network
from tumorboard.domain import preparation
from tumorboard.domain.preparation import HoldUp
from tumorboard.storage.models import Meeting, Preparation
from tumorboard.storage.queries import preparations
from tumorboard.vocabulary import Discipline, Hindrance

PATHOLOGIST, RADIOLOGIST = "Okafor-Lind", "Duskwell"


def begin_preparation(meeting: Meeting, network: Network, now: datetime) -> None:
    """The first cases of each list are in work; the others wait as they were asked for."""
    asked: dict[Discipline, list[Preparation]] = defaultdict(list)
    for each in preparations.of_meeting(meeting.id):
        asked[each.discipline].append(each)
    ready, begun, held_up = asked[Discipline.PATHOLOGY][:3]
    by = network.actor(PATHOLOGIST, now)
    preparation.start(ready, by, version=1)
    preparation.mark_ready(ready, by, sentence="Margins reviewed: 2 mm at the closest, agreed.", version=2)
    preparation.start(begun, by, version=1)
    preparation.hold_up(held_up, HoldUp(Hindrance.SLIDES_NOT_HERE, "Larkmoor has them; a courier is asked.", 1), by)
    ready, held_up = asked[Discipline.RADIOLOGY][:2]
    by = network.actor(RADIOLOGIST, now)
    preparation.mark_ready(ready, by, sentence="", version=1)
    preparation.hold_up(held_up, HoldUp(Hindrance.IMAGES_NOT_HERE, "On a disc that was not sent yet.", 1), by)
