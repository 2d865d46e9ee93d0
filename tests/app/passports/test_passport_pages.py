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
    assert "Bridget" in page
    assert "2026-11-20" in page


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
