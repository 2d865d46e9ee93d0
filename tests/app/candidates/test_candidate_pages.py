"""The page about finding listings."""

from tests.app.locations.test_location_pages import FORM


def test_a_search_is_asked_for_and_waits_for_its_turn(owner):
    owner.post("/locations/new", data=FORM)
    assert "Not searched yet." in owner.get("/locations/1/find").text
    page = owner.post("/locations/1/find", follow_redirects=True).text
    assert "The search waits for its turn." in page
    assert "Customers would look here" in page


def test_a_candidate_that_is_gone_is_404(owner):
    assert owner.post("/candidates/9/accept").status_code == 404
    assert owner.post("/candidates/9/decline").status_code == 404
