"""A case that was begun and not submitted: the form as its oncologist left it."""

from datetime import datetime, timedelta
from functools import partial
from itertools import count
from uuid import uuid4

from tumorboard import words
from tumorboard.demo.hospital.network import Network
from tumorboard.demo.hospital.records import CaseRecord, ResultRecord
from tumorboard.demo.hospital.story import Story
from tumorboard.domain import drafts
from tumorboard.domain.drafts import SaveDraft
from tumorboard.storage.db import new_id
from tumorboard.storage.models import Board
from tumorboard.vocabulary import ResultState


def tell_draft(record: CaseRecord, board: Board, network: Network, story: Story, now: datetime) -> None:
    """Typed on its day into the form of a case, by the names of that form's fields."""
    at = now - timedelta(days=record.days_ago)
    typed = _patient(record, network) | _question(record, board) | _stage(record)
    typed |= _results(record, now) | _studies(record, now)
    act = SaveDraft({name: [text] for name, text in typed.items()}, revision=0, tab=uuid4().hex)
    story.add(at, partial(drafts.save_draft, new_id(), act, network.actor(record.submitter, at)))


def _patient(record: CaseRecord, network: Network) -> dict[str, str]:
    patient = record.patient
    return {
        "mrn": patient.mrn,
        "mrn_hospital": str(network.hospitals[patient.hospital].id),
        "birth_date": words.date_words(patient.birth_date),
        "family_name": patient.family_name,
        "given_name": patient.given_name,
        "sex": patient.sex.value,
    }


def _question(record: CaseRecord, board: Board) -> dict[str, str]:
    return {
        "board": str(board.id),
        "tumor_type": record.tumor_type.value,
        "case_type": record.case_type.value,
        "question_type": record.question_type,
        "question": record.question,
        "clinical_summary": record.summary,
        "urgency": record.urgency.value,
        "performance_status": record.performance_status.value,
        "prior_treatment": record.prior_treatment,
    }


def _stage(record: CaseRecord) -> dict[str, str]:
    stage = record.stage
    return {
        "stage_prefix": stage.prefix or "",
        "stage_t": stage.t,
        "stage_n": stage.n,
        "stage_m": stage.m,
        "stage_group": stage.group,
        "stage_system": stage.system or "",
        "stage_edition": stage.edition,
        "icd10": record.icd10,
        "morphology": record.morphology,
        "laterality": stage.laterality or "",
    }


def _results(record: CaseRecord, now: datetime) -> dict[str, str]:
    """The boxes of each item's row that are not empty."""
    typed: dict[str, str] = {}
    for key, result in record.results.items():
        dated_on = (now - timedelta(days=result.days_ago)).date() if result.days_ago is not None else None
        expected_on = (now + timedelta(days=result.pending_for)).date() if result.pending_for is not None else None
        boxes = {
            "answer": _otherwise(result) or result.answer,
            "value": result.value,
            "dated_on": words.date_words(dated_on) if dated_on else "",
            "number": result.number.format(yy=f"{dated_on or now:%y}"),
            "expected_on": words.date_words(expected_on) if expected_on else "",
            "reason": result.not_done,
        }
        typed |= {f"item_{key}-{part}": text for part, text in boxes.items() if text}
    return typed


def _otherwise(result: ResultRecord) -> str:
    if result.pending_for is not None:
        return ResultState.PENDING.value
    return ResultState.NOT_DONE.value if result.not_done else ""


def _studies(record: CaseRecord, now: datetime) -> dict[str, str]:
    typed, rows = {}, {"imaging": count(), "pathology": count()}
    for each in record.studies:
        dated_on = (now - timedelta(days=each.days_ago)).date()
        row = f"{each.section.value}-{next(rows[each.section.value])}"
        typed[f"{row}-dated_on"] = words.date_words(dated_on)
        typed[f"{row}-number"] = each.number.format(yy=f"{dated_on:%y}")
        typed[f"{row}-value"] = each.value
    return typed
