"""Passports in the browser."""

import io

from tests.app.locations.test_location_pages import FORM

LINK = "https://example.com/us"


def with_listing(owner):
    owner.post("/locations/new", data=FORM)
    owner.post("/locations/1/listings", data={"links": LINK})


def test_a_passport_is_filled_in_and_kept(owner):
    with_listing(owner)
    owner.post(
        "/listings/1/passport",
        data={"claim_state": "claimed", "login_holder": "Bridget", "proved": "y"},
    )
    page = owner.get("/listings/passports").text
    assert "Claimed" in page
    assert "login held by" in page
    assert "Bridget" in page
    assert "A person looked just now" in page or "A person looked today" in page


def test_all_passports_go_out_and_come_in_again(owner):
    with_listing(owner)
    written = owner.get("/listings/passports.csv").text.replace("unknown", "claimed")
    upload = {"file": (io.BytesIO(written.encode()), "passports.csv")}
    page = owner.post("/listings/passports", data=upload, follow_redirects=True).text
    assert "1 passport changed, 0 listings added." in page
    assert owner.get("/listings/passports.json").json[0]["claim_state"] == "claimed"


def test_a_file_about_strangers_changes_nothing_and_says_so(owner):
    with_listing(owner)
    text = "location,source,url\nNobody,generic,https://x.example/\n"
    upload = {"file": (io.BytesIO(text.encode()), "p.csv")}
    page = owner.post("/listings/passports", data=upload, follow_redirects=True).text
    assert "not here: Nobody" in page


def test_a_source_that_is_left_out_is_known_by_its_address(owner):
    with_listing(owner)
    text = f"location,postal_code,url,login_holder\nHarbour Café,97209,{LINK},Bridget\n"
    upload = {"file": (io.BytesIO(text.encode()), "p.csv")}
    page = owner.post("/listings/passports", data=upload, follow_redirects=True).text
    assert "1 passport changed, 0 listings added." in page
    assert "Bridget" in page


def test_a_wrong_address_is_explained(owner):
    with_listing(owner)
    answer = owner.post(
        "/listings/1/passport", data={"claim_state": "claimed", "edit_url": "javascript:1"}
    )
    assert "no web address" in answer.text


def test_many_passports_are_found_page_by_page(owner):
    owner.post("/locations/new", data=FORM)
    links = "\n".join(f"https://d{number:02}.example/us" for number in range(60))
    owner.post("/locations/1/listings", data={"links": links})
    owner.post("/listings/7/passport", data={"claim_state": "claimed", "login_holder": "Ann"})
    first = owner.get("/listings/passports").text
    assert "60 pages" in first
    assert first.count("Open the page") == 50
    assert owner.get("/listings/passports?page=2").text.count("Open the page") == 10
    for asked in ("claimed=claimed", "holder=Ann"):
        alone = owner.get(f"/listings/passports?{asked}").text
        assert alone.count("Open the page") == 1
        assert "1 page." in alone
    assert "59 pages" in owner.get("/listings/passports?holder=-").text
    assert "No page under this filter" in owner.get("/listings/passports?q=nowhere").text
