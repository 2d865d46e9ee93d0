"""Who may do what. Pure."""

from __future__ import annotations

from app.accounts.models import MemberRole

RANK = (MemberRole.VIEWER, MemberRole.RESPONDER, MemberRole.MANAGER, MemberRole.OWNER)


def may(role: str, needed: MemberRole) -> bool:
    """Whether a member with `role` may do what asks for `needed`: each role includes the lesser."""
    return RANK.index(MemberRole(role)) >= RANK.index(needed)
