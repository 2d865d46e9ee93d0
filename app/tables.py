"""Imports every noun's tables, so that the metadata is whole (for migrations and tests)."""

from app.accounts import models as accounts
from app.alerts import models as alerts
from app.candidates import models as candidates
from app.core import models as core
from app.core.db import Base
from app.digests import models as digests
from app.listings import models as listings
from app.locations import models as locations
from app.replies import models as replies
from app.reply_rules import models as reply_rules
from app.reviews import models as reviews
from app.sources import models as sources

__all__ = [
    "accounts",
    "alerts",
    "candidates",
    "core",
    "digests",
    "listings",
    "locations",
    "metadata",
    "replies",
    "reply_rules",
    "reviews",
    "sources",
]

metadata = Base.metadata
