"""Passwords: a new one, another one, and a link for who has forgotten theirs. The domain judges what may be one."""

from wtforms import PasswordField

from tumorboard.web.forms.base import Form, LineField, answered


class NewPasswordForm(Form):
    password = PasswordField("New password", [answered("Choose a password.")])


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField("Present password", [answered("Enter your present password.")])


class ForgottenPasswordForm(Form):
    email = LineField("E-mail", answered("Enter your e-mail address."), longest=254)


class ChangeAddressForm(Form):
    email = LineField("New e-mail", answered("Enter the new address."), longest=254)


class UnlockForm(Form):
    password = PasswordField("Password")
