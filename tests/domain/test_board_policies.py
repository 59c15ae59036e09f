"""A board's policy: changed with its coming planned meetings, kept version by version, begun from the board's kind."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask

from tests.factories import (
    NEW_YORK,
    a_board,
    a_case,
    a_hospital,
    a_listed_case,
    a_meeting,
    a_patient,
    a_person,
    an_actor,
)
from tumorboard.domain import agenda, boards
from tumorboard.domain.board_kinds import defaults, first_policy, kind_called
from tumorboard.domain.board_policy import Deadline, policy_of
from tumorboard.domain.boards import ChangePolicy, PolicyEffect
from tumorboard.domain.policy_words import sentences
from tumorboard.errors import Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, Person
from tumorboard.storage.queries import board_versions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardKind, BoardRole, CaseState, CaseType, Discipline, PolicyPart

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def board(coordinator: Person) -> Board:
    return a_board((coordinator, BoardRole.COORDINATOR))


def change(board: Board, by: Person, **parts: object) -> PolicyEffect:
    with transaction():
        policy = replace(policy_of(board), **parts)  # type: ignore[arg-type]
        return boards.change_policy(board, ChangePolicy(policy, board.version), an_actor(by))


def refusal(board: Board, by: Person, **parts: object) -> str:
    with pytest.raises(Refused) as refused:
        change(board, by, **parts)
    return refused.value.sentence


def test_planned_meetings_take_the_new_room_and_published_ones_keep_theirs(board: Board, coordinator: Person) -> None:
    planned, elsewhere, published = a_meeting(board), a_meeting(board), a_meeting(board)
    elsewhere.room = "Linden 1"
    a_listed_case(published, a_case(board, coordinator))
    with transaction():
        agenda.publish(published, an_actor(coordinator), version=published.version)

    effect = change(board, coordinator, room="Aspen 3")

    assert (planned.room, elsewhere.room, published.room) == ("Aspen 3", "Linden 1", "Aspen 2")
    assert effect.follow == [planned]
    assert set(effect.stay) == {elsewhere, published}
    assert effect.owed == []


def test_planned_meetings_take_the_new_length(board: Board, coordinator: Person) -> None:
    usual, longer, past = a_meeting(board), a_meeting(board), a_meeting(board, starts_in=timedelta(days=-3))
    longer.ends_at = longer.starts_at + timedelta(minutes=120)

    effect = change(board, coordinator, meeting_minutes=60)

    assert (usual.minutes, longer.minutes, past.minutes) == (60, 120, 90)
    assert effect.follow == [usual]


def test_each_change_is_kept_as_a_version_in_words(board: Board, coordinator: Person) -> None:
    change(board, coordinator, room="Aspen 3")
    change(board, coordinator, minutes_per_case=9)

    kept = board_versions.versions(board.id)
    assert [each.version for each in kept] == [3, 2, 1]
    assert [each.content[PolicyPart.TIME].partition("gets ")[2] for each in kept] == ["9.", "8.", "8."]
    assert "Aspen 2" in kept[2].content[PolicyPart.WHERE]
    assert (kept[0].written_by, kept[2].written_by) == (coordinator, None)


def test_what_changes_nothing_makes_no_version(board: Board, coordinator: Person) -> None:
    assert change(board, coordinator, room="Aspen 2").parts == []
    assert board.version == 1


def test_who_has_not_seen_the_last_change_is_refused(board: Board, coordinator: Person) -> None:
    change(board, coordinator, room="Aspen 3")
    late = ChangePolicy(replace(policy_of(board), room="Aspen 4"), version=1)
    with pytest.raises(Refused) as refused, transaction():
        boards.change_policy(board, late, an_actor(coordinator))
    assert "Somebody else changed this" in refused.value.sentence
    assert board.room == "Aspen 3"


def test_a_freeze_before_the_cut_off_is_refused(board: Board, coordinator: Person) -> None:
    freeze = Deadline(1, time(13))
    for cutoff in (Deadline(1, time(14)), Deadline(0, time(7))):
        assert "cut-off comes before" in refusal(board, coordinator, cutoff=cutoff, freeze=freeze)


def test_a_name_that_is_taken_and_a_patient_in_a_room_are_refused(board: Board, coordinator: Person) -> None:
    assert "already" in refusal(board, coordinator, name=a_board().name.upper())
    patient = a_patient("Quillfeather")
    a_case(board, coordinator, patient=patient, state=CaseState.ACCEPTED)
    assert "Leave the patient out" in refusal(board, coordinator, room="Room of Anneliese Quillfeather")


def test_a_deadline_keeps_its_hour_when_the_clocks_change() -> None:
    starts_at = datetime(2027, 3, 15, 17, tzinfo=UTC)  # a Monday, the day after the clocks went forward
    assert Deadline(2, time(9)).before(starts_at, NEW_YORK).astimezone(UTC) == datetime(2027, 3, 13, 14, tzinfo=UTC)
    assert Deadline(0, time(9)).before(starts_at, NEW_YORK).astimezone(UTC) == datetime(2027, 3, 15, 13, tzinfo=UTC)


def test_every_kind_has_defaults_that_a_board_can_begin_with(coordinator: Person) -> None:
    for kind in BoardKind:
        policy = first_policy(kind, name=f"Of {kind}", hospital=a_hospital(), time_zone=NEW_YORK, room="")
        with transaction():
            board = boards.found_board(policy, coordinator, an_actor(coordinator).at)
        db.session.refresh(board)
        assert policy_of(board) == policy
        assert all(sentences(policy).values())


def test_hematology_needs_no_surgeon() -> None:
    assert Discipline.SURGERY not in defaults(BoardKind.HEMATOLOGY).required
    assert Discipline.HEMATOLOGY_ONCOLOGY in defaults(BoardKind.HEMATOLOGY).required


def test_a_kind_is_known_by_its_name() -> None:
    assert kind_called("head and neck") is BoardKind.HEAD_AND_NECK
    assert kind_called("Skin") is BoardKind.OTHER


def test_a_case_gets_the_minutes_of_its_type(board: Board, coordinator: Person) -> None:
    change(board, coordinator, case_type_minutes={CaseType.SECOND_OPINION: 15})
    assert board.minutes_for(CaseType.SECOND_OPINION) == 15
    assert board.minutes_for(CaseType.RECURRENCE) == 8
