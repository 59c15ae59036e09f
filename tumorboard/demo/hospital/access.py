"""Watched ways in: glass that was broken, a restricted patient, and an expert from outside."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select

from tumorboard.demo.hospital.network import Network
from tumorboard.demo.hospital.story import Story
from tumorboard.demo.hospital.weeks import went_out
from tumorboard.domain import break_glass, external_access, restricted
from tumorboard.domain.break_glass import OpenByBreakGlass
from tumorboard.domain.external_access import OpenToExternal
from tumorboard.storage.db import db
from tumorboard.storage.models import BreakGlass, Case, Notice, Patient
from tumorboard.storage.queries import people
from tumorboard.vocabulary import BreakGlassCause, NoticeKind, RestrictionCause, ReviewOutcome


@dataclass(frozen=True)
class GlassRecord:
    who: str
    hospital: str
    mrn: str
    birth_date: date
    ago: timedelta
    cause: BreakGlassCause
    words: str
    review: str = ""
    """What the privacy officer noted a few hours later; empty where it waits."""


BROKEN = (
    GlassRecord(
        "Sorrel",
        "Eastmere",
        "E 355602",
        date(1964, 11, 11),
        timedelta(days=2, hours=5),
        BreakGlassCause.CONSULT,
        "The ward asked at noon whether her infusion can go on here; nobody of her team could be reached.",
        review="Called the ward: the consult was asked for at noon.",
    ),
    GlassRecord(
        "Tamarisk",
        "Larkmoor",
        "0035 2094",
        date(1968, 6, 12),
        timedelta(hours=27),
        BreakGlassCause.EMERGENCY,
        "On call. Breathless after surgery elsewhere, in our emergency room now. Need the operation report.",
    ),
)
COORDINATOR, OFFICER = "Inchbald", "Watchett"
RESTRICTED, OPENED, EXPERT = "Saltmarsh", "Owlsworth", "alma@wrenpractice.example"


def tell_access(network: Network, story: Story, now: datetime) -> None:
    """What happened in the last days; the patients are of the Thoracic and the Gastrointestinal board."""
    for record in BROKEN:
        GlassStory(record, network, now - record.ago).tell(story)
    yesterday = now - timedelta(days=1)
    story.add(yesterday, partial(_restrict, network, yesterday))
    story.add(yesterday, partial(_open_to_expert, network, yesterday, now + timedelta(days=14)))


class GlassStory:
    """One use of break-glass: opened, looked at, and for some reviewed a few hours later."""

    _glass: BreakGlass
    """From the opening on; a story is told in order."""

    def __init__(self, record: GlassRecord, network: Network, opened_at: datetime) -> None:
        self._record, self._network, self._opened_at = record, network, opened_at

    def tell(self, story: Story) -> None:
        story.add(self._opened_at, self._open)
        story.add(self._opened_at + timedelta(minutes=1), self._look)
        if self._record.review:
            story.add(self._opened_at + timedelta(hours=3), self._review)

    def _open(self) -> None:
        record, hospital = self._record, self._network.hospitals[self._record.hospital]
        act = OpenByBreakGlass(record.mrn, hospital.id, record.birth_date, record.cause, record.words)
        opened = break_glass.open_record(act, self._network.actor(record.who, self._opened_at))
        if not isinstance(opened, BreakGlass):
            raise opened
        self._glass = opened
        for notice in db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.GLASS_BROKEN)):
            went_out(notice)

    def _look(self) -> None:
        by = self._network.actor(self._record.who, self._opened_at + timedelta(minutes=1))
        break_glass.open_patient(self._glass.id, by)

    def _review(self) -> None:
        by = self._network.actor(OFFICER, self._opened_at + timedelta(hours=3))
        break_glass.review(self._glass.id, ReviewOutcome.JUSTIFIED, self._record.review, by)


def _restrict(network: Network, at: datetime) -> None:
    restricted.restrict(_case_of(RESTRICTED), RestrictionCause.STAFF, network.actor(COORDINATOR, at))


def _open_to_expert(network: Network, at: datetime, until: datetime) -> None:
    expert = people.person_with_email(EXPERT)
    if expert is None:
        raise LookupError(EXPERT)
    act = OpenToExternal(expert.id, until, "Asked for a second opinion.")
    external_access.open_case(_case_of(OPENED), act, network.actor(COORDINATOR, at))


def _case_of(family_name: str) -> Case:
    return db.session.scalars(select(Case).join(Patient).where(Patient.family_name == family_name)).unique().one()
