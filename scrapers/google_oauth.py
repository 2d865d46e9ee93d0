"""Connecting Google with the owner's own OAuth client, and what Google's errors mean for it."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from scrapers.api import dig, integer, line, moment, objects
from scrapers.errors import Blocked, Gone, LoginRequired, RateLimited, VisitError
from scrapers.types import Page, Request

SCOPE = "https://www.googleapis.com/auth/business.manage"
_CONSENT = "https://accounts.google.com/o/oauth2/v2/auth"
_TOKEN = "https://oauth2.googleapis.com/token"  # noqa: S105 (an address)
_ACCOUNTS = "https://mybusinessaccountmanagement.googleapis.com/v1/accounts"
_LOCATIONS = "https://mybusinessbusinessinformation.googleapis.com/v1"
_NOTIFICATIONS = "https://mybusinessnotifications.googleapis.com/v1"
_LOCATION_NAME = re.compile(r"\blocations/\d{1,30}(?!\d)")
NOTIFIED = ("NEW_REVIEW", "UPDATED_REVIEW", "GOOGLE_UPDATE", "VOICE_OF_MERCHANT_UPDATED")


def authorization_url(client_id: str, redirect_uri: str, state: str) -> str:
    """Where the owner says yes. Offline access with consent asked each time: only then does
    Google give a refresh token again."""
    return f"{_CONSENT}?" + urlencode(
        {
            "client_id": client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": SCOPE,
            "access_type": "offline",
            "prompt": "consent",
            "state": state,
        }
    )


def token_request(account: Mapping[str, str], code: str, redirect_uri: str) -> Request:
    """Exchanges the code of the redirect for tokens."""
    return Request(
        _TOKEN,
        method="POST",
        form={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "client_id": account["client_id"],
            "client_secret": account["client_secret"],
        },
    )


def refresh_request(account: Mapping[str, str]) -> Request:
    return Request(
        _TOKEN,
        method="POST",
        form={
            "grant_type": "refresh_token",
            "refresh_token": account["refresh_token"],
            "client_id": account["client_id"],
            "client_secret": account["client_secret"],
        },
    )


def parse_token(page: Page) -> dict[str, str]:
    """`access_token`, `expires_at` (ISO) and, after the consent, `refresh_token`."""
    if error := failure(page):
        raise error
    token = line(dig(page.json, "access_token"), 4096)
    if not token:
        raise LoginRequired("Google gave no access; connect it again.")
    found = {"access_token": token}
    if refresh := line(dig(page.json, "refresh_token"), 4096):
        found["refresh_token"] = refresh
    seconds = integer(dig(page.json, "expires_in"))
    if seconds and page.seen_at:
        found["expires_at"] = (page.seen_at + timedelta(seconds=min(seconds, 86_400))).isoformat()
    return found


def accounts_request(access_token: str, page_token: str | None = None) -> Request:
    return _listing_request(_ACCOUNTS, access_token, page_token, pageSize="20")


def locations_request(access_token: str, account: str, page_token: str | None = None) -> Request:
    """The locations of `account` ("accounts/1"), with what is needed to choose among them."""
    return _listing_request(
        f"{_LOCATIONS}/{account}/locations",
        access_token,
        page_token,
        pageSize="100",
        readMask="name,title,storefrontAddress,phoneNumbers,metadata",
    )


def _listing_request(url: str, token: str, page_token: str | None, **params: str) -> Request:
    if page_token:
        params["pageToken"] = page_token
    return Request(url, params=params, headers={"Authorization": f"Bearer {token}"})


def notifications_request(access_token: str, account: str, topic: str) -> Request:
    """Asks Google to publish news of `account` to the Pub/Sub `topic`; there is one for each."""
    return Request(
        f"{_NOTIFICATIONS}/{account}/notificationSetting",
        method="PATCH",
        params={"updateMask": "pubsubTopic,notificationTypes"},
        headers={"Authorization": f"Bearer {access_token}"},
        json={"pubsubTopic": topic, "notificationTypes": list(NOTIFIED)},
    )


@dataclass(frozen=True, slots=True)
class Push:
    """News that Pub/Sub delivered, at least once: `message_id` tells a second delivery.

    It only says where to look; the review itself is fetched.
    """

    message_id: str
    kind: str | None
    location: str | None
    review: str | None
    published_at: datetime | None = None

    @property
    def place(self) -> str | None:
        """ "locations/7": what the news is about, whichever key named it."""
        names = (_LOCATION_NAME.search(said) for said in (self.location, self.review) if said)
        return next((found[0] for found in names if found), None)


def parse_push(envelope: Any) -> Push:
    """Reads the envelope of a push. Raises ValueError for what is none.

    Google's documents and its senders disagree on the inner keys, so all of them are read.
    """
    message = dig(envelope, "message")
    message_id = line(dig(message, "messageId") or dig(message, "message_id"))
    data = dig(message, "data")
    if not message_id or not isinstance(data, str):
        raise ValueError("not a Pub/Sub message")
    try:
        inner = json.loads(base64.b64decode(data, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise ValueError("the message's data is not JSON in base64") from None

    def first(*names: str) -> str | None:
        return next((said for name in names if (said := line(dig(inner, name)))), None)

    return Push(
        message_id,
        kind=first("notificationType", "type", "notification_type"),
        location=first("locationName", "location_name", "location"),
        review=first("reviewName", "review_name", "review", "reviewId", "review_id"),
        published_at=moment(dig(message, "publishTime") or dig(message, "publish_time")),
    )


def failure(page: Page) -> VisitError | None:
    """What Google's error means for the owner; None where the answer is no error."""
    error = dig(page.json, "error")
    if error == "invalid_grant":
        return LoginRequired("Google has withdrawn the connection; connect it again.")
    if isinstance(error, str):
        why = line(dig(page.json, "error_description")) or error
        return LoginRequired(f"Google did not connect ({why.rstrip('.')}).")
    status = dig(error, "status")
    if status == "RESOURCE_EXHAUSTED" and _quota_is_zero(error):
        return Blocked("Google has not approved this project for the API yet (its quota is 0).")
    if status == "RESOURCE_EXHAUSTED":
        return RateLimited("Google's allowance of requests is used up for the moment.")
    if status == "UNAUTHENTICATED":
        return LoginRequired("Google does not accept the connection any more; connect it again.")
    if status == "PERMISSION_DENIED" and "SERVICE_DISABLED" in _reasons(error):
        return Blocked("The API is not switched on in the owner's Google Cloud project.")
    if status == "PERMISSION_DENIED":
        return Blocked("Google refused: the manager's role is gone or the profile not verified.")
    if status == "NOT_FOUND":
        return Gone("Google knows no such location or review any more.")
    return None


def _reasons(error: Any) -> list[str]:
    return [str(dig(detail, "reason")) for detail in objects(dig(error, "details"))]


def _quota_is_zero(error: Any) -> bool:
    values = [
        dig(detail, "metadata", "quota_limit_value") for detail in objects(dig(error, "details"))
    ]
    return any(str(value) == "0" for value in values)
