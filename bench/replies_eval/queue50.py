"""`python -m bench.replies_eval.queue50`: how alike the replies of a queue of fifty are, by the
measures that tell people's own queues from machines': best overlap with any other reply (4 words,
or 8 characters in Japanese and Korean), the share of replies over .30 (.40), distinct openings."""

from __future__ import annotations

import re
from random import Random
from statistics import mean

from app.replies.engine.choose import Used
from app.replies.engine.suggest import suggest
from app.replies.engine.types import BusinessProfile, ReviewFacts
from bench.replies_eval.criteria import Case, cases

_WORD = re.compile(r"\w+")


def _body(reply: str) -> str:
    """A reply without greeting, where it has one, and signature."""
    return reply.split("\n\n")[:-1][-1]


def runs(reply: str, lang: str) -> set[object]:
    """Runs of 4 words, or of 8 characters, without greeting and signature."""
    body = _body(reply)
    words = [word.lower() for word in _WORD.findall(body)]
    if lang in ("ja", "ko"):
        text = "".join(words)
        return {text[i : i + 8] for i in range(len(text) - 7)}
    return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}


def shuffled(source: list[Case], kind: str, rng: Random) -> ReviewFacts:
    """A review of a kind, made of the sentences of two of its cases."""
    chosen = [case for case in source if case.kind == kind and case.text]
    texts = [s for case in rng.sample(chosen, min(2, len(chosen))) for s in _parts(case.text)]
    text = " ".join(rng.sample(texts, min(3, len(texts))))
    stars = {"praise": 5, "complaint": 2, "mixed": 3}[kind]
    return ReviewFacts(text=text, rating=stars, author="", id=str(rng.random()))


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?。！])\s*", text) if part]


def main() -> None:
    everything = cases()
    for lang in ("en", "ko", "ja", "es", "de", "fr"):
        source = [case for case in everything if case.lang == lang]
        business = BusinessProfile.from_mapping(source[0].business)
        for name, kinds in (
            ("fifty praises", ["praise"]),
            ("fifty of all", ["praise", "praise", "complaint", "mixed"]),
        ):
            rng, used, replies = Random(7), Used(), []
            for number in range(50):
                review = shuffled(source, kinds[number % len(kinds)], rng)
                replies.append(suggest(review, business, used, alternatives=0).reply)
            found = [runs(reply, lang) for reply in replies]
            best = [
                max(len(a & b) / max(1, len(a)) for j, b in enumerate(found) if j != i)
                for i, a in enumerate(found)
            ]
            limit = 0.4 if lang in ("ja", "ko") else 0.3
            starts = {_opening(reply, lang) for reply in replies}
            print(
                f"{lang} {name}: best overlap {mean(best):.2f}, over {limit}: "
                f"{sum(b > limit for b in best) / 50:.0%}, distinct openings {len(starts) / 50:.0%}"
            )


def _opening(reply: str, lang: str) -> str:
    body = _body(reply)
    words = _WORD.findall(body.lower())
    return "".join(words)[:10] if lang in ("ja", "ko") else " ".join(words[:4])


if __name__ == "__main__":
    main()
