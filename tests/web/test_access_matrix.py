"""Every route × everybody × every state of the case: let in where the table of permissions says so, nowhere else.

A route that the world cannot address fails the test. Somebody refused gets the same answer as for what does not exist,
unless they may see the subject and only the act is not theirs; and no answer to them holds the patient's name.
"""

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from jinja2 import ChoiceLoader, DictLoader
from jinja2.environment import create_cache
from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import InstrumentedAttribute
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.conftest import SignIn, Tell
from tests.factories import an_actor
from tests.paper.papers import read
from tests.web.access_world import (
    MARKER,
    OF_ANY_BOARD,
    OF_THE_BOARD,
    OF_THE_MEETING,
    ON_AGENDA,
    STATES,
    World,
    make_world,
    undone,
)
from tests.web.pages import main_part
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import TABLE, may
from tumorboard.storage import row_level_security
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Patient
from tumorboard.storage.queries import cases, sight
from tumorboard.vocabulary import Permission
from tumorboard.web.access import declared_permission, needs
from tumorboard.web.limits import limiter

REFUSED = {403, 404}
WELL_ANSWERED = {200, 204, 302, 303, 401, 409, 410, 422}

OF_THE_DRAFT = {
    "cases.draft",
    "cases.discard",
    "cases.restore",
    "cases.save_draft",
    "cases.submit",
    "cases.change_rows",
    "patients.find",
    "reports.read",
    "episodes.fill_in",
}
BEGINS_A_DRAFT = OF_THE_DRAFT - {"cases.draft", "cases.discard", "cases.restore"}
"""A form brings its own new id: one that is nobody's yet begins a draft, somebody else's is answered as absent."""

OF_ONE_PERSON: dict[str, Set[str]] = {
    **dict.fromkeys(OF_THE_DRAFT, frozenset({"submitter"})),
    "break_glass.show": {"breaker"},
    "break_glass.end": {"breaker"},
    "absences.confirm": {"away", "coordinator", "administrator"},
    "absences.add": {"away", "coordinator", "administrator"},
    "absences.end": {"away", "coordinator", "administrator"},
}
"""Routes whose subject belongs to somebody, not to a board or a case: who those are in the world."""

OWN_THINGS = {"my_sign_in.end_session", "my_sign_in.remove_passkey", "feeds.end", "searches.show"}
"""Of one's own session and keys alone: the ids in the world are nobody's."""


@dataclass
class Tried:
    """How many combinations were tried, and what was wrong, each in a line."""

    count: int = 0
    wrong: list[str] = field(default_factory=list)


def address_in(world: World, rule: Rule) -> str:
    ids = dict(world.ids)
    if rule.endpoint in OF_THE_DRAFT:
        ids["case_id"] = ids["draft_id"]
    if rule.endpoint.startswith("absences."):
        ids["person_id"] = world.people["away"].id
    if "meeting_id" in rule.arguments and "access_id" in rule.arguments:
        ids["access_id"] = ids["meeting's access_id"]
    built = rule.build({name: ids[name] for name in rule.arguments}, append_unknown=False)
    assert built, f"The world has no {sorted(rule.arguments)} for {rule.rule}: put them there."
    return built[1]


def may_enter(world: World, rule: Rule, permission: Permission, name: str) -> bool:
    """What the table says for this person and what the route is about."""
    if rule.endpoint in OF_ONE_PERSON:
        return name in OF_ONE_PERSON[rule.endpoint]
    if "case_id" in rule.arguments and permission is not Permission.SUBMIT_CASE:
        of_subject = world.to_case(name)
    elif "meeting_id" in rule.arguments or "notice_id" in rule.arguments:
        of_subject = OF_THE_MEETING.get(name, set())
    else:
        of_subject = (OF_THE_BOARD if "slug" in rule.arguments else OF_ANY_BOARD).get(name, set())
    return not TABLE[permission].isdisjoint(world.always(name) | of_subject)


def every_rule(app: Flask) -> list[tuple[Rule, str]]:
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if isinstance(declared_permission(app, rule.endpoint), Permission)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


class Walls:
    """What keeps a request from rows that are not for it: what the service itself asks, and behind it the database."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.second_stands = True
        show_to = row_level_security.show_to
        patch.setattr(row_level_security, "show_to", lambda *reader: show_to(*reader) if self.second_stands else None)


@pytest.fixture
def walls(monkeypatch: pytest.MonkeyPatch) -> Walls:
    return Walls(monkeypatch)


@dataclass
class Attempt:
    """One person at one route, and what the table says of it."""

    world: World
    rule: Rule
    method: str
    name: str

    @property
    def let_in(self) -> bool:
        permission = Permission(str(declared_permission(current_app, self.rule.endpoint)))
        return may_enter(self.world, self.rule, permission, self.name)

    @property
    def sees_case(self) -> bool:
        return self.world.sees_case(self.name) or self.name in OF_ONE_PERSON.get(self.rule.endpoint, ())

    def behind(self) -> list[bool]:
        """With the second wall or without: who is let in passes both; whoever is refused, or sees no case on a page

        that is theirs, is kept from it by the first alone.
        """
        first_alone = not self.let_in or (self.method == "GET" and not self.sees_case)
        return [True] * self.let_in + [False] * first_alone

    def wrong_with(self, answer: TestResponse) -> Iterator[str]:
        expected = WELL_ANSWERED if self.let_in else REFUSED
        if self.rule.endpoint in OWN_THINGS:
            expected = REFUSED | {303}
        tried = f"{self.method} {self.rule.rule} as {self.name}, {self.world.state}"
        if answer.status_code not in expected:
            yield f"{tried}: {answer.status_code}"
        if MARKER in words_in(answer) and not self.sees_case:
            yield f"{tried}: the patient's name"


def try_all(
    world: World, browsers: dict[str, FlaskClient], rules: Iterable[tuple[Rule, str]], line: Connection, walls: Walls
) -> Tried:
    """Everybody at every rule, each as if nobody had been there before."""
    tried = Tried()
    for rule, method in rules:
        address, form = address_in(world, rule), world.bodies.get(rule.endpoint, {})
        accept = {"Accept": "text/html" if method == "GET" else "application/json"}  # a refusal without its whole page
        for name, browser in browsers.items():
            attempt = Attempt(world, rule, method, name)
            for walls.second_stands in attempt.behind():
                with line.begin_nested() as before:
                    data = {key: str(value) for key, value in form.items()}
                    answer = browser.open(address, method=method, data=data, headers=accept)
                    before.rollback()
                tried.wrong += attempt.wrong_with(answer)
            tried.count += 1
    return tried


def words_in(answer: TestResponse) -> str:
    """What somebody reads in it: of a PDF its text, which no search of its bytes would find."""
    is_ours = answer.data.startswith(b"%PDF-1.7")  # a file that somebody attached is nobody's page
    return " ".join(read(answer.data).pages) if is_ours else answer.data.decode(errors="replace")


@pytest.fixture
def line(app: Flask) -> Iterator[Connection]:
    """What is asked here is who may: not whether the form was ours, and not how often."""
    app.config["WTF_CSRF_ENABLED"], limiter.enabled = False, False
    with undone(app) as connection:
        yield connection
    app.config["WTF_CSRF_ENABLED"], limiter.enabled = True, True


Everybody = Callable[[World], dict[str, FlaskClient]]


@pytest.fixture
def everybody(sign_in: SignIn) -> Everybody:
    return lambda world: {name: sign_in(person) for name, person in world.people.items()}


def rules_in(app: Flask, state: str) -> list[tuple[Rule, str]]:
    """Every route where the case is on an agenda; in its other states those that are about it."""
    about_the_case = [
        (rule, method)
        for rule, method in every_rule(app)
        if "case_id" in rule.arguments and rule.endpoint not in OF_THE_DRAFT
    ]
    return every_rule(app) if state == ON_AGENDA else about_the_case


@pytest.mark.parametrize("asked", ["pages", "acts"])
@pytest.mark.parametrize("state", STATES)
def test_each_route_lets_in_whom_the_table_says_and_nobody_else(
    app: Flask,
    line: Connection,
    walls: Walls,
    everybody: Everybody,
    state: str,
    asked: str,
    tell: Tell,
) -> None:
    world = make_world(state)
    rules = [(rule, method) for rule, method in rules_in(app, state) if (method == "GET") == (asked == "pages")]
    tried = try_all(world, everybody(world), rules, line, walls)
    tell(f"{tried.count} combinations of route and person tried, {asked}, the case {state}: {len(tried.wrong)} wrong")
    assert tried.wrong == [], "\n".join(tried.wrong)


def test_nobody_gets_anywhere_without_signing_in(app: Flask, line: Connection) -> None:
    world, browser = make_world(ON_AGENDA), app.test_client()
    for rule, method in every_rule(app):
        answer = browser.open(address_in(world, rule), method=method)
        refused = answer.location.startswith("/sign-in") if method == "GET" else answer.status_code == 401
        assert refused, f"{method} {rule.rule}: {answer.status_code}"


@pytest.mark.parametrize("name", ["stranger", "coordinator elsewhere", "administrator", "privacy officer"])
def test_what_somebody_may_not_see_is_answered_as_what_does_not_exist(
    app: Flask, line: Connection, sign_in: SignIn, name: str
) -> None:
    world = make_world(ON_AGENDA)
    browser = sign_in(world.people[name])
    compared = 0
    for rule, method in every_rule(app):
        permission = Permission(str(declared_permission(app, rule.endpoint)))
        is_theirs = may_enter(world, rule, permission, name) or rule.endpoint in OWN_THINGS | BEGINS_A_DRAFT
        if is_theirs or not rule.arguments:
            continue
        invented = World(world.state, world.people, world.board, world.meeting, world.case, dict(world.ids))
        invented.ids |= {name: uuid4() for name in invented.ids} | {"slug": "no-such-board"}
        answers = [browser.open(address_in(each, rule), method=method) for each in (world, invented)]
        assert answers[0].status_code == answers[1].status_code, rule.rule
        assert main_part(answers[0]) == main_part(answers[1]), rule.rule
        compared += 1
    assert compared > 40


def test_both_walls_agree_on_who_sees_which_case(app: Flask, line: Connection) -> None:
    asked = 0
    for state in STATES:
        world = make_world(state)
        for name, person in world.people.items():
            by = an_actor(person)
            listed = cases.visible_among(person.id, [world.case.id], by.at)
            assert may(by, Permission.SEE_CASE, world.case) == bool(listed) == world.sees_case(name), (state, name)
            assert is_shown(app, by, Case.id, world.case.id) == world.sees_case(name), (state, name)
            assert is_shown(app, by, Patient.id, world.case.patient_id) == world.sees_case(name), (state, name)
            asked += 1
    assert asked == len(STATES) * len(world.people)


def is_shown(app: Flask, by: Actor, column: InstrumentedAttribute[UUID], row_id: UUID | None) -> bool:
    """Whether row-level security shows somebody the row."""
    with app.app_context():  # a session of its own, as a request has
        row_level_security.show_to(by.person.id, by.at)
        return db.session.scalar(select(column).where(column == row_id)) is not None


def hole_in_a_query(app: Flask, patch: pytest.MonkeyPatch) -> None:
    everybody_s = sight.TowardsCase(on_care_team=True, invited=False, deputy=False, external=False, breaker=False)
    patch.setattr(sight, "towards_case", lambda *_: everybody_s)


def hole_in_a_route(app: Flask, patch: pytest.MonkeyPatch) -> None:
    @needs(Permission.SEE_CASE)
    def show(case_id: object) -> str:
        return "A page that forgot to ask."

    patch.setitem(app.view_functions, "cases.show", show)


def hole_in_a_template(app: Flask, patch: pytest.MonkeyPatch) -> None:
    leaking = "{% for slot in slots %}{{ slot.item.case.patient.family_name }}{% endfor %}"
    loader = ChoiceLoader([DictLoader({"meetings/show.html": leaking}), app.jinja_env.loader])  # type: ignore[list-item]
    patch.setattr(app.jinja_env, "loader", loader)
    patch.setattr(app.jinja_env, "cache", create_cache(400))


def few_rules(app: Flask) -> list[tuple[Rule, str]]:
    return [(rule, method) for rule, method in every_rule(app) if rule.endpoint in {"cases.show", "meetings.show"}]


@pytest.mark.parametrize("open_hole", [hole_in_a_query, hole_in_a_route, hole_in_a_template])
def test_the_matrix_finds_a_hole(
    app: Flask,
    line: Connection,
    walls: Walls,
    everybody: Everybody,
    monkeypatch: pytest.MonkeyPatch,
    open_hole: Callable[[Flask, pytest.MonkeyPatch], None],
) -> None:
    world = make_world(ON_AGENDA)
    browsers = everybody(world)
    assert try_all(world, browsers, few_rules(app), line, walls).wrong == []
    open_hole(app, monkeypatch)
    assert try_all(world, browsers, few_rules(app), line, walls).wrong != []


@pytest.mark.parametrize("open_hole", [hole_in_a_query, hole_in_a_template])
def test_the_second_wall_holds_where_the_first_has_a_hole(
    app: Flask,
    line: Connection,
    everybody: Everybody,
    monkeypatch: pytest.MonkeyPatch,
    open_hole: Callable[[Flask, pytest.MonkeyPatch], None],
) -> None:
    world = make_world(ON_AGENDA)
    open_hole(app, monkeypatch)
    blind = {name: browser for name, browser in everybody(world).items() if not world.sees_case(name)}
    answers = [
        browser.open(address_in(world, rule), method=method)
        for rule, method in few_rules(app)
        for browser in blind.values()
    ]
    assert len(answers) > 15
    assert [answer for answer in answers if MARKER in words_in(answer)] == []
