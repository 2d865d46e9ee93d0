"""Sentences of the owner's saved replies in replies to other reviews."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.replies.engine import letter, saved
from app.replies.engine.check import check
from app.replies.engine.choose import Used, grams
from app.replies.engine.phrasebook import load
from app.replies.engine.saved import alike
from app.replies.engine.suggest import suggest
from app.replies.engine.types import BusinessProfile, ReviewFacts, SavedReply

BREAD = (
    "Hi Anna,\n\nThank you for loving our sourdough. "
    "The bread rests overnight before it goes into the oven.\n\nWarm regards,\nMaeve"
)
LATE = "Hi Tom, we are sorry about the long wait for your cake. We will refund you. Maeve"


def profile(*texts, vertical="bakery", **more):
    kept = [{"title": text[:5], "text": text} for text in texts]
    return BusinessProfile.from_mapping(
        {"name": "Lantern", "vertical": vertical, "phone": "(207) 555-0142",
         "signature": "Maeve, Lantern", "saved": kept, **more}
    )  # fmt: skip


def reply(text, rating, *texts, **more):
    return suggest(
        ReviewFacts(text=text, rating=rating, author="Gideon P."), profile(*texts, **more)
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (BREAD, ("Hi Anna,", "Warm regards,", "Maeve")),
        (LATE, ("Hi Tom,", "", "Maeve")),
        ("Thank you, Ann. See you soon.", ("", "", "")),
        ("Liebe Anna,\nvielen Dank für Ihren Besuch.\nIhr Team", ("Liebe Anna,", "", "Ihr Team")),
        ("", ("", "", "")),
    ],
)
def test_a_reply_is_taken_apart(text, parts):
    greets = load("de" if "Liebe" in text else "en").greets
    found = letter.read(text, greets)
    assert (found.greeting, found.sign_off, found.signature) == parts


def test_a_turn_of_phrase_takes_the_noun_of_the_review_and_says_where_it_is_from():
    written = reply("Best rye bread in town.", 5, BREAD)
    assert "Thank you for loving our rye bread." in written.reply
    assert any("from the saved reply “Hi An”" in line for line in written.why)


def test_a_fact_is_said_of_the_same_thing_only():
    told = "The bread rests overnight before it goes into the oven."
    about = BREAD.replace("Thank you for loving our sourdough. ", "")
    assert told in reply("What a bread!", 5, about).reply
    assert told not in reply("Lovely scones.", 5, about).reply


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("Waited an hour for a cake.", 5),
        ("They called me names because I am black.", 1),
        ("The bread made me sick, I was in hospital.", 1),
    ],
)
def test_thanks_for_praise_stay_out_of_other_replies(text, rating):
    assert "loving" not in reply(text, rating, BREAD).reply


def test_an_apology_of_ones_own_stands_for_the_one_apology_and_no_refund_is_repeated():
    review = ReviewFacts(text="Waited forty minutes for a cake.", rating=2, author="Gideon P.")
    business = profile(LATE)
    written = suggest(review, business)
    assert "We are sorry about the long wait for your cake." in written.reply
    assert "refund" not in written.reply
    assert check(written.reply, review, business).publishable
    assert "your cake" not in reply("We waited an hour.", 2, LATE).reply


def test_health_businesses_keep_to_checked_words():
    kept = "Thank you for trusting our friendly staff with your teeth."
    assert "trusting" not in reply("Friendly staff!", 5, kept, vertical="dentist").reply


def test_the_greeted_guest_of_then_is_the_one_of_now():
    kept = "Hi Anna, Anna, the words about our staff made our day."
    written = reply("Such friendly staff.", 5, kept)
    assert "Anna" not in written.reply
    assert "Gideon, the words about our staff" in written.reply


def test_other_people_are_not_named_again():
    kept = "Thank you for the kind words about our staff, Laura will be glad."
    assert "Laura" not in reply("Such friendly staff.", 5, kept).reply


def test_another_language_is_left_alone():
    assert "loving" not in reply("Das Brot war wunderbar, alles sehr lecker.", 5, BREAD).reply


def test_the_same_sentence_rests_while_it_is_fresh_in_the_queue():
    used, business = Used(), profile(BREAD)
    texts = [
        suggest(
            ReviewFacts(text="Best rye bread in town.", rating=5, author=f"Ann {n}", id=str(n)),
            business, used,
        ).reply
        for n in range(30)
    ]  # fmt: skip
    assert 2 <= sum("loving our" in text for text in texts) <= 4
    for text in texts:
        body = grams(text.split("\n\n")[1], True)
        others = Used(tuple(other for other in texts if other != text))
        assert others.likeness(body) <= 0.5


@pytest.mark.parametrize(("how", "said"), [("formal", False), ("informal", True)])
def test_du_is_said_where_the_business_says_du(how, said):
    kept = "Danke, dass du unser freundliches Team erwähnst."
    written = reply("Sehr freundliches Team, immer wieder gern!", 5, kept, voice={"formality": how})
    assert ("dass du" in written.reply) is said


@pytest.mark.parametrize(
    ("old", "new", "language", "fits"),
    [
        ("bread", "cake", "en", True),
        ("bread", "scones", "en", False),
        ("bread", "apple pie", "en", False),
        ("커피", "케이크", "ko", True),
        ("커피", "빵", "ko", False),
        ("スープ", "パン", "ja", True),
    ],
)
def test_a_noun_is_swapped_only_where_nothing_else_would_change(old, new, language, fits):
    assert alike(old, new, load(language)) is fits


@settings(max_examples=60, deadline=None)  # the first example of a language also loads it
@given(st.text(max_size=300), st.sampled_from(["en", "ko", "ja", "es", "de", "fr"]))
def test_any_text_can_be_kept(text, language):
    for sentence in saved.sentences((SavedReply("x", text),), language):
        assert sentence.topics


def test_a_very_long_text_takes_bounded_time():
    kept = SavedReply("x", "soup and bread " * 8000)
    assert saved.sentences((kept,), "en") == ()
