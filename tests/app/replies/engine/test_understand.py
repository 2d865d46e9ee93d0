"""What kind of review it is: stars first, the text on strong cues."""

import pytest

from app.replies.engine.types import BusinessProfile, Kind, ReviewFacts
from app.replies.engine.understand import trade, understand


def kind(rating, text, vertical="restaurant"):
    business = BusinessProfile(name="Luna", vertical=vertical)
    return understand(ReviewFacts(text=text, rating=rating), business).kind


@pytest.mark.parametrize(
    ("rating", "text", "expected"),
    [
        (5, "Amazing tapas, friendly staff!", Kind.PRAISE),
        (5, "", Kind.STARS_ONLY),
        (1, "👎", Kind.STARS_ONLY),
        (3, "Lovely staff, but the soup was cold.", Kind.MIXED),
        (2, "The soup was cold and the waiter rude.", Kind.COMPLAINT),
        (1, "FILTHY TABLES AND RUDE STAFF!!! NEVER AGAIN!!!", Kind.ANGRY),
        (5, "If you enjoy waiting an hour for cold fries, this is the place. Bravo.", Kind.SARCASM),
        (1, "Delicious food!! Best burger ever, friendly staff!", Kind.PRAISE),
        (1, "Worst place ever. Avoid!", Kind.VAGUE_ATTACK),
        (5, "Earn money from home! Visit my website www.x.example, DM me", Kind.SPAM),
        (1, "I meant to review the cafe next door, wrong place, sorry.", Kind.WRONG_BUSINESS),
        (1, "My lawyer will be in touch.", Kind.LEGAL),
        (1, "We got food poisoning from the fish.", Kind.SAFETY),
        (5, "The food poisoning scare elsewhere sent us here. Fantastic ramen!", Kind.PRAISE),
        (4, "Scones are fabulous. My daughter had an allergic reaction.", Kind.SAFETY),
        (5, "I'm allergic to peanuts and they handled it perfectly. Delicious!", Kind.PRAISE),
        (1, "They refused us because we are black.", Kind.DISCRIMINATION),
        (2, "I want to kill myself.", Kind.SELF_HARM),
        (1, "A journalist will write about this rude staff.", Kind.PRESS),
        (2, "I want a refund, I was charged twice.", Kind.REFUND),
        (None, "Do you have vegan dishes?", Kind.QUESTION),
        (2, "Why does it take 50 minutes to bring two salads?", Kind.COMPLAINT),
    ],
)
def test_kinds(rating, text, expected):
    assert kind(rating, text) is expected


def test_only_grave_kinds_are_escalated():
    business = BusinessProfile(name="Luna", vertical="restaurant")
    cold = understand(ReviewFacts(text="The soup was cold.", rating=1), business)
    ill = understand(ReviewFacts(text="We got food poisoning.", rating=1), business)
    assert (cold.escalate, ill.escalate) == (False, True)


def test_praised_people_are_named_and_criticised_ones_are_not():
    business = BusinessProfile(name="Luna", vertical="restaurant")
    glad = understand(ReviewFacts(text="Thanks to Marco, our waiter!", rating=5), business)
    cross = understand(ReviewFacts(text="Brittany was rude.", rating=1), business)
    assert (glad.praised_people, cross.praised_people) == (("Marco",), ())


def test_a_given_name_is_staff_unless_the_reviewer_brought_it():
    def praised(text):
        review = ReviewFacts(text=text, rating=5, author="Kate Hill")
        return understand(review, BusinessProfile(name="Luna")).praised_people

    assert praised("Jess nailed my fade, lovely work.") == ("Jess",)
    assert praised("My son Tom loved the pasta.") == ()
    assert praised("Great cake! Kate") == ()


def test_markup_is_not_read():
    assert kind(1, "<b>Terrible</b> service &amp; dirty tables<br>") is Kind.COMPLAINT


def test_an_unsupported_language_is_told():
    review = ReviewFacts(text="Il cibo era molto buono e il personale è gentile.", rating=5)
    what = understand(review, BusinessProfile(lang="en"))
    assert what.language == "en"
    assert any("language" in warning for warning in what.warnings)


def test_a_very_long_review_is_read_in_part():
    what = understand(ReviewFacts(text="cold soup " * 20_000, rating=1), BusinessProfile())
    assert what.complaints
    assert any("very long" in warning for warning in what.warnings)


@pytest.mark.parametrize(
    ("vertical", "group"),
    [
        ("cafe", "food"),
        ("Dentist", "health"),
        ("자동차 정비", "auto"),
        ("歯科", "health"),
        ("barber", "beauty"),
        ("wine bar", "food"),
        ("Spanish restaurant", "food"),
        ("carpet cleaner", "home"),
        ("Hausarztpraxis", "health"),
        ("Autowerkstatt", "auto"),
        ("law firm", "law"),
        ("?", "other"),
    ],
)
def test_trades(vertical, group):
    assert trade(vertical) == group
