"""Bringing in reviews from a file that the owner exported: first shown, then stored."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import needs
from app.accounts.models import MemberRole
from app.core.errors import NotFound, UserError
from app.core.web import db, parts
from app.listings.models import Listing
from app.listings.naming import source_of
from app.locations.importing import decode
from app.reviews import taking_in
from app.reviews.forms import FileForm
from app.reviews.rows import Terms
from app.ui.words import count
from scrapers.types import Extract

blueprint = Blueprint("review_files", __name__, template_folder="templates")

SHOWN = 50
MAX_FILE_CHARS = 4_000_000
MOST_BYTES = 8_000_000  # of a form that carries a file's text, encoded


@blueprint.route("/listings/<int:listing_id>/reviews", methods=["GET", "POST"])
@needs(MemberRole.MANAGER)
def bring_in(listing_id: int) -> ResponseReturnValue:
    """Show what a file would add to a listing; add it when the person says so."""
    request.max_form_memory_size = MOST_BYTES
    listing = db.get(Listing, listing_id)
    if listing is None:
        raise NotFound("There is no such page here.")
    source = source_of(parts().catalog, listing.source_key)
    form = FileForm()
    preview = None
    if form.validate_on_submit():
        try:
            found = _read(form, listing)
            preview = taking_in.preview(db, listing_id, found)
            if "store" in request.form:
                return _store(listing, found, Terms(source.keeps_text, source.retention))
        except UserError as error:
            preview, form.file.errors = None, [str(error)]
    page = render_template(
        "reviews/file.html", form=form, listing=listing, source=source, preview=preview, shown=SHOWN
    )
    return page, 422 if form.errors else 200


def _read(form: FileForm, listing: Listing) -> Extract:
    text = form.text.data or ""
    if form.file.data:
        with form.file.data.stream as file:
            text = decode(file.read())
    if not text.strip():
        raise UserError("The file is empty." if form.file.data else "Choose a file first.")
    if len(text) > MAX_FILE_CHARS:
        raise UserError("The file is too large. Split it.")
    form.text.data = text
    return parts().connector.export(listing.source_key, listing.url, text, parts().clock())


def _store(listing: Listing, found: Extract, terms: Terms) -> ResponseReturnValue:
    done = taking_in.take_in(db, listing.id, found, terms, parts().clock)
    db.commit()
    flash(f"{count(done.added, 'review')} came in.", "done")
    return redirect(url_for("reviews.all_reviews", location=listing.location_id))
