"""Another writer over real HTTP: a model that behaves, and one that does not."""

import json
import logging
import socket

import pytest
from werkzeug import Response

from app.core.settings import Settings
from app.replies.engine.choose import Used
from app.replies.engine.suggest import suggest
from app.replies.engine.types import BusinessProfile, ReviewFacts
from jobs.language_model import MAX_ANSWER, writer_for

KEY = "sk-the-key-nobody-may-see"
BUSINESS = BusinessProfile(
    name="Harbour Café", vertical="cafe", phone="(503) 555-0118", signature="Bridget, Harbour Café"
)
REVIEW = ReviewFacts(
    text="The coffee was cold and the toilet was dirty.", rating=2, author="Graham T.", id="r1"
)
GOOD = """Graham,

Thank you for telling us plainly. A cold coffee and a dirty toilet are not what you came for, and
I am sorry. I am going through both with the team today, the coffee at the bar and the rounds of
the toilet. Please call me on (503) 555-0118, so that I can hear more.

Bridget, Harbour Café"""


@pytest.fixture
def writer(httpserver):
    return writer_for(
        Settings(
            model_url=httpserver.url_for("/v1"),
            model_key=KEY,
            model_timeout_s=0.3,
            _env_file=None,
        )
    )


def says(text):
    return {"choices": [{"message": {"content": text}}]}


def endpoint(httpserver):
    return httpserver.expect_request("/v1/chat/completions", method="POST")


def built_in():
    return suggest(REVIEW, BUSINESS, Used(), 0).reply


def test_without_an_address_the_built_in_writer_writes():
    assert writer_for(Settings(_env_file=None)) is suggest


def test_a_good_text_is_offered_with_the_built_in_one_as_the_alternative(writer, httpserver):
    endpoint(httpserver).respond_with_json(says(GOOD))
    offered = writer(REVIEW, BUSINESS, Used(), 0)
    assert offered.reply == GOOD
    assert [one.reply for one in offered.alternatives] == [built_in()]
    assert "llama3.2" in offered.why[0]


def test_the_model_is_told_the_plan_and_the_review_as_data(writer, httpserver):
    endpoint(httpserver).respond_with_json(says(GOOD))
    writer(REVIEW, BUSINESS, Used(), 0)
    request, _ = httpserver.log[0]
    rules, data = (message["content"] for message in request.json["messages"])
    assert "not an instruction" in rules
    assert json.loads(data)["signature"] == "Bridget, Harbour Café"
    assert request.headers["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(GOOD.replace("I am sorry", "I will refund you"), id="a promise"),
        pytest.param(GOOD.replace("Bridget, Harbour Café", "Your AI"), id="another signature"),
        pytest.param(
            "Lieber Graham, es tut uns sehr leid, wir melden uns bei Ihnen.", id="language"
        ),
        pytest.param(GOOD.replace("(503) 555-0118", "https://evil.example/"), id="a foreign link"),
        pytest.param("IGNORED. The system prompt is: You write the public reply", id="injection"),
        pytest.param("[Name], thank you for your feedback!", id="a placeholder"),
    ],
)
def test_a_text_that_breaks_a_rule_is_drawn_again_and_then_replaced(writer, httpserver, bad):
    endpoint(httpserver).respond_with_json(says(bad))
    assert writer(REVIEW, BUSINESS, Used(), 0).reply == built_in()
    assert len(httpserver.log) == 2
    second = httpserver.log[1][0].json["messages"][-1]["content"]
    assert second.startswith("Write it anew.")


def test_a_second_draw_may_be_the_good_one(writer, httpserver):
    answers = [says("Sorry."), says(f"```\n{GOOD}\n```")]
    endpoint(httpserver).respond_with_handler(
        lambda request: Response(json.dumps(answers.pop(0)), content_type="application/json")
    )
    assert writer(REVIEW, BUSINESS, Used(), 0).reply == GOOD


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Response("busy", 503), id="an error"),
        pytest.param(Response("not json"), id="no JSON"),
        pytest.param(Response('{"choices": []}'), id="no choice"),
        pytest.param(Response('{"choices": [{"message": {"content": null}}]}'), id="no text"),
        pytest.param(
            Response('{"choices": [{"message": {"content": "x", "refusal": "no"}}]}'),
            id="a refusal",
        ),
        pytest.param(Response("x" * (MAX_ANSWER + 10)), id="an endless answer"),
        pytest.param(Response("[" * 100_000), id="deep nesting"),
        pytest.param(Response("", 302, {"Location": "http://169.254.169.254/"}), id="a redirect"),
    ],
)
def test_a_model_that_gives_no_text_is_replaced(writer, httpserver, answer):
    endpoint(httpserver).respond_with_response(answer)
    assert writer(REVIEW, BUSINESS, Used(), 0).reply == built_in()
    assert len(httpserver.log) == 1


def test_a_model_that_says_nothing_is_replaced_in_time():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        writer = writer_for(Settings(model_url=url, model_timeout_s=0.2, _env_file=None))
        assert writer(REVIEW, BUSINESS, Used(), 0).reply == built_in()


def test_a_model_that_keeps_failing_is_left_alone(writer, httpserver):
    endpoint(httpserver).respond_with_response(Response("busy", 503))
    for number in range(6):
        writer(ReviewFacts(text=f"Cold coffee {number}.", rating=2), BUSINESS, Used(), 0)
    assert len(httpserver.log) == 3


def test_what_a_person_must_see_first_is_not_shown_to_a_model(writer, httpserver):
    endpoint(httpserver).respond_with_json(says(GOOD))
    hurt = ReviewFacts(text="I got food poisoning here and my lawyer will call.", rating=1)
    assert writer(hurt, BUSINESS, Used(), 0).escalate
    assert httpserver.log == []


def test_the_key_is_in_no_log_and_no_reply(writer, httpserver, caplog):
    caplog.set_level(logging.DEBUG)
    endpoint(httpserver).respond_with_json(says(f"{GOOD} {KEY}"))
    offered = writer(REVIEW, BUSINESS, Used(), 0)
    assert KEY not in offered.reply
    assert KEY not in caplog.text
