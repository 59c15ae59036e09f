"""HTTP only: a route loads, asks permission, parses the form, calls one domain function in one transaction, answers."""

from flask import Flask
from flask_wtf import CSRFProtect

from tumorboard.web import (
    absences,
    access,
    addresses,
    agenda,
    assets,
    attachments,
    boards,
    bodies,
    break_glass,
    care_team,
    cases,
    codes,
    context,
    episodes,
    errors,
    external_access,
    feeds,
    filters,
    forgotten_password,
    headers,
    health,
    hospitals,
    information_requests,
    inviting,
    joining,
    leaving,
    leaving_care_team,
    let_in,
    limits,
    lock,
    lost_factors,
    me,
    meeting_changes,
    meetings,
    member_lists,
    members,
    minimum_data_set_drafts,
    minimum_data_sets,
    my_sign_in,
    needs,
    new_board,
    notices,
    offices,
    packs,
    passkeys,
    patient_corrections,
    patients,
    people,
    policies,
    private_notes,
    queue,
    reports,
    requests,
    restricted,
    second_factor,
    sections,
    series,
    sign_in,
    slot_answers,
    slot_polls,
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
    feeds.blueprint,
    forgotten_password.blueprint,
    let_in.blueprint,
    addresses.blueprint,
    my_sign_in.blueprint,
    today.blueprint,
    cases.blueprint,
    summaries.blueprint,
    patients.blueprint,
    reports.blueprint,
    episodes.blueprint,
    private_notes.blueprint,
    codes.blueprint,
    care_team.blueprint,
    leaving_care_team.blueprint,
    sections.blueprint,
    series.blueprint,
    information_requests.blueprint,
    needs.blueprint,
    attachments.blueprint,
    restricted.blueprint,
    external_access.blueprint,
    patient_corrections.blueprint,
    break_glass.blueprint,
    queue.blueprint,
    agenda.blueprint,
    meetings.blueprint,
    meeting_changes.blueprint,
    slot_polls.blueprint,
    slot_answers.blueprint,
    packs.blueprint,
    notices.blueprint,
    boards.blueprint,
    new_board.blueprint,
    policies.blueprint,
    members.blueprint,
    member_lists.blueprint,
    minimum_data_sets.blueprint,
    minimum_data_set_drafts.blueprint,
    health.blueprint,
    offices.blueprint,
    hospitals.blueprint,
    inviting.blueprint,
    people.blueprint,
    leaving.blueprint,
    lost_factors.blueprint,
    absences.blueprint,
    me.blueprint,
)


def init_app(app: Flask) -> None:
    """Everything between a request and the domain."""
    bodies.init_app(app)
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
