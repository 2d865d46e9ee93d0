"""When the digest comes."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectField

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FREQUENCIES = (
    ("daily", "Every day on which there is something to say"),
    ("weekly", "Once a week"),
    ("off", "Not at all"),
)


class DigestForm(FlaskForm):
    """How often, on which day, at which hour of the person's own clock."""

    frequency = SelectField("How often", choices=list(FREQUENCIES))
    weekday = SelectField("Day, for once a week", coerce=int, choices=list(enumerate(WEEKDAYS)))
    hour = SelectField("Hour", coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)])
