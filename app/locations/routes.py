"""Locations: the list, the form, the file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy import select

from app.accounts.access import needs
from app.accounts.models import MemberRole
from app.accounts.queries import members
from app.core.web import db, number, parts
from app.locations import queries, rules, service
from app.locations.forms import ArchiveForm, FactForm, LocationForm
from app.locations.models import Location, LocationFact
from scrapers.types import DAYS

# Fields of the form that several columns, or none, are made of.
NOT_COLUMNS = ("csrf_token", "categories", "special_hours")

blueprint = Blueprint("locations", __name__, template_folder="templates")


@blueprint.get("/settings/locations")
def all_locations() -> ResponseReturnValue:
    """The locations that are worked for."""
    text = request.args.get("q", "")
    found = queries.search(db, text, request.args.get("page", 1, number))
    return render_template("locations/all.html", found=found, text=text)


@blueprint.route("/locations/new", methods=["GET", "POST"])
@needs(MemberRole.MANAGER)
def new() -> ResponseReturnValue:
    """Add a location by form."""
    form = _with_people(LocationForm(timezone=current_user.timezone))
    if not form.validate_on_submit():
        return render_template("locations/form.html", form=form, location=None)
    location = service.create(db, _values(form), parts().clock)
    db.commit()
    return redirect(url_for("listings.links", location_id=location.id))


@blueprint.route("/locations/<int:location_id>", methods=["GET", "POST"])
@needs(MemberRole.MANAGER)
def edit(location_id: int) -> ResponseReturnValue:
    """Change a location."""
    location = service.get(db, location_id)
    typed = _typed(location) if request.method == "GET" else None
    form = _with_people(LocationForm(data=typed))
    if form.validate_on_submit():
        of_record = service.change(db, location, _values(form), parts().clock)
        db.commit()
        if of_record:
            flash("Saved. The listings are compared with it again now.", "done")
            return redirect(url_for("room.work_list", location=location_id))
        flash("Saved.", "done")
        return redirect(url_for(".edit", location_id=location_id))
    facts = db.scalars(select(LocationFact).where(LocationFact.location_id == location_id)).all()
    return render_template(
        "locations/form.html",
        form=form,
        location=location,
        facts=facts,
        fact_form=FactForm(formdata=None),
        archive_form=ArchiveForm(formdata=None),
    )


@blueprint.post("/locations/<int:location_id>/facts")
@needs(MemberRole.MANAGER)
def add_fact(location_id: int) -> ResponseReturnValue:
    """Approve a sentence that replies may say."""
    form = FactForm()
    service.get(db, location_id)
    if form.validate_on_submit():
        service.add_fact(db, location_id, form.text.data or "", current_user.id, parts().clock)
        db.commit()
    else:
        flash("A fact is one sentence of up to 200 letters.", "caution")
    return redirect(url_for(".edit", location_id=location_id, _anchor="facts"))


@blueprint.post("/locations/<int:location_id>/facts/<int:fact_id>/remove")
@needs(MemberRole.MANAGER)
def remove_fact(location_id: int, fact_id: int) -> ResponseReturnValue:
    """Take a fact back."""
    service.remove_fact(db, fact_id, parts().clock)
    db.commit()
    return redirect(url_for(".edit", location_id=location_id, _anchor="facts"))


@blueprint.post("/locations/<int:location_id>/archive")
@needs(MemberRole.MANAGER)
def archive(location_id: int) -> ResponseReturnValue:
    """Stop working for a location."""
    location = service.get(db, location_id)
    service.archive(db, location, parts().clock)
    db.commit()
    flash(f"{location.name} is put away. What was collected is kept.", "done")
    return redirect(url_for(".all_locations"))


def _with_people(form: LocationForm) -> LocationForm:
    """The form with the organization's members to choose from."""
    people = [(seat.user_id, seat.user.name or seat.user.email) for seat in members(db)]
    form.escalation_to_id.choices = [("", "every owner"), *people]
    return form


def _values(form: LocationForm) -> dict[str, Any]:
    """What the form says, as columns of a Location; empty is None."""
    plain = {
        name: (data.strip() or None) if isinstance(data, str) else data
        for name, data in form.data.items()
        if not name.startswith("hours_") and name not in NOT_COLUMNS
    }
    hours = {day: rules.hours_of_day(form[f"hours_{day}"].data or "") for day in DAYS}
    known_hours = {
        day: [list(span) for span in spans] for day, spans in hours.items() if spans is not None
    }
    return plain | {
        "vertical": form.vertical.data or "",
        "signature": (form.signature.data or "").strip(),
        "website": rules.website(plain["website"]) if plain["website"] else None,
        "hours": known_hours or None,
        "special_hours": {
            day: [list(span) for span in spans]
            for day, spans in rules.special_days(form.special_hours.data or "").items()
        },
        "categories": _words(form.categories.data),
    }


def _words(typed: str | None) -> list[str]:
    return [word.strip() for word in (typed or "").split(",") if word.strip()]


def _typed(location: Location) -> dict[str, Any]:
    """The inverse of `_values`: what the form shows of a location."""
    hours = location.hours or {}
    return {
        **{name: getattr(location, name) for name in service.SETTABLE},
        **{f"hours_{day}": rules.typed_hours(hours.get(day)) for day in DAYS},
        "special_hours": rules.typed_special_days(location.special_hours),
        "categories": ", ".join(location.categories),
    }
