"""The form of a rule."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from app.locations.forms import LANGUAGES
from app.reply_rules.models import Action

ACTIONS = (
    (Action.DRAFT, "Suggest; a person answers each"),
    (Action.TOGETHER, "Let a person approve many at once"),
    (Action.POST, "Post after a delay, unless somebody takes it back"),
)
STARS = [(str(n), f"{n} star{'s' if n > 1 else ''}") for n in range(1, 6)]


class RuleForm(FlaskForm):
    """Which reviews, and what happens with their suggestions."""

    least_stars = SelectField("From", choices=STARS, default="5")
    most_stars = SelectField("To", choices=STARS, default="5")
    has_text = SelectField(
        "Text", choices=[("", "with or without text"), ("y", "with text"), ("n", "stars only")]
    )
    language = SelectField("Language", choices=[("", "any language"), *LANGUAGES])
    source_key = SelectField("Source", choices=[])
    location_id = SelectField("Location", choices=[])
    action = SelectField("What happens", choices=[(str(value), says) for value, says in ACTIONS])
    delay_minutes = IntegerField(
        "Delay before posting (minutes)",
        [InputRequired(), NumberRange(10, 10_080)],
        default=60,
        description="Until then it can be taken back in the inbox.",
    )

    def validate_most_stars(self, field: SelectField) -> None:
        if int(field.data) < int(self.least_stars.data):
            raise ValidationError("The upper bound lies below the lower one.")
