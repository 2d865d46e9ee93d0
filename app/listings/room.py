"""The room Listings: the matrix, the proof behind each mark, and what a person does about it."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy import select

from app.accounts.access import needs
from app.accounts.models import MemberRole
from app.core.errors import NotFound
from app.core.web import db, number, parts
from app.listings import overview, proofs, queries, reading, rules, service, words, work
from app.listings.models import Finding
from app.listings.naming import correct_at, source_name, source_of
from app.listings.nap.compare import FIELDS
from app.listings.nap.score import WEIGHTS
from app.locations import service as locations
from app.ui.pages import flash_undo

blueprint = Blueprint("room", __name__, template_folder="templates")

SHOWN_VISITS = 8


@blueprint.app_template_global("reading")
def _reading() -> reading.Reading:
    """What is being read just now."""
    return reading.look(db, parts().clock())


@blueprint.get("/reading")
def reading_now() -> ResponseReturnValue:
    """The same in a sentence, asked for while something is read."""
    return render_template("reading.html")


@blueprint.get("/listings")
def listings() -> ResponseReturnValue:
    """The matrix of one location; with many, all of them by source."""
    location_id = request.args.get("location", type=number)
    if location_id is None:
        some = overview.first_locations(db)
        if len(some) > 1:
            asked = request.args
            found = overview.page(
                db, asked.get("q", ""), asked.get("page", 1, number), asked.get("sort", "")
            )
            return render_template(
                "listings/overview.html", found=found, orders=overview.ORDERS, words=words
            )
        if not some:
            return render_template("listings/empty.html")
        location_id = some[0]
    return _matrix(location_id)


@blueprint.get("/listings/work")
def work_list() -> ResponseReturnValue:
    """What is to be corrected in all locations or one, what costs most first."""
    catalog = parts().catalog
    wanted = work.Wanted(
        search=request.args.get("search", ""),
        location=request.args.get("location", type=number),
        source=request.args.get("source", ""),
        field=request.args.get("field", ""),
        holder=request.args.get("holder", ""),
    )
    place = locations.get(db, wanted.location) if wanted.location is not None else None
    weights = {source.key: source.weight for source in catalog.all_sources()}
    shown = request.args.get("page", 1, number)
    found = work.work(db, wanted, weights, parts().clock(), shown)
    return render_template(
        "listings/work.html",
        found=found,
        wanted=wanted,
        asked={name: value for name, value in asdict(wanted).items() if value},
        place=place,
        comparing=place is not None and place.next_audit_at <= parts().clock(),
        following=work.following(db, place.id) if place else [],
        sources=[(key, source_name(catalog, key)) for key in found.sources],
        fields=[(name, words.heading(name)) for name in work.POINTS],
        holders=[*((name, name) for name in found.holders), (work.NOBODY, "Nobody known")],
        correct_at=partial(correct_at, catalog),
        words=words,
    )


@blueprint.get("/listings/<int:listing_id>/<field>")
def proof(listing_id: int, field: str) -> ResponseReturnValue:
    """The proof behind one mark, beside its matrix."""
    found = proofs.proof(db, listing_id, field)
    return _matrix(found.location.id, found)


def _matrix(location_id: int, proof: proofs.Proof | None = None) -> str:
    matrix = queries.matrix(db, location_id)
    shows = request.args.get("show", "")
    catalog = parts().catalog
    rows = words.in_order(
        sorted(
            matrix.rows,
            key=lambda row: source_name(
                catalog, row.listing.source_key, row.listing.url
            ).casefold(),
        )
    )
    if shows == "wrong":
        rows = [row for row in rows if row.misleads]
    elif shows == "unsure":
        rows = [row for row in rows if row.unchecked]
    return render_template(
        "listings/matrix.html",
        matrix=matrix,
        rows=rows,
        shows=shows,
        proof=proof,
        variants=locations.variants(db, location_id, proof.field) if proof else [],
        visits=queries.scans(db, proof.listing.id, SHOWN_VISITS) if proof else [],
        source=source_of(parts().catalog, proof.listing.source_key) if proof else None,
        correct_at=correct_at(parts().catalog, proof.listing) if proof else None,
        fields=FIELDS,
        weights=WEIGHTS,
        directories={
            source_name(parts().catalog, key): _weight(key)
            for key in sorted({row.listing.source_key for row in matrix.rows})
        },
        words=words,
        several=len(overview.first_locations(db)) > 1,
    )


@blueprint.post("/listings/collect")
@needs(MemberRole.RESPONDER)
def collect() -> ResponseReturnValue:
    """Read a location's pages now, then compare."""
    location = locations.get(db, request.form.get("location", 0, type=number))
    service.check_now(db, location.id, parts().clock)
    db.commit()
    flash("The pages are read now, one after another. What is found appears here.", "done")
    return redirect(url_for(".listings", location=location.id))


@blueprint.post("/listings/findings/<int:finding_id>/accept")
@needs(MemberRole.MANAGER)
def accept(finding_id: int) -> ResponseReturnValue:
    """This spelling is right; everything else goes on being checked."""
    finding = _open_finding(finding_id)
    if not finding.observed:
        raise NotFound("There is no spelling to accept.")
    clock = parts().clock
    variant = locations.accept_variant(
        db, finding.location_id, finding.field, finding.observed, current_user.id, clock
    )
    service.audit(db, locations.get(db, finding.location_id), _weight, clock)
    if finding.closed_at is None:
        finding.closed_at, finding.closed_because = clock(), rules.Closed.ACCEPTED
    db.commit()
    flash_undo(
        "Accepted here and everywhere. Everything else goes on being checked.",
        url_for(".take_back", variant_id=variant.id, listing=finding.listing_id),
    )
    return _back_to(finding)


@blueprint.post("/listings/variants/<int:variant_id>/remove")
@needs(MemberRole.MANAGER)
def take_back(variant_id: int) -> ResponseReturnValue:
    """This spelling is not right after all."""
    clock = parts().clock
    variant = locations.remove_variant(db, variant_id)
    service.reopen_accepted(db, variant.location_id, variant.field, variant.value)
    service.audit(db, locations.get(db, variant.location_id), _weight, clock)
    db.commit()
    flash("Taken back. It counts as wrong again wherever it is shown.", "done")
    listing_id = request.args.get("listing", 0, type=int)
    return redirect(url_for(".proof", listing_id=listing_id, field=variant.field))


@blueprint.post("/listings/findings/<int:finding_id>/done")
@needs(MemberRole.RESPONDER)
def done(finding_id: int) -> ResponseReturnValue:
    """A person says that it is corrected; the page is read again to prove it."""
    finding = service.mark_done(db, finding_id, current_user.id, parts().clock)
    db.commit()
    flash("Thank you. The page is read again now; the mark changes when it shows.", "done")
    back = request.form.get("back", "")
    return redirect(back) if back.startswith(url_for(".work_list")) else _back_to(finding)


def _open_finding(finding_id: int) -> Finding:
    finding = db.scalar(select(Finding).where(Finding.id == finding_id))
    if finding is None or finding.closed_at is not None:
        raise NotFound("This finding is not open any more.")
    return finding


def _back_to(finding: Finding) -> ResponseReturnValue:
    return redirect(url_for(".proof", listing_id=finding.listing_id, field=finding.field))


def _weight(key: str) -> float:
    return source_of(parts().catalog, key).weight
