"""The memory of a queue."""

from app.replies.engine.choose import WINDOW, Used, grams


def test_likeness_is_the_share_one_earlier_reply_holds():
    used = Used()
    used.remember("thank you for the kind words about our soup", (), True)
    same = grams("thank you for the kind words about our soup", True)
    other = grams("what a pleasure to read this on a rainy day", True)
    assert (used.likeness(same), used.likeness(other)) == (1.0, 0.0)


def test_only_the_last_replies_are_remembered():
    used = Used()
    for number in range(WINDOW + 5):
        used.remember(f"reply number {number} of a long queue", (f"p{number}",), True)
    assert len(used.phrases) == WINDOW
    assert used.likeness(grams("reply number 3 of a long queue", True)) < 1


def test_posted_replies_are_read_without_greeting_and_signature():
    used = Used(("Hello Ann,\n\nThank you for naming the soup.\n\nMaria",))
    assert used.likeness(grams("Thank you for naming the soup.", True)) == 1
