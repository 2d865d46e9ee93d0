"""The form of a location and of a file of locations."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    DataRequired,
    Email,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from app.accounts.forms import known_timezone
from app.core.errors import UserError
from app.locations import rules
from scrapers.types import DAYS

LANGUAGES = (
    ("en", "English"),
    ("ko", "한국어"),
    ("ja", "日本語"),
    ("es", "Español"),
    ("de", "Deutsch"),
    ("fr", "Français"),
)
TONES = (("warm", "Warm"), ("plain", "Plain"), ("formal", "Formal"), ("playful", "Playful"))
VERTICALS = (
    ("", "Something else"),
    ("cafe", "Café or bakery"),
    ("restaurant", "Restaurant or bar"),
    ("hotel", "Hotel or guest house"),
    ("salon", "Hair or beauty"),
    ("auto", "Cars or bicycles"),
    ("plumber", "Plumbing, heating, repairs"),
    ("shop", "Shop"),
    ("gym", "Gym or studio"),
    ("dentist", "Dentist"),
    ("clinic", "Clinic or doctor"),
    ("vet", "Vet"),
    ("legal", "Law or accounting"),
)
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def countries() -> list[tuple[str, str]]:
    """Two letters and name of every country, in the reader's language and order."""
    return _countries(str(get_locale() or "en"))


@cache
def _countries(language: str) -> list[tuple[str, str]]:
    names = Locale.parse(language).territories
    found = [(code, names[code]) for code in rules.COUNTRIES if code in names]
    return [("", "Choose a country"), *sorted(found, key=lambda pair: pair[1])]


def by_rule(check: Callable[[str], Any]) -> Callable[[FlaskForm, Field], None]:
    """A WTForms validator from a rule that raises UserError."""

    def validate(_form: FlaskForm, field: Field) -> None:
        try:
            check(field.data or "")
        except UserError as error:
            raise ValidationError(str(error)) from None

    return validate


def _phone(form: FlaskForm, field: Field) -> None:
    country = form["country"].data or "US"
    by_rule(lambda typed: rules.phone(typed, country))(form, field)


class LocationForm(FlaskForm):
    """One place of business: the record that every listing is compared with."""

    name = StringField("Name", [DataRequired(), Length(max=200)])
    street = StringField("Street, number and unit", [Optional(), Length(max=200)])
    locality = StringField("City or town", [Optional(), Length(max=100)])
    region = StringField("State, county or region", [Optional(), Length(max=100)])
    postal_code = StringField("Postal code", [Optional(), Length(max=20)])
    country = SelectField("Country", [InputRequired("Choose a country.")], choices=countries)
    phone = StringField("Phone", [Optional(), Length(max=40), _phone])
    website = StringField("Website", [Optional(), Length(max=300), by_rule(rules.website)])
    email = EmailField(
        "Mailbox for customers",
        [Optional(), Email(), Length(max=200)],
        description="Suggested replies name it where something is better said in private.",
    )
    categories = StringField(
        "What kind of business", [Optional(), Length(max=200)], description="Such as: café, bakery"
    )

    special_hours = TextAreaField(
        "Special days",
        [Optional(), Length(max=3000), by_rule(rules.special_days)],
        description="One on each line, such as: 25 December 2026 closed",
        render_kw={"rows": 3},
    )

    vertical = SelectField("Trade", choices=VERTICALS, description="Decides which rules hold.")
    language = SelectField("Language of the place", choices=LANGUAGES)
    signature = StringField(
        "Replies are signed",
        [Optional(), Length(max=120)],
        description="Such as: Bridget, owner of Tyre Lane Cycles",
    )
    promise_hours = IntegerField(
        "Every review answered within (hours)", [InputRequired(), NumberRange(1, 720)], default=24
    )
    escalation_to_id = SelectField(
        "Who hears at once of legal and safety matters",
        coerce=lambda value: int(value) if value else None,
        choices=[],
    )
    timezone = StringField("Time zone", [DataRequired(), known_timezone])
    reviews_every_hours = IntegerField(
        "Reviews are read every (hours)", [InputRequired(), NumberRange(1, 720)], default=6
    )
    audit_every_hours = IntegerField(
        "Listings are audited every (hours)", [InputRequired(), NumberRange(6, 2160)], default=168
    )

    @property
    def hours(self) -> list[tuple[str, Field]]:
        """The seven fields of opening hours with the names of their days."""
        return [(name, self[f"hours_{day}"]) for day, name in zip(DAYS, DAY_NAMES, strict=True)]


for _day, _name in zip(DAYS, DAY_NAMES, strict=True):
    setattr(
        LocationForm,
        f"hours_{_day}",
        StringField(_name, [Optional(), Length(max=80), by_rule(rules.hours_of_day)]),
    )


class FactForm(FlaskForm):
    """A sentence that replies may say."""

    text = StringField(
        "A fact replies may use",
        [DataRequired(), Length(max=200)],
        description="Such as: We are open on Sundays from 9 to 14.",
    )


class ImportForm(FlaskForm):
    """A CSV file of locations; `text` carries it from the preview to the import."""

    file = FileField("CSV file")
    text = TextAreaField(validators=[Length(max=1_000_000)])
    good_only = BooleanField("Import the rows that are in order, leave the others out")


class ArchiveForm(FlaskForm):
    """Nothing but the token."""
