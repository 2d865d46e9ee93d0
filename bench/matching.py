"""Same place or not, on labelled sets that nothing was trained on: F1, calibration, blocking."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import combinations, pairwise

from app.listings.nap.blocking import duplicates, link
from app.listings.nap.compare import compare
from app.listings.nap.same_place import YES_FROM
from bench import shared_data

Figures = tuple[float, float, float]  # precision, recall and their harmonic mean, F1


def f1(found: set, gold: set) -> Figures:
    hits = len(found & gold)
    precision, recall = hits / max(len(found), 1), hits / max(len(gold), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def judged_pairs(split: str) -> list[tuple[float, bool]]:
    """The probability of each labelled pair of fodors_zagats, and its label."""
    pairs = shared_data.fodors_zagats(split)
    return [(compare(left, right).probability, label) for left, right, label in pairs]


def pairs_f1(judged: list[tuple[float, bool]], yes_from: float = 0.75) -> Figures:
    found = {n for n, (chance, _) in enumerate(judged) if chance >= YES_FROM}
    return f1(found, {n for n, (_, label) in enumerate(judged) if label})


def linked_f1() -> Figures:
    """Foursquare against Locu, end to end: blocked, compared, paired one to one."""
    foursquare, locu, gold = shared_data.foursquare_locu()
    return f1({(match.position, number) for number, match in link(foursquare, locu)}, gold)


def duplicates_f1() -> Figures:
    """Pairwise, over all pairs of records of one true site."""
    places, true_ids = shared_data.chicago_early_childhood()
    members: dict[str, list[int]] = {}
    for position, true_id in enumerate(true_ids):
        members.setdefault(true_id, []).append(position)
    gold = {pair for group in members.values() for pair in combinations(group, 2)}
    return f1({(match.position, later) for later, match in duplicates(places)}, gold)


def brier(judged: Iterable[tuple[float, bool]]) -> float:
    """Mean squared distance of probability and truth; 0 is perfect, 0.25 says nothing."""
    distances = [(chance - label) ** 2 for chance, label in judged]
    return sum(distances) / len(distances)


def main() -> None:
    if not shared_data.FOLDER.is_dir():
        print(f"no labelled sets at {shared_data.FOLDER}: nothing measured")
        return
    for split in ("train", "valid"):
        judged = judged_pairs(split)
        _print(f"fodors_zagats {split}", pairs_f1(judged), f"Brier {brier(judged):.4f}")
        for low, high in pairwise((0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.01)):
            inside = [label for chance, label in judged if low <= chance < high]
            if inside:
                said = sum(c for c, _ in judged if low <= c < high) / len(inside)
                print(f"   said {said:.3f}  true {sum(inside) / len(inside):.3f}  of {len(inside)}")
    for name, measure in (
        ("foursquare_locu, blocked", linked_f1),
        ("chicago_early_childhood, pairwise", duplicates_f1),
    ):
        start = time.perf_counter()
        figures = measure()
        _print(name, figures, f"{time.perf_counter() - start:.1f} s")


def _print(name: str, figures: Figures, more: str) -> None:
    precision, recall, both = figures
    print(f"{name:36} precision {precision:.4f}  recall {recall:.4f}  F1 {both:.4f}  {more}")


if __name__ == "__main__":
    main()
