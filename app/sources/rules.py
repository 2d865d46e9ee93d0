"""Whether a source is read at all. Pure."""

from __future__ import annotations

import hmac

from app.core.ports import SourceInfo
from scrapers.types import Access


def why_not_read(source: SourceInfo, switched: bool | None) -> str | None:
    """The sentence for the owner where a source is not read; None where it is.

    `switched` is what the organization decided, None where it decided nothing.
    """
    if source.access is Access.BY_HAND:
        return f"{source.name} has no page that a program may read: look at it by hand."
    if switched is False:
        return f"You switched {source.name} off."
    if not source.default_on and not switched:
        return (
            f"The terms of {source.name} forbid reading its pages by a program. Switch it on under "
            "Settings, Sources, if it permitted that to you."
        )
    return None


def news_token(secret: str, source_key: str, organization_id: int) -> str:
    """What the address holds at which `source_key` tells an organization of news: nobody guesses
    it, and one organization's says nothing of another's."""
    return hmac.new(
        secret.encode(), f"{source_key}:{organization_id}".encode(), "sha256"
    ).hexdigest()
