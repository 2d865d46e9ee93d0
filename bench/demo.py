"""A demo organization in a database: two bakeries, nine directories, three months of reviews.

What it writes goes through the doors that real visits use. `python -m bench.demo URL` fills an
empty, migrated database; the person who signs in is demo@example.com, "a harbour at dawn".
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from app.accounts.models import Membership, Organization, User
from app.core.db import Database, scope
from app.core.models import WorkerBeat
from app.listings import service as listings
from app.listings.held import held
from app.listings.models import Listing
from app.locations.models import Location
from app.replies import service as replies
from app.reviews.service import Arrival, ingest
from app.sources.models import SourceAccount
from scrapers import registry
from scrapers.types import (
    Address,
    Extract,
    ListingRecord,
    Outcome,
    Precision,
    Rating,
    ReplyRecord,
    ReviewRecord,
)

EMAIL, PASSWORD = "demo@example.com", "a harbour at dawn"
GOOGLE = "google_business_profile"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat")
HOURS = {day: [("07:00", "18:00")] for day in DAYS} | {"sun": []}

OF_RECORD = ListingRecord(
    name="Lantern Street Bakery",
    phone="(207) 555-0142",
    website="https://lanternstreet.example/",
    address=Address(
        street="12 Lantern Street, Suite 2",
        locality="Portland",
        region="ME",
        postal_code="04101",
        country="US",
    ),
    hours=HOURS,
    categories=["Bakery"],
    status="open",
)
assert OF_RECORD.address


def elsewhere(street: str) -> Address:
    """The address of record with another street line."""
    assert OF_RECORD.address
    return replace(OF_RECORD.address, street=street)


@dataclass(frozen=True)
class Shown:
    """One directory: its source (or a site without one), and what it says of the bakery."""

    source: str
    url: str
    record: ListingRecord | None
    outcome: Outcome = Outcome.OK
    replies_visible: bool = True
    stated: int | None = None
    says: str | None = None


DIRECTORIES = (
    Shown(GOOGLE, "https://business.google.com/n/1", OF_RECORD),
    Shown(
        "yelp",
        "https://www.yelp.com/biz/lantern-street-bakery-portland",
        replace(
            OF_RECORD,
            name="The Lantern Street Bakery",
            address=elsewhere("12 Lantern St Ste 2"),
            website=None,
            hours=None,
        ),
        replies_visible=False,
        stated=86,
    ),
    Shown(
        "trustpilot",
        "https://www.trustpilot.com/review/lanternstreet.example",
        replace(OF_RECORD, hours=None, address=None),
    ),
    Shown("generic", "https://www.openstreetmap.org/node/1", replace(OF_RECORD, phone=None)),
    Shown(
        "generic",
        "https://www.casco-guide.example/lantern-street",
        replace(OF_RECORD, phone="(207) 555-0124"),
    ),
    Shown(
        "generic",
        "https://harbourpages.example/b/771",
        replace(OF_RECORD, address=elsewhere("21 Lantern Street, Suite 2"), categories=["Cafe"]),
    ),
    Shown(
        "generic",
        "https://www.eatmaine.example/lantern",
        replace(OF_RECORD, hours=HOURS | {"sat": []}, website="http://lanternstreet.example"),
    ),
    Shown(
        "generic",
        "https://bbb.example/lantern",
        None,
        Outcome.BLOCKED,
        says="The site asks for proof of a person. Open it yourself; we look again tomorrow.",
    ),
    Shown("generic", "https://chamber.example/members/lantern", replace(OF_RECORD, hours=None)),
)

# source, hours ago, stars, author, language, text, the owner's reply
REVIEWS: tuple[tuple[str, float, float, str, str, str | None, str | None], ...] = (
    (
        GOOGLE, 27, 2, "Gideon P.", "en",
        "Waited forty minutes for a birthday cake I had ordered for noon, and nobody called to say"
        " it would be late. A pity, because the people behind the counter are lovely.", None,
    ),
    (
        GOOGLE, 21, 4, "최서연", "ko",
        "크루아상이 정말 맛있었고 직원분도 친절했어요."
        " 다만 주말에는 자리가 부족해서 아쉬웠어요.", None,
    ),
    (
        "yelp", 15, 5, "Priya N.", "en",
        "Best sourdough in town. Rosa saved the last seeded loaf for me when I called ahead.", None,
    ),
    (GOOGLE, 10, 1, "rider_2291", "en", "avoid", None),
    (
        "trustpilot", 5, 5, "中村 蓮", "ja",
        "クロワッサンがとても美味しく、スタッフの方も親切でした。また行きたいです。", None,
    ),
    (
        GOOGLE, 3, 3, "Marta L.", "es",
        "El pan es buenísimo, pero el café estaba frío y tardaron mucho en atendernos.", None,
    ),
    ("yelp", 30, 4, "Tom W.", "en", None, None),
    (
        GOOGLE, 22, 4, "สมชาย", "th",
        "ขนมปังอร่อยมาก แต่ต้องรอนาน", None,
    ),
    (
        GOOGLE, 24 * 40, 5, "Gideon P.", "en", "Fair price for a very good rye loaf.",
        "Thank you, Gideon. The rye is baked on Tuesdays and Fridays. Maeve",
    ),
    (
        GOOGLE, 24 * 20, 5, "Ines", "en", "Cinnamon buns to cross the bridge for.",
        "Ines, that bridge is worth it for you, too: thank you. Maeve, Lantern Street Bakery",
    ),
    (
        "yelp", 24 * 33, 3, "Old Port Pete", "en", "Good bread, slow till at lunch.", None,
    ),
    (GOOGLE, 24 * 130, 4, "Harriet", "en", "Lovely scones, a bit small.", None),
    (GOOGLE, 24 * 150, 5, "J. Okafor", "en", "My Saturday place.", None),
)  # fmt: skip


# Praise and complaints of the weeks before, each with the owner's answer some hours later.
BEFORE: tuple[tuple[str, float, str, float], ...] = (
    ("Noor", 5, "Warm rolls at seven in the morning. What a start.", 3),
    ("Caleb D.", 5, "The rye is the best I have had outside of my grandmother's kitchen.", 6),
    ("Lena", 4, "Good coffee, friendly faces, few seats.", 20),
    ("W. Abara", 5, "They remembered my daughter's name and her favourite bun.", 2),
    ("Jo", 3, "Bread lovely, queue long on Saturday.", 9),
    ("Pilar", 5, "Almond croissant worth getting up for.", 4),
    ("Ed & Sue", 2, "Our order was forgotten and we waited half an hour.", 40),
    ("Mikko", 5, "Honest bread, honest price.", 5),
)


def history() -> Iterator[tuple]:
    """Two or three reviews in each of the last twelve weeks."""
    for week in range(1, 12):
        for at in range(2 + week % 2):
            author, stars, text, hours = BEFORE[(3 * week + at) % len(BEFORE)]
            reply = "Thank you for telling us. Maeve, Lantern Street Bakery"
            yield GOOGLE, 24 * (7 * week + at), stars, author, "en", text, reply, hours


def key(source: str) -> str:
    """The source's key if this installation has it, else the generic reader's."""
    known = {each.key for each in registry.all_sources()}
    return source if source in known else "generic"


def seed(database: Database, now: datetime, password_hash: str) -> int:
    """Write the demo and return its organization's id."""
    with database.begin() as session:
        row = Organization(name="Lantern Street Bakery", created_at=now, reply_to=EMAIL)
        people = [
            User(
                email=email,
                name=name,
                active=True,
                fs_uniquifier=email,
                password=password_hash,
                timezone="America/New_York",
            )
            for email, name in ((EMAIL, "Maeve"), ("anton@example.com", "Anton"))
        ]
        # The worker of a demo is always about to give a sign of life.
        beat = WorkerBeat(name="demo", started_at=now, beat_at=now + timedelta(days=1))
        session.add_all([row, beat, *people])
        session.flush()
        scope(session, row.id)
        for user, role in zip(people, ("owner", "responder"), strict=True):
            session.add(Membership(user_id=user.id, role=role, joined_at=now))
        location = _location(session, now)
        session.add(SourceAccount(source_key=GOOGLE, secret="", connected_at=now))
        for shown in DIRECTORIES:
            _listing(session, shown, location, now)
        listings.audit(session, location, lambda source: registry.get(source).weight, lambda: now)
        composed = replies.compose(replies.read_queue(session, location.id, lambda: now))
        replies.keep(session, composed)
        return row.id


def _location(session: Session, now: datetime) -> Location:
    address = OF_RECORD.address
    assert address
    location = Location(
        name=OF_RECORD.name,
        street=address.street,
        locality=address.locality,
        region=address.region,
        postal_code=address.postal_code,
        country="US",
        phone=OF_RECORD.phone,
        website=OF_RECORD.website,
        email="hello@lanternstreet.example",
        hours=HOURS,
        categories=OF_RECORD.categories,
        vertical="bakery",
        timezone="America/New_York",
        signature="Maeve, Lantern Street Bakery",
        voice={"tone": "warm"},
        promise_hours=24,
        next_audit_at=now + timedelta(days=6),
        audited_at=now - timedelta(hours=3),
        created_at=now - timedelta(days=90),
    )
    session.add(location)
    session.flush()
    return location


def _listing(session: Session, shown: Shown, location: Location, now: datetime) -> None:
    visited = now - timedelta(minutes=12)
    listing = Listing(
        location_id=location.id,
        source_key=key(shown.source),
        url=shown.url,
        added_at=now - timedelta(days=90),
        next_check_at=now + timedelta(hours=5, minutes=48),
        last_outcome=shown.outcome,
        last_visit_at=visited,
        last_ok_at=visited if shown.record else now - timedelta(days=4),
        last_error=shown.says,
    )
    session.add(listing)
    session.flush()
    if shown.record is not None:
        known = held(session, [listing.id])
        listings.keep_snapshot(listing, shown.record, True, visited, known)
        listings.compare_listing(session, location, listing, shown.record, (), True, visited, known)
        known.write(session)
    reviews = [_review(given, now) for given in (*REVIEWS, *history()) if given[0] == shown.source]
    if reviews:
        extract = Extract(
            source=listing.source_key,
            reviews=reviews,
            replies_visible=shown.replies_visible,
            expected_reviews=shown.stated or len(reviews),
        )
        ingest(session, [Arrival(listing, location, extract)], lambda: visited)


def _review(given: tuple, now: datetime) -> ReviewRecord:
    source, hours, stars, author, language, text, answer, *after = given
    published = now - timedelta(hours=hours)
    replied = published + timedelta(hours=next(iter(after), 5))
    return ReviewRecord(
        external_id=f"{source}-{author}-{hours}",
        author=author,
        rating=Rating(stars, 5.0),
        text=text,
        language=language,
        published_at=published,
        precision=Precision.SECOND,
        reply=ReplyRecord(answer, replied) if answer else None,
    )


if __name__ == "__main__":
    from flask_security import hash_password

    from wsgi import app

    with app.app_context():
        seed(Database(sys.argv[1]), datetime.now(UTC), hash_password(PASSWORD))
