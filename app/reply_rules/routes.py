"""Rules: the list, making one, trying it, switching it; approving many replies at once."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy import select

from app.accounts.access import needs
from app.accounts.models import MemberRole
from app.core.errors import UserError
from app.core.web import db, number, parts
from app.inbox import service as inbox
from app.listings.models import Listing
from app.locations.models import Location
from app.reply_rules import service
from app.reply_rules.forms import ACTIONS, RuleForm
from app.reply_rules.models import ReplyRule

blueprint = Blueprint("reply_rules", __name__, template_folder="templates")

TEXT = {"": None, "y": True, "n": False}


@blueprint.route("/settings/rules", methods=["GET", "POST"])
@needs(MemberRole.OWNER)
def all_rules() -> ResponseReturnValue:
    """Every rule, and a form for a new one, which is tried before it holds."""
    form = RuleForm()
    places = db.scalars(select(Location).where(Location.archived_at.is_(None))).all()
    keys = db.scalars(select(Listing.source_key).distinct()).all()
    names = [(key, parts().catalog.get(key).name) for key in sorted(keys)]
    form.source_key.choices = [("", "any source"), *names]
    form.location_id.choices = [
        ("", "any location"),
        *((str(place.id), place.name) for place in places),
    ]
    if form.validate_on_submit():
        rule = ReplyRule(
            location_id=int(form.location_id.data) if form.location_id.data else None,
            source_key=form.source_key.data or None,
            language=form.language.data or None,
            least_stars=int(form.least_stars.data),
            most_stars=int(form.most_stars.data),
            has_text=TEXT[form.has_text.data or ""],
            action=form.action.data,
            delay_minutes=form.delay_minutes.data,
            made_at=parts().clock(),
        )
        db.add(rule)
        db.commit()
        return redirect(url_for(".one", rule_id=rule.id))
    rules = db.scalars(select(ReplyRule).order_by(ReplyRule.id)).all()
    return render_template(
        "reply_rules/all.html",
        form=form,
        rules=rules,
        actions=dict(ACTIONS),
        places={place.id: place.name for place in places},
        catalog=parts().catalog,
    )


@blueprint.get("/settings/rules/<int:rule_id>")
@needs(MemberRole.OWNER)
def one(rule_id: int) -> ResponseReturnValue:
    """What the rule would have done on the last 90 days, and its switch."""
    rule = service.get(db, rule_id)
    found = service.back_test(db, rule, parts().catalog, parts().clock)
    return render_template("reply_rules/one.html", rule=rule, found=found, actions=dict(ACTIONS))


@blueprint.post("/settings/rules/<int:rule_id>/<any(on, off):state>")
@needs(MemberRole.OWNER)
def switch(rule_id: int, state: str) -> ResponseReturnValue:
    """Switch the rule in the name of the signed-in person."""
    service.switch(db, rule_id, state == "on", current_user.id, parts().clock)
    db.commit()
    flash(f"The rule is {state}.", "done")
    return redirect(url_for(".all_rules"))


@blueprint.post("/settings/rules/<int:rule_id>/remove")
@needs(MemberRole.OWNER)
def remove(rule_id: int) -> ResponseReturnValue:
    """Delete the rule; what it posted stays."""
    db.delete(service.get(db, rule_id))
    db.commit()
    return redirect(url_for(".all_rules"))


@blueprint.route("/inbox/together", methods=["GET", "POST"])
@needs(MemberRole.RESPONDER)
def together() -> ResponseReturnValue:
    """Approve at once what a rule says may be approved together."""
    waiting = service.to_approve_together(db, parts().catalog, parts().clock)
    if request.method == "GET":
        return render_template("reply_rules/together.html", pile=waiting)
    chosen = set(request.form.getlist("review", number))
    approved, refused = 0, []
    for review, suggestion in waiting:
        if review.id in chosen:
            source = parts().catalog.get(review.listing.source_key)
            try:
                inbox.approve(
                    db, review.id, suggestion.text, source, current_user.id, parts().clock
                )
                approved += 1
            except UserError as error:
                refused.append(str(error))
    db.commit()
    flash(f"{approved} replies leave in ten minutes.", "done")
    for says in refused:
        flash(says, "caution")
    return redirect("/inbox")
