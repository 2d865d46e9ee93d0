"""What an element says: its machine-readable value, or its words as a reader sees them."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborNode

# Elements whose value is an address, and the attribute that holds it.
_ADDRESS = {
    "a": "href", "area": "href", "link": "href", "audio": "src", "embed": "src", "iframe": "src",
    "img": "src", "source": "src", "track": "src", "video": "src", "object": "data",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f]+")

MAX_ELEMENTS = 100_000


# Properties that are addresses; any other one on a link means the link's words.
_IS_ADDRESS = frozenset(
    "url sameAs image logo photo hasMap map menu hasMenu contentUrl mainEntityOfPage thumbnailUrl"
    " additionalType availability itemCondition potentialAction target isBasedOn".split()
)


def element_value(
    element: LexborNode, base: str, name: str, attributes: dict[str, str | None] | None = None
) -> str:
    """The value of the element that gives the property `name`.

    As HTML 5.2 has it, but for two habits of real pages: `content` counts on any element, and a
    link or picture that is no address gives its words.
    """
    attributes = element.attributes if attributes is None else attributes
    if (content := attributes.get("content")) is not None:
        return content
    tag = element.tag or ""
    if tag in _ADDRESS and (address := attributes.get(_ADDRESS[tag])) is not None:
        return _linked(element, address, base, name)
    if tag in ("data", "meter") and (value := attributes.get("value")) is not None:
        return value
    if tag == "time" and (moment := attributes.get("datetime")):
        return moment
    return content_of(element) or attributes.get("title") or ""


def _linked(element: LexborNode, address: str, base: str, name: str) -> str:
    if name not in _IS_ADDRESS:
        if address.startswith(("tel:", "mailto:")):
            return address
        if words := element.attributes.get("alt") or content_of(element):
            return words
    return join(base, address)


def content_of(element: LexborNode) -> str:
    """The words of an element, with line breaks where the page has them."""
    only = element.first_child
    if only is not None and only.next is None and only.tag == "-text":
        return " ".join((only.text_content or "").split())
    if element.css_first("br,p,li,div,script,style") is None:
        return _SPACE.sub(" ", element.text(deep=True)).strip()
    return lines_of(element)


_BLOCKS = frozenset(
    "address article aside blockquote br center dd div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul"
    " option select title legend caption".split()
)
_SILENT = frozenset("script style noscript template svg head iframe object textarea".split())


def lines_of(element: LexborNode, *, links_apart: bool = False) -> str:
    """The words of an element, a line for every block, without scripts and styles.

    `links_apart` puts a space around links and buttons, which menus set side by side.
    """
    pieces: list[str] = []
    node: LexborNode | None = element.first_child
    for _ in range(MAX_ELEMENTS):
        if node is None:
            break
        tag = node.tag or ""
        if tag == "-text":
            pieces.append(_SPACE.sub(" ", node.text_content or ""))
        elif tag in _BLOCKS:
            pieces.append("\n")
        elif links_apart and tag in ("a", "button"):
            pieces.append(" ")
        inner = node.first_child if tag not in _SILENT else None
        node = inner or _next_after(node, element, pieces)
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _next_after(node: LexborNode, top: LexborNode, pieces: list[str]) -> LexborNode | None:
    """The node that follows `node` in the page, below `top`; blocks that end here end a line."""
    at: LexborNode | None = node
    while at is not None and at.mem_id != top.mem_id:
        if (at.tag or "") in _BLOCKS:
            pieces.append("\n")
        if at.next is not None:
            return at.next
        at = at.parent
    return None


def join(base: str, address: str) -> str:
    """`address` made absolute; unchanged where it cannot be one."""
    address = address.strip()
    if address.startswith(("https://", "http://")):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def host_of(url: str) -> str:
    """The host of `url` in lower case, also where it was typed without a scheme; "" if none."""
    try:
        host = urlsplit(url if "://" in url else f"//{url}").hostname
    except ValueError:
        return ""
    return (host or "").rstrip(".")


# Pages of fewer tags cannot nest deeply enough to cost time.
_FEW_TAGS = 8_000
_MAX_DEPTH = 1_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})")
_CLOSE_THEMSELVES = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd"
    " option optgroup tbody thead tfoot colgroup rp rt".split()
)


def shallow(page: str) -> str:
    """`page` up to where its elements nest deeper than any real page's.

    HTML parsers look through the open elements at every tag: a megabyte of nested tags would keep
    them busy for hours.
    """
    if page.count("<") < _FEW_TAGS:
        return page
    opened: list[str] = []
    for found in _TAG.finditer(page):
        name = found[2].lower()
        if name in _CLOSE_THEMSELVES:
            continue
        if not found[1]:
            opened.append(name)
            if len(opened) > _MAX_DEPTH:
                return page[: found.start()]
        elif name in opened[-5:]:
            while opened.pop() != name:
                pass
    return page
