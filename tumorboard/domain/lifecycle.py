"""State changes as data: a table of steps refuses wrong moves, draws the buttons and prints the diagram."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import Held, demand
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Board, Case, Meeting, Preparation, Series
from tumorboard.vocabulary import Permission, Word

State = TypeVar("State", bound=Word)
Action = TypeVar("Action", bound=Word)


@dataclass(frozen=True)
class Step(Generic[State, Action]):
    """From any of these states, this action leads to that one, for whoever has the permission."""

    origins: frozenset[State]
    action: Action
    to: State
    permission: Permission


Steps = tuple[Step[State, Action], ...]


def advance(
    subject: Case | Meeting | Preparation,
    action: Action,
    steps: Steps[State, Action],
    by: Actor,
    *,
    version: int | None = None,
) -> None:
    """Moves ``subject`` on by ``action``.

    ``version`` is the one the person had in sight. Refused when they may not, when the state does not allow it, or when
    somebody else changed the subject meanwhile.
    """
    step = next(step for step in steps if step.action is action)
    demand(by, step.permission, subject)
    if subject.state not in step.origins:
        raise Refused(Code.NOT_NOW, f"This cannot be done now: it is “{subject.state.label}”. Reload the page.")
    require_version(subject, version)
    subject.state = step.to  # type: ignore[assignment]  # a case's steps lead to a case's states


def require_version(subject: Case | Meeting | Preparation | Board | Series, version: int | None) -> None:
    """Refuses when ``subject`` is no longer as it was when the person looked at it."""
    if version is not None and version != subject.version:
        raise Refused(
            Code.CHANGED_MEANWHILE, "Somebody else changed this while you had it open. Look at it again, then decide."
        )


def allowed_actions(subject: Case | Meeting | Preparation, steps: Steps[State, Action], held: Held) -> list[Action]:
    """The actions that the state allows and this person has the right to: the buttons to draw, in table order."""
    possible: Iterable[Step[State, Action]] = (step for step in steps if subject.state in step.origins)
    return [step.action for step in possible if held.may(step.permission)]
