"""The town over HTTP: /<directory>/<business>, POST /move/<name>, and, asked for by their own
host names, the websites of its businesses."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.sample import town

PER_PAGE = 10


def create_town(memory: town.Town) -> Flask:
    """The town's web server, apart from Goodword's own."""
    app = Flask("app.sample", template_folder="templates", static_folder=None)

    app.before_request(_website)

    @app.get("/")
    def square() -> str:
        moves = town.data()["moves"]
        return render_template("town/square.html", town=town.data(), moves=moves, done=memory.moves)

    @app.post("/move/<name>")
    def move(name: str) -> ResponseReturnValue:
        if name not in town.data()["moves"]:
            abort(404)
        return {"happens": memory.move(name)}

    @app.get("/<directory>/<business>")
    def page(directory: str, business: str) -> ResponseReturnValue:
        _known(directory, business)
        if answer := _trouble(directory, memory.moves):
            return answer
        held = memory.reviews(directory, business)
        listing = town.listing(directory, business)
        if town.data()["directories"][directory]["form"] == "api":
            return _as_json(listing, held)
        return _as_page(directory, business, listing, held)

    @app.put("/cityvoice/<business>/reviews/<review_id>/reply")
    def reply(business: str, review_id: str) -> ResponseReturnValue:
        if review_id not in {review.id for review in memory.reviews("cityvoice", business)}:
            abort(404)
        text = str((request.get_json() or {}).get("text", ""))
        if not text.strip():
            return {"error": "A reply needs a text."}, 400
        memory.take_reply(review_id, text)
        return {"text": text, "state": "accepted"}

    return app


def _website() -> ResponseReturnValue | None:
    """The page of a website of the town; None for the town's own address."""
    site = town.data()["websites"].get(request.host)
    if site is None:
        return None
    if request.path != "/":
        abort(404)
    if leads_to := site.get("leads_to"):
        return redirect(leads_to, 301)
    return render_template("town/website.html", place=town.data()["businesses"][site["business"]])


def _known(directory: str, business: str) -> None:
    if directory not in town.data()["directories"] or business not in town.data()["businesses"]:
        abort(404)


def _trouble(directory: str, moves: list[str]) -> ResponseReturnValue | None:
    match town.trouble(directory, moves):
        case "too_many":
            return "Slow down, please.", 429, {"Retry-After": "120"}
        case "challenge":
            return render_template("town/challenge.html")
        case "layout":
            return render_template("town/relaunch.html")
    return None


def _as_page(
    directory: str, business: str, listing: dict[str, Any], held: list[town.TownReview]
) -> str:
    shown = town.data()["directories"][directory]
    number = max(request.args.get("page", 1, int), 1)
    pages = -(-len(held) // PER_PAGE) if shown["form"] == "paged" else 1
    part = held[(number - 1) * PER_PAGE : number * PER_PAGE] if pages > 1 else held
    return render_template(
        f"town/{shown['form']}.html",
        title=shown["title"],
        shows_replies=shown["replies"],
        url=request.base_url,
        business=business,
        place=listing,
        reviews=part,
        count=len(held),
        average=round(sum(r.stars for r in held) / len(held), 1) if held else None,
        next_page=number + 1 if number < pages else None,
    )


def _as_json(listing: dict[str, Any], held: list[town.TownReview]) -> dict[str, Any]:
    number = max(request.args.get("page", 1, int), 1)
    part = held[(number - 1) * PER_PAGE : number * PER_PAGE]
    shown = ("name", "phone", "website", "email", "categories", "hours", "latitude", "longitude")
    address = ("street", "locality", "region", "postal_code", "country")
    return {
        "place": {name: listing.get(name) for name in shown}
        | {"address": {name: listing.get(name) for name in address}},
        "total": len(held),
        "next_page": number + 1 if number * PER_PAGE < len(held) else None,
        "reviews": [
            {
                "id": review.id,
                "author": review.author,
                "stars": review.stars,
                "text": review.text or None,
                "written_at": review.written_at.isoformat(),
                "reply": {"text": review.reply} if review.reply else None,
            }
            for review in part
        ],
    }
