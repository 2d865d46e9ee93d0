"""A stand-in for Google's servers, written from their public documentation; it keeps state.

It knows one account with one location and plays what a connector has to live through: pages of
reviews, moderated replies, a revoked connection, quotas.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

ACCOUNT, LOCATION = "accounts/7", "locations/4021"
HOSTS = (
    "oauth2.googleapis.com",
    "mybusiness.googleapis.com",
    "mybusinessbusinessinformation.googleapis.com",
    "mybusinessaccountmanagement.googleapis.com",
    "mybusinessnotifications.googleapis.com",
)
_STARS = ("ONE", "TWO", "THREE", "FOUR", "FIVE")


def reviews(count: int) -> list[dict[str, Any]]:
    return [
        {
            "name": f"{ACCOUNT}/{LOCATION}/reviews/r{number}",
            "reviewId": f"r{number}",
            "reviewer": {"displayName": f"Guest {number}"},
            "starRating": _STARS[number % 5],
            "comment": f"Visit number {number}.",
            "createTime": f"2026-03-{number % 28 + 1:02}T09:00:00Z",
            "updateTime": f"2026-03-{number % 28 + 1:02}T09:00:00Z",
        }
        for number in range(count)
    ]


@dataclass
class Google:
    """`refuse` is a status of Google's ("RESOURCE_EXHAUSTED") that every call is refused with."""

    reviews: list[dict[str, Any]] = field(default_factory=list)
    revoked: bool = False
    refuse: str | None = None
    quota: str = "300"
    keeps_replies: bool = True
    calls: list[str] = field(default_factory=list)

    def serve(self, server: HTTPServer) -> dict[str, str]:
        """Answer on `server`; the host map that leads there."""
        server.expect_request("/token", method="POST").respond_with_handler(self._token)
        server.expect_request(f"/v1/{LOCATION}").respond_with_handler(self._location)
        any_review = f"/v4/{ACCOUNT}/{LOCATION}/reviews"
        server.expect_request(any_review).respond_with_handler(self._list)
        for review in self.reviews:
            path = f"{any_review}/{review['reviewId']}"
            server.expect_request(path).respond_with_handler(self._one)
            server.expect_request(f"{path}/reply").respond_with_handler(self._reply)
        return {host: server.url_for("").rstrip("/") for host in HOSTS}

    def _token(self, request: Request) -> Response:
        self.calls.append("token")
        if self.revoked:
            return _json({"error": "invalid_grant", "error_description": "revoked"}, 400)
        assert request.form["refresh_token"] == "refresh-1"
        return _json({"access_token": "access-1", "expires_in": 3599, "token_type": "Bearer"})

    def _refused(self, request: Request) -> Response | None:
        self.calls.append(f"{request.method} {request.path.rpartition('/')[2]}")
        if request.headers.get("Authorization") != "Bearer access-1":
            return _error(401, "UNAUTHENTICATED")
        if self.refuse == "RESOURCE_EXHAUSTED":
            return _error(429, self.refuse, {"quota_limit_value": self.quota})
        return _error(403, self.refuse) if self.refuse else None

    def _location(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        if "readMask" not in request.args:
            return _error(400, "INVALID_ARGUMENT")
        return _json({"name": LOCATION, "title": "Mill Lane Bakery", "regularHours": {}})

    def _list(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        size = min(int(request.args.get("pageSize", 20)), 50)
        start = int(request.args.get("pageToken", 0))
        answer: dict[str, Any] = {"totalReviewCount": len(self.reviews), "averageRating": 3.0}
        if self.reviews:  # an empty list has no such key
            answer["reviews"] = self.reviews[start : start + size]
        if start + size < len(self.reviews):
            answer["nextPageToken"] = str(start + size)
        return _json(answer)

    def _one(self, request: Request) -> Response:
        return self._refused(request) or _json(self._find(request.path))

    def _reply(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        reply = {
            "comment": json.loads(request.data)["comment"],
            "updateTime": "2026-04-01T10:00:00Z",
            "reviewReplyState": "PENDING",
        }
        if self.keeps_replies:
            self._find(request.path.removesuffix("/reply"))["reviewReply"] = reply
            return _json(reply)
        return _json({})

    def _find(self, path: str) -> dict[str, Any]:
        return next(review for review in self.reviews if path.endswith(review["name"]))


def _json(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json; charset=utf-8")


def _error(status: int, name: str, metadata: dict[str, str] | None = None) -> Response:
    error: dict[str, Any] = {"code": status, "message": "refused", "status": name}
    if metadata:
        error["details"] = [{"reason": "RATE_LIMIT_EXCEEDED", "metadata": metadata}]
    return _json({"error": error}, status)
