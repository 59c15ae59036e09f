"""The only commit and rollback in the tree: one transaction a request, task or command, at the edge."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tumorboard.storage.db import db

_AFTER = "after_commit"


@contextmanager
def transaction() -> Iterator[None]:
    """Commits what was done inside when it ends well, undoes all of it when it does not."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.info.pop(_AFTER, None)
        db.session.rollback()
        raise
    for act in db.session.info.pop(_AFTER, {}).values():
        act()


@contextmanager
def rehearsal() -> Iterator[None]:
    """Does what is inside within a savepoint and undoes it: how a preview is made (architecture.md 4)."""
    savepoint = db.session.begin_nested()
    kept = dict(db.session.info.get(_AFTER, {}))
    try:
        yield
    finally:
        db.session.info[_AFTER] = kept
        savepoint.rollback()


def after_commit(name: str, act: Callable[[], None]) -> None:
    """Runs ``act`` once after this transaction has committed, however often it was asked for by that name."""
    db.session.info.setdefault(_AFTER, {})[name] = act
