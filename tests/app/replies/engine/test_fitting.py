"""What a reply must not say: an apology where nothing went wrong, a question where all was told."""

import pytest

from app.replies.engine.phrasebook import load, written_languages
from app.replies.engine.plan import layout_name
from app.replies.engine.suggest import suggest
from app.replies.engine.types import BusinessProfile, Kind, ReviewFacts
from app.replies.engine.understand import understand

BEREAVED = {
    "en": "My late husband loved this place. Thank you for the flowers you sent.",
    "de": "Mein verstorbener Mann war immer gern hier. Danke für die Blumen.",
    "es": "Mi difunto marido adoraba este sitio. Gracias por las flores.",
    "fr": "Mon défunt mari adorait cet endroit. Merci pour les fleurs.",
    "ja": "亡き父が大好きだったお店です。お花をありがとうございました。",
    "ko": "돌아가신 아버지가 좋아하시던 곳이에요. 꽃 감사합니다.",
}
LUKEWARM = {
    "en": "It was ok.",
    "de": "Ganz okay, nichts Besonderes.",
    "es": "Normal, sin más.",
    "fr": "Correct, sans plus.",
    "ja": "普通です。",
    "ko": "그냥 그래요.",
}
TOLD_IN_FULL = [
    (2, "Ten days to true one wheel, and no call when it was ready. "
        "Pity, because the people there clearly know their bikes."),
    (3, "Picked up my bike after ten days. The wheel still wobbles."),
    (1, "We stood in the hallway with our coats on until somebody pointed towards a corner."),
    (1, "Nine phone calls and 3 letters."),
]  # fmt: skip


def _business(lang="en", vertical="auto"):
    return BusinessProfile(
        name="Alma", vertical=vertical, city="Sol", lang=lang, phone="555 010 020",
        email="hello@alma.example", signature="Alma",
    )  # fmt: skip


def _pools(rating, text, lang="en"):
    """The pools that may speak in the reply to a review."""
    what = understand(ReviewFacts(text=text, rating=rating), _business(lang))
    name = layout_name(what, rating)
    return {pool.rstrip("?") for row in load(what.language).layouts[name]
            for step in row for pool in step.rstrip("?").split("|")}  # fmt: skip


@pytest.mark.parametrize("lang", written_languages())
def test_who_remembers_the_dead_is_answered_quietly(lang):
    given = suggest(ReviewFacts(text=BEREAVED[lang], rating=5), _business(lang, "cafe"))
    assert given.kind is Kind.PRAISE
    pools = _pools(5, BEREAVED[lang], lang)
    assert "loss.open" in pools
    assert all(pool.startswith("loss.") for pool in pools)


@pytest.mark.parametrize("person", ["husband", "wife", "mother", "dad", "mum", "grandmother"])
def test_late_before_a_person_is_no_complaint(person):
    text = f"Came with my late {person}'s friends."
    assert not understand(ReviewFacts(text=text, rating=3), _business()).complaints


def test_five_stars_without_a_word_of_blame_get_no_apology():
    what = understand(ReviewFacts(text="We waited ten minutes.", rating=5), _business())
    assert (what.kind, what.complaints) == (Kind.PRAISE, ())


@pytest.mark.parametrize(("rating", "text"), TOLD_IN_FULL)
def test_who_told_what_happened_is_not_asked_for_it(rating, text):
    assert not {pool for pool in _pools(rating, text) if pool.startswith("vague.")}


def test_who_told_nothing_is_asked():
    assert "vague.ask" in _pools(1, "Never again. 1 star.")


@pytest.mark.parametrize("lang", written_languages())
def test_lukewarm_words_get_a_mild_reply(lang):
    assert {"mild.open", "mild.ask"} <= _pools(3, LUKEWARM[lang], lang)


@pytest.mark.parametrize("text", ["", "   ", "👍"])
def test_neither_stars_nor_words_need_no_reply(text):
    given = suggest(ReviewFacts(text=text), _business())
    assert (given.no_reply, given.reply) == (True, "")
    assert given.warnings


@pytest.mark.parametrize(
    ("text", "escalated"),
    [
        ("Great cake, but I got food poisoning and my lawyer will call.", True),
        ("Lovely rooms, but my lawyer will be in touch.", True),
        ("The cake is dangerously good.", False),
        ("Right next to the hospital, easy to find.", False),
        ("Best peanut butter cookies in town.", False),
        ("My lawyer friend recommended them and I was impressed.", False),
    ],
)
def test_praise_does_not_hide_what_a_person_must_see(text, escalated):
    given = suggest(ReviewFacts(text=text, rating=5), _business(vertical="cafe"))
    assert given.escalate is escalated


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("First bike for our daughter. Anton set the saddle three times.", ("Anton",)),
        ("The lamb was tender and Marco brought us a candle.", ("Marco",)),
        ("Grandma loved it. Locals recommended it.", ()),
        ("My son Tom wanted the blue one.", ()),
        ("Zorana replaced the chain and explained it all.", ("Zorana",)),
        ("Absolutely loved the new gears. Definitely booked it again.", ()),
        ("Since replaced the tyre twice, still happy.", ()),
    ],
)
def test_whoever_did_the_work_is_named(text, names):
    assert understand(ReviewFacts(text=text, rating=5), _business()).praised_people == names


def test_a_language_not_written_here_is_said_to_be_so_and_asked_nothing():
    text = "Huono palvelu, odotin tunnin eikä kukaan tullut."
    given = suggest(ReviewFacts(text=text, rating=1), _business("de", "cafe"))
    assert given.language == "de"
    assert given.warnings
    assert not {pool for pool in _pools(1, text, "de") if pool.startswith("vague.")}


@pytest.mark.parametrize("stars", [1, 2, 3])
def test_a_span_of_time_before_the_work_was_done_is_waiting(stars):
    for lang, text in {
        "en": "Three weeks to answer a letter.",
        "de": "Drei Wochen bis zur Antwort.",
        "es": "Tres semanas para una respuesta.",
        "fr": "Trois semaines pour une réponse.",
    }.items():
        what = understand(ReviewFacts(text=text, rating=stars), _business(lang))
        assert "wait" in {mention.topic for mention in what.complaints}, lang


@pytest.mark.parametrize(
    "text",
    [
        "We were late and they kept our table. Thank you!",
        "Renata talked to me for ten minutes before she picked up the scissors.",
        "Dmitri fixed my puncture while I waited and would not hear of a tip.",
    ],
)
def test_praise_of_five_stars_does_not_begin_with_an_apology(text):
    given = suggest(ReviewFacts(text=text, rating=5), _business(vertical="cafe"), alternatives=0)
    assert given.kind in (Kind.PRAISE, Kind.MIXED)
    assert "apology" not in given.why[0]


def test_the_children_of_a_happy_review_are_greeted():
    review = ReviewFacts(
        text="First bike for our daughter. Anton set the saddle three times until it was right.",
        rating=5,
    )
    given = suggest(review, _business(), alternatives=0)
    assert "your daughter" in given.reply
    assert "Anton" in given.reply


def test_four_stars_are_not_answered_as_a_bad_day():
    assert _pools(4, "The price is a bit steep.") >= {"mild.open", "complaint.apology"}
