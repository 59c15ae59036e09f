"""HTTP only: a route loads, asks permission, parses the form, calls one domain function in one transaction, answers."""

from flask import Flask
from flask_wtf import CSRFProtect

from tumorboard.web import (
    access,
    agenda,
    boards,
    care_team,
    cases,
    context,
    errors,
    filters,
    headers,
    health,
    limits,
    meeting_changes,
    meetings,
    members,
    notices,
    patients,
    queue,
    requests,
    sign_in,
    today,
)

BLUEPRINTS = (
    sign_in.blueprint,
    today.blueprint,
    cases.blueprint,
    patients.blueprint,
    care_team.blueprint,
    queue.blueprint,
    agenda.blueprint,
    meetings.blueprint,
    meeting_changes.blueprint,
    notices.blueprint,
    boards.blueprint,
    members.blueprint,
    health.blueprint,
)


def init_app(app: Flask) -> None:
    """Everything between a request and the domain."""
    requests.init_app(app)  # first, since whatever refuses a request names its reference
    CSRFProtect(app)
    access.init_app(app)
    errors.init_app(app)
    headers.init_app(app)
    limits.init_app(app)
    filters.register_filters(app)
    context.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    access.require_declared_permissions(app)
