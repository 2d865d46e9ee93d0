"""One memory of replies for each business of a run."""

from __future__ import annotations

import json

from app.replies.engine.choose import Used
from app.replies.engine.types import BusinessProfile


class Queues:
    """The queues of a run, by the name of the business."""

    def __init__(self) -> None:
        self._queues: dict[str, Used] = {}

    def of(self, business: BusinessProfile) -> Used:
        """The queue of a business; a new one where it has none yet."""
        return self._queues.setdefault(business.name.casefold(), Used())

    def avoid(self, line: str) -> None:
        """Take in one line of a file of used replies; a line that cannot be read is an error."""
        if not line.strip():
            return
        given = json.loads(line)
        business = given.get("business")
        name = business.get("name") if isinstance(business, dict) else business
        queue = self._queues.setdefault(str(name or "").casefold(), Used())
        queue.remember_posted(str(given.get("reply") or ""))
