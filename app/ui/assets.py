"""Style sheets and scripts: named by their content so that they may be kept, sent compressed.

Only these files are compressed: they hold no secret that a compressed length could give away.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask, Response, request, url_for
from markupsafe import Markup

STATIC = Path(__file__).parent / "static"
ENDPOINTS = {"static", "bootstrap.static"}
PACKED = {"text/css", "text/javascript", "application/javascript", "image/svg+xml"}
A_YEAR, A_DAY = 31_536_000, 86_400


def init_app(app: Flask) -> None:
    """Give templates `asset(filename)` and `style(name)`; send what they name with a long life."""
    app.add_template_global(asset)
    app.add_template_global(style)
    app.after_request(_keep_and_pack)


def asset(filename: str) -> str:
    """The address of a file of ours, another one whenever its content is another."""
    return url_for("static", filename=filename, v=_version(filename))


def style(name: str) -> Markup:
    """The link to one of our style sheets."""
    return Markup('<link rel="stylesheet" href="{}">').format(asset(f"css/{name}.css"))


@cache
def _version(filename: str) -> str:
    return hashlib.sha256((STATIC / filename).read_bytes()).hexdigest()[:10]


def _keep_and_pack(response: Response) -> Response:
    if request.endpoint not in ENDPOINTS or response.status_code != 200:
        return response
    response.cache_control.no_cache = None
    response.cache_control.public = True
    response.cache_control.max_age = A_YEAR if "v" in request.args else A_DAY
    if response.mimetype in PACKED and "gzip" in request.accept_encodings:
        response.direct_passthrough = False
        response.set_data(_packed(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
    return response


@lru_cache(maxsize=32)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
