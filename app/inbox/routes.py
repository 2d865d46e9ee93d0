"""The inbox: one review, its draft, and what a person does with it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import membership, needs
from app.accounts.models import MemberRole
from app.core.crypto import Vault
from app.core.errors import NotFound, UserError
from app.core.web import db, number, parts
from app.inbox import desk, editor, queries, service
from app.inbox.forms import Filters, ReplyForm, SnoozeForm
from app.inbox.rules import Snooze, wakes_at
from app.listings.naming import source_name, source_of
from app.replies import saved
from app.replies import service as replies
from app.replies.engine.types import Note
from app.reviews.models import Stand
from app.ui.pages import flash_undo, zone

blueprint = Blueprint("inbox", __name__, template_folder="templates")

HELD = "Nothing is published yet. The note beside the button says why."


@blueprint.app_template_global("source_name")
def _source_name(key: str, url: str | None = None) -> str:
    return source_name(parts().catalog, key, url)


@blueprint.app_template_global("waiting")
def _waiting() -> int:
    """The number beside the word Inbox, counted once a request."""
    if "waiting" not in g:
        g.waiting = queries.waiting(db, parts().clock())
    return g.waiting


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The inbox is where a day begins."""
    return redirect(url_for(".inbox"))


@blueprint.get("/inbox")
@blueprint.get("/inbox/<int:review_id>")
def inbox(review_id: int | None = None) -> ResponseReturnValue:
    """The queue, with one review on the card."""
    return _page(review_id)


def _page(review_id: int | None, typed: str | None = None, held: bool = False) -> str:
    """The inbox; `typed` stands in the editor, `held` is a reply that the checker accuses."""
    filters = Filters.from_args(request.args)
    look = desk.look(
        db,
        filters,
        membership,
        parts().catalog,
        Vault(parts().settings.key("accounts")),
        parts().clock(),
        review_id,
        request.args.get("after"),
    )
    if not filters.args():
        g.waiting = look.counts.waiting
    return render_template(
        "inbox/inbox.html",
        desk=look,
        editor=_editor(look.card, typed) if look.card else None,
        held=held,
        snooze=SnoozeForm(formdata=None),
        shows_list="list" in request.args or "after" in request.args,
    )


def _editor(card: queries.Card, typed: str | None) -> editor.Look:
    text = card.text if typed is None else typed
    key = card.listing.source_key
    notes: Sequence[Note] = ()  # nothing written yet is nothing to find fault with
    if text.strip():
        notes = replies.notes(db, card.review, card.location, key, text, parts().clock)
    return editor.look(text, notes, source_of(parts().catalog, key), card.location, card.review)


@blueprint.post("/inbox/<int:review_id>/check")
def check(review_id: int) -> ResponseReturnValue:
    """What the checker says of the text as it stands in the editor. Nothing is stored."""
    return render_template(
        "inbox/notes.html",
        editor=_editor(queries.card(db, review_id), _typed()),
        review_id=review_id,
        args=Filters.from_args(request.args).args(),
    )


@blueprint.post("/inbox/<int:review_id>/draft")
@needs(MemberRole.RESPONDER)
def draft(review_id: int) -> ResponseReturnValue:
    """Keep the text; with `use`, the better wording that one note offers."""
    text = _typed()
    if use := request.form.get("use", type=number):
        notes = _editor(queries.card(db, review_id), text).notes
        if 0 < use <= len(notes) and notes[use - 1].instead is not None:
            text = editor.use(text, notes[use - 1])
    service.save_draft(db, review_id, text, current_user.id, parts().clock)
    db.commit()
    return _back_to(review_id)


@blueprint.post("/inbox/<int:review_id>/keep")
@needs(MemberRole.RESPONDER)
def keep(review_id: int) -> ResponseReturnValue:
    """Keep the text among the saved replies of the location, and as the draft where it is one."""
    card, text = queries.card(db, review_id), _typed()
    if card.review.stand == Stand.OPEN and text.strip() and text != card.text:
        service.save_draft(db, review_id, text, current_user.id, parts().clock)
    try:
        kept = saved.keep(db, text, "", card.location.id, parts().clock)
    except UserError as error:
        return _again(review_id, text, error)
    db.commit()
    here = url_for(".inbox", review_id=review_id, **Filters.from_args(request.args).args())
    undo = url_for("replies.remove_saved", saved_id=kept.id, back=here)
    flash_undo("Kept among your saved replies.", undo, "Let it go")
    return redirect(here)


@blueprint.post("/inbox/<int:review_id>/another")
@needs(MemberRole.RESPONDER)
def another(review_id: int) -> ResponseReturnValue:
    """Another wording; the present one does not come back."""
    try:
        replies.another(db, review_id, parts().clock)
    except NotFound:
        raise
    except UserError as error:
        return _again(review_id, _typed(), error)
    service.discard_draft(db, review_id)
    db.commit()
    return _back_to(review_id)


@blueprint.post("/inbox/<int:review_id>/approve")
@needs(MemberRole.RESPONDER)
def approve(review_id: int) -> ResponseReturnValue:
    """Publish the text, ten minutes from now. What the checker accuses needs a second word."""
    card = queries.card(db, review_id)
    source = source_of(parts().catalog, card.listing.source_key)
    text = _typed()
    try:
        following = _following(card)
        service.approve(db, review_id, text, source, current_user.id, parts().clock)
    except UserError as error:
        return _again(review_id, text, error)
    if "anyway" not in request.form and _editor(card, text).must:
        return _again(review_id, text, UserError(HELD), held=True)
    return _done(review_id, f"Your reply goes to {source.name} in ten minutes.", following)


@blueprint.post("/inbox/<int:review_id>/posted")
@needs(MemberRole.RESPONDER)
def posted(review_id: int) -> ResponseReturnValue:
    """The person has posted the text on the source's own page."""
    card, text = queries.card(db, review_id), _typed()
    try:
        following = _following(card)
        service.mark_posted(db, review_id, text, current_user.id, parts().clock)
    except UserError as error:
        return _again(review_id, text, error)
    return _done(review_id, "Marked as posted.", following)


@blueprint.post("/inbox/<int:review_id>/answered")
@needs(MemberRole.RESPONDER)
def answered(review_id: int) -> ResponseReturnValue:
    """The person answered it elsewhere, where we cannot see it."""
    following = _following(queries.card(db, review_id))
    service.mark_answered(db, review_id, current_user.id, parts().clock)
    return _done(review_id, "Marked as answered.", following)


@blueprint.post("/inbox/<int:review_id>/dismiss")
@needs(MemberRole.RESPONDER)
def dismiss(review_id: int) -> ResponseReturnValue:
    """No reply is needed."""
    following = _following(queries.card(db, review_id))
    service.dismiss(db, review_id, current_user.id, parts().clock)
    return _done(review_id, "No reply needed: it left the inbox.", following)


@blueprint.post("/inbox/<int:review_id>/snooze")
@needs(MemberRole.RESPONDER)
def snooze(review_id: int) -> ResponseReturnValue:
    """Out of the inbox for a while."""
    form = SnoozeForm()
    if not form.validate():
        flash("Choose when it should come back.", "caution")
        return _back_to(review_id)
    following = _following(queries.card(db, review_id))
    until = wakes_at(Snooze(form.until.data), parts().clock(), zone())
    service.snooze(db, review_id, until, parts().clock)
    return _done(review_id, f"It comes back {until:%A} at {until:%H:%M}.", following)


@blueprint.post("/inbox/<int:review_id>/assign")
@needs(MemberRole.RESPONDER)
def assign(review_id: int) -> ResponseReturnValue:
    """Ask a colleague to answer."""
    user_id = request.form.get("user_id", type=number)
    service.assign(db, review_id, user_id or None)
    db.commit()
    flash("They find it under “Mine”." if user_id else "Nobody in particular is asked.", "done")
    return _back_to(review_id)


@blueprint.post("/inbox/<int:review_id>/take-back")
@needs(MemberRole.RESPONDER)
def take_back(review_id: int) -> ResponseReturnValue:
    """Undo the last step; what was written is the draft again."""
    service.take_back(db, review_id, parts().clock)
    db.commit()
    flash("Taken back. The text is in the editor.", "done")
    return _back_to(review_id)


@blueprint.post("/inbox/bring-in")
@needs(MemberRole.MANAGER)
def bring_in() -> ResponseReturnValue:
    """Put the older reviews that were set aside into the inbox."""
    filters = Filters.from_args(request.args)
    count = service.bring_in(db, filters.location)
    db.commit()
    flash(f"{count:,} older reviews are in the inbox, the unhappy ones first.", "done")
    return redirect(url_for(".inbox", **filters.args()))


def _typed() -> str:
    return (ReplyForm().text.data or "").replace("\r\n", "\n")[: service.MAX_REPLY_CHARS]


def _following(card: queries.Card) -> int | None:
    """The review behind this one in the queue as the person filters it: "next" by itself."""
    wanted = Filters.from_args(request.args).wanted(membership.user_id)
    return desk.following(db, wanted, card.review, parts().clock())


def _done(review_id: int, says: str, following: int | None) -> ResponseReturnValue:
    db.commit()
    args = Filters.from_args(request.args).args()
    flash_undo(says, url_for(".take_back", review_id=review_id, **args))
    return redirect(url_for(".inbox", review_id=following, **args))


def _back_to(review_id: int) -> ResponseReturnValue:
    args = Filters.from_args(request.args).args()
    return redirect(url_for(".inbox", review_id=review_id, **args))


def _again(review_id: int, text: str, error: UserError, held: bool = False) -> ResponseReturnValue:
    """The card once more with what was typed and what is in the way."""
    db.rollback()
    flash(str(error), "caution")
    return _page(review_id, text, held), 422
