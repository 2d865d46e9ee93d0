"""Particular points of a topic, patterns with a gap, and what must not be read into a review."""

import pytest

from app.replies.engine.check import check
from app.replies.engine.facts import answer
from app.replies.engine.matcher import Matcher, fold
from app.replies.engine.phrasebook import load
from app.replies.engine.suggest import suggest
from app.replies.engine.types import BusinessProfile, Kind, ReviewFacts
from app.replies.engine.understand import understand


def _profile(vertical="restaurant", **more):
    return BusinessProfile(
        name="Alma", vertical=vertical, city="Bath", phone=more.pop("phone", "+1 555 010 020"),
        email="hello@alma.example", signature=more.pop("signature", "Rosa Hill, owner"), **more,
    )  # fmt: skip


def _read(text, rating, vertical="restaurant"):
    return understand(ReviewFacts(text=text, rating=rating, author="Kim"), _profile(vertical))


def _reply(text, rating, vertical="restaurant", **more):
    review = ReviewFacts(text=text, rating=rating, author="Kim")
    return suggest(review, _profile(vertical, **more), alternatives=0).reply


def test_a_pattern_with_a_gap_covers_both_its_ends_and_nothing_between():
    matcher = Matcher([("charged .. twice", "billing"), ("wine", "drink"), ("twice", "no")], True)
    hits = matcher.find(fold("They charged us for the wine twice."))
    assert [hit.payload for hit in hits] == ["billing", "drink"]


def test_a_gap_is_a_few_words_of_one_sentence():
    matcher = Matcher([("charged .. twice", "billing")], True)
    assert not matcher.find("charged. came twice")
    assert not matcher.find("charged one two three four five twice")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Wine was charged twice.", ("charge", "twice")),
        ("There was hair in my salad.", ("hair",)),
        ("Nobody returned my calls.", ("call", "message", "back")),
        ("Seated forty minutes late and rushed out after dessert.", ("rushed", "hurr")),
    ],
)
def test_a_particular_point_is_named_as_such(text, said):
    given = _reply(text, 2)
    assert any(word in given for word in said)


@pytest.mark.parametrize(
    "text",
    [
        "The vet saw us at ten minutes notice and stayed late. Cannot thank you enough!",
        "Honest garage, hard to find.",
        "The cardamom bun is dangerous. Great little spot!",
    ],
)
def test_five_happy_stars_are_not_read_as_blame(text):
    assert _read(text, 5, "cafe").kind is Kind.PRAISE


def test_what_was_promised_is_no_praise():
    what = _read("They promised a quiet room.", 2, "hotel")
    assert not what.praises


def test_things_by_the_way_are_left_out_of_a_complaint():
    what = _read("The soup was cold. My coat hung by the lamp.", 2)
    assert {mention.topic for mention in what.complaints} == {"temperature"}


def test_a_plumber_is_told_when_pizza_was_meant():
    what = _read("Waited two hours for my pizza. Worst pizza place.", 1, "plumber")
    assert what.kind is Kind.WRONG_BUSINESS


def test_hate_goes_to_a_person():
    assert _read("Go back to where you came from.", 1).escalate


def test_who_signs_is_not_thanked_by_the_reply():
    assert "Rosa" not in _reply("Rosa was so kind to us.", 5).rsplit("\n", 1)[0]


def test_the_title_of_a_name_is_kept():
    assert "Dr Patel" in _read("Dr Patel was so patient with my mum.", 5, "dentist").praised_people


def test_a_thing_with_capitals_is_no_person():
    assert not _read("Pharaoh's Tomb was brilliant.", 5, "escape room").praised_people


def test_british_telephones_get_british_spelling():
    text = "Rude staff, we want an apology."
    spelt = {
        phone: _reply(text, 1, phone=phone) for phone in ("+44 1225 555 010", "+1 555 010 020")
    }
    assert "apologiz" not in spelt["+44 1225 555 010"]
    assert "apologis" not in spelt["+1 555 010 020"]


def test_one_common_word_answers_no_question():
    business = _profile(facts=("We open late on Thursdays",))
    what = understand(ReviewFacts(text="Are you open on Sundays?"), business)
    assert answer(what, business, load("en")) is None


def test_two_questions_of_one_sentence_are_both_answered():
    facts = ("We have oat and almond milk", "Laptops are welcome on weekdays")
    business = _profile("cafe", facts=facts)
    what = understand(
        ReviewFacts(text="Do you have almond milk and can I work on a laptop?"), business
    )
    assert answer(what, business, load("en")) == ". ".join(facts)


def test_a_reply_that_puts_a_colleague_at_fault_is_told():
    review = ReviewFacts(text="Cold pizza after a long wait.", rating=2, author="Joel")
    reply = "Hi Joel,\n\nsorry about the wait. Kevin forgot your pizza.\n\nRosa Hill, owner"
    rules = {note.rule for note in check(reply, review, _profile()).notes}
    assert "staff_blamed" in rules
