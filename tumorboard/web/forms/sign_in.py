"""The door."""

from wtforms import HiddenField, PasswordField

from tumorboard.web.forms.base import Form, LineField, answered


class SignInForm(Form):
    email = LineField("E-mail", answered("Enter your e-mail address."), longest=254)
    password = PasswordField("Password", [answered("Enter your password.")])
    next = HiddenField()
