"""A rule said in words."""

import pytest

from app.reply_rules.models import ReplyRule


@pytest.mark.parametrize(
    ("least", "most", "says"), [(1, 1, "1 star"), (2, 2, "2 stars"), (1, 3, "1 to 3 stars")]
)
def test_stars_are_counted_as_one_counts(app, least, most, says):
    of = app.jinja_env.get_template("reply_rules/words.html").module.of
    assert of(ReplyRule(least_stars=least, most_stars=most)) == says


def test_language_and_source_are_named_and_not_given_as_keys(app):
    rule = ReplyRule(
        least_stars=5, most_stars=5, language="ko", source_key="google_business_profile"
    )
    with app.test_request_context():
        words = app.jinja_env.get_template("reply_rules/words.html").module
        assert words.of(rule) == "5 stars, in Korean, on Google"
