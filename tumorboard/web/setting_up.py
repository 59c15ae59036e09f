"""The page that pairs an app for codes: at the door, and in one's own settings."""

import segno
from flask import render_template

from tumorboard.domain import second_factors
from tumorboard.domain.second_factors import WRONG_NEW_CODE
from tumorboard.storage.models import WebSession
from tumorboard.web.forms.second_factor import CodeForm


def new_code_page(template: str, web_session: WebSession, form: CodeForm | None = None) -> str:
    """With what was wrong, when ``form`` was refused."""
    if form is not None and not form.errors:
        form.refuse("code", WRONG_NEW_CODE)
    secret, form = second_factors.offered(web_session), form or CodeForm()
    form.code.data = ""
    pattern = segno.make(second_factors.pairing(secret, web_session.person), error="m")
    return render_template(
        template,
        form=form,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        pattern=pattern.svg_data_uri(border=2, dark="#1c1830", light="#fff"),
        email=web_session.person.email,
    )
