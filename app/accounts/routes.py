"""Setting up, people and their roles."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user, hash_password, login_user

from app.accounts import service
from app.accounts.access import choose, membership, needs, public
from app.accounts.forms import (
    InviteForm,
    OrganizationForm,
    PersonForm,
    RoleForm,
    SelfForm,
    WelcomeForm,
)
from app.accounts.models import MemberRole
from app.accounts.queries import is_set_up, members, seats_of
from app.accounts.rules import may
from app.core.errors import NotFound
from app.core.web import db, parts

# Who may see the door, where it leads, its name, what is behind it.
DOORS = (
    (MemberRole.VIEWER, "/settings/locations", "Locations", "name, address, phone, hours, voice"),
    (MemberRole.VIEWER, "/settings/digest", "Digest", "when it comes to you, if at all"),
    (MemberRole.MANAGER, "/settings/sources", "Sources", "what is read, your own access"),
    (MemberRole.RESPONDER, "/settings/saved", "Saved replies", "words of yours to draw from"),
    (MemberRole.OWNER, "/settings/rules", "Rules", "what may be posted without asking each time"),
    (MemberRole.OWNER, "/settings/people", "People", "who works here, and as what"),
    (MemberRole.VIEWER, "/mail", "Mail", "what Goodword wrote to you"),
)

blueprint = Blueprint("accounts", __name__, template_folder="templates")


@blueprint.route("/welcome", methods=["GET", "POST"])
@public
def welcome() -> ResponseReturnValue:
    """First run: create the organization and its owner."""
    if is_set_up(db):
        return redirect(url_for("security.login"))
    form = WelcomeForm()
    if not form.validate_on_submit():
        return render_template("accounts/welcome.html", form=form)
    user = service.set_up(
        db,
        organization=form.organization.data or "",
        name=form.name.data or "",
        email=form.email.data or "",
        password_hash=hash_password(form.password.data or ""),
        timezone=form.timezone.data or "UTC",
        reply_to=form.reply_to.data or "",
        clock=parts().clock,
    )
    db.commit()
    login_user(user)
    choose(user.memberships[0].organization_id)
    return redirect("/")


@blueprint.post("/organizations/<int:organization_id>/choose")
def choose_organization(organization_id: int) -> ResponseReturnValue:
    """Work in another organization in which the person has a seat."""
    if organization_id not in {seat.organization_id for seat in seats_of(db, current_user.id)}:
        raise NotFound("You have no place in this organization.")
    choose(organization_id)
    return redirect("/")


@blueprint.get("/settings")
def settings() -> ResponseReturnValue:
    """The doors to everything that can be set, the organization, and the person."""
    seat = membership
    organization = seat.organization
    own = OrganizationForm(
        formdata=None, organization=organization.name, reply_to=organization.reply_to
    )
    return render_template(
        "accounts/settings.html",
        doors=[door for role, *door in DOORS if may(seat.role, role)],
        seats=seats_of(db, current_user.id),
        organization_form=own if may(seat.role, MemberRole.OWNER) else None,
        person_form=SelfForm(formdata=None, obj=current_user),
    )


@blueprint.post("/settings/organization")
@needs(MemberRole.OWNER)
def change_organization() -> ResponseReturnValue:
    """Change the organization's name and mailbox."""
    form = OrganizationForm()
    if form.validate_on_submit():
        organization = membership.organization
        organization.name = (form.organization.data or "").strip()
        organization.reply_to = (form.reply_to.data or "").strip()
        db.commit()
        flash("Saved.", "done")
    else:
        flash("A name and the address of a mailbox are needed.", "caution")
    return redirect(url_for(".settings"))


@blueprint.post("/settings/me")
def change_person() -> ResponseReturnValue:
    """Change the signed-in person's name and time zone."""
    form = SelfForm()
    if form.validate_on_submit():
        current_user.name = (form.name.data or "").strip()
        current_user.timezone = form.timezone.data
        db.commit()
        flash("Saved.", "done")
    else:
        flash("A name and a time zone such as Europe/London are needed.", "caution")
    return redirect(url_for(".settings"))


@blueprint.get("/settings/people")
@needs(MemberRole.OWNER)
def people() -> ResponseReturnValue:
    """Everybody who has a seat, and a form for the next one."""
    return render_template(
        "accounts/people.html", seats=members(db), form=InviteForm(), role=RoleForm()
    )


@blueprint.post("/settings/people")
@needs(MemberRole.OWNER)
def invite() -> ResponseReturnValue:
    """Make an invitation and show its link, once."""
    form = InviteForm()
    if not form.validate_on_submit():
        flash("Enter an e-mail address and choose a role.", "caution")
        return redirect(url_for(".people"))
    token = service.invite(
        db,
        email=form.email.data or "",
        role=MemberRole(form.role.data),
        invited_by_id=current_user.id,
        clock=parts().clock,
    )
    db.commit()
    link = parts().settings.base_url + url_for(".join", token=token)
    return render_template("accounts/invited.html", link=link, email=form.email.data)


@blueprint.post("/settings/people/<int:membership_id>/role")
@needs(MemberRole.OWNER)
def change_role(membership_id: int) -> ResponseReturnValue:
    """Give a member another role."""
    form = RoleForm()
    if form.validate_on_submit():
        service.change_role(db, membership_id, MemberRole(form.role.data))
        db.commit()
        flash("The role is changed.", "done")
    return redirect(url_for(".people"))


@blueprint.post("/settings/people/<int:membership_id>/remove")
@needs(MemberRole.OWNER)
def remove(membership_id: int) -> ResponseReturnValue:
    """End a membership."""
    service.remove_member(db, membership_id)
    db.commit()
    flash("The person has no access any more.", "done")
    return redirect(url_for(".people"))


@blueprint.route("/join/<token>", methods=["GET", "POST"])
@public
def join(token: str) -> ResponseReturnValue:
    """Take the seat that an invitation keeps."""
    clock = parts().clock
    invitation = service.find_invitation(db, token, clock)
    if current_user.is_authenticated and current_user.email == invitation.email:
        return _take_seat(invitation, current_user)
    form = PersonForm(email=invitation.email)
    if not form.validate_on_submit():
        return render_template("accounts/join.html", form=form, email=invitation.email)
    user = service.add_user(
        db,
        name=form.name.data or "",
        email=invitation.email,
        password_hash=hash_password(form.password.data or ""),
        timezone=form.timezone.data or "UTC",
    )
    login_user(user)
    return _take_seat(invitation, user)


def _take_seat(invitation, user) -> ResponseReturnValue:
    seat = service.accept(db, invitation, user, parts().clock)
    choose(seat.organization_id)
    db.commit()
    return redirect("/")
