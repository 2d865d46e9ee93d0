"""A page's contact details from its plain text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from scrapers.contact import region as regions
from scrapers.contact.addresses import Found, addresses
from scrapers.contact.phones import Number, numbers, unique
from scrapers.structured.html import content_of, host_of, lines_of
from scrapers.structured.markup import Markup
from scrapers.structured.subjects import plain
from scrapers.text.clean import line
from scrapers.text.hours import spoken, weekly
from scrapers.types import Address, ListingRecord, ListingRef

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,3}(?:copyright\s)?(?:©\s?)?(?:\d{4}(?:\s?[-–,]\s?\d{2,4})?)?[\s,]{0,3}"
    r"(?:by\s)?([^\d\s.|©,:;][^\n|©.:;]{1,60})",
    re.IGNORECASE,
)
_TITLE_PARTS = re.compile(r"\s[-–—|:»·]\s|\s?[|»·]\s?|:\s")
# Headings that name the page and not the business.
_PAGE_WORDS = re.compile(
    r"\b(?:about|address|appointments?|branch(?:es)?|call|careers?|contacts?|directions?|find|home"
    r"|hours|imprint|info(?:rmation)?|legal|locations?|map|menu|our|policy|privacy|reach|services?"
    r"|stores?|team|terms|touch|us|visit|welcome|where|your|anfahrt|impressum|kontakt"
    r"|startseite|standorte?|über|willkommen|accueil|bienvenue|coordonnées|nous|contacto|inicio"
    r"|nosotros|contatt[io]|contato|contactos|dove|colofon|over)\b"
    r"|会社概要|アクセス|お問い合わせ|店舗|오시는|찾아오시는|문의|연락처|소개|联系|聯絡|关于",
    re.IGNORECASE,
)
_HEADED = 4  # lines between the heading of a page and the code of the address below it
MAX_TEXT = 300_000  # the words of the longest contact pages, three times over
_NEAR = 6  # lines between an address and the phone that belongs to it


def read(
    markup: Markup, ref: ListingRef | None
) -> tuple[ListingRecord | None, list[ListingRecord]]:
    """The business of the page and its further addresses; (None, []) where it tells nothing."""
    body = markup.tree.body
    if body is None:
        return None, []
    whole = lines_of(body, links_apart=True)[:MAX_TEXT]
    lines = [text for text in whole.split("\n") if text]
    text = "\n".join(lines)
    country, dialled = _dialled(text, markup, ref)
    phones, faxes = unique(dialled)
    found = addresses(lines, country)
    email = _email(markup, text)
    if not (phones or found or email or faxes):
        return None, []
    name = (
        _known_name(markup, ref)
        or _name(markup, text, email)
        or (_heading(markup, lines, found[0]) if len(found) == 1 else None)
    )
    main = _main(found, lines, name)
    near = _near(found, lines, dialled)
    hours_text = _hours_text(lines)
    listing = ListingRecord(
        name=name,
        phone=next(iter(near.get(main, phones)), None) if main else next(iter(phones), None),
        phones=phones,
        faxes=faxes,
        email=email,
        address=main.address if main else None,
        hours=weekly(hours_text),
        hours_text=hours_text,
    )
    others = [
        ListingRecord(address=one.address, phones=near.get(one, []),
                      phone=next(iter(near.get(one, [])), None))
        for one in found if one is not main
    ]  # fmt: skip
    return listing, others


def _dialled(text: str, markup: Markup, ref: ListingRef | None) -> tuple[str, list[Number]]:
    """The country a page speaks from, and its numbers. A country in which no number of the page
    can be dialled is a wrong guess."""
    known = ref.country if ref else None
    guesses = regions.guesses(text, markup.page, markup.url, markup.language, known)
    for country in guesses:
        if dialled := numbers(text, country):
            return country, dialled
    return guesses[0], []


def complete(listing: ListingRecord, plain_text: ListingRecord) -> ListingRecord:
    """What markup says, with the gaps filled from the plain text of the page, and the further
    numbers that stand there."""
    gaps = {
        name: value
        for name in ("phone", "email", "address", "hours", "hours_text")
        if not getattr(listing, name) and (value := getattr(plain_text, name))
    }
    known = [_last_digits(number) for number in (*listing.phones, *listing.faxes)]
    return replace(
        listing,
        **gaps,
        phones=[*listing.phones, *_new(plain_text.phones, known)],
        faxes=[*listing.faxes, *_new(plain_text.faxes, known)],
    )


def _new(numbers_: list[str], known: list[str]) -> list[str]:
    return [number for number in numbers_ if _last_digits(number) not in known]


def _last_digits(number: str) -> str:
    """Enough of a number to know it again with and without its country code."""
    return re.sub(r"\D", "", number)[-8:]


def unknown(others: list[ListingRecord], known: list[ListingRecord]) -> list[ListingRecord]:
    """Those of `others` whose address none of `known` has."""
    seen = {_address_key(place.address) for place in known}
    return [other for other in others if _address_key(other.address) not in seen]


def _address_key(address: Address | None) -> str:
    return plain(f"{address.postal_code}{(address.street or '')[:8]}") if address else ""


def _email(markup: Markup, text: str) -> str | None:
    for element in markup.tree.css('a[href^="mailto:"]')[:20]:
        address = (element.attributes.get("href") or "")[7:].partition("?")[0].strip()
        if _EMAIL.fullmatch(address):
            return address
    found = _EMAIL.search(text)
    return found.group() if found else None


def _name(markup: Markup, text: str, email: str | None) -> str | None:
    """The name that the site gives itself: its site name, or a part of its title that the holder
    of its copyright or its own domain bears too."""
    if named := line(markup.meta.get("og:site_name")):
        return named
    titles = [part for part in _title_parts(markup) if len(plain(part)) > 3]
    holders = [plain(found[1]) for found in islice(_COPYRIGHT.finditer(text), 5)]
    hosts = [plain(host.rpartition(".")[0]) for host in (host_of(markup.url), _domain(email))]
    for part in titles:
        name = plain(part)
        if any(said.startswith(name) for said in (*holders, *hosts)):
            return part
    return None


def _title_parts(markup: Markup) -> list[str]:
    """The headings and the title in their parts, each once; the most telling first."""
    parts = (part for heading in markup.headings for part in _TITLE_PARTS.split(heading))
    return list(dict.fromkeys(part.strip(" :|-") for part in parts))


def _known_name(markup: Markup, ref: ListingRef | None) -> str | None:
    """The part of the title that is the name we know, as the page writes it."""
    known = plain(ref.name) if ref else ""
    return next((part for part in _title_parts(markup) if known and plain(part) == known), None)


def _heading(markup: Markup, lines: list[str], place: Found) -> str | None:
    """The one heading right above the only address of the page, where the title begins with it
    and goes on with something else: so directories head the page of one place."""
    headings = markup.tree.css("h1")
    title = markup.tree.css_first("title")
    said = line(content_of(headings[0])) if len(headings) == 1 else None
    if said is None or title is None or _PAGE_WORDS.search(said):
        return None
    name, *rest = (plain(part) for part in _TITLE_PARTS.split(content_of(title) or ""))
    if name != plain(said) or not any(rest):
        return None
    above = lines[max(0, place.line - _HEADED) : place.line + 1]
    return said if any(plain(text) == name for text in above) else None


def _domain(email: str | None) -> str:
    return (email or "").rpartition("@")[2]


def _main(found: list[Found], lines: list[str], name: str | None) -> Found | None:
    """The one address, or the one that stands beside the name or is given most often."""
    if len(found) < 2:
        return found[0] if found else None
    folded = [plain(text) for text in lines]
    scored = sorted(
        ((_times(one, folded) + 2 * _beside_name(one, folded, name), one) for one in found),
        key=lambda pair: pair[0],
        reverse=True,
    )
    return scored[0][1] if scored[0][0] > scored[1][0] else None


def _times(one: Found, folded: list[str]) -> int:
    street = plain((one.address.street or "").partition(",")[0])
    return sum(street in text for text in folded) if len(street) > 4 else 0


def _beside_name(one: Found, folded: list[str], name: str | None) -> bool:
    wanted = plain(name)
    return bool(wanted) and any(
        wanted in text for text in folded[max(0, one.line - 4) : one.line + 1]
    )


def _near(found: list[Found], lines: list[str], dialled: list[Number]) -> dict[Found, list[str]]:
    """The phones that stand beside each address."""
    starts: list[int] = []
    at = 0
    for text in lines:
        starts.append(at)
        at += len(text) + 1
    near: dict[Found, list[str]] = {}
    for number in dialled:
        if number.is_fax or not found:
            continue
        line_ = next((i for i, start in enumerate(starts) if start > number.start), len(starts)) - 1
        closest = min(found, key=lambda one: abs(one.line - line_))
        if abs(closest.line - line_) <= _NEAR and number.written not in near.get(closest, []):
            near.setdefault(closest, []).append(number.written)
    return near


def _hours_text(lines: list[str]) -> str | None:
    """The lines that together say when it is open."""
    said = [piece for text in lines[:4_000] for piece in spoken(text) if weekly(piece)]
    return "; ".join(dict.fromkeys(said[:14])) or None
