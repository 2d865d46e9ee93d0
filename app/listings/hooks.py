"""Where a Source tells of news. Whoever does not know the address learns nothing here."""

from __future__ import annotations

import hmac
from typing import cast

import structlog
from flask import Blueprint, Flask, abort, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from app.accounts.access import public
from app.core.db import scope
from app.core.security import csrf
from app.core.web import db, parts
from app.listings.news import take_in
from app.sources.rules import news_token

log = structlog.get_logger()

# A push names one place; from one address, a busy agency's all arrive within this.
MOST_BYTES = 64 * 1024
PER_MINUTE = "300 per minute"

blueprint = Blueprint("hooks", __name__)


@blueprint.post("/news/<key>/<int:organization_id>/<token>")
@csrf.exempt
@public
def news(key: str, organization_id: int, token: str) -> ResponseReturnValue:
    """Take in one message. 204 is "done, do not send it again"; 503 asks for it once more, when
    the listing is not being read. A wrong address is a page that does not exist."""
    expected = news_token(parts().settings.key("news"), key, organization_id)
    if not hmac.compare_digest(expected.encode(), token.encode()):
        abort(404)
    request.max_content_length = MOST_BYTES
    try:
        told = parts().connector.news(key, request.get_json(force=True, silent=True))
    except (ValueError, RecursionError) as error:
        log.warning("news could not be read", source=key, why=str(error))
        return "", 204
    if told is None:
        return "", 204
    scope(db, organization_id)
    done = take_in(db, key, told, parts().clock)
    db.commit()
    return "", 204 if done else 503


@blueprint.record
def _slow_down(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    name = f"{blueprint.name}.{news.__name__}"
    limited = limiter.limit(PER_MINUTE)(app.view_functions[name])
    app.view_functions[name] = limited  # type: ignore[assignment]
