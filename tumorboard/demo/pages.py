"""The pages that only the demo has: signing in as somebody by a click, and the mailbox in which every mail lands."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from flask import Blueprint, Flask, current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response

from tumorboard.app import create_app
from tumorboard.config import ConfigurationError, Settings
from tumorboard.demo import inbox
from tumorboard.demo.hospital.people import ONE_FOR_EACH_ROLE
from tumorboard.errors import absent
from tumorboard.storage.models import Person
from tumorboard.storage.queries import people
from tumorboard.storage.transaction import transaction
from tumorboard.web import door
from tumorboard.web.access import public, require_declared_permissions

blueprint = Blueprint("demo", __name__, url_prefix="/demo", template_folder="templates")

MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Under which a mail's HTML is shown: its inline rules count and nothing runs or loads (trust.md section 5)."""


@dataclass(frozen=True)
class Inbox:
    """Somebody's mail; an address that is no person's is its own name and is told the time in UTC."""

    address: str
    name: str
    zone: str
    count: int


def create_demo_app(settings: Settings, mail_folder: Path) -> Flask:
    """The application with the demo's pages; ``ConfigurationError`` where the settings are not the demo's."""
    if settings.environment != "demo":
        raise ConfigurationError(
            "The demo's pages need TUMORBOARD_ENVIRONMENT=demo; serve tumorboard.wsgi:app instead."
        )
    app = create_app(settings)
    app.config["DEMO_MAIL_FOLDER"] = mail_folder
    app.register_blueprint(blueprint)
    require_declared_permissions(app)
    return app


@blueprint.app_template_global()
def one_for_each_role() -> list[tuple[str, Person]]:
    """Whom the sign-in page offers: the role in words, and the person."""
    by_name = {person.family_name: person for person in people.demo_people() if not person.has_left(g.at)}
    return [(role, by_name[name]) for role, name in ONE_FOR_EACH_ROLE if name in by_name]


@blueprint.post("/sign-in-as/<uuid:person_id>")
@public
def sign_in_as(person_id: UUID) -> Response:
    with transaction():
        person = people.person(person_id)
        if person is None or not person.demo or person.has_left(g.at):
            raise absent()
        door.open_to(door.begin(person, request.form.get("next")))
    return redirect(door.way_on(), 303)


@blueprint.get("/mailbox")
@public
def mailbox() -> str:
    return _page()


@blueprint.get("/mailbox/<address>")
@public
def mails(address: str) -> str:
    return _page(_inbox(address))


@blueprint.get("/mailbox/<address>/<key>")
@public
def mail(address: str, key: str) -> str:
    chosen = _inbox(address)
    return _page(chosen, _mail(chosen, key))


@blueprint.get("/mailbox/<address>/<key>/html")
@public
def html(address: str, key: str) -> Response:
    page = _mail(_inbox(address), key).html
    return Response(page, mimetype="text/html", headers={"Content-Security-Policy": MAIL_POLICY})


def _page(chosen: Inbox | None = None, opened: inbox.ShownMail | None = None) -> str:
    """People, mails and one mail; where there is room, the newest mail is shown until one is opened."""
    mails = inbox.newest(_folder(), chosen.address) if chosen else inbox.newest_of_all(_folder())
    return render_template(
        "demo/mailbox.html",
        inboxes={each.address: each for each in _inboxes()},
        chosen=chosen,
        mails=mails,
        most=inbox.MOST,
        opened=opened,
        shown=opened or next(iter(mails), None),
    )


def _inboxes() -> list[Inbox]:
    """Everybody in the demo by name, then whoever else has got mail."""
    counts = inbox.counts(_folder())
    ours = [
        Inbox(person.email, f"{person.family_name}, {person.given_name}", person.time_zone, counts.pop(person.email, 0))
        for person in people.demo_people()
    ]
    return ours + [Inbox(address, address, "UTC", count) for address, count in counts.items()]


def _inbox(address: str) -> Inbox:
    found = next((each for each in _inboxes() if each.address == address.lower()), None)
    if found is None:
        raise absent()
    return found


def _mail(chosen: Inbox, key: str) -> inbox.ShownMail:
    found = next((each for each in inbox.newest(_folder(), chosen.address) if each.key == key), None)
    if found is None:
        raise absent()
    return found


def _folder() -> Path:
    folder: Path = current_app.config["DEMO_MAIL_FOLDER"]
    return folder
