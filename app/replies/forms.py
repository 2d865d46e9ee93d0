"""The forms of a saved reply and of a voice."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.locations.forms import LANGUAGES, TONES
from app.replies.engine.types import FORMALITIES
from app.replies.saved import MOST_CHARS, TITLE_CHARS
from app.replies.variants import COMPARISONS


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


class VoiceForm(FlaskForm):
    """How the replies of a location sound."""

    tone = SelectField("Tone", choices=TONES)
    length = SelectField(
        "Length", choices=[("", "As it fits"), ("short", "Rather short"), ("long", "Rather long")]
    )
    greeting = StringField(
        "Greeting",
        [Optional(), Length(max=60)],
        description="Such as: Hello {name}, · Empty: as you usually do, else in turn.",
    )
    sign_off = StringField(
        "Above the signature",
        [Optional(), Length(max=60)],
        description="Such as: Warm regards,",
    )
    signature = StringField(
        "Replies are signed",
        [Optional(), Length(max=120)],
        description="Such as: Bridget, owner of Tyre Lane Cycles",
    )
    words_to_use = StringField(
        "Words of your own to use",
        [Optional(), Length(max=300)],
        description="With commas between them.",
    )
    words_to_avoid = StringField("Words to avoid", [Optional(), Length(max=300)])
    compare = SelectField(
        "Try two ways in turn",
        choices=[("", "no"), *((key, one.asks) for key, one in COMPARISONS.items())],
        description="Reviews get the one and the other evenly; Insights tells which does better.",
    )
    learn = BooleanField("Let your own replies shape the suggestions")
    shown_in = SelectField("Show it in", choices=LANGUAGES)

    @property
    def formality(self) -> list[Field]:
        """The fields that choose between tú and usted."""
        return [self[f"formality_{lang}"] for lang in FORMALITIES]


for _lang, (_formal, _informal) in FORMALITIES.items():
    setattr(
        VoiceForm,
        f"formality_{_lang}",
        SelectField(dict(LANGUAGES)[_lang], choices=[("formal", _formal), ("informal", _informal)]),
    )
