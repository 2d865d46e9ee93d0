"""`python -m bench.replies_eval`: naive templates, replies written by hand, and the engine, by
the same criteria. `--show LANG` prints the engine's replies, `--fails` what each one missed."""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from statistics import mean
from typing import Any

from app.replies.engine.queues import Queues
from app.replies.engine.suggest import suggest
from app.replies.engine.types import BusinessProfile, ReviewFacts
from bench.replies_eval.criteria import CORE, CRITICAL, EARNED, HOLD, REFRAINED, Case, cases

NAIVE = {
    "en": ("Thank you for your wonderful feedback! We are thrilled, see you again soon.",
           "We are sorry to hear about your experience. Please accept our apologies."),
    "ko": ("소중한 리뷰 감사합니다! 또 방문해 주세요.", "불편을 드려 죄송합니다. 노력하겠습니다."),
    "ja": ("ご来店ありがとうございました！またのお越しをお待ちしております。",
           "ご不快な思いをさせてしまい申し訳ございません。改善に努めてまいります。"),
    "es": ("¡Gracias por su maravillosa reseña! Esperamos verle pronto de nuevo.",
           "Lamentamos mucho su experiencia. Le pedimos disculpas."),
    "de": ("Vielen Dank für Ihre tolle Bewertung! Wir freuen uns auf Ihren nächsten Besuch.",
           "Es tut uns leid, dass Sie unzufrieden waren. Wir bitten um Entschuldigung."),
    "fr": ("Merci pour votre merveilleux avis ! Au plaisir de vous revoir bientôt.",
           "Nous sommes désolés pour cette expérience. Veuillez accepter nos excuses."),
}  # fmt: skip

Row = tuple[Case, str, dict[str, Any]]


def naive() -> list[Row]:
    """One template for praise and one for the rest, as many tools do it."""
    rows = []
    for case in cases():
        good, bad = NAIVE[case.lang]
        text = good if (case.stars or 3) >= 4 else bad
        rows.append((case, f"{text}\n{case.business['signature']}", {}))
    return rows


def by_hand() -> list[Row]:
    """Replies a person wrote, for the cases that have one."""
    return [(case, case.hand, {}) for case in cases() if case.hand]


def engine() -> list[Row]:
    """The engine, one queue for each business."""
    queues, rows = Queues(), []
    for case in cases():
        line = case.line()
        business = BusinessProfile.from_mapping(line["business"])
        given = suggest(ReviewFacts.from_mapping(line), business, queues.of(business))
        rows.append((case, given.reply, given.as_json()))
    return rows


def judged(case: Case, reply: str, answer: dict[str, Any]) -> tuple[float, bool, dict[str, float]]:
    """Points of 100, publishable or not, and every criterion that applies."""
    if case.kind == "spam":
        right = bool(answer.get("no_reply")) and not reply
        return 100.0 * right, right, {"no_reply": float(right)}
    found = {c.__name__: c(case, reply) for c in (*EARNED, *REFRAINED, *CRITICAL)}
    if answer:
        found["escalation"] = float(answer["escalate"] == (case.kind in HOLD))
    points = {name: value for name, value in found.items() if value is not None}
    earned = [points[c.__name__] for c in EARNED if c.__name__ in points]
    score = 100 * mean(earned)
    for c in REFRAINED:
        score *= 1 - 0.2 * (1 - points.get(c.__name__, 1.0))
    critical = [*(c.__name__ for c in CRITICAL), "escalation"]
    for name in critical:
        score *= 0.5 if points.get(name, 1.0) < 1 else 1
    publishable = all(points.get(name, 1.0) == 1 for name in critical)
    publishable &= all(points.get(name, 1.0) >= 0.99 for name in CORE)
    return score, publishable, points


def swap_test(rows: list[Row]) -> float:
    """How much better a reply covers its own review than the other replies of its language do."""
    gains = []
    by_lang: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row[1] and (row[0].bad or row[0].good) and not row[0].health:
            by_lang[row[0].lang].append(row)
    for group in by_lang.values():
        for case, reply, _ in group:
            wanted = [*case.bad, *case.good]
            others = [_coverage(wanted, text) for other, text, _ in group if other is not case]
            if others:
                gains.append(_coverage(wanted, reply) - mean(others))
    return mean(gains) if gains else 0.0


def _coverage(wanted: list[str], text: str) -> float:
    return mean(bool(re.search(pattern, text, re.IGNORECASE)) for pattern in wanted)


def report(title: str, rows: list[Row], fails: bool) -> None:
    """Print the figures of one writer."""
    results = [(row, judged(*row)) for row in rows]
    print(f"\n{title}: {len(rows)} replies")
    print(f"  points {mean(s for _, (s, _, _) in results):.1f}"
          f"  publishable {mean(p for _, (_, p, _) in results):.0%}"
          f"  specificity (swap test) {swap_test(rows):.2f}")  # fmt: skip
    for label, key in (("by language", lambda c: c.lang), ("by kind", lambda c: c.kind)):
        groups: dict[str, list[float]] = defaultdict(list)
        for (case, _, _), (score, _, _) in results:
            groups[key(case)].append(score)
        print(f"  {label}: " + "  ".join(f"{k} {mean(v):.0f}" for k, v in groups.items()))
    criteria: dict[str, list[float]] = defaultdict(list)
    for _, (_, _, points) in results:
        for name, value in points.items():
            criteria[name].append(value)
    print("  " + "  ".join(f"{name} {mean(values):.2f}" for name, values in criteria.items()))
    if fails:
        for (case, reply, _), (_, _, points) in results:
            missed = [name for name, value in points.items() if value < 1]
            if missed:
                print(
                    f"--- {case.lang} {case.kind} {case.number} {missed}\n{case.text}\n>> {reply}"
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", metavar="LANG")
    parser.add_argument("--fails", action="store_true")
    parser.add_argument("--lang")
    chosen = parser.parse_args()
    rows = [row for row in engine() if chosen.lang in (None, row[0].lang)]
    if chosen.show:
        for case, reply, answer in rows:
            if case.lang == chosen.show:
                print(f"### {case.kind} → {answer['kind']} {case.stars} {case.by}\n{case.text}\n")
                print(f"{reply}\n")
        return
    report("naive template", naive(), False)
    report("by hand", by_hand(), chosen.fails)
    report("engine", rows, chosen.fails)


if __name__ == "__main__":
    main()
