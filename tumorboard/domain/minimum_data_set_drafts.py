"""The draft of a board's next minimum data set: begun, written item by item, discarded.

One for each board and tumor type. Every act names the revision that its writer had in sight: whoever comes second is
told, and nothing is overwritten silently.
"""

from dataclasses import replace

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.minimum_data_set_rules import key_of, refuse_unfit
from tumorboard.domain.minimum_data_sets import DataSet, Item, in_order, keep_in_force, template, version_of
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, MinimumDataSet
from tumorboard.storage.queries import minimum_data_sets as questions
from tumorboard.vocabulary import AuditAct, CaseFact, Permission, TumorType

_NO_DRAFT = "There is no draft: it was put in force or discarded, or nobody has begun one."
_MEANWHILE = "Somebody else has changed this draft since you opened this page. Look at it, then do this again."


def begin(board: Board, tumor_type: TumorType, by: Actor) -> MinimumDataSet:
    """The draft of the next version, a copy of the one in force; where somebody has begun it, that one."""
    demand(by, Permission.EDIT_MINIMUM_DATA_SET, board)
    kept = keep_in_force(board, tumor_type, by.at)
    draft = questions.draft(board.id, tumor_type)
    if draft is None:
        draft = MinimumDataSet(
            board=board,
            tumor_type=tumor_type,
            version=kept.version + 1,
            content=kept.content,
            made_at=by.at,
            made_by=by.person,
        )
        db.session.add(draft)
        db.session.flush()
        _record(draft, "begun", by)
    return draft


def draft_to_change(board: Board, tumor_type: TumorType, by: Actor, revision: int) -> MinimumDataSet:
    """The draft for somebody who may edit it and has seen how it is now; nobody else changes it meanwhile."""
    demand(by, Permission.EDIT_MINIMUM_DATA_SET, board)
    questions.hold(board.id, tumor_type)
    draft = questions.draft_to_change(board.id, tumor_type)
    if draft is None:
        raise Refused(Code.NOT_NOW, _NO_DRAFT)
    if draft.revision != revision:
        raise Refused(Code.CHANGED_MEANWHILE, _MEANWHILE)
    return draft


def open_draft(board: Board, tumor_type: TumorType) -> MinimumDataSet:
    """The draft, to be read on a page of the board."""
    draft = questions.draft(board.id, tumor_type)
    if draft is None:
        raise Refused(Code.NOT_NOW, _NO_DRAFT)
    return draft


def add_item(draft: MinimumDataSet, item: Item, by: Actor) -> str:
    """Asks one thing more, last in its section; the key that it is known by from now on."""
    before = version_of(draft).data_set
    known = questions.keys_ever(draft.board_id, draft.tumor_type) | {each.key for each in _source(draft)}
    new = replace(item, key=key_of(item.label, known))
    _keep(draft, replace(before, items=in_order([*before.items, new])), by, "item_added", new.key)
    return new.key


def write_item(draft: MinimumDataSet, item: Item, by: Actor) -> bool:
    """Asks the item of this key as stated from now on; whether that is a change. A field of the case's own form keeps
    its name, its place and its answers.
    """
    before = version_of(draft).data_set
    old = before.item(item.key)
    if old is None:
        raise _gone(draft, item.key)
    if old.fact:
        item = replace(item, label=old.label, section=old.section, answers=old.answers, unit=old.unit)
    item = replace(item, fact=old.fact)
    items = (item if each.key == item.key else each for each in before.items)
    return _keep(draft, replace(before, items=in_order(items)), by, "item_written", item.key)


def take_out(draft: MinimumDataSet, key: str, by: Actor) -> Item:
    """Asks it no more. The question itself stays: without it there is no case."""
    before = version_of(draft).data_set
    item = before.item(key)
    if item is None:
        raise absent()
    if item.fact is CaseFact.QUESTION:
        raise Refused(Code.WRONG, "Every case has its question: this item stays.")
    others = tuple(each for each in before.items if each.key != key)
    _keep(draft, replace(before, items=others), by, "item_taken_out", key)
    return item


def put_back(draft: MinimumDataSet, key: str, by: Actor) -> Item:
    """Asks it again as before, behind the item that it stood behind."""
    before, source = version_of(draft).data_set, _source(draft)
    item = next((each for each in left_out(draft) if each.key == key), None)
    if item is None:
        raise absent()
    ahead = {each.key for each in source[: source.index(item)]}
    place = max((index for index, each in enumerate(before.items, start=1) if each.key in ahead), default=0)
    items = in_order([*before.items[:place], item, *before.items[place:]])
    _keep(draft, replace(before, items=items), by, "item_put_back", key)
    return item


def move(draft: MinimumDataSet, key: str, by: Actor, *, up: bool) -> bool:
    """Asks it one place earlier or later within its section; whether there was such a place."""
    before = version_of(draft).data_set
    items = list(before.items)
    index = next((index for index, each in enumerate(items) if each.key == key), None)
    if index is None:
        raise absent()
    other = index - 1 if up else index + 1
    if not 0 <= other < len(items) or items[other].section is not items[index].section:
        return False
    items[index], items[other] = items[other], items[index]
    return _keep(draft, replace(before, items=tuple(items)), by, "item_moved", key)


def write_questions(draft: MinimumDataSet, question_types: tuple[str, ...], by: Actor) -> bool:
    """The kinds of question that such a case brings, from now on; whether that is a change."""
    return _keep(draft, replace(version_of(draft).data_set, questions=question_types), by, "questions_written")


def discard(draft: MinimumDataSet, by: Actor) -> None:
    """As if it had never been begun; the version in force stays as it is."""
    _record(draft, "discarded", by)
    db.session.delete(draft)
    db.session.flush()


def known_before(draft: MinimumDataSet) -> set[str]:
    """The keys of what can be put back once it is taken out; of all else the draft is the only place."""
    return {item.key for item in _source(draft)}


def left_out(draft: MinimumDataSet) -> tuple[Item, ...]:
    """What the version in force or the template asks and the draft does not: it can be put back."""
    keys = {item.key for item in version_of(draft).data_set.items}
    return tuple(item for item in _source(draft) if item.key not in keys)


def _gone(draft: MinimumDataSet, key: str) -> Refused:
    if all(item.key != key for item in left_out(draft)):
        return absent()
    sentence = "Somebody else has taken this item out. Put it back on the page of the draft, then save this again."
    return Refused(Code.CHANGED_MEANWHILE, sentence)


def _source(draft: MinimumDataSet) -> tuple[Item, ...]:
    """The items of the version in force, and those of the template that it lacks."""
    kept = questions.in_force(draft.board_id, draft.tumor_type)
    items = version_of(kept).data_set.items if kept else ()
    keys = {item.key for item in items}
    return in_order([*items, *(item for item in template(draft.tumor_type).items if item.key not in keys)])


def _keep(draft: MinimumDataSet, data_set: DataSet, by: Actor, did: str, item: str = "") -> bool:
    refuse_unfit(data_set, item)
    content = data_set.to_json()
    if content == draft.content:
        return False
    draft.content = content
    db.session.flush()
    _record(draft, did, by, item)
    return True


def _record(draft: MinimumDataSet, did: str, by: Actor, item: str = "") -> None:
    details = {"tumor_type": draft.tumor_type.value, "version": draft.version, "did": did, "item": item}
    audit.record(by, AuditAct.MINIMUM_DATA_SET_CHANGED, subjects=[draft.board_id, draft.id], details=details)
