"""Pictures of every room on a phone and a desk, by day and by night: `make screens`.

`python -m bench.screens FOLDER [ROOM …]` seeds the demo into a database of its own, serves it on
loopback, looks at it with the machine's Chromium and writes the pictures to FOLDER.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import site

SIZES = {"desk": site.DESK, "phone": site.PHONE}
ROOMS = {
    "inbox": "/inbox",
    "list": "/inbox?list=1",
    "reviews": "/reviews",
    "listings": "/listings",
    "proof": "/listings/5/phone",
    "insights": "/insights",
    "settings": "/settings",
    "locations": "/settings/locations",
    "location": "/locations/1",
    "pages": "/locations/1/listings",
    "people": "/settings/people",
    "digest": "/settings/digest",
}


def main(folder: Path, wanted: list[str]) -> None:
    """Take the pictures of the rooms named in `wanted`, or of all."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        site.served(site.seed(Path(scratch))) as address,
        sync_playwright() as playwright,
    ):
        browser = site.launch(playwright)
        for size, context in SIZES.items():
            for scheme in ("light", "dark"):
                page = browser.new_context(
                    base_url=address,
                    timezone_id="America/New_York",
                    color_scheme=scheme,
                    **context,
                ).new_page()
                site.sign_in(page)
                for name in wanted or ROOMS:
                    page.goto(ROOMS[name])
                    page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
                    print(f"{name}-{size}-{scheme}.png")
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
