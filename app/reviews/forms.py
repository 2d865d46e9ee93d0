"""The search of all reviews, as it stands in the address."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Form, SearchField, SelectField, TextAreaField

from app.reviews.models import Answered, Stand
from app.reviews.queries import ReviewFilter
from app.ui.words import count

Choices = Sequence[tuple[str, str]]

# Value in the address → lowest and highest number of stars.
STARS = {"low": (None, 3.0), "5": (4.5, None), "4": (3.5, 4.49), "3": (2.5, 3.49), "2": (1.5, 2.49)}
STARS |= {"1": (None, 1.49)}

STANDS = {
    "open": "Waiting for an answer",
    "answered": "Answered",
    "dismissed": "No reply needed",
    "set aside": "Set aside",
    "removed": "Not on the site any more",
    "copy": "Copies from other sites",
    "cannot see": "Replies cannot be seen",
}


class FileForm(FlaskForm):
    """A file of reviews; `text` carries it from the preview to the storing."""

    file = FileField("The file: CSV, JSON, or JSON Lines")
    text = TextAreaField()


class SearchForm(Form):
    """Words and filters. A value that is not offered is no filter."""

    q = SearchField("Words in a name, a text or a reply")
    location = SelectField("Location", validate_choice=False)
    source = SelectField("Site", validate_choice=False)
    stars = SelectField(
        "Stars",
        validate_choice=False,
        choices=[
            ("", "Any stars"),
            ("low", "1 to 3 stars"),
            *((n, count(int(n), "star")) for n in "54321"),
        ],
    )
    stand = SelectField(
        "State", validate_choice=False, choices=[("", "Any state"), *STANDS.items()]
    )
    language = SelectField("Language", validate_choice=False)

    def offer(self, sources: Choices, locations: Choices, languages: Choices) -> None:
        """Fill the choices; a filter with nothing to choose from goes away."""
        for field, says, choices in (
            (self.source, "Every site", sources),
            (self.location, "Every location", locations),
            (self.language, "Every language", languages),
        ):
            if len(choices) > 1:
                field.choices = [("", says), *choices]
            else:
                del self[field.name]

    def wanted(self) -> ReviewFilter:
        """The same for the query."""
        lowest, highest = STARS.get(self._chosen("stars"), (None, None))
        stand, location = self._chosen("stand"), self._chosen("location")
        return ReviewFilter(
            search=(self.q.data or "")[:200],
            location_ids=[int(location)] if location else None,
            source_key=self._chosen("source") or None,
            min_stars=lowest,
            max_stars=highest,
            stand=Stand(stand) if stand and stand != Answered.CANNOT_SEE else None,
            answered=Answered.CANNOT_SEE if stand == Answered.CANNOT_SEE else None,
            language=self._chosen("language") or None,
        )

    def args(self) -> dict[str, str]:
        """The search as it goes into an address."""
        return {name: value for name, value in self.data.items() if value}

    def _chosen(self, name: str) -> str:
        if name not in self:
            return ""
        offered = {choice[0] for choice in getattr(self[name], "choices", None) or ()}
        return self[name].data if self[name].data in offered else ""
