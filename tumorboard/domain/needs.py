"""What a patient wishes and lives with, written by nursing and social work; never mixed with the doctor's fields."""

from collections.abc import Iterable
from dataclasses import dataclass

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import Held, demand
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Needs, NeedsVersion, Person
from tumorboard.storage.queries import board_members
from tumorboard.storage.queries import needs as questions
from tumorboard.vocabulary import CARERS, AuditAct, Discipline, Need, Permission, Told

DISTRESSED_FROM = 6
"""On the NCCN Distress Thermometer; its cut-off of 4 is for looking closer, this one for a call (ux/journeys.md 13)."""


@dataclass(frozen=True)
class WriteNeeds:
    """The section as somebody left it. ``version`` is the one they had in sight, 0 where nothing was written yet."""

    preferences: str
    kinds: tuple[Need, ...]
    distress: int | None
    interpreter: str
    version: int
    told: Told | None = None
    own_questions: str = ""
    social_situation: str = ""


@dataclass(frozen=True)
class StateVoice:
    """What a submitter writes of it with the case."""

    preferences: str = ""
    told: Told | None = None
    own_questions: str = ""

    @property
    def says_anything(self) -> bool:
        return bool(self.preferences or self.told or self.own_questions)


def read(case: Case, held: Held) -> Needs | None:
    """What is written, for whoever may read it; none where nothing is.

    Breaking the glass opens what an emergency needs, and these words are not that.
    """
    return None if held.by_break_glass_alone or not held.may(Permission.SEE_CASE) else questions.needs_of(case.id)


def earlier(case: Case, held: Held) -> list[NeedsVersion]:
    """What stood there before, latest first, for whoever may read what stands there now."""
    return questions.earlier_needs(case.id) if read(case, held) else []


def write(case: Case, act: WriteNeeds, by: Actor) -> Needs:
    """Keeps the section with who wrote it and when; what stood there before stays to be read.

    Refused when somebody has written since: whoever comes second sees both before anything is overwritten.
    """
    demand(by, Permission.WRITE_NEEDS, case)
    kept = questions.needs_to_change(case.id)
    if kept is not None and _says(kept) == _said_by(act):
        return kept
    if (kept.version if kept else 0) != act.version:
        raise Refused(Code.CHANGED_MEANWHILE, "Somebody else has written here since you opened this page. Read both.")
    if kept is not None:
        _put_by(kept)
    kept = kept or _begin(case)
    kept.preferences, kept.distress, kept.interpreter = act.preferences, act.distress, act.interpreter
    kept.told, kept.own_questions, kept.social_situation = act.told, act.own_questions, act.social_situation
    kept.kinds = [each.value for each in act.kinds]
    _sign(kept, case, by)
    return kept


def state_voice(case: Case, act: StateVoice, by: Actor) -> None:
    """Keeps what the submitter wrote of the patient's voice with the case; what is written there already stays."""
    if not act.says_anything or questions.needs_to_change(case.id) is not None:
        return
    kept = _begin(case)
    kept.preferences, kept.told, kept.own_questions = act.preferences, act.told, act.own_questions
    _sign(kept, case, by)


def asks_social_work(needs: Needs | None) -> bool:
    """Whether so much distress is written that social work is asked to call."""
    return needs is not None and needs.distress is not None and needs.distress >= DISTRESSED_FROM


def social_workers(case: Case, by: Actor) -> list[Person]:
    """Who of the case's board could be asked to call."""
    members = board_members.present_members(case.board_id, by.at) if case.board_id else []
    return [member.person for member in members if member.person.discipline is Discipline.SOCIAL_WORK]


def list_unasked(by: Actor, limit: int) -> list[Case]:
    """For nursing and social work: cases of their patients on their way to a board, of which nothing is written yet."""
    if by.person.discipline not in CARERS:
        return []
    cases = questions.cases_without_needs(by.person.id, by.at, limit)
    audit.record(
        by, AuditAct.CASES_LISTED, patients=[case.patient_id for case in cases], subjects=[case.id for case in cases]
    )
    return cases


def _begin(case: Case) -> Needs:
    needs = Needs(case_id=case.id)
    db.session.add(needs)
    return needs


def _put_by(needs: Needs) -> None:
    """Keeps what stands there before it is written over."""
    db.session.add(
        NeedsVersion(
            case_id=needs.case_id,
            version=needs.version,
            preferences=needs.preferences,
            kinds=list(needs.kinds),
            distress=needs.distress,
            interpreter=needs.interpreter,
            told=needs.told,
            own_questions=needs.own_questions,
            social_situation=needs.social_situation,
            written_at=needs.written_at,
            written_by=needs.written_by,
        )
    )


def _sign(needs: Needs, case: Case, by: Actor) -> None:
    needs.written_at, needs.written_by = by.at, by.person
    db.session.flush()
    audit.record(by, AuditAct.NEEDS_WRITTEN, patients=[case.patient_id], subjects=[case.id])


def _says(needs: Needs) -> tuple[object, ...]:
    voice = needs.told, needs.own_questions, needs.social_situation
    return needs.preferences, sorted(needs.kinds), needs.distress, needs.interpreter, *voice


def _said_by(act: WriteNeeds) -> tuple[object, ...]:
    voice = act.told, act.own_questions, act.social_situation
    return act.preferences, _values(act.kinds), act.distress, act.interpreter, *voice


def _values(kinds: Iterable[Need]) -> list[str]:
    return sorted(each.value for each in kinds)
