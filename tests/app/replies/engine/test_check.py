"""What the checker says of a reply."""

import pytest

from app.replies.engine.check import check
from app.replies.engine.types import BusinessProfile, ReviewFacts

LUNA = BusinessProfile(
    name="Cafe Luna", vertical="cafe", lang="en", phone="+44 1225 555 010",
    email="hello@luna.example", signature="Maria", facts=("New dishwasher since 3 May",),
)  # fmt: skip
COLD = ReviewFacts(text="The soup was cold and we waited forever.", rating=2, platform="google")
GLAD = ReviewFacts(text="Lovely soup, friendly staff.", rating=5, platform="google")


def rules(reply, review=COLD, business=LUNA, used=()):
    return {note.rule for note in check(reply, review, business, used).notes}


@pytest.mark.parametrize(
    ("reply", "rule"),
    [
        ("Our policy does not allow it.", "blame"),
        ("You will get a refund.", "promise"),
        ("It will never happen again, guaranteed.", "guarantee"),
        ("We have retrained the waiter.", "done"),
        ("It was our fault.", "liability"),
        ("This is a fake review.", "accusation"),
        ("Please remove your review.", "removal"),
        ("We are thrilled that you came.", "cheer"),
        ("Dear valued customer, we strive to please.", "stock"),
        ("Send us your phone number.", "ask_private"),
        ("Hello [Name], sorry about the soup.", "placeholder"),
        ("Call 555-123-4567.", "foreign_contact"),
        ("Write to other@place.example.", "foreign_contact"),
        ("We serve 300 guests a day.", "number"),
        ("- sorry\n- really", "markup"),
        ("WE ARE SORRY ABOUT THE SOUP!!!", "shouting"),
        ("We are sorry. We apologize. Our regrets.", "apology_twice"),
        ("We will look into the soup.", "apology_missing"),
        ("Es tut uns wirklich sehr leid, dass die Suppe nicht warm war.", "language"),
        ("", "empty"),
        ("Sorry that the soup was cold and we waited forever on it.", "echo"),
    ],
)
def test_finds(reply, rule):
    assert rule in rules(reply)


def test_a_find_marks_the_words_and_offers_a_better_wording():
    reply = "Sorry, we can't do it before Friday."
    note = next(n for n in check(reply, COLD, LUNA).notes if n.rule == "better")
    assert reply[note.span[0] : note.span[1]] == "we can't do it before Friday"
    assert note.try_ == "ready from Friday"


def test_an_apology_under_praise_is_a_must():
    assert "apology_praise" in rules("Sorry, and thank you.", GLAD)


def test_a_request_with_a_contact_in_its_sentence_is_fine():
    assert "ask_private" not in rules("Send your order number to hello@luna.example.")


def test_contacts_and_numbers_of_the_profile_are_fine():
    reply = "Call +44 1225 555 010. We have a new dishwasher since 3 May."
    assert not rules(reply) & {"foreign_contact", "number"}


def test_one_soft_word_is_spared():
    assert "soft" not in rules("We are sorry, but we will look into it.")
    assert "soft" in rules("We are sorry, but we just will look into it, however.")


def test_a_health_business_confirms_nobody():
    dentist = BusinessProfile(name="Dental", vertical="dentist", signature="The team")
    assert "health" in rules("Thank you for your visit.", GLAD, dentist)
    assert "health" not in rules("Thank you for your visit.", GLAD, LUNA)


def test_a_reply_like_an_earlier_one_is_told():
    reply = "Thank you for your lines about the soup, the whole team has read them today."
    assert "sameness" in rules(reply, GLAD, LUNA, (reply,))
    assert "sameness" not in rules(reply, GLAD, LUNA, ("Something else altogether, said simply.",))


@pytest.mark.parametrize(
    ("platform", "reply", "rule"),
    [
        ("google", "é" * 2100, "too_long"),
        ("google_play", "x" * 351, "too_long"),
        ("yelp", "Thank you 😍", "emoji"),
    ],
)
def test_limits_of_platforms(platform, reply, rule):
    assert rule in rules(reply, ReviewFacts(text="Nice", rating=5, platform=platform))


def test_bytes_are_counted_as_the_platform_counts_them():
    result = check("감사합니다", COLD, LUNA)
    assert (result.bytes, result.limit) == (15, 4096)


def test_a_reviewers_own_address_is_kept_out():
    review = ReviewFacts(text="Write to me: ann@home.example", rating=1)
    assert "private_fact" in rules("We wrote to ann@home.example.", review)


UNSAID = [
    ("ko", "카페", "커피가 식어서 나왔고 맛도 없었어요.",
     "주차가 불편하셨던 점 사과드립니다.", "커피가 식은 채 나온 점 사과드립니다."),
    ("ko", "호텔", "옆방 소리 때문에 잠을 못 잤어요.",
     "직원의 불친절한 태도에 사과드립니다.", "소음으로 쉬지 못하신 점 사과드립니다."),
    ("ja", "レストラン", "料理が冷めていて味も薄かったです。",
     "駐車場が狭く申し訳ございません。", "冷めた料理をお出しし申し訳ございません。"),
    ("ja", "ホテル", "部屋が汚くてがっかりしました。",
     "スタッフの態度をお詫びいたします。", "清掃が行き届かずお詫びいたします。"),
    ("en", "cafe", "The soup was cold and we waited forever.",
     "We are sorry about the parking.", "We are sorry about the cold soup."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "vertical", "text", "invented", "said"), UNSAID)
def test_an_apology_for_what_the_review_does_not_speak_of_is_found(
    lang, vertical, text, invented, said
):
    business = BusinessProfile(name="Luna", vertical=vertical, lang=lang, signature="Luna")
    review = ReviewFacts(text=text, rating=1)
    assert "unsaid" in rules(invented, review, business)
    assert "unsaid" not in rules(said, review, business)
