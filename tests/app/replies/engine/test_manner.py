"""What an owner's own replies teach: measured, and heard in what is suggested."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.replies.engine import manner
from app.replies.engine.choose import Used, grams
from app.replies.engine.phrasebook import load
from app.replies.engine.plan import plan
from app.replies.engine.suggest import suggest
from app.replies.engine.types import BusinessProfile, Example, Kind, ReviewFacts, Understanding
from app.replies.engine.types import Voice as V
from app.replies.engine.write import runs

CHEERFUL = (
    Example(
        "Hi Anna!\n\nThanks so much for your kind words. See you!\n\nCheers,\nMaeve", "Anna K."
    ),
    Example("Hi Tom!\n\nThanks so much for coming by. See you soon!\n\nCheers,\nMaeve", "Tom"),
    Example("Hi Ines! Thanks so much for taking the time!\n\nCheers,\nMaeve", "Ines P."),
)
DU = tuple(
    Example(f"Hallo {name}, danke dir für deine lieben Worte. Bis bald, Jana", name)
    for name in ("Anna", "Tom", "Ines")
)
BUSINESS = {"name": "Lantern", "vertical": "bakery", "signature": "Maeve", "phone": "555 010 020"}


def learned(examples, language="en"):
    found = manner.of(tuple(examples), language)
    assert found is not None
    return found


def reply(text, rating, examples=(), **more):
    given = [{"text": one.text, "author": one.author} for one in examples]
    business = BusinessProfile.from_mapping({**BUSINESS, "examples": given, **more})
    return suggest(ReviewFacts(text=text, rating=rating, author="Bob"), business).reply


def test_form_and_length_are_measured():
    found = learned(CHEERFUL)
    assert (found.replies, found.greeting, found.sign_off) == (3, "Hi {name}!", "Cheers,")
    assert (found.exclaims, found.first_person) == (1.0, 0.0)
    assert found.length_praise == 13
    assert found.length_trouble is None


def test_praise_and_apologies_are_measured_apart():
    long = "We are sorry about the wait on Saturday. " * 3
    found = learned([*CHEERFUL, Example(long, "Bo"), Example(long, "Al")])
    assert (found.length_praise, found.length_trouble) == (13, 24)


def test_tu_and_du_are_heard():
    assert learned(DU, "de").is_familiar
    assert not learned([Example(one.text.replace("dir", "Ihnen").replace("deine", "Ihre"))
                        for one in DU], "de").is_familiar  # fmt: skip


@pytest.mark.parametrize("examples", [(), CHEERFUL[:2], DU])
def test_too_few_in_a_language_teach_nothing(examples):
    assert manner.of(tuple(examples), "en") is None


def test_a_greeting_used_once_is_no_habit():
    others = [Example("Dear Bo,\n\nThank you for the words. Maeve", "Bo"),
              Example("Good day Al,\n\nThank you for coming. Maeve", "Al")]  # fmt: skip
    assert learned([CHEERFUL[0], *others]).greeting is None


def test_what_is_suggested_sounds_like_the_owner():
    written = reply("Great sourdough.", 5, CHEERFUL)
    assert written.startswith("Hi Bob!\n\n")
    assert written.endswith("!\n\nCheers,\nMaeve")
    assert " I " not in written


def test_what_the_owner_set_holds_over_what_was_learned():
    voice = {"greeting": "Dear {name},", "sign_off": "Yours,"}
    written = reply("Great sourdough.", 5, CHEERFUL, voice=voice)
    assert written.startswith("Dear Bob,\n\n")
    assert written.endswith("\n\nYours,\nMaeve")


def test_a_complaint_is_answered_without_exclamation():
    assert "!" not in reply("The soup was cold.", 2, CHEERFUL).removeprefix("Hi Bob!")


def test_a_greeting_in_ones_own_language_greets_nobody_in_another():
    voice = {"greeting": "Ahoy {name},"}
    assert reply("Sehr gutes Brot, alles frisch.", 5, voice=voice).startswith(
        ("Guten", "Hallo", "Schönen")
    )


def test_phrases_like_the_owners_are_preferred():
    own = [Example(f"{name}, thank you for mentioning the bread. We look forward to seeing you.",
                   name) for name in ("Anna", "Tom", "Ines")]  # fmt: skip
    turns = learned(own).turns
    reviews = [
        ReviewFacts(text="Great bread.", rating=5, author="Bo", id=str(n)) for n in range(40)
    ]

    def said(examples):
        given = [{"text": one.text, "author": one.author} for one in examples]
        business = BusinessProfile.from_mapping({**BUSINESS, "examples": given})
        texts = [suggest(review, business).reply for review in reviews]
        return sum(len(runs(text, True) & turns) for text in texts)

    assert said(own) > 1.5 * said(())


@pytest.mark.parametrize("kind", [Kind.PRAISE, Kind.COMPLAINT])
@pytest.mark.parametrize("language", ["en", "ko", "ja", "es", "de", "fr"])
def test_a_voice_may_ask_for_length_and_for_a_last_line(kind, language):
    from random import Random

    what, book = Understanding(language, kind), load(language)
    rating = 5.0 if kind is Kind.PRAISE else 1.0

    def made(**voice):
        return plan(what, rating, book, Random(1), V(**voice))

    assert made(length="short").length[1] < made().length[1] < made(length="long").length[1]
    low, aim, high = plan(what, rating, book, Random(1), V(), 10_000).length
    assert low < aim == high
    assert low < plan(what, rating, book, Random(1), V(), 1).length[1] < made().length[1]
    closes = lambda scheme: [s for s in scheme.steps if s.pools[-1].endswith(".close")]  # noqa: E731
    assert not any(step.optional for step in closes(made(closing=True)))
    assert all(not step.optional for step in closes(made(closing=False)))


def alike(examples):
    """How many of fifty replies share more than .30 of their runs with another."""
    things = ("bread", "soup", "coffee", "staff", "room", "garden", "music", "price", "cake", "tea")
    given = [{"text": one.text, "author": one.author} for one in examples]
    business, used = BusinessProfile.from_mapping({**BUSINESS, "examples": given}), Used()
    bodies = []
    for number in range(50):
        first, second = things[number % 10], things[(number // 10 + number) % 10]
        review = ReviewFacts(text=f"Lovely {first} and great {second}.", rating=5, id=str(number))
        bodies.append(suggest(review, business, used, 0).reply.split("\n\n")[1])
    found = [grams(body, True) for body in bodies]
    return sum(
        max(len(one & other) / len(one) for other in found if other is not one) > 0.3
        for one in found
    )


def test_replies_in_ones_own_manner_hardly_resemble_one_another_more():
    assert alike(CHEERFUL) <= alike(()) + 4


@settings(max_examples=60, deadline=None)  # phrases are read once
@given(
    st.lists(st.tuples(st.text(max_size=200), st.text(max_size=20)), min_size=3, max_size=6),
    st.sampled_from(["en", "ko", "ja", "es", "de", "fr"]),
)
def test_any_text_can_be_an_example(rows, language):
    found = manner.of(tuple(Example(text, author) for text, author in rows), language)
    assert found is None or 0 <= found.exclaims <= 1
