"""Tabelog (食べログ): restaurant pages with JSON-LD, and a table of facts that says more."""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import BeautifulSoup

from scrapers.base import Source
from scrapers.structured.html import shallow
from scrapers.text.clean import line
from scrapers.text.hours import weekly
from scrapers.types import Address, Capability, Extract, ListingRecord, ListingRef, Page

_PHONE = re.compile(r"0\d{1,4}-\d{1,4}-\d{3,4}")


class Tabelog(Source):
    name = "Tabelog"
    hosts = ("tabelog.com",)
    listing_url = re.compile(r"/(?P<id>\d{8})(?:/|$|\?)")
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS})
    # Its terms of use (of February 2026) forbid use for business, 6 (1), and keeping copies without
    # its consent, 9 (1). They have no word on programs.
    default_on = False
    terms_url = "https://tabelog.com/help/rules/"
    correct_url = "https://owner.tabelog.com/"
    min_interval_s = 10.0
    weight = 0.7
    countries = ("JP",)
    trades = ("cafe", "restaurant")

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        extract = super().parse(page, ref)
        if "rstinfo-table" not in page.text:
            return extract
        facts = _facts(BeautifulSoup(shallow(page.text), "lxml"))
        return replace(extract, listing=_listing(facts, extract.listing or ListingRecord()))


def _facts(soup: BeautifulSoup) -> dict[str, str]:
    """The rows of the table of facts: its label → what stands beside it."""
    facts: dict[str, str] = {}
    for row in soup.select("[class*=rstinfo-table] tr"):
        label, said = row.find("th"), row.find("td")
        if label and said and (name := line(label.get_text())):
            facts.setdefault(name, said.get_text("\n", strip=True))
    return facts


def _listing(facts: dict[str, str], known: ListingRecord) -> ListingRecord:
    phone = _PHONE.search(facts.get("お問い合わせ") or facts.get("予約・お問い合わせ") or "")
    phones = known.phones or ([phone.group()] if phone else [])
    address = line((facts.get("住所") or "").partition("大きな地図")[0])
    hours_text = line(facts.get("営業時間"))
    categories = [part for part in re.split(r"[、,\n]", facts.get("ジャンル", "")) if part.strip()]
    return replace(
        known,
        name=known.name or line(facts.get("店名", "").partition("\n")[0]),
        phone=known.phone or next(iter(phones), None),
        phones=phones,
        address=known.address or (Address(text=address, country="JP") if address else None),
        hours=known.hours or weekly(facts.get("営業時間")),
        hours_text=known.hours_text or hours_text,
        categories=known.categories or categories,
    )
