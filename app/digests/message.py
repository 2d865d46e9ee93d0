"""The digest as a mail: text and HTML, and the headers that mail programs look for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app.core.ports import SourceCatalog
from app.digests.queries import Says, WaitingReview
from app.listings.models import Listing
from app.listings.naming import source_name, source_of
from app.ui import words
from scrapers.types import Capability

QUOTED_CHARS = 240
NUMBERS = (
    *("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"),
    *("Eleven", "Twelve"),
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """To whom, from whom, and where its links lead."""

    sender: str  # as in the setting mail_from
    name: str
    email: str
    organization: str
    reply_to: str
    message_id: str
    base_url: str
    token: str
    zone: ZoneInfo

    def link(self, path: str) -> str:
        return self.base_url.rstrip("/") + path

    @property
    def stop_url(self) -> str:
        """Where the subscription ends, by one click."""
        return self.link(f"/digest/stop/{self.token}")


def compose(says: Says, envelope: Envelope, catalog: SourceCatalog, now: datetime) -> EmailMessage:
    """The finished mail. What comes from outside is escaped, and cut where it runs long."""
    headline = _headline(says)
    values = {
        "says": says,
        "to": envelope,
        "headline": headline,
        "greeting": f"{_greeting(now, envelope.zone)}, {_first_name(envelope.name)}",
        "date": format_date(now.astimezone(envelope.zone), "EEEE d MMMM", "en"),
        "place": _place(says, envelope),
        "minutes": _number(says.minutes).lower(),
        "card": lambda one: _card(one, envelope, catalog, now),
        "source": lambda listing: source_name(catalog, listing.source_key, listing.url),
        "week": _week(says),
        "several": len(says.locations) > 1,
    }
    message = EmailMessage()
    message["From"] = Address("Goodword", addr_spec=parseaddr(envelope.sender)[1])
    message["To"] = Address(_line(envelope.name), addr_spec=envelope.email)
    message["Subject"] = _line(f"{headline} · {values['place']}")
    message["Date"] = format_datetime(now)
    message["Message-ID"] = envelope.message_id
    message["Reply-To"] = envelope.reply_to
    message["List-Unsubscribe"] = f"<{envelope.stop_url}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_templates().get_template("digest.txt").render(values))
    html = _templates().get_template("digest.html").render(values)
    message.add_alternative(_with_styles_inline(html), subtype="html")
    return message


def _with_styles_inline(html: str) -> str:
    import css_inline  # mail programs drop style sheets; only here is the library needed

    return css_inline.CSSInliner(load_remote_stylesheets=False).inline(html)


@cache
def _templates() -> Environment:
    folder = Path(__file__).parent / "templates" / "digests"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["quoted"] = _quoted
    environment.filters["stars"] = _stars
    return environment


@dataclass(frozen=True, slots=True)
class _Card:
    """One review as the mail shows it."""

    author: str
    stars: float | None
    source: str
    place: str
    wait: str | None
    quote: str
    words: str
    button: str
    url: str


def _card(one: WaitingReview, envelope: Envelope, catalog: SourceCatalog, now: datetime) -> _Card:
    review = one.review
    late = review.due_at < now
    return _Card(
        author=review.author or "Somebody",
        stars=review.stars,
        source=source_name(catalog, one.listing.source_key, one.listing.url),
        place=one.location,
        wait=words.wait(review.due_at, now, envelope.zone).in_full if late else None,
        quote=_quoted(review.text or review.title or ""),
        words=one.words or "",
        button=_button(one.listing, catalog),
        url=envelope.link(f"/inbox/{review.id}"),
    )


def _button(listing: Listing, catalog: SourceCatalog) -> str:
    source = source_of(catalog, listing.source_key)
    if Capability.REPLY in source.capabilities:
        return "Read and approve"
    return f"Copy and open {source_name(catalog, listing.source_key, listing.url)}"


def _headline(says: Says) -> str:
    if says.waiting:
        return f"{_number(says.waiting)} {'review waits' if says.waiting == 1 else 'reviews wait'}"
    return words.count(says.findings_count, "new finding") + " on your listings"


def _place(says: Says, envelope: Envelope) -> str:
    return says.locations[0] if len(says.locations) == 1 else envelope.organization


def _number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def _greeting(now: datetime, zone: ZoneInfo) -> str:
    hour = now.astimezone(zone).hour
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    return f"Good {part}"


def _first_name(name: str) -> str:
    return _line(name).split(" ")[0] or "there"


def _week(says: Says) -> str:
    """ "11 new reviews, 4.6 on average, answered in 5 h (median), 92 % answered"."""
    week = says.week
    parts = [words.count(week.reviews, "new review")]
    if week.stars is not None:
        parts.append(f"{week.stars:g} on average")
    if week.answered_in is not None:
        parts.append(f"answered in {words.span(week.answered_in)} (median)")
    if week.answered_share is not None:
        parts.append(f"{week.answered_share:.0%} answered".replace("%", " %"))
    return ", ".join(parts)


def _line(text: str) -> str:
    """One line of printable text: what a header may hold."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _quoted(text: str, limit: int = QUOTED_CHARS) -> str:
    text = _line(text)
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + "…"


def _stars(value: float) -> str:
    full = max(0, min(5, round(value)))
    return "★" * full + "☆" * (5 - full)
