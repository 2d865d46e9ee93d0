"""The room Insights."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from sqlalchemy import select

from app.core.web import db, number, parts
from app.insights import changes, comparisons, outcomes, queries, rules
from app.locations import service as locations
from app.locations.models import Location

blueprint = Blueprint("insights", __name__, template_folder="templates")

LOCATIONS_TO_CHOOSE = 40


@blueprint.get("/insights")
def insights() -> ResponseReturnValue:
    """Questions an owner asks, each with its answer, its chart and its table."""
    now, locale = parts().clock(), str(get_locale())
    chosen = request.args.get("location", type=number)
    places = db.execute(
        select(Location.id, Location.name)
        .where(Location.archived_at.is_(None))
        .order_by(Location.name)
        .limit(LOCATIONS_TO_CHOOSE + 1)
    ).all()
    place = locations.get(db, chosen) if chosen else None
    audited = place.id if place else places[0].id if len(places) == 1 else None
    answers = [
        rules.in_time(queries.weeks(db, chosen, now), queries.answer_time(db, chosen, now), locale),
        rules.rated(queries.months(db, chosen, now), locale),
    ]
    if audited is not None:
        answers.append(rules.right(queries.scores(db, audited), locale))
    found = outcomes.outcomes(db, chosen, now)
    answers += [
        outcomes.became(found),
        changes.changes(found, audited),
        *comparisons.compared(found),
    ]
    topics = queries.topics(db, chosen, now)
    return render_template(
        "insights/insights.html",
        answers=answers,
        topics=topics,
        spoken=rules.spoken_of(topics),
        place=place,
        places=places if 1 < len(places) <= LOCATIONS_TO_CHOOSE else [],
    )
