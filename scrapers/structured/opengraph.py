"""Open Graph: the page's own title and address, and the contact data of a business."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from scrapers.structured.nodes import Node

# Facebook's business type, the older Open Graph place properties, and iOS "place".
_PROPERTIES = {
    "business:contact_data:street_address": "streetAddress",
    "business:contact_data:locality": "addressLocality",
    "business:contact_data:region": "addressRegion",
    "business:contact_data:postal_code": "postalCode",
    "business:contact_data:country_name": "addressCountry",
    "business:contact_data:phone_number": "telephone",
    "business:contact_data:fax_number": "faxNumber",
    "business:contact_data:email": "email",
    "business:contact_data:website": "url",
    "og:street-address": "streetAddress", "og:street_address": "streetAddress",
    "og:locality": "addressLocality", "og:region": "addressRegion",
    "og:postal-code": "postalCode", "og:postal_code": "postalCode",
    "og:country-name": "addressCountry", "og:country_name": "addressCountry",
    "og:phone_number": "telephone", "og:fax_number": "faxNumber", "og:email": "email",
    "place:location:latitude": "latitude", "place:location:longitude": "longitude",
    "og:latitude": "latitude", "og:longitude": "longitude",
}  # fmt: skip


def properties(tree: LexborHTMLParser) -> dict[str, str]:
    """The meta properties of a page, the first value of each."""
    found: dict[str, str] = {}
    for element in tree.css("meta[property],meta[name]")[:300]:
        attributes = element.attributes
        name = (attributes.get("property") or attributes.get("name") or "").lower()
        if content := attributes.get("content"):
            found.setdefault(name, content)
    return found


def items(meta: dict[str, str]) -> list[Node]:
    """The business that the meta properties describe, if they give more than a title."""
    node: Node = {name: meta[written] for written, name in _PROPERTIES.items() if written in meta}
    if not node:
        return []
    return [{**node, "@type": ("localbusiness",), "name": meta.get("og:title", "")}]
