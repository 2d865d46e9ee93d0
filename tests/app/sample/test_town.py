"""The sample town: what it shows, and how it moves on."""

import pytest

from app.sample import town
from app.sample.server import create_town


@pytest.fixture
def memory(tmp_path, clock):
    return town.Town(tmp_path / "town.json", clock)


@pytest.fixture
def browser(memory):
    return create_town(memory).test_client()


def test_every_directory_shows_every_business(browser):
    for directory in town.data()["directories"]:
        for business, record in town.data()["businesses"].items():
            answer = browser.get(f"/{directory}/{business}")
            assert answer.status_code == 200
            name = town.listing(directory, business)["name"]
            text = answer.json["place"]["name"] if answer.is_json else answer.text
            assert name in text
            assert record["country"]


def test_what_is_not_there_is_404(browser):
    for path in ("/townbook/nobody", "/nowhere/tyre-lane-cycles", "/cityvoice/x/reviews/1/reply"):
        assert browser.get(path).status_code in (404, 405)


def test_the_town_keeps_its_dates_over_a_restart(memory, tmp_path, clock):
    before = memory.reviews("plateful", "tyre-lane-cycles")
    clock.advance(days=2)
    again = town.Town(tmp_path / "town.json", clock)
    assert again.reviews("plateful", "tyre-lane-cycles") == before


def texts(memory, directory="townbook"):
    return {r.author: (r.stars, r.reply) for r in memory.reviews(directory, "tyre-lane-cycles")}


def test_a_new_review_appears(memory):
    memory.move("new_review")
    assert texts(memory)["Noor Haddad"] == (4, "")


def test_an_edit_changes_stars_and_keeps_the_author(memory):
    assert texts(memory)["Owen Price"][0] == 3
    memory.move("edit")
    assert texts(memory)["Owen Price"][0] == 2


def test_a_review_is_taken_back(memory):
    memory.move("removal")
    assert "Aiko M." not in texts(memory, "plateful")


def test_an_owner_answers_from_somewhere_else(memory):
    memory.move("owner_reply")
    assert texts(memory)["Maya Lindqvist"][1].startswith("Thank you, Maya")


@pytest.mark.parametrize(
    ("move", "directory", "status", "says"),
    [
        ("too_many", "kindred", 429, "Slow down"),
        ("challenge", "register", 200, "Checking that you are a person"),
        ("layout", "plateful", 200, "looks different"),
    ],
)
def test_trouble_lasts_until_the_town_is_calm(browser, move, directory, status, says):
    browser.post(f"/move/{move}")
    answer = browser.get(f"/{directory}/tyre-lane-cycles")
    assert (answer.status_code, says in answer.text) == (status, True)
    browser.post("/move/calm")
    assert "Tyre Lane Cycles" in browser.get(f"/{directory}/tyre-lane-cycles").text


def test_pages_of_reviews_end(browser):
    seen, number = 0, 1
    while number:
        text = browser.get(f"/reviewlane/tyre-lane-cycles?page={number}").text
        seen += text.count('itemprop="review"')
        number = number + 1 if 'rel="next"' in text else 0
    assert seen == 24


def test_a_reply_sent_to_cityvoice_stands_there(browser, memory):
    path = "/cityvoice/tyre-lane-cycles/reviews/cv-1001/reply"
    assert browser.put(path, json={"text": " "}).status_code == 400
    assert browser.put(path, json={"text": "Thank you, Graham."}).json["state"] == "accepted"
    shown = browser.get("/cityvoice/tyre-lane-cycles").json["reviews"]
    assert {"text": "Thank you, Graham."} in [review["reply"] for review in shown]
    assert browser.put(path.replace("1001", "9"), json={"text": "x"}).status_code == 404


def test_the_websites_of_the_businesses_are_served_by_their_own_names(memory):
    client = create_town(memory).test_client()
    home = client.get("/", headers={"Host": "tyrelanecycles.example"})
    assert "118 Tyre Lane" in home.text
    moved = client.get("/", headers={"Host": "old-tyrelane.example"})
    assert (moved.status_code, moved.location) == (301, "https://tyrelanecycles.example/")
    assert client.get("/x", headers={"Host": "dalbit.example"}).status_code == 404
    assert "The sample town" in client.get("/").text
