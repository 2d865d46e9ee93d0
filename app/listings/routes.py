"""Listings: pasting links, and files of locations with their links."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy import select

from app.accounts.access import needs
from app.accounts.models import MemberRole
from app.core.crypto import Vault
from app.core.errors import UserError
from app.core.web import db, parts
from app.listings.adding import add_listings, remove_listing, restore_listing
from app.listings.forms import LinksForm
from app.listings.links import Link, read_links
from app.listings.models import Listing
from app.locations import importing, service
from app.locations.forms import ArchiveForm, ImportForm
from app.locations.models import Location
from app.sources.forms import places_form
from app.sources.rules import why_not_read
from app.sources.service import opened, switches
from app.ui.pages import flash_undo
from app.ui.words import count

blueprint = Blueprint("listings", __name__, template_folder="templates")


@blueprint.route("/locations/<int:location_id>/listings", methods=["GET", "POST"])
@needs(MemberRole.MANAGER)
def links(location_id: int) -> ResponseReturnValue:
    """Paste the pages on which a location is listed; each is read within a minute."""
    location = service.get(db, location_id)
    form = LinksForm()
    refused = []
    if form.validate_on_submit():
        pasted = read_links(form.links.data or "", parts().catalog)
        refused = [link for link in pasted if link.problem]
        added = add_listings(db, location_id, pasted, parts().clock)
        db.commit()
        for says in _unread(pasted):
            flash(says, "caution")
        if added:
            flash(f"Reading {len(added)} of your pages now.", "done")
        if not refused:
            return redirect(url_for(".links", location_id=location_id))
        form.links.data = "\n".join(link.typed for link in refused)
    rows = db.scalars(
        select(Listing)
        .where(Listing.location_id == location_id, Listing.archived_at.is_(None))
        .order_by(Listing.source_key, Listing.url)
    ).all()
    return render_template(
        "listings/links.html",
        location=location,
        form=form,
        refused=refused,
        listings=rows,
        catalog=parts().catalog,
        remove_form=ArchiveForm(formdata=None),
    )


def _unread(links: list[Link]) -> set[str]:
    """Why some of the pasted pages will not be read."""
    switched = switches(db)
    found = (
        why_not_read(link.source, switched.get(link.source.key)) for link in links if link.source
    )
    return {says for says in found if says}


@blueprint.post("/listings/<int:listing_id>/remove")
@needs(MemberRole.MANAGER)
def remove(listing_id: int) -> ResponseReturnValue:
    """Stop reading a page."""
    row = remove_listing(db, listing_id, parts().clock)
    db.commit()
    flash_undo(
        "This page is not read any more. What it said is kept.",
        url_for(".restore", listing_id=row.id),
    )
    return redirect(url_for(".links", location_id=row.location_id))


@blueprint.post("/listings/<int:listing_id>/restore")
@needs(MemberRole.MANAGER)
def restore(listing_id: int) -> ResponseReturnValue:
    """Read a page again that was taken off."""
    row = restore_listing(db, listing_id, parts().clock)
    db.commit()
    flash("This page is read again.", "done")
    return redirect(url_for(".links", location_id=row.location_id))


@blueprint.route("/locations/import", methods=["GET", "POST"])
@needs(MemberRole.MANAGER)
def import_file() -> ResponseReturnValue:
    """Show what a CSV file would change; store it when the person says so."""
    form = ImportForm()
    if request.method == "GET" or not form.validate():
        return render_template("listings/import.html", form=form, columns=importing.COLUMNS)
    try:
        text = form.text.data or importing.decode(form.file.data.read() if form.file.data else b"")
        sheet = importing.read(text)
    except UserError as error:
        form.file.errors = [str(error)]
        page = render_template("listings/import.html", form=form, columns=importing.COLUMNS)
        return page, 422
    if form.text.data and (form.good_only.data or len(sheet.good) == len(sheet.rows)):
        return _import(sheet)
    known = {row.number: service.matching(db, row) for row in sheet.good}
    changes = {
        row.number: service.differences(place, row.values)
        for row in sheet.good
        if (place := known[row.number])
    }
    form.text.data = text
    return render_template("listings/preview.html", form=form, sheet=sheet, changes=changes)


def _import(sheet: importing.Sheet) -> ResponseReturnValue:
    defaults = {"timezone": current_user.timezone, "language": "en"}
    added = 0
    for row in sheet.good:
        location = service.import_row(db, row, defaults, parts().clock)
        links = read_links(" ".join(row.values.get("listings", ())), parts().catalog)
        added += len(add_listings(db, location.id, links, parts().clock))
    db.commit()
    says = f"{count(len(sheet.good), 'location is', 'locations are')} in."
    flash(f"{says} Their listings are being read now." if added else says, "done")
    return redirect(url_for("locations.all_locations"))


@blueprint.route("/settings/sources/<key>/places", methods=["GET", "POST"])
@needs(MemberRole.OWNER)
def choose_places(key: str) -> ResponseReturnValue:
    """Say which place of a connected access is which location; each becomes a Listing."""
    account = opened(db, key, Vault(parts().settings.key("accounts")))
    mine = db.scalars(select(Location).where(Location.archived_at.is_(None))).all()
    db.rollback()  # no transaction stays open while the source is asked
    places = parts().connector.places(key, account)
    form = places_form(len(places), [(str(row.id), row.name) for row in mine])
    if not form.validate_on_submit():
        return render_template("listings/places.html", form=form, places=places)
    source = parts().catalog.get(key)
    for number, place in enumerate(places):
        if location_id := form[f"place_{number}"].data:
            link = Link(place.url, place.url, source)
            add_listings(db, int(location_id), [link], parts().clock)
    db.commit()
    flash("Reading your places now.", "done")
    return redirect("/inbox")
