"""Second factors: shown, and set up."""

from wtforms import HiddenField

from tumorboard.web.forms.base import Form, LineField, answered

_NO_CODE = "Enter the six digits that the app shows now."


class CodeForm(Form):
    code = LineField("Code from the app", answered(_NO_CODE), longest=12)


class RecoveryCodeForm(Form):
    code = LineField("Recovery code", answered("Enter one of your recovery codes."), longest=40)


class PasskeyForm(Form):
    passkey = HiddenField()
    """What the browser says a passkey has signed, as JSON; put there by js/passkeys.js."""


class NewPasskeyForm(PasskeyForm):
    name = LineField("Name it", answered("Give it a name, so that you know it again."), longest=60)
