"""A place in markup as a ListingRecord."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from scrapers.structured import ratings
from scrapers.structured.html import join
from scrapers.structured.nodes import Graph, Node, first_word, types, values, word, words
from scrapers.structured.opening import special_hours, weekly_hours
from scrapers.structured.vocabulary import BARE_TYPES, TYPE_WORDS
from scrapers.text import numbers
from scrapers.text.clean import line
from scrapers.text.countries import country_code
from scrapers.types import Address, ListingRecord

_NAMES = ("name", "fn", "legalName", "org", "alternateName", "label")
_STREET = ("streetAddress", "street-address", "street")
_LOCALITY = ("addressLocality", "locality", "city")
_REGION = ("addressRegion", "region", "state")
_POSTAL = ("postalCode", "postal-code", "zip", "postcode")
_COUNTRY = ("addressCountry", "country-name", "country")
_CLOSED = re.compile(
    r"(?P<good>permanently closed|closed (?:down|permanently|for good)|dauerhaft geschlossen"
    r"|définitivement fermée?|fermée? définitivement|cerrado permanentemente"
    r"|chiuso definitivamente|폐업|閉業|閉店しました|已停业|已歇業)"
    r"|temporarily closed|vorübergehend geschlossen|fermée? temporairement"
    r"|temporairement fermée?|cerrado temporalmente|chiuso temporaneamente"
    r"|임시\s?휴업|休業中|暂停营业",
    re.IGNORECASE,
)
# "030 1234, 030 5678" and "… / …" are two numbers; "030/1234" is one.
_BETWEEN_PHONES = re.compile(r"[,;|]|\s/\s|\soder\s|\sor\s|\n")


def listing(node: Node, graph: Graph, base: str) -> ListingRecord:
    """Everything `node` says of the place it describes."""
    address_nodes = [graph.resolve(value) for value in values(node, "address", "adr", "location")]
    address = next(filter(None, (_address(value, node) for value in address_nodes)), None)
    if address is None:
        address = _address(node, node)
    name = first_word(node, *_NAMES)
    if address is None and "h-adr" in types(node):
        address, name = Address(text=name), None
    phones, faxes = _numbers(node, graph, address_nodes)
    latitude, longitude = _position(node, graph, address_nodes)
    hours, hours_text = weekly_hours(node, graph)
    rating = next(
        (found for value in values(node, "aggregateRating")
         if (found := ratings.of_thing(value, graph)[0])), None,
    )  # fmt: skip
    return ListingRecord(
        name=name,
        phone=phones[0] if phones else None,
        phones=phones,
        faxes=faxes,
        email=_email(node, graph),
        website=website(first_word(node, "url", "website", "sameAs"), base),
        address=address,
        hours=hours,
        special_hours=special_hours(node, graph),
        hours_text=hours_text,
        categories=_categories(node),
        status=status_in(f"{name} {hours_text}"),
        latitude=latitude,
        longitude=longitude,
        rating=rating,
        url=website(first_word(node, "url"), base),
    )


def status_in(text: str) -> str | None:
    """What a name or the hours say of a place that is closed for longer than tonight."""
    found = _CLOSED.search(text)
    return found and ("closed" if found["good"] else "temporarily_closed")


def addresses(node: Node, graph: Graph) -> list[Address]:
    """All addresses of a node: a company may name several branches."""
    found = (_address(graph.resolve(value), node) for value in values(node, "address", "adr"))
    return list(filter(None, found))


def _address(value: Any, owner: Node) -> Address | None:
    if not isinstance(value, dict):
        text = _trimmed(line(value))
        return Address(text=text) if text else None
    street = _trimmed(", ".join(words(value, *_STREET)))
    if extended := first_word(value, "extendedAddress"):
        street = f"{street}, {extended}" if street else extended
    street = street or first_word(value, "postOfficeBoxNumber")
    country = country_code(first_word(value, *_COUNTRY))
    parts = {
        "street": street,
        "locality": _trimmed(first_word(value, *_LOCALITY)),
        "region": _trimmed(first_word(value, *_REGION)),
        "postal_code": _trimmed(first_word(value, *_POSTAL)),
        "country": country,
    }
    text = None
    if value is not owner:
        text = _trimmed(line(first_word(value, "@value", "label", "name")))
    said = [part for part in parts.values() if part]
    if not said:
        return Address(text=text) if text else None
    return Address(text=text or ", ".join(dict.fromkeys(said)), **parts)


def _trimmed(text: str | None) -> str | None:
    """Without the commas that a template left where a part was missing."""
    return text.strip(" ,;") or None if text else None


def _numbers(node: Node, graph: Graph, addresses_: Iterable[Any]) -> tuple[list[str], list[str]]:
    phones: dict[str, None] = {}
    faxes: dict[str, None] = {}
    inside = [value for value in addresses_ if isinstance(value, dict)]
    points = graph.nodes(node, "contactPoint", "contactPoints")
    for holder in (node, *inside, *points):
        is_fax = "fax" in (first_word(holder, "contactType") or "").lower()
        for value in values(holder, "telephone", "phone", "tel", "phoneNumber"):
            (faxes if is_fax else phones).update(dict.fromkeys(_split_phones(word(value))))
        for value in values(holder, "faxNumber", "fax"):
            faxes.update(dict.fromkeys(_split_phones(word(value))))
    return [phone for phone in phones if phone not in faxes], list(faxes)


def _split_phones(text: str | None) -> list[str]:
    if not text:
        return []
    text = unquote(text) if text[:4].lower() == "tel:" else text
    text = re.sub(r"^(?:tel|phone|telefon|fon)\b[:.\s]*", "", text, flags=re.IGNORECASE).strip()
    parts = [part.strip() for part in _BETWEEN_PHONES.split(text)]
    whole = [part for part in parts if sum(letter.isdigit() for letter in part) >= 6]
    if len(whole) == len(parts):
        return whole
    return [text] if any(letter.isdigit() for letter in text) else []


def _email(node: Node, graph: Graph) -> str | None:
    for holder in (node, *graph.nodes(node, "contactPoint")):
        for value in values(holder, "email"):
            text = (word(value) or "").removeprefix("mailto:").partition("?")[0]
            if "@" in text:
                return text
    return None


def website(address: str | None, base: str) -> str | None:
    """An address that a browser can open; "www.…" gets its scheme."""
    if not address or any(letter.isspace() for letter in address):
        return None
    if address.lower().startswith("www."):
        return f"http://{address}"
    joined = join(base, address)
    return joined if joined.lower().startswith(("http://", "https://")) else None


def _position(
    node: Node, graph: Graph, addresses_: Iterable[Any]
) -> tuple[float | None, float | None]:
    inside = [value for value in addresses_ if isinstance(value, dict)]
    nested = [geo for value in inside for geo in graph.nodes(value, "geo")]
    for holder in (*graph.nodes(node, "geo"), *nested, node, *inside):
        latitude = _coordinate(holder, 90, "latitude", "lat")
        longitude = _coordinate(holder, 180, "longitude", "long", "lng", "lon")
        if latitude is not None and longitude is not None and (latitude or longitude):
            return latitude, longitude
    return None, None


def _coordinate(node: Node, limit: int, *names: str) -> float | None:
    value = next(iter(values(node, *names)), None)
    number = float(value) if isinstance(value, (int, float)) else numbers.rating(word(value))[0]
    return number if number is not None and abs(number) <= limit else None


def _categories(node: Node) -> list[str]:
    said = words(node, "category") + words(node, "servesCuisine") + words(node, "medicalSpecialty")
    specific = [
        TYPE_WORDS[kind] for kind in types(node) if kind in TYPE_WORDS and kind not in BARE_TYPES
    ]
    return list(dict.fromkeys(said + specific))[:20]
