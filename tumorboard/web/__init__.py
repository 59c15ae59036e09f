"""HTTP only: a route loads, asks permission, parses the form, calls one domain function in one transaction, answers."""

from flask import Flask
from flask_wtf import CSRFProtect

from tumorboard.web import (
    absences,
    access,
    addresses,
    agenda,
    assets,
    boards,
    break_glass,
    care_team,
    cases,
    codes,
    context,
    errors,
    external_access,
    filters,
    forgotten_password,
    headers,
    health,
    inviting,
    joining,
    leaving,
    limits,
    lock,
    me,
    meeting_changes,
    meetings,
    members,
    my_sign_in,
    needs,
    notices,
    offices,
    packs,
    passkeys,
    patient_corrections,
    patients,
    people,
    queue,
    requests,
    restricted,
    second_factor,
    sections,
    sign_in,
    step_up,
    summaries,
    today,
)

BLUEPRINTS = (
    sign_in.blueprint,
    second_factor.blueprint,
    passkeys.blueprint,
    lock.blueprint,
    joining.blueprint,
    forgotten_password.blueprint,
    addresses.blueprint,
    my_sign_in.blueprint,
    today.blueprint,
    cases.blueprint,
    summaries.blueprint,
    patients.blueprint,
    codes.blueprint,
    care_team.blueprint,
    sections.blueprint,
    needs.blueprint,
    restricted.blueprint,
    external_access.blueprint,
    patient_corrections.blueprint,
    break_glass.blueprint,
    queue.blueprint,
    agenda.blueprint,
    meetings.blueprint,
    meeting_changes.blueprint,
    packs.blueprint,
    notices.blueprint,
    boards.blueprint,
    members.blueprint,
    health.blueprint,
    offices.blueprint,
    inviting.blueprint,
    people.blueprint,
    leaving.blueprint,
    absences.blueprint,
    me.blueprint,
)


def init_app(app: Flask) -> None:
    """Everything between a request and the domain."""
    requests.init_app(app)  # first, since whatever refuses a request names its reference
    CSRFProtect(app)
    access.init_app(app)
    step_up.init_app(app)  # after access, which says who asks and whether they may
    errors.init_app(app)
    headers.init_app(app)
    assets.init_app(app)
    limits.init_app(app)
    filters.register_filters(app)
    context.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    access.require_declared_permissions(app)
