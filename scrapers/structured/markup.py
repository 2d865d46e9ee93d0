"""Everything a page says in markup, every syntax and every block read on its own."""

from __future__ import annotations

import re
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from scrapers.structured import jsonld, microdata, microformats, opengraph, rdfa
from scrapers.structured.html import content_of, join, shallow
from scrapers.structured.nodes import Graph
from scrapers.text.clean import line

MAX_PAGE_CHARS = 10_000_000

_BASE = re.compile(r"<base\s[^>]{0,200}?href\s{0,5}=\s{0,5}[\"']?([^\"'\s>]{1,500})", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"<html\b[^>]{0,500}?\slang\s{0,3}=\s{0,3}[\"']?([\w-]{2,20})", re.IGNORECASE
)
_CONTACT = frozenset({"address", "telephone"})
_OPINION = frozenset({"review", "reviews", "aggregateRating"})
# Words without which no syntax but JSON-LD can be on a page; looking for them costs nothing.
_OPEN_GRAPH = ("business:contact_data", "place:location", "og:street", "og:locality", "og:phone")


class Markup:
    """The markup of one page. JSON-LD is found in the text itself; the page is parsed only where
    another syntax or a hint in the page's head is asked for."""

    def __init__(self, page: str, url: str) -> None:
        self.page = page[:MAX_PAGE_CHARS]
        self.url = url
        self.graph = Graph()
        self.problems: list[str] = []
        found = _BASE.search(self.page, 0, 20_000)
        self.base = join(url, found[1]) if found else url
        self._read_jsonld()
        self._read_elements()

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(shallow(self.page))

    @cached_property
    def meta(self) -> dict[str, str]:
        return opengraph.properties(self.tree)

    @cached_property
    def language(self) -> str | None:
        found = _LANGUAGE.search(self.page, 0, 20_000)
        return found[1] if found else None

    @cached_property
    def headings(self) -> list[str]:
        """What the page says it is about, the most telling first: h1, og:title, title."""
        first = (content_of(element) for element in self.tree.css("h1")[:3])
        title = self.tree.css_first("title")
        said = [*first, self.meta.get("og:title"), content_of(title) if title else None]
        return [text for text in map(line, said) if text]

    @cached_property
    def addresses(self) -> list[str]:
        """The addresses of the page itself: where it was fetched, canonical, og:url."""
        canonical = self.tree.css_first('link[rel="canonical"]')
        linked = canonical.attributes.get("href") if canonical is not None else None
        said = [self.url, linked, self.meta.get("og:url")]
        return [join(self.url, address) for address in said if address]

    def _read_jsonld(self) -> None:
        blocks = [block for block in jsonld.blocks(self.page) if block.strip()]
        reasons: list[str] = []
        for block in blocks:
            try:
                for value in jsonld.parse(block):
                    self.graph.add(value)
            except ValueError as error:
                reasons.append(str(error))
        if reasons:
            why = "; ".join(dict.fromkeys(reasons))
            self.problems.append(
                f"{len(reasons)} of {len(blocks)} JSON-LD blocks unreadable: {why}"
            )

    def _read_elements(self) -> None:
        page = self.page
        if "itemscope" in page or (not self.graph.keys and "ITEMSCOPE" in page):
            self._add(microdata.items(self.tree, self.base))
        if self._says_enough():
            return
        if "typeof=" in page:
            self._add(rdfa.items(self.tree, self.base))
        if microformats.may_hold(page):
            self._add(microformats.items(self.tree, self.base))
        if any(word in page for word in _OPEN_GRAPH):
            self._add(opengraph.items(self.meta))

    def _says_enough(self) -> bool:
        """Whether a place with its contact details and its reviews are known already, so that
        the rarer syntaxes are not worth looking for."""
        keys = self.graph.keys
        return not (_CONTACT.isdisjoint(keys) or _OPINION.isdisjoint(keys))

    def _add(self, items: list) -> None:
        if items:
            self.graph.add(items)
