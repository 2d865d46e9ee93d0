"""The room Reviews: every review, searchable."""

from __future__ import annotations

from babel import Locale
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from sqlalchemy import select

from app.core.web import db, parts
from app.listings.models import Listing
from app.listings.naming import source_name
from app.locations.models import Location
from app.reviews import queries
from app.reviews.forms import SearchForm

blueprint = Blueprint("reviews", __name__, template_folder="templates")

ROWS = 30
# A longer list is no help in a select; such organizations come in by the location's page.
LOCATIONS_TO_CHOOSE = 40


@blueprint.get("/reviews")
def all_reviews() -> ResponseReturnValue:
    """Reviews that match, newest first."""
    form = SearchForm(request.args)
    form.offer(sources=_sources(), locations=_locations(), languages=_languages())
    page = queries.page(db, form.wanted(), request.args.get("after"), ROWS)
    return render_template("reviews/all.html", form=form, page=page)


def _sources() -> list[tuple[str, str]]:
    keys = db.scalars(select(Listing.source_key).distinct())
    return sorted((key, source_name(parts().catalog, key)) for key in keys)


def _locations() -> list[tuple[str, str]]:
    rows = db.execute(
        select(Location.id, Location.name)
        .where(Location.archived_at.is_(None))
        .order_by(Location.name)
        .limit(LOCATIONS_TO_CHOOSE + 1)
    ).all()
    return [(str(row.id), row.name) for row in rows] if len(rows) <= LOCATIONS_TO_CHOOSE else []


def _languages() -> list[tuple[str, str]]:
    names = (get_locale() or Locale("en")).languages
    return [(code, names.get(code, code)) for code in queries.languages(db)]
