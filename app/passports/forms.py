"""Forms of passports."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from app.locations.forms import by_rule
from app.locations.rules import website
from app.passports.sheet import CLAIM_STATES


class PassportForm(FlaskForm):
    """Who can correct a listing. Never a password."""

    claim_state = SelectField("Claimed there", choices=[(state, state) for state in CLAIM_STATES])
    login_holder = StringField(
        "Who holds the login",
        [Optional(), Length(max=200)],
        description="A person or an office, never a password.",
    )
    edit_url = StringField("Where it is corrected", [Optional(), Length(max=500), by_rule(website)])
    note = TextAreaField("Note", [Optional(), Length(max=2000)])
    proved = BooleanField("I have just looked at it there")


class PassportsFileForm(FlaskForm):
    """A file of passports."""

    file = FileField("CSV or JSON file", [FileRequired("Choose a file.")])
