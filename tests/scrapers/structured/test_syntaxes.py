"""Microdata, RDFa, microformats and Open Graph give the records that JSON-LD would."""

import pytest

from scrapers.reading import read
from scrapers.types import Page

URL = "https://cafe.example/"


def read_page(body, head=""):
    page = Page(URL, f"<html><head>{head}</head><body>{body}</body></html>")
    return read(page, None, "generic")


MICRODATA = """
<div itemscope itemtype="https://schema.org/CafeOrCoffeeShop">
  <h1 itemprop="name">Heron Café</h1>
  <a itemprop="telephone" href="tel:+441632960300">call us</a>
  <div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">
    <span itemprop="streetAddress">5 Quay St</span>, <span itemprop="addressLocality">Saltby</span>
    <span itemprop="postalCode">SB2 1AA</span></div>
  <time itemprop="openingHours" datetime="Mo-Fr 08:00-16:00">weekdays</time>
  <div itemprop="aggregateRating" itemscope itemtype="https://schema.org/AggregateRating">
    <span itemprop="ratingValue" content="4.5">4½</span>
    <meta itemprop="ratingCount" content="20"></div>
  <div itemprop="review" itemscope itemtype="https://schema.org/Review">
    <a itemprop="author" href="/u/7">Pim</a><meta itemprop="datePublished" content="2026-05-01">
    <div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
      <span itemprop="ratingValue">4</span></div>
    <p itemprop="reviewBody">Good <b>coffee</b>.</p></div>
</div>"""

RDFA = """
<div vocab="https://schema.org/" typeof="CafeOrCoffeeShop" resource="#cafe">
  <h1 property="name">Heron Café</h1><span property="telephone">+441632960300</span>
  <div property="address" typeof="PostalAddress"><span property="streetAddress">5 Quay St</span>,
    <span property="addressLocality">Saltby</span> <span property="postalCode">SB2 1AA</span></div>
  <span property="openingHours" content="Mo-Fr 08:00-16:00">weekdays</span>
  <div property="aggregateRating" typeof="AggregateRating"><span property="ratingValue">4.5</span>
    <span property="ratingCount">20</span></div>
  <div property="review" typeof="Review"><span property="author">Pim</span>
    <span property="datePublished" content="2026-05-01">in May</span>
    <div property="reviewRating" typeof="Rating"><span property="ratingValue">4</span></div>
    <p property="reviewBody">Good <b>coffee</b>.</p></div>
</div>"""

HREVIEW = """
<div class="vcard"><h1 class="fn org">Heron Café</h1>
  <span class="tel"><span class="type">Work</span> <span class="value">+441632960300</span></span>
  <p class="adr"><span class="street-address">5 Quay St</span>,
    <span class="locality">Saltby</span> <span class="postal-code">SB2 1AA</span></p></div>
<div class="hreview-aggregate"><span class="item"><span class="fn">Heron Café</span></span>
  <span class="rating"><span class="average">4.5</span> of <span class="best">5</span></span>
  <span class="count">20</span> ratings</div>
<div class="hreview"><span class="item"><span class="fn">Heron Café</span></span>
  <span class="reviewer vcard"><span class="fn">Pim</span></span>
  <abbr class="dtreviewed" title="20260501">in May</abbr> <span class="rating">4</span>
  <p class="description">Good <b>coffee</b>.</p></div>"""

H_CARD = """
<div class="h-card"><h1 class="p-name">Heron Café</h1><span class="p-tel">+441632960300</span>
  <p class="p-adr h-adr"><span class="p-street-address">5 Quay St</span>,
    <span class="p-locality">Saltby</span> <span class="p-postal-code">SB2 1AA</span></p></div>
<div class="h-review-aggregate"><span class="p-item h-item">Heron Café</span>
  <data class="p-average" value="4.5">four and a half</data> (<span class="p-count">20</span>)</div>
<div class="h-review"><span class="p-item h-card">Heron Café</span>
  <span class="p-author h-card">Pim</span>
  <time class="dt-published" datetime="2026-05-01">in May</time>
  <span class="p-rating">4</span><div class="e-content">Good <b>coffee</b>.</div></div>"""


@pytest.mark.parametrize(
    "body", [MICRODATA, RDFA, HREVIEW, H_CARD], ids=["microdata", "rdfa", "v1", "v2"]
)
def test_every_syntax_gives_the_same_place_and_review(body):
    extract = read_page(body)
    place = extract.listing
    assert place is not None
    assert (place.name, place.phones) == ("Heron Café", ["+441632960300"])
    assert place.address is not None
    assert (place.address.street, place.address.locality) == ("5 Quay St", "Saltby")
    assert place.address.postal_code == "SB2 1AA"
    assert (extract.rating.value, extract.rating.count) == (4.5, 20)
    [review] = extract.reviews
    assert (review.author, review.rating.value, review.text) == ("Pim", 4.0, "Good coffee.")
    assert review.published_at.date().isoformat() == "2026-05-01"


def test_the_same_review_in_two_syntaxes_is_one_review():
    twice = MICRODATA + HREVIEW.replace("hreview-aggregate", "x")
    assert len(read_page(twice).reviews) == 1


def test_two_equal_reviews_in_one_block_stay_two():
    one = '<div itemprop="review" itemscope itemtype="https://schema.org/Review">'
    card = f'{one}<span itemprop="author">A</span><p itemprop="reviewBody">Fine</p></div>'
    body = f'<div itemscope itemtype="https://schema.org/Cafe">{card}{card}</div>'
    assert len(read_page(body).reviews) == 2


def test_itemref_brings_what_stands_elsewhere():
    body = """<div itemscope itemtype="https://schema.org/LocalBusiness" itemref="t a nowhere">
      <span itemprop="name">Heron</span></div><p id="t" itemprop="telephone">01632 960300</p>
      <div id="a"><div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">
      <span itemprop="streetAddress">5 Quay St</span></div></div>"""
    place = read_page(body).listing
    assert place is not None
    assert place.phone == "01632 960300"
    assert place.address is not None
    assert place.address.street == "5 Quay St"


def test_reviews_outside_any_item_belong_to_the_page():
    body = """<p itemscope itemtype="https://schema.org/LocalBusiness"><i itemprop="name">H</i></p>
      <div itemprop="review" itemscope itemtype="https://schema.org/Review">
      <span itemprop="author">Lone</span><p itemprop="description">Hm.</p></div>"""
    assert [review.author for review in read_page(body).reviews] == ["Lone"]


def test_the_old_google_vocabulary_is_understood():
    body = """<div xmlns:v="http://rdf.data-vocabulary.org/#" typeof="v:Review-aggregate">
      <span property="v:itemreviewed">Heron</span><span rel="v:rating"><span typeof="v:Rating">
      <span property="v:average">9</span> of <span property="v:best">10</span></span></span>
      <span property="v:votes">24</span></div>"""
    rating = read_page(body).rating
    assert (rating.value, rating.best, rating.count) == (9.0, 10.0, 24)


def test_open_graph_contact_data_is_a_place():
    head = """<meta property="og:title" content="Heron Café">
      <meta property="business:contact_data:street_address" content="5 Quay St">
      <meta property="business:contact_data:phone_number" content="01632 960300">
      <meta property="place:location:latitude" content="51.5">
      <meta property="place:location:longitude" content="-1.5">"""
    place = read_page("", head).listing
    assert place is not None
    assert (place.name, place.phone, place.latitude) == ("Heron Café", "01632 960300", 51.5)


def test_those_who_write_comments_are_no_places():
    body = '<div class="comment-author vcard"><b class="fn">Ann</b></div>' * 3
    extract = read_page(body)
    assert extract.listing is None
    assert extract.others == []
