"""What a source needs to know of a listing of ours before it is visited or answered."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.core.crypto import Vault
from app.core.errors import UserError
from app.listings.models import Listing
from app.locations.models import Location
from app.sources.service import opened
from scrapers.types import ListingRef


def listing_ref(listing: Listing, location: Location, account: dict[str, str]) -> ListingRef:
    """The listing with the owner's own access to its source (see `account_for`)."""
    return ListingRef(
        url=listing.url,
        external_id=listing.external_id,
        name=location.name,
        phone=location.phone,
        country=location.country,
        account=account,
    )


def account_for(session: Session, source_key: str, vault: Vault) -> dict[str, str]:
    """The owner's own access to a source, opened; empty where there is none."""
    try:
        return opened(session, source_key, vault)
    except UserError:  # sealed with another key: the source will ask for the sign-in
        return {}
