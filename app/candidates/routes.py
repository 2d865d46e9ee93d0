"""Finding listings: the search, its candidates, what is missing."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import needs
from app.accounts.models import MemberRole
from app.candidates import queries, service
from app.core.web import db, parts
from app.locations.service import get

blueprint = Blueprint("candidates", __name__, template_folder="templates")


@blueprint.get("/locations/<int:location_id>/find")
@needs(MemberRole.MANAGER)
def found(location_id: int) -> ResponseReturnValue:
    """Where the location may be listed, and where it is missed."""
    location = get(db, location_id)
    return render_template(
        "candidates/found.html",
        location=location,
        found=queries.found(db, location, parts().catalog),
        catalog=parts().catalog,
    )


@blueprint.post("/locations/<int:location_id>/find")
@needs(MemberRole.MANAGER)
def search(location_id: int) -> ResponseReturnValue:
    """Search now."""
    get(db, location_id)
    service.ask(db, location_id, parts().clock)
    db.commit()
    flash(
        "Looking for it now. This takes a minute: each source is asked one after another.", "done"
    )
    return redirect(url_for(".found", location_id=location_id))


@blueprint.post("/candidates/<int:candidate_id>/accept")
@needs(MemberRole.MANAGER)
def accept(candidate_id: int) -> ResponseReturnValue:
    """This one is ours."""
    sources = {source.key: source for source in parts().catalog.all_sources()}
    row = service.accept(db, candidate_id, sources, current_user.id, parts().clock)
    db.commit()
    flash("It is being read now.", "done")
    return redirect(url_for(".found", location_id=row.location_id))


@blueprint.post("/candidates/<int:candidate_id>/decline")
@needs(MemberRole.MANAGER)
def decline(candidate_id: int) -> ResponseReturnValue:
    """This one is somebody else's."""
    row = service.decline(db, candidate_id, current_user.id, parts().clock)
    db.commit()
    return redirect(url_for(".found", location_id=row.location_id))
