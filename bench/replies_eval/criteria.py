"""The criteria of a good reply, measured on one reply: each gives 0 to 1, or None where it does
not apply. The bands and targets are those that `docs/replies.md` names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
WORDS: dict[str, dict[str, list[str]]] = tomllib.loads((HERE / "words.toml").read_text("utf-8"))

NEGATIVE = {"complaint", "mixed", "angry", "sarcasm", "refund"}
HOLD = {"legal", "safety", "discrimination"}
NEEDS_CONTACT = {"complaint", "angry", "sarcasm", "refund", "vague_attack"} | HOLD
NO_CONTACT = {"praise"}
# Words, or characters without spaces in Japanese and Korean.
LENGTHS: dict[str, tuple[tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    "praise": ((18, 80), (60, 260), (45, 220)),
    "stars_only": ((4, 35), (12, 90), (8, 70)),
    "question": ((20, 110), (50, 400), (40, 340)),
    "wrong_business": ((25, 90), (80, 300), (55, 260)),
    "vague_attack": ((20, 90), (60, 300), (50, 260)),
    "hold": ((30, 110), (90, 380), (70, 320)),
    "other": ((40, 120), (130, 400), (90, 340)),
}
_TOKEN = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")
_PLACEHOLDER = re.compile(r"\[[^\]]+\]|\{[^}]*\}|〇〇|○○|\bNone\b|\*\*|^#", re.MULTILINE)
_SCRIPTS = {"ko": re.compile(r"[가-힣]"), "ja": re.compile(r"[ぁ-ゖァ-ヺ]")}
_COMMON = {
    "en": ["the", "and", "you", "we", "for", "your", "to", "of"],
    "es": ["que", "de", "para", "nos", "por", "su", "con", "lo", "gracias", "el", "la"],
    "de": ["und", "wir", "sie", "die", "das", "ihnen", "uns", "der", "zu", "für", "ihre"],
    "fr": ["vous", "nous", "de", "et", "pour", "votre", "la", "le", "les", "que", "à", "merci"],
}


@dataclass
class Case:
    """One review with what a good reply must and must not hold."""

    lang: str
    kind: str
    business: dict[str, Any]
    stars: float | None = None
    by: str = ""
    text: str = ""
    name: str = ""
    good: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    staff: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    hand: str = ""
    number: int = 0

    @property
    def praising(self) -> bool:
        return self.kind == "praise" or (self.kind == "health" and (self.stars or 0) >= 4)

    @property
    def health(self) -> bool:
        return self.kind == "health"

    def line(self) -> dict[str, Any]:
        """The case as a line of `goodword suggest`."""
        return {
            "id": f"{self.lang}-{self.number}", "platform": "google", "rating": self.stars,
            "author": self.by, "text": self.text, "business": self.business,
        }  # fmt: skip


def cases() -> list[Case]:
    """All cases, by language."""
    found = []
    for path in sorted((HERE / "cases").glob("*.toml")):
        given = tomllib.loads(path.read_text("utf-8"))
        for number, row in enumerate(given["case"]):
            business = given["business"][row.pop("biz")]
            found.append(Case(lang=path.stem, number=number, business=business, **row))
    return found


def _has(reply: str, words: list[str]) -> bool:
    lowered = f" {reply.lower()} "
    return any(word in lowered for word in words)


def _body(reply: str, case: Case) -> str:
    """The reply without its last line and the contacts of the profile."""
    body = reply.rsplit("\n", 1)[0] if "\n" in reply else reply
    for key in ("email", "phone", "name", "signature"):
        body = body.replace(case.business.get(key) or "\0", " ")
    return body


def _sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?])\s+|(?<=[。！？])|\n+", text) if s.strip()]


def _any(patterns: list[str], text: str) -> float:
    return sum(bool(re.search(p, text, re.IGNORECASE)) for p in patterns) / len(patterns)


def language(case: Case, reply: str) -> float:
    body = _body(reply, case)
    if case.lang in _SCRIPTS:
        return float(len(_SCRIPTS[case.lang].findall(body)) > 0.3 * len(_TOKEN.sub("", body)) + 8)
    tokens = [t.lower() for t in _TOKEN.findall(body)]
    votes = {lang: sum(t in words for t in tokens) for lang, words in _COMMON.items()}
    return float(max(votes, key=lambda lang: votes[lang]) == case.lang)


def name(case: Case, reply: str) -> float | None:
    if case.health or case.kind == "spam":
        return None
    if case.by and not case.name:
        return float(case.by not in reply)
    suffix = {"ko": "님", "ja": "(様|さま|さん)"}.get(case.lang, "")
    return float(bool(re.search(f"(?:{case.name}).{{0,6}}?{suffix}", reply)))


def complaint_topics(case: Case, reply: str) -> float | None:
    return _any(case.bad, _body(reply, case)) if case.bad else None


def praise_detail(case: Case, reply: str) -> float | None:
    return _any(case.good, _body(reply, case)) if case.good else None


def no_blame(case: Case, reply: str) -> float:
    words, body = WORDS[case.lang], _body(reply, case)
    if _has(body, words["blame"]):
        return 0.0
    soft = sum(f" {body.lower()} ".count(word) for word in words["soft"])
    return {0: 1.0, 1: 0.5}.get(soft, 0.0)


def apology(case: Case, reply: str) -> float | None:
    said = sum(_has(s, WORDS[case.lang]["sorry"]) for s in _sentences(reply))
    most = 2 if case.lang in ("ko", "ja") else 1
    if case.praising or case.kind in ("question",):
        return float(said == 0)
    if case.kind in NEGATIVE - {"refund"}:
        return float(1 <= said <= most)
    return float(said <= most) if case.kind != "stars_only" else None


def next_step(case: Case, reply: str) -> float | None:
    if case.praising or case.kind in ("stars_only", "question", "wrong_business"):
        return None
    return float(_has(reply, WORDS[case.lang]["step"]) or _contact(case, reply))


def _contact(case: Case, reply: str) -> bool:
    return any(case.business.get(key) and case.business[key] in reply for key in ("email", "phone"))


def private_channel(case: Case, reply: str) -> float | None:
    if case.kind in NEEDS_CONTACT or (case.health and not case.praising):
        return float(_contact(case, reply))
    return float(not _contact(case, reply)) if case.praising else None


def no_pii_request(case: Case, reply: str) -> float:
    asking = [s for s in _sentences(reply) if _has(s, WORDS[case.lang]["private"])]
    return float(all(_contact(case, s) for s in asking))


def no_promises(case: Case, reply: str) -> float:
    facts = " ".join(case.business.get("facts", ())).lower()
    words = [word for word in WORDS[case.lang]["promise"] if word not in facts]
    return float(not _has(reply, words))


def no_invented(case: Case, reply: str) -> float:
    known = case.text + " ".join(map(str, case.business.values()))
    numbers = all(number in known for number in _NUMBER.findall(reply))
    return float(numbers and not _has(reply, WORDS[case.lang]["invented"]))


def no_placeholder(case: Case, reply: str) -> float:
    return float(not _PLACEHOLDER.search(reply))


def length(case: Case, reply: str) -> float:
    band = "hold" if case.kind in HOLD else case.kind
    if case.praising:
        band = "praise"
    low, high = LENGTHS.get(band, LENGTHS["other"])[{"ja": 1, "ko": 2}.get(case.lang, 0)]
    size = len(reply.split()) if case.lang not in ("ja", "ko") else len(re.sub(r"\s", "", reply))
    return float(low <= size <= high and len(reply.encode()) <= 4096)


def form(case: Case, reply: str) -> float:
    lists = re.search(r"^\s*[-*•]|\b#\w", reply, re.MULTILINE)
    shouting = re.search(r"\b[A-ZÄÖÜ]{5,}\s[A-ZÄÖÜ]{4,}", reply) or reply.count("!") > 2
    keyword = any(word in reply for word in case.business.get("keywords", ()))
    return float(not (lists or shouting or keyword))


def privacy(case: Case, reply: str) -> float:
    return float(not (case.health and _has(_body(reply, case), WORDS[case.lang]["health"])))


def no_echo(case: Case, reply: str) -> float:
    if case.lang in ("ja", "ko"):
        runs = {case.text[i : i + 16] for i in range(len(case.text) - 15)}
        return float(not any(run in reply for run in runs))
    said = [t.lower() for t in _TOKEN.findall(case.text)]
    tokens = " ".join(t.lower() for t in _TOKEN.findall(reply))
    return float(not any(" ".join(said[i : i + 8]) in tokens for i in range(len(said) - 7)))


def signature(case: Case, reply: str) -> float:
    return float(reply.rstrip().rsplit("\n", 1)[-1].strip() == case.business["signature"])


def no_liability(case: Case, reply: str) -> float:
    return float(not _has(reply, WORDS[case.lang]["liability"]))


def tone_fit(case: Case, reply: str) -> float | None:
    words = WORDS[case.lang]
    if case.praising:
        return float(not _has(reply, words["gloom"]))
    if case.kind in NEGATIVE | HOLD | {"vague_attack"}:
        return float(not _has(reply, words["cheer"]))
    return None


def no_accusation(case: Case, reply: str) -> float:
    return float(not _has(reply, WORDS[case.lang]["accuse"]))


def invites_detail(case: Case, reply: str) -> float | None:
    return float(_has(reply, WORDS[case.lang]["asks"])) if case.kind == "vague_attack" else None


def people(case: Case, reply: str) -> float | None:
    if not case.staff and not case.never:
        return None
    present = all(person in reply for person in case.staff)
    return float(present and not _has(_body(reply, case), [w.lower() for w in case.never]))


def register(case: Case, reply: str) -> float | None:
    sentences = [
        s.strip() for s in _sentences(_body(reply, case)) if re.search(r"[.。?？]$", s.strip())
    ]
    if case.lang == "ja" and sentences:
        polite = sum(
            bool(
                re.search(
                    r"(です|ます|ました|ません|でした|ください|ませ|ございます|でしょうか|幸いです)[。？]?$",
                    s,
                )
            )
            for s in sentences
        )
        return float(polite >= 0.8 * len(sentences))
    if case.lang == "ko" and sentences:
        return float(all(re.search(r"(다|요|까)[.?]$", s) for s in sentences))
    tokens = {t.lower() for t in _TOKEN.findall(_body(reply, case))}
    informal = {"de": {"du", "dir", "dein", "deine", "euch"}, "fr": {"tu", "ton", "tes", "toi"}}
    if case.lang in informal:
        return float(not tokens & informal[case.lang])
    if case.lang == "es":
        return float(
            not (tokens & {"tú", "tu", "te", "tus", "ti"} and tokens & {"usted", "su", "le", "sus"})
        )
    return None


def answer(case: Case, reply: str) -> float | None:
    if case.kind not in ("question", "wrong_business") or not case.facts:
        return None
    return sum(fact in reply for fact in case.facts) / len(case.facts)


def stock(case: Case, reply: str) -> float:
    return float(not _has(reply, WORDS[case.lang]["stock"]))


Criterion = Callable[[Case, str], float | None]
EARNED: tuple[Criterion, ...] = (
    name, complaint_topics, praise_detail, apology, next_step, private_channel, invites_detail,
    people, answer, signature, length,
)  # fmt: skip
REFRAINED: tuple[Criterion, ...] = (no_blame, form, no_echo, tone_fit, register, stock)
CRITICAL: tuple[Criterion, ...] = (
    language, no_pii_request, no_promises, no_invented, no_placeholder, privacy, no_liability,
    no_accusation,
)  # fmt: skip
CORE = ("complaint_topics", "praise_detail", "apology", "next_step", "length")
