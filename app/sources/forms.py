"""The form of a Source's keys, made from what its Connector asks for."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField
from wtforms.validators import DataRequired, Length

# What owners find these called on the platforms' own pages.
WORDS = {
    "api_key": "API key",
    "client_id": "Client ID",
    "client_secret": "Client secret",
    "access_token": "Access token",
    "page_token": "Page access token",
    "partner_token": "Partner token (for replies; only with a contract)",
}


def account_form(asked_for: tuple[str, ...], kept: set[str]) -> FlaskForm:
    """A form with one hidden-as-typed field per key; what is kept already may stay empty."""

    class AccountForm(FlaskForm):
        """Keys of one source."""

    for name in asked_for:
        label = WORDS.get(name, name.replace("_", " ").capitalize())
        required = [] if name in kept or name.startswith("partner") else [DataRequired()]
        note = "Kept. Leave empty to keep it." if name in kept else ""
        field = PasswordField(label, [*required, Length(max=4000)], description=note)
        setattr(AccountForm, name, field)
    return AccountForm()


class PlacesForm(FlaskForm):
    """Which place of the access is which location; the fields are added per place."""


def places_form(count: int, locations: list[tuple[str, str]]) -> FlaskForm:
    """A form with one choice of location per place: `place_0`, `place_1`, …"""

    class Choices(PlacesForm):
        """One field per place."""

    for number in range(count):
        field = SelectField(choices=[("", "not one of mine"), *locations])
        setattr(Choices, f"place_{number}", field)
    return Choices()
