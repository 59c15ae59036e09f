"""What the directory of people has to show: an absence, a certification that ends, an invitation, an outside expert."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from tumorboard.demo.hospital.network import FOUNDED, Network
from tumorboard.demo.hospital.story import Story
from tumorboard.domain import absences, particulars, people
from tumorboard.domain.absences import AddAbsence
from tumorboard.domain.notices import cancel_account_notices
from tumorboard.domain.particulars import ChangePerson
from tumorboard.domain.people import InvitePerson
from tumorboard.vocabulary import Discipline

ADMINISTRATOR = "Dunmore"
AWAY, DEPUTY = "Pellander", "Oduya"
"""A nurse of the Thoracic board, and the nurse of another board who stands in for him."""
CERTIFICATION_ENDS = "Marlowe"


@dataclass(frozen=True)
class InvitationRecord:
    """Somebody invited so long ago, who has joined or not."""

    act: InvitePerson
    invited_by: str
    ago: timedelta
    joined: bool


def tell_accounts(network: Network, story: Story, now: datetime) -> None:
    story.add(now - timedelta(days=3), partial(_add_absence, network, now))
    story.add(now - FOUNDED + timedelta(days=2), partial(_note_certification, network, now))
    for record in _invitations(network):
        story.add(now - record.ago, partial(_invite, record, network, now))


def _invitations(network: Network) -> tuple[InvitationRecord, ...]:
    larkmoor, eastmere = network.hospitals["Larkmoor"].id, network.hospitals["Eastmere"].id
    newcomer = InvitePerson("d.merrivale@eastmere.example", "Merrivale", "Dorian", Discipline.RADIOLOGY, eastmere)
    expert = InvitePerson(
        "alma@wrenpractice.example", "Wren", "Alma", Discipline.MEDICAL_ONCOLOGY, larkmoor, external=True
    )
    return (
        InvitationRecord(newcomer, "Fairweather", timedelta(days=2), joined=False),
        InvitationRecord(expert, "Hazelden", timedelta(days=40), joined=True),
    )


def _add_absence(network: Network, now: datetime) -> None:
    away = network.people[AWAY]
    first = (now + timedelta(days=16)).date()
    act = AddAbsence(first, first + timedelta(days=10), network.people[DEPUTY].id)
    absences.add(away, act, network.actor(AWAY, now - timedelta(days=3)))


def _note_certification(network: Network, now: datetime) -> None:
    person = network.people[CERTIFICATION_ENDS]
    act = ChangePerson(
        family_name=person.family_name,
        given_name=person.given_name,
        discipline=person.discipline,
        other_disciplines=(),
        hospital_id=person.hospital_id,
        time_zone=person.time_zone,
        phone="555 0148, pager 4471",
        registration="LK 20417",
        certification="Anatomic pathology, number 118-5520",
        certified_until=(now + timedelta(days=38)).date(),
    )
    by = network.actor(ADMINISTRATOR, now - FOUNDED + timedelta(days=2))
    particulars.change(person, act, particulars.imprint(person), by)


def _invite(record: InvitationRecord, network: Network, now: datetime) -> None:
    at = now - record.ago
    person = people.invite(record.act, network.actor(record.invited_by, at))
    person.demo = True
    if record.joined:  # long ago, with the one password of the demo, like everybody who was there from the beginning
        cancel_account_notices(person)
        person.joined_at = person.password_set_at = at + timedelta(days=1)
        person.password_hash = network.people[ADMINISTRATOR].password_hash
