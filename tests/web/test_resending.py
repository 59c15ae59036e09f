"""A form that met no open session comes back with all that was typed, and goes on for its owner alone."""

from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import a_board, a_care_team_member, a_case, a_patient, an_instant
from tests.web.door import Owner, an_owner, enter_whole, forget_codes
from tests.web.pages import filled_in
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, WebSession
from tumorboard.storage.queries import needs

WORDS = "No more hospital nights,\nplease. <b>I</b> want my garden."


@pytest.fixture
def grace(app: Flask) -> Owner:
    return an_owner()


@pytest.fixture
def case(grace: Owner) -> Case:
    patient = a_patient()
    return a_case(a_board(), grace.person, patient=patient)


def opened(browser: FlaskClient, case: Case) -> dict[str, str]:
    page = f"/cases/{case.id}/needs"
    return filled_in(browser.get(page).text, page) | {"preferences": WORDS}


def end_elsewhere() -> None:
    for each in db.session.query(WebSession):
        each.ended_at = an_instant()
    db.session.commit()


def again_in(browser: FlaskClient, owner: Owner) -> None:
    forget_codes(owner)
    assert enter_whole(browser, owner).status_code == 303


def kept(case: Case) -> str | None:
    db.session.expire_all()
    found = needs.needs_of(case.id)
    return found.preferences if found else None


@pytest.mark.parametrize("in_this_browser", [True, False])
def test_what_was_typed_waits_on_the_page_and_goes_on_after_signing_in(
    app: Flask, grace: Owner, case: Case, *, in_this_browser: bool
) -> None:
    browser, page = app.test_client(), f"/cases/{case.id}/needs"
    enter_whole(browser, grace)
    form = opened(browser, case)
    if in_this_browser:
        browser.post("/sign-out", data={"csrf_token": form["csrf_token"]})
    else:
        end_elsewhere()
    late = browser.post(page, data=form)
    assert late.status_code in {400, 401}
    waiting = filled_in(late.text, page)
    assert waiting["preferences"] == WORDS
    assert kept(case) is None
    again_in(browser, grace)
    signed_in = browser.post(page, data=waiting)  # without scripts the token is still that of the old session
    assert "You are signed in again. Send it now." in signed_in.text
    assert browser.post(page, data=filled_in(signed_in.text, page)).status_code == 303
    assert kept(case) == WORDS


def test_nobody_else_sends_what_somebody_typed(app: Flask, grace: Owner, case: Case) -> None:
    colleague = an_owner()
    a_care_team_member(case.patient, colleague.person)  # type: ignore[arg-type]
    browser, page = app.test_client(), f"/cases/{case.id}/needs"
    enter_whole(browser, grace)
    form = opened(browser, case)
    end_elsewhere()
    waiting = filled_in(browser.post(page, data=form).text, page)
    enter_whole(browser, colleague)
    for _ in range(2):
        theirs = browser.post(page, data=waiting)
        assert theirs.status_code == 400
        assert "You are signed in again" not in theirs.text
        waiting = filled_in(theirs.text, page)
    assert kept(case) is None


def test_a_page_of_no_known_owner_and_a_password_are_not_shown_again(app: Flask, grace: Owner) -> None:
    browser = app.test_client()
    forged = browser.post("/me/sign-in/password", data={"csrf_token": "forged", "name": "typed elsewhere"})
    assert forged.status_code == 400
    assert "typed elsewhere" not in forged.text
    enter_whole(browser, grace)
    page = "/me/sign-in/password"
    form = filled_in(browser.get(page).text, page) | {"password": "a new secret of mine", "current": "the old one"}
    end_elsewhere()
    late = unescape(browser.post(page, data=form).text)
    assert "You were signed out" in late
    assert "a new secret of mine" not in late
    assert "the old one" not in late
