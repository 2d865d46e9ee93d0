"""The form of a saved reply."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.replies.saved import MOST_CHARS, TITLE_CHARS


class SavedReplyForm(FlaskForm):
    """A text to keep."""

    text = TextAreaField(
        "The reply",
        [DataRequired("Write a sentence, then keep it."), Length(max=MOST_CHARS)],
        description="Such as one you were content with. Replies take a sentence of it where it "
        "fits, never the whole.",
    )
    title = StringField(
        "What you call it",
        [Optional(), Length(max=TITLE_CHARS)],
        description="It stands beside each sentence that was taken from it.",
    )
    location_id = SelectField("For", coerce=lambda value: int(value) if value else None, choices=[])
