"""Saved replies, and the voice of a location."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.accounts.access import needs
from app.accounts.models import MemberRole
from app.core.web import db, parts
from app.locations import service as locations
from app.locations.models import Location
from app.replies import saved, voice
from app.replies.engine.types import LANGUAGES
from app.replies.forms import SavedReplyForm, VoiceForm
from app.replies.topics import topic_name

blueprint = Blueprint("replies", __name__, template_folder="templates")
blueprint.add_app_template_filter(topic_name)


@blueprint.route("/settings/saved", methods=["GET", "POST"])
@needs(MemberRole.RESPONDER)
def all_saved() -> ResponseReturnValue:
    """Every saved reply with what it is about, and a form for a new one."""
    form = _with_places(SavedReplyForm())
    if form.validate_on_submit():
        saved.keep(db, *_values(form), parts().clock)
        db.commit()
        flash("Kept. What is written from now on may draw from it.", "done")
        return redirect(url_for(".all_saved"))
    return render_template("replies/saved.html", form=form, kept=saved.kept(db))


@blueprint.route("/settings/saved/<int:saved_id>", methods=["GET", "POST"])
@needs(MemberRole.RESPONDER)
def one_saved(saved_id: int) -> ResponseReturnValue:
    """Change a saved reply."""
    row = saved.get(db, saved_id)
    form = _with_places(SavedReplyForm(obj=row))
    if form.validate_on_submit():
        saved.change(db, row, *_values(form), parts().clock)
        db.commit()
        flash("Saved. Suggestions that wait are written anew.", "done")
        return redirect(url_for(".all_saved"))
    return render_template("replies/one_saved.html", form=form, saved=row)


@blueprint.post("/settings/saved/<int:saved_id>/remove")
@needs(MemberRole.RESPONDER)
def remove_saved(saved_id: int) -> ResponseReturnValue:
    """Let a saved reply go."""
    saved.remove(db, saved_id, parts().clock)
    db.commit()
    flash("Removed. Suggestions that wait are written anew.", "done")
    return redirect(_back())


@blueprint.route("/locations/<int:location_id>/voice", methods=["GET", "POST"])
@needs(MemberRole.MANAGER)
def voice_of(location_id: int) -> ResponseReturnValue:
    """How replies sound, with two of them as they would be; `show` looks without saving."""
    location = locations.get(db, location_id)
    learned = voice.learned(db, location_id)
    form = VoiceForm(data=voice.as_typed(location, learned))
    chosen = form.validate_on_submit()
    said = voice.as_voice(form.data)
    signature = form.signature.data or ""
    if chosen and "show" not in request.form:
        values = {"voice": said, "signature": signature.strip()}
        locations.change(db, location, values, parts().clock)
        db.commit()
        flash("Saved. Suggestions that wait are written anew.", "done")
        return redirect(url_for(".voice_of", location_id=location_id))
    shown_in = form.shown_in.data if form.shown_in.data in LANGUAGES else location.language
    return render_template(
        "replies/voice.html",
        form=form,
        location=location,
        shown=voice.show(db, location, said, signature, shown_in, parts().clock),
        learned=learned,
    )


def _back() -> str:
    """The inbox the person came from, or the list; no other address."""
    back = request.args.get("back", "")
    return back if back.startswith("/inbox") else url_for(".all_saved")


def _values(form: SavedReplyForm) -> tuple[str, str, int | None]:
    return form.text.data or "", form.title.data or "", form.location_id.data


def _with_places(form: SavedReplyForm) -> SavedReplyForm:
    """The form with the organization's locations to choose from."""
    places = db.execute(
        select(Location.id, Location.name)
        .where(Location.archived_at.is_(None))
        .order_by(Location.name)
    ).all()
    form.location_id.choices = [("", "all locations"), *((id_, name) for id_, name in places)]
    return form
