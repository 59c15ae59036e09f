"""Writing the draft of a minimum data set: one item, their order, the question types."""

from collections.abc import Callable

from flask import Blueprint, flash, render_template, request
from werkzeug.wrappers import Response

from tumorboard.domain import boards
from tumorboard.domain import minimum_data_set_drafts as drafts
from tumorboard.domain.minimum_data_set_changes import properties
from tumorboard.domain.minimum_data_sets import Item, version_of
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.models import MinimumDataSet
from tumorboard.storage.transaction import transaction
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.minimum_data_set import (
    NEW,
    DraftForm,
    FactForm,
    ItemForm,
    QuestionsForm,
    read_tumor_type,
    typed_item,
)
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.minimum_data_sets import EDIT, to_the_draft
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint(
    "minimum_data_set_drafts", __name__, url_prefix="/boards/<slug>/minimum-data-set/<tumor_type>/draft"
)
Answer = Response | tuple[str, int]


@blueprint.get("/new-item")
@needs(EDIT)
def new_item(slug: str, tumor_type: str) -> str:
    draft = _open(slug, tumor_type)
    typed = typed_item(NEW) | {"section": request.args.get("section", ""), "revision": str(draft.revision)}
    return _item_page(draft, None, ItemForm(formdata=None, data=typed))


@blueprint.post("/new-item")
@needs(EDIT)
def add_item(slug: str, tumor_type: str) -> Answer:
    by, form = actor(), ItemForm()

    def add(draft: MinimumDataSet) -> str:
        key = drafts.add_item(draft, form.stated(NEW), by)
        flash(f"“{form.label.text}” is in the draft.")
        return key

    return _write(slug, tumor_type, form, None, add)


@blueprint.get("/items/<item_key>")
@needs(EDIT)
def show_item(slug: str, tumor_type: str, item_key: str) -> str:
    draft = _open(slug, tumor_type)
    item = _item(draft, item_key)
    typed = typed_item(item) | {"revision": str(draft.revision)}
    return _item_page(draft, item, _form_of(item)(formdata=None, data=typed))


@blueprint.post("/items/<item_key>")
@needs(EDIT)
def write_item(slug: str, tumor_type: str, item_key: str) -> Answer:
    by, item = actor(), _item(_open(slug, tumor_type), item_key)
    form = _form_of(item)()

    def write(draft: MinimumDataSet) -> str:
        changed = drafts.write_item(draft, form.stated(item), by)
        flash(f"Kept in the draft: {item.label}." if changed else "Nothing was changed.")
        return item.key

    return _write(slug, tumor_type, form, item, write)


@blueprint.get("/items/<item_key>/take-out")
@needs(EDIT)
def confirm_taking_out(slug: str, tumor_type: str, item_key: str) -> str:
    draft = _open(slug, tumor_type)
    item = _item(draft, item_key)
    return _page("take_out", draft, item=item, for_good=item.key not in drafts.known_before(draft))


@blueprint.post("/items/<item_key>/take-out")
@needs(EDIT)
def take_out(slug: str, tumor_type: str, item_key: str) -> Response:
    with refusals_told(), transaction():
        item = drafts.take_out(_to_change(slug, tumor_type), item_key, actor())
        flash(f"“{item.label}” is taken out of the draft.")
    return to_the_draft(slug, tumor_type)


@blueprint.post("/items/<item_key>/put-back")
@needs(EDIT)
def put_back(slug: str, tumor_type: str, item_key: str) -> Response:
    with refusals_told(), transaction():
        item = drafts.put_back(_to_change(slug, tumor_type), item_key, actor())
        flash(f"“{item.label}” is in the draft again.")
    return to_the_draft(slug, tumor_type, f"item-{item_key}")


@blueprint.post("/items/<item_key>/move")
@needs(EDIT)
def move(slug: str, tumor_type: str, item_key: str) -> Response:
    with refusals_told(), transaction():
        drafts.move(_to_change(slug, tumor_type), item_key, actor(), up=request.form.get("direction") == "up")
    return to_the_draft(slug, tumor_type, f"item-{item_key}")


@blueprint.get("/questions")
@needs(EDIT)
def show_questions(slug: str, tumor_type: str) -> str:
    draft = _open(slug, tumor_type)
    typed = {"questions": "\n".join(version_of(draft).data_set.questions), "revision": str(draft.revision)}
    return _questions_page(draft, QuestionsForm(formdata=None, data=typed))


@blueprint.post("/questions")
@needs(EDIT)
def write_questions(slug: str, tumor_type: str) -> Answer:
    by, form = actor(), QuestionsForm()

    def write(draft: MinimumDataSet) -> str:
        changed = drafts.write_questions(draft, form.questions.lines, by)
        flash("Kept in the draft: the question types." if changed else "Nothing was changed.")
        return ""

    return _write(slug, tumor_type, form, None, write)


def _write(
    slug: str, tumor_type: str, form: DraftForm, item: Item | None, act: Callable[[MinimumDataSet], str]
) -> Answer:
    """One act on the draft, and back to its page; what is refused comes back with all that was typed."""
    draft = _open(slug, tumor_type)
    if isinstance(form, FactForm):
        form.offer(version_of(draft).data_set, item)
    if not form.validate():
        return _again(draft, item, form), 422
    try:
        with transaction():
            key = act(_to_change(slug, tumor_type))
    except Refused as error:
        if error.code not in (Code.CHANGED_MEANWHILE, Code.WRONG):
            raise
        form.refuse(error.field, error.sentence)
        meanwhile = error.code is Code.CHANGED_MEANWHILE
        return _again(_open(slug, tumor_type), item, form, meanwhile=meanwhile), 409 if meanwhile else 422
    return to_the_draft(slug, tumor_type, f"item-{key}" if key else "questions")


def _again(draft: MinimumDataSet, item: Item | None, form: DraftForm, *, meanwhile: bool = False) -> str:
    """The same page; ``meanwhile`` beside what stands in the draft now, which saving again replaces."""
    if meanwhile:
        form.revision.data = str(draft.revision)
    if isinstance(form, FactForm):
        return _item_page(draft, item, form, meanwhile=meanwhile)
    return _questions_page(draft, form, meanwhile=meanwhile)


def _item_page(draft: MinimumDataSet, item: Item | None, form: FactForm, *, meanwhile: bool = False) -> str:
    data_set = version_of(draft).data_set
    now = data_set.item(item.key) if item and meanwhile else None
    form.offer(data_set, item)
    return _page("item", draft, item=item, form=form, theirs=properties(data_set, now) if now else None)


def _questions_page(draft: MinimumDataSet, form: DraftForm, *, meanwhile: bool = False) -> str:
    return _page("questions", draft, form=form, theirs=version_of(draft).data_set.questions if meanwhile else None)


def _page(name: str, draft: MinimumDataSet, **shown: object) -> str:
    return render_template(f"minimum_data_sets/{name}.html", draft=draft, board=draft.board, **shown)


def _form_of(item: Item) -> type[FactForm]:
    return FactForm if item.fact else ItemForm


def _open(slug: str, tumor_type: str) -> MinimumDataSet:
    """The draft, to be read."""
    return drafts.open_draft(boards.open_board(slug, actor(), EDIT), read_tumor_type(tumor_type))


def _to_change(slug: str, tumor_type: str) -> MinimumDataSet:
    """The draft, to be changed by whoever has seen the revision that the form names."""
    by, revision = actor(), read_number(request.form.get("revision"))
    return drafts.draft_to_change(boards.open_board(slug, by, EDIT), read_tumor_type(tumor_type), by, revision)


def _item(draft: MinimumDataSet, key: str) -> Item:
    """An item of the draft, or one that somebody has just taken out while another wrote it."""
    items = [*version_of(draft).data_set.items, *drafts.left_out(draft)]
    found = next((item for item in items if item.key == key), None)
    if found is None:
        raise absent()
    return found
