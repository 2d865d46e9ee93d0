"""Forms of setting up and of people."""

from __future__ import annotations

from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, Email, Length, ValidationError

from app.accounts.models import MemberRole

ROLE_WORDS = {
    MemberRole.OWNER: "Owner: everything, people and settings included",
    MemberRole.MANAGER: "Manager: locations, listings and replies",
    MemberRole.RESPONDER: "Responder: replies",
    MemberRole.VIEWER: "Viewer: looks",
}


def known_timezone(_form: FlaskForm, field: StringField) -> None:
    """Validate that the time zone is one of the IANA names."""
    if field.data not in available_timezones():
        raise ValidationError("Choose a time zone such as Europe/London or Asia/Seoul.")


class PersonForm(FlaskForm):
    """What a person tells of themselves when an account is made."""

    name = StringField("Your name", [DataRequired(), Length(max=100)])
    email = EmailField("Your e-mail address", [DataRequired(), Email(), Length(max=200)])
    password = PasswordField(
        "Password",
        [DataRequired(), Length(min=10, max=200, message="At least 10 characters, please.")],
        description="At least 10 characters. A short sentence is easy to remember.",
    )
    timezone = StringField(
        "Time zone", [DataRequired(), known_timezone], description="For the hour of your digest."
    )


class WelcomeForm(PersonForm):
    """The first-run page."""

    organization = StringField("Name of your business", [DataRequired(), Length(max=200)])
    reply_to = EmailField(
        "A mailbox that somebody reads",
        [DataRequired(), Email(), Length(max=200)],
        description="Answers to the mails that Goodword sends arrive there.",
    )


class InviteForm(FlaskForm):
    """A seat for somebody else."""

    email = EmailField("E-mail address", [DataRequired(), Email(), Length(max=200)])
    role = SelectField("Role", choices=[(str(role), says) for role, says in ROLE_WORDS.items()])


class RoleForm(FlaskForm):
    """Another role for a member."""

    role = SelectField("Role", choices=[(str(role), says) for role, says in ROLE_WORDS.items()])


class OrganizationForm(FlaskForm):
    """What an owner may change of the organization."""

    organization = StringField("Name of your business", [DataRequired(), Length(max=200)])
    reply_to = EmailField(
        "A mailbox that somebody reads",
        [DataRequired(), Email(), Length(max=200)],
        description="Answers to the mails that Goodword sends arrive there.",
    )


class SelfForm(FlaskForm):
    """What a person may change of themselves."""

    name = StringField("Your name", [DataRequired(), Length(max=100)])
    timezone = StringField(
        "Time zone", [DataRequired(), known_timezone], description="For the hour of your digest."
    )
