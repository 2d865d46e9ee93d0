"""Sources: what each allows, connecting the owner's own access, choosing places."""

from __future__ import annotations

import hmac
import secrets

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import membership, needs
from app.accounts.models import MemberRole
from app.core.crypto import Vault
from app.core.errors import NotFound, UserError
from app.core.ports import SourceInfo
from app.core.web import db, parts
from app.sources import service
from app.sources.forms import account_form
from app.sources.models import SourceAccount
from app.sources.rules import news_token, why_not_read

blueprint = Blueprint("sources", __name__, template_folder="templates")


@blueprint.get("/settings/sources")
@needs(MemberRole.MANAGER)
def all_sources() -> ResponseReturnValue:
    """Every source there is: by what right it is read, and whether it is connected."""
    accounts = {row.source_key: row for row in db.query(SourceAccount)}
    sources = sorted(parts().catalog.all_sources(), key=lambda source: source.name.casefold())
    switched = service.switches(db)
    return render_template(
        "sources/all.html",
        sources=sources,
        accounts=accounts,
        unread={one.key: why_not_read(one, switched.get(one.key)) for one in sources},
    )


@blueprint.post("/settings/sources/<key>/<any(on, off):state>")
@needs(MemberRole.OWNER)
def switch(key: str, state: str) -> ResponseReturnValue:
    """Decide whether a source is read."""
    source = _source(key)
    service.switch(db, key, state == "on", current_user.id, parts().clock)
    db.commit()
    soon = " Its pages are read at their next turn, or by “Read them now” under Listings."
    flash(f"{source.name} is {state}.{soon if state == 'on' else ''}", "done")
    return redirect(url_for(".all_sources"))


@blueprint.route("/settings/sources/<key>", methods=["GET", "POST"])
@needs(MemberRole.OWNER)
def connect(key: str) -> ResponseReturnValue:
    """Enter the keys of a source; then say yes on its own page, where it wants that."""
    source = _source(key)
    kept = service.opened(db, key, _vault())
    form = account_form(parts().connector.asked_for(key), set(kept))
    if not form.validate_on_submit():
        account = service.find(db, key)
        return render_template(
            "sources/connect.html",
            source=source,
            form=form,
            account=account,
            news_url=_news_url(source) if source.tells_news else None,
        )
    typed = {
        field.name: field.data.strip()
        for field in form
        if field.name != "csrf_token" and field.data and field.data.strip()
    }
    service.keep(db, key, typed, _vault(), current_user.id, parts().clock)
    db.commit()
    state = secrets.token_urlsafe(24)
    consent = parts().connector.consent_url(key, kept | typed, _redirect_uri(key), state)
    if consent is None:
        flash(f"{source.name} is connected.", "done")
        return redirect(url_for(".all_sources"))
    session["consent_state"] = state
    return redirect(consent)


@blueprint.get("/settings/sources/<key>/consent")
@needs(MemberRole.OWNER)
def consent(key: str) -> ResponseReturnValue:
    """Where the source sends the owner back to, with a code or with their no."""
    source = _source(key)
    expected = session.pop("consent_state", "")
    if not expected or not hmac.compare_digest(expected, request.args.get("state", "")):
        abort(400, "This answer does not belong to the connection you began. Begin it again.")
    code = request.args.get("code")
    if not code:
        flash(f"{source.name} was not connected: nothing was allowed there.", "caution")
        return redirect(url_for(".connect", key=key))
    kept = service.opened(db, key, _vault())
    db.rollback()  # no transaction stays open while the source is asked
    try:
        gained = parts().connector.exchange(key, kept, code, _redirect_uri(key))
    except UserError as error:
        flash(str(error), "caution")
        return redirect(url_for(".connect", key=key))
    service.keep(db, key, gained, _vault(), current_user.id, parts().clock)
    db.commit()
    return redirect(url_for("listings.choose_places", key=key))


@blueprint.post("/settings/sources/<key>/forget")
@needs(MemberRole.OWNER)
def forget(key: str) -> ResponseReturnValue:
    """Delete the kept access."""
    source = _source(key)
    service.forget(db, key)
    db.commit()
    flash(f"The access to {source.name} is deleted here. Withdraw it there, too.", "done")
    return redirect(url_for(".all_sources"))


def _source(key: str) -> SourceInfo:
    try:
        return parts().catalog.get(key)
    except KeyError:
        raise NotFound("There is no such source.") from None


def _vault() -> Vault:
    return Vault(parts().settings.key("accounts"))


def _news_url(source: SourceInfo) -> str:
    organization_id = membership.organization_id
    token = news_token(parts().settings.key("news"), source.key, organization_id)
    path = url_for("hooks.news", key=source.key, organization_id=organization_id, token=token)
    return parts().settings.base_url.rstrip("/") + path


def _redirect_uri(key: str) -> str:
    return parts().settings.base_url.rstrip("/") + url_for(".consent", key=key)
