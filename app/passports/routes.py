"""Passports: the list, one, the file out and in."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import needs
from app.accounts.models import MemberRole
from app.core.errors import UserError
from app.core.web import db, number, parts
from app.listings.naming import correct_at
from app.listings.work import NOBODY
from app.locations.importing import decode
from app.passports import service, sheet
from app.passports.forms import PassportForm, PassportsFileForm
from app.ui.words import count

blueprint = Blueprint("passports", __name__, template_folder="templates")

FORMATS = {"csv": (sheet.to_csv, "text/csv"), "json": (sheet.to_json, "application/json")}


@blueprint.route("/listings/passports", methods=["GET", "POST"])
@needs(MemberRole.MANAGER)
def all_passports() -> ResponseReturnValue:
    """The passports, and a file of them taken in."""
    form = PassportsFileForm()
    if form.validate_on_submit():
        try:
            rows = sheet.read(decode(form.file.data.read()))
        except UserError as error:
            form.file.errors = [str(error)]
        else:
            done = service.take_in(db, rows, parts().catalog, parts().clock)
            db.commit()
            flash(_says(done), "caution" if done.unknown else "done")
            return redirect(url_for(".all_passports"))
    asked = {name: request.args.get(name, "") for name in ("q", "claimed", "holder")}
    return render_template(
        "passports/all.html",
        found=service.search(
            db, asked["q"], asked["claimed"], asked["holder"], request.args.get("page", 1, number)
        ),
        asked={name: value for name, value in asked.items() if value},
        claim_states=sheet.CLAIM_STATES,
        holders=[*((name, name) for name in service.holders(db)), (NOBODY, "Nobody known")],
        correct_at=partial(correct_at, parts().catalog),
        form=form,
    )


@blueprint.get("/listings/passports.csv", defaults={"form": "csv"})
@blueprint.get("/listings/passports.json", defaults={"form": "json"})
@needs(MemberRole.MANAGER)
def download(form: str) -> ResponseReturnValue:
    """Every passport as a file."""
    write, mimetype = FORMATS[form]
    response = Response(write(service.all_passports(db)), mimetype=mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename=goodword-listings.{form}"
    return response


@blueprint.route("/listings/<int:listing_id>/passport", methods=["GET", "POST"])
@needs(MemberRole.MANAGER)
def passport(listing_id: int) -> ResponseReturnValue:
    """One passport."""
    listing = service.get(db, listing_id)
    form = PassportForm(obj=listing)
    if form.validate_on_submit():
        values = {name: form[name].data for name in service.SETTABLE}
        service.change(db, listing, values, bool(form.proved.data), parts().clock)
        db.commit()
        flash("Saved.", "done")
        return redirect(url_for(".all_passports"))
    source = parts().catalog.get(listing.source_key)
    return render_template("passports/one.html", form=form, listing=listing, source=source)


def _says(done: service.TakenIn) -> str:
    says = f"{count(done.changed, 'passport')} changed, {count(done.added, 'listing')} added."
    if done.unknown:
        names = ", ".join(sorted(set(done.unknown))[:5])
        says += f" Left out, because they are not here: {names}."
    return says
