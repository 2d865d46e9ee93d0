"""Phones, faxes, addresses and hours in plain pages of fictional businesses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers import registry
from scrapers.contact.addresses import addresses
from scrapers.contact.phones import numbers, unique
from scrapers.types import ListingRef, Page


def read(body, url="https://harbour.example/contact", language="en"):
    page = Page(url, f'<html lang="{language}"><body>{body}</body></html>')
    return registry.get("generic").parse(page, ListingRef(url))


@pytest.mark.parametrize(
    ("text", "region", "phones", "faxes"),
    [
        ("Tel 01632 960 123 Fax 01632 960124", "GB", [], []),
        ("Phone: (212) 555-0142", "US", ["(212) 555-0142"], []),
        ("P: 212.736.5000 | F: 212.736.5001", "US", ["212.736.5000"], ["212.736.5001"]),
        ("212-736-5000 (fax)", "US", [], ["212-736-5000"]),
        ("Tel/Fax: 212-736-5000", "US", ["212-736-5000"], []),
        ("Fax:\n212-736-5000", "US", [], ["212-736-5000"]),
        ("Call 1-800-356-9377 x 12", "US", ["1-800-356-9377"], []),
        ("call 303.333.PAUL today", "US", ["303.333.PAUL"], []),
        ("Tel. 030 25002525, Telefax 030 25002526", "DE", ["030 25002525"], ["030 25002526"]),
        ("tel. 0032 2 551 20 20", "FR", ["+32 2 551 20 20"], []),
        ("전화 02-312-1234 팩스 02-312-1235", "KR", ["02-312-1234"], ["02-312-1235"]),
        ("VAT no. 212 736 5000", "US", [], []),
        ("in 2012-2013 and on 26.08.2009", "US", [], []),
        ("Power 500/600/1200", "US", [], []),
    ],
)
def test_phones_and_faxes(text, region, phones, faxes):
    found = unique(numbers(text, region))
    if text.startswith("Tel 01632"):  # numbers kept for fiction belong to no line
        assert found[0] in ([], ["01632 960 123"])
    else:
        assert found == (phones, faxes)


@pytest.mark.parametrize(
    ("text", "region", "street", "locality", "code"),
    [
        ("12 Elm Street\nSpringfield, IL 62701", "US", "12 Elm Street", "Springfield", "62701"),
        (
            "400 Pine Ave, Suite 20\nReno NV\n89501-1234",
            "US",
            "400 Pine Ave, Suite 20",
            "Reno",
            "89501-1234",
        ),
        ("9 Oak Road Boulder, Colorado 80301", "US", "9 Oak Road", "Boulder", "80301"),
        ("Mail: P.O. Box 77, Mesa, AZ 85208", "US", "P.O. Box 77", "Mesa", "85208"),
        (
            "1776 Broadway, 2nd Fl. New York, NY 10019",
            "US",
            "1776 Broadway, 2nd Fl.",
            "New York",
            "10019",
        ),
        (
            "Heron House\n14 Mill Lane\nTaunton\nSomerset\nTA1 1AA",
            "GB",
            "Heron House, 14 Mill Lane",
            "Taunton",
            "TA1 1AA",
        ),
        (
            "Write to us at PO Box 60, Oak Park, Leeds, LS1 1AA",
            "GB",
            "PO Box 60, Oak Park",
            "Leeds",
            "LS1 1AA",
        ),
        (
            "411 Lake Pkwy Suite 12\nConcord, ON\nL4K 0A8",
            "CA",
            "411 Lake Pkwy Suite 12",
            "Concord",
            "L4K 0A8",
        ),
        ("5 George Street, Sydney NSW 2000", "AU", "5 George Street", "Sydney", "2000"),
        ("Lindenstraße 5\n10969 Berlin", "DE", "Lindenstraße 5", "Berlin", "10969"),
        ("Bäckerei Korn, Gartenweg 7a, D-50667 Köln", "US", "Gartenweg 7a", "Köln", "50667"),
        ("C/ Mayor, 12\n28013 Madrid", "ES", "C/ Mayor, 12", "Madrid", "28013"),
        ("12 rue des Lilas\n75011 Paris", "FR", "12 rue des Lilas", "Paris", "75011"),
        ("Kerkstraat 9\n1017 GA Amsterdam", "NL", "Kerkstraat 9", "Amsterdam", "1017 GA"),
        ("Storgatan 3\n113 29 Stockholm", "SE", "Storgatan 3", "Stockholm", "113 29"),
        ("〒150-0001 東京都渋谷区神宮前9-9-9", "JP", "神宮前9-9-9", "渋谷区", "150-0001"),
        ("서울 마포구 와우산로 99", "KR", "와우산로 99", "마포구", None),
        ("22 Hill Road, Fenton, MO", "US", "22 Hill Road", "Fenton", None),
    ],
)
def test_addresses(text, region, street, locality, code):
    [found] = addresses(text.split("\n"), region)
    address = found.address
    assert (address.street, address.locality, address.postal_code) == (street, locality, code)


@pytest.mark.parametrize(
    "text",
    [
        "We ship to Austin, TX and Reno, NV every week.",
        "© Copyright 1994 – 2013 Oak Ltd. All rights reserved",
        "Order 12345 Tables of oak",
        "Software Developers - 3 positions\nMerrifield, VA",
    ],
)
def test_what_is_no_address(text):
    assert addresses(text.split("\n"), "US") == []


def test_a_plain_contact_page():
    extract = read("""
      <title>Contact | Harbour Books</title><h1>Harbour Books</h1>
      <p>Visit us: 12 Quay Street<br>Annapolis, MD 21401</p>
      <p>Phone: <b>(410) 263-6900</b><br>Fax: (410) 263-6901</p>
      <p>Monday to Friday 9am-5pm<br>Saturday: 10am - 4pm</p>
      <a href="mailto:shop@harbour.example">Write</a> © 2026 Harbour Books. All rights reserved.""")
    place = extract.listing
    assert place is not None
    assert place.name == "Harbour Books"
    assert (place.phones, place.faxes) == (["(410) 263-6900"], ["(410) 263-6901"])
    assert place.address is not None
    assert (place.address.street, place.address.region) == ("12 Quay Street", "MD")
    assert place.email == "shop@harbour.example"
    assert place.hours is not None
    assert place.hours["sat"] == [("10:00", "16:00")]
    assert extract.others == []


def test_of_two_addresses_the_one_beside_the_name_is_the_listings():
    body = """<meta property="og:site_name" content="Harbour Books">
      <p>Our landlord: 9 Oak Road, Boulder, CO 80301</p>
      <p>Harbour Books<br>12 Quay Street<br>Annapolis, MD 21401<br>(410) 263-6900</p>"""
    for text in (body, body.replace("<p>Our", "<br><p>Our")):
        extract = read(text)
        assert extract.listing is not None
        assert extract.listing.address is not None
        assert extract.listing.address.postal_code == "21401"
        assert [other.address.postal_code for other in extract.others if other.address] == ["80301"]


def test_between_two_addresses_without_evidence_none_is_taken():
    extract = read("<p>9 Oak Road, Boulder, CO 80301</p><p>12 Quay Street, Annapolis, MD 21401</p>")
    assert extract.listing is None or extract.listing.address is None
    assert len(extract.others) == 2


def test_plain_text_fills_the_gaps_of_markup():
    extract = read("""<div class="vcard"><b class="fn">Harbour Books</b></div>
      <p>12 Quay Street<br>Annapolis, MD 21401<br>(410) 263-6900</p>""")
    assert extract.listing is not None
    assert extract.listing.name == "Harbour Books"
    assert extract.listing.phone == "(410) 263-6900"
    assert extract.listing.address is not None


def test_a_directorys_own_numbers_are_not_the_listings():
    extract = read("""<script type="application/ld+json">{"@type": "Cafe", "name": "Heron",
      "aggregateRating": {"ratingValue": 4, "reviewCount": 9}}</script>
      <p>Directory hotline (410) 263-6900</p>""")
    assert extract.listing is not None
    assert extract.listing.phones == []


@given(st.text(alphabet=st.sampled_from("0123456789 -()+.,\nABtelfax:Stroad"), max_size=200))
@settings(max_examples=60)
def test_any_text_is_read(text):
    found = numbers(text, "US")
    assert all(number.e164.startswith("+") for number in found)
    for one in addresses(text.split("\n"), "US"):
        assert one.address.text


@pytest.mark.parametrize(
    ("body", "postal_code", "phone"),
    [
        ("12 Elm Street " * 20_000, None, None),
        (", ".join(["Springfield, IL 62701"] * 5_000), "62701", None),
        ("1" * 100_000, None, None),
        ("(212) 736-5000 " * 5_000, None, "(212) 736-5000"),
        ("Mon 9-5 " * 20_000, None, None),
        ("a " * 100_000 + "62701", None, None),
        ("- " * 100_000, None, None),
        ("<p>Suite 1</p>" * 20_000, None, None),
        ("Elm " * 20_000 + "<p>118 Quay Street<br>Portland, OR 97209</p>", "97209", None),
    ],
)
def test_hostile_plain_pages_give_what_stands_in_them_once(body, postal_code, phone):
    extract = read(body)
    listing = extract.listing
    assert (listing is not None) == bool(postal_code or phone)
    if listing is not None:
        assert (listing.address and listing.address.postal_code) == postal_code
        assert listing.phones == ([phone] if phone else [])
    assert (extract.reviews, extract.problems) == ([], [])


PLACE = "<p>118 Quay Street<br>Portland, OR 97209</p><p>Phone: (503) 555-0118</p>"


def titled(title, body, ref_name=None):
    page = Page("https://register.example/1", f"<title>{title}</title><body>{body}</body>")
    return registry.get("generic").parse(page, ListingRef(page.url, name=ref_name)).listing


@pytest.mark.parametrize(
    ("title", "body", "name"),
    [
        ("Heron Books · Old Register", f"<h1>Heron Books</h1>{PLACE}", "Heron Books"),
        ("Heron Books | Old Register", f"<h1> HERON BOOKS</h1>{PLACE}", "HERON BOOKS"),
        ("Contact us | Heron Books", f"<h1>Contact us</h1>{PLACE}", None),
        ("Kontakt · Heron", f"<h1>Kontakt</h1>{PLACE}", None),
        ("Old Register", f"<h1>Heron Books</h1>{PLACE}", None),
        ("Heron Books", f"<h1>Heron Books</h1>{PLACE}", None),
        ("Heron Books · Old Register", f"<h1>Heron Books</h1><h1>Wren</h1>{PLACE}", None),
        ("Great tea · Old Register", f"<h1>Great tea</h1>{'<p>More.</p>' * 9}{PLACE}", None),
        ("Heron Books · Old Register", "<h1>Heron Books</h1><p>No place.</p>", None),
    ],
)
def test_a_page_headed_like_a_directory_s_page_of_one_place_names_it(title, body, name):
    listing = titled(title, body)
    assert (listing and listing.name) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Contact: heron books", "heron books"),
        ("Visit us | Heron Books | Portland", "Heron Books"),
        ("Heron Books Downtown", None),
        ("Wren Books", None),
    ],
)
def test_a_name_that_we_know_is_found_in_the_title(title, name):
    assert titled(title, f"<h1>Where we are</h1>{PLACE}", "Heron Books").name == name


@pytest.mark.parametrize("known", [None, "Heron"])
def test_hostile_titles_name_nothing_and_cost_little(known):
    for text in ("\x00\u202e", " - " * 30_000, "| " * 50_000, "us" * 50_000):
        assert titled(text, f"<h1>{text}</h1>{PLACE}", known).name is None
