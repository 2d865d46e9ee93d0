"""Forms of listings."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length


class LinksForm(FlaskForm):
    """Pasted links, one a line."""

    links = TextAreaField(
        "Links of your pages",
        [DataRequired("Paste at least one link."), Length(max=40_000)],
        description="One a line: your page on Google, Yelp, Trustpilot, your own site, …",
    )
