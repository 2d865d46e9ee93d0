"""Several places on one page: the subject is chosen by evidence, never by order."""

import json

import pytest

from scrapers.reading import read
from scrapers.types import ListingRef, Page

URL = "https://chain.example/shops/otterford"


def place(name, town, **more):
    address = {"@type": "PostalAddress", "streetAddress": "1 High St", "addressLocality": town}
    return {"@type": "Bakery", "name": name, "address": address, **more}


def read_page(*items, head="", ref=None, url=URL):
    blocks = "".join(f'<script type="application/ld+json">{json.dumps(i)}</script>' for i in items)
    return read(Page(url, f"<html><head>{head}</head><body>{blocks}</body></html>"), ref, "generic")


A = place("Oak Oven", "Ashby", telephone="01632 960010")
B = place("Elm Oven", "Otterford", telephone="01632 960020")
C = place("Ivy Oven", "Kirkby", telephone="01632 960030")

EVIDENCE = {
    "its url": ([A, {**B, "url": URL}, C], ""),
    "its @id": ([A, {**B, "@id": f"{URL}#shop"}, C], ""),
    "its url with www and a slash": (
        [A, {**B, "url": "http://www.chain.example/shops/otterford/"}],
        "",
    ),
    "mainEntity": ([A, {**B, "@id": "#b"}, {"@type": "WebPage", "mainEntity": {"@id": "#b"}}], ""),
    "mainEntity inline": ([A, C, {"@type": "ProfilePage", "mainEntity": B}], ""),
    "the heading": ([A, B, C], "<title>Oven Group</title><h1>Elm Oven</h1>"),
    "og:title": ([A, B, C], '<meta property="og:title" content="Elm Oven | Oven Group">'),
    "the canonical address": (
        [A, {**B, "url": "https://chain.example/b"}],
        '<link rel="canonical" href="https://chain.example/b">',
    ),
    "its reviews": ([A, {**B, "aggregateRating": {"ratingValue": 4, "reviewCount": 2}}, C], ""),
}


@pytest.mark.parametrize(("items", "head"), EVIDENCE.values(), ids=EVIDENCE)
def test_the_subject_is_found_by(items, head):
    url = URL if "chain.example/b" not in head else "https://chain.example/x"
    for given in (items, items[::-1]):
        extract = read_page(*given, head=head, url=url)
        assert extract.listing is not None
        assert extract.listing.name == "Elm Oven"
        assert "Elm Oven" not in [other.name for other in extract.others]


@pytest.mark.parametrize(
    "ref",
    [
        ListingRef(URL, name="ELM OVEN"),
        ListingRef(URL, phone="+44 1632 960020"),
    ],
)
def test_what_we_know_of_the_listing_decides(ref):
    extract = read_page(A, B, C, ref=ref, url="https://chain.example/all")
    assert extract.listing is not None
    assert extract.listing.name == "Elm Oven"


def test_branches_of_one_name_are_told_apart_by_the_town_in_the_address():
    same = [place("Oven", "Ashby"), place("Oven", "Otterford"), place("Oven", "Kirkby")]
    extract = read_page(*same)
    assert extract.listing is not None
    assert extract.listing.address.locality == "Otterford"
    assert len(extract.others) == 2


def test_without_evidence_no_place_is_chosen():
    extract = read_page(A, B, C, url="https://chain.example/")
    assert extract.listing is None
    assert len(extract.others) == 3
    assert extract.problems == ["3 places on this page, and none is marked as its subject"]


def test_the_site_itself_is_not_the_subject():
    site = {
        "@type": "Organization",
        "@id": "#site",
        "name": "Good Bread Guide",
        "address": {"streetAddress": "9 Guide Rd"},
    }
    page = {"@type": "WebPage", "publisher": {"@id": "#site"}}
    extract = read_page({"@graph": [site, page, B]})
    assert extract.listing is not None
    assert extract.listing.name == "Elm Oven"


def test_blocks_about_one_place_are_joined():
    rated = {"@type": "Bakery", "name": "Elm Oven", "aggregateRating": {"ratingValue": "4,5"}}
    extract = read_page(B, rated)
    assert extract.listing is not None
    assert extract.listing.phone == "01632 960020"
    assert extract.listing.rating.value == 4.5
    assert extract.others == []


def review(author, **more):
    return {"@type": "Review", "author": author, "reviewBody": f"{author} was here", **more}


def test_only_the_subjects_reviews_are_taken():
    mine = {**B, "url": URL, "review": [review("Ann")]}
    other = {**A, "review": [review("Bob")]}
    apart = review("Cy", itemReviewed={"@type": "Bakery", "name": "Elm Oven"})
    foreign = review("Di", itemReviewed={"@id": "#a"})
    extract = read_page({**other, "@id": "#a"}, mine, apart, foreign, review("Eve"))
    assert [one.author for one in extract.reviews] == ["Ann", "Cy", "Eve"]


def test_a_rating_apart_from_its_place_is_joined_to_it():
    rating = {
        "@type": "AggregateRating",
        "ratingValue": 3.5,
        "ratingCount": 12,
        "itemReviewed": {"@id": "#b"},
    }
    extract = read_page({**B, "@id": "#b"}, rating)
    assert extract.listing is not None
    assert extract.listing.rating == extract.rating
    assert extract.rating.count == 12


def test_the_rating_of_a_product_is_the_pages_and_not_the_shops():
    product = {"@type": "Product", "name": "Rye loaf", "aggregateRating": {"ratingValue": 4.8}}
    shop = {"@type": "Organization", "@id": "#o", "name": "Oven", "telephone": "01632 960010"}
    page = {"@type": "WebPage", "publisher": {"@id": "#o"}}
    extract = read_page(product, shop, page, head="<h1>Rye loaf</h1>")
    assert extract.rating.value == 4.8
    assert extract.listing is not None
    assert extract.listing.rating is None
