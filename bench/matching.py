"""Same place or not, on labelled sets: F1, calibration, blocking.

No weight was fitted to them; reading their errors showed where a rule was missing.
"""

from __future__ import annotations

from itertools import combinations, pairwise

from app.listings.nap.blocking import PlaceIndex, duplicates, link
from app.listings.nap.compare import compare
from app.listings.nap.same_place import YES_FROM
from bench import shared_data

Judged = list[tuple[float, bool]]  # a probability, and whether it is the same place
Figures = tuple[float, float, float]  # precision, recall and their harmonic mean, F1


def f1(found: set, gold: set) -> Figures:
    hits = len(found & gold)
    precision, recall = hits / max(len(found), 1), hits / max(len(gold), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def judged_pairs(split: str) -> Judged:
    """The probability of each labelled pair of fodors_zagats, and its label."""
    pairs = shared_data.fodors_zagats(split)
    return [(compare(left, right).probability, label) for left, right, label in pairs]


def pairs_f1(judged: Judged) -> Figures:
    found = {n for n, (chance, _) in enumerate(judged) if chance >= YES_FROM}
    return f1(found, {n for n, (_, label) in enumerate(judged) if label})


def linked_f1() -> Figures:
    """Foursquare against Locu, end to end: blocked, compared, paired one to one."""
    foursquare, locu, gold = shared_data.foursquare_locu()
    return f1({(match.position, number) for number, match in link(foursquare, locu)}, gold)


def judged_candidates() -> Judged:
    """Every pair of the two lists that blocking lets through, with its probability."""
    foursquare, locu, gold = shared_data.foursquare_locu()
    index = PlaceIndex(foursquare)
    return [
        (match.comparison.probability, (match.position, number) in gold)
        for number, listing in enumerate(locu)
        for match in index.matches(listing, worth=0.0)
    ]


def duplicates_f1() -> Figures:
    """Pairwise, over all pairs of records of one true site."""
    places, true_ids = shared_data.chicago_early_childhood()
    members: dict[str, list[int]] = {}
    for position, true_id in enumerate(true_ids):
        members.setdefault(true_id, []).append(position)
    gold = {pair for group in members.values() for pair in combinations(group, 2)}
    return f1({(match.position, later) for later, match in duplicates(places)}, gold)


def brier(judged: Judged) -> float:
    """Mean squared distance of probability and truth; 0 is perfect, 0.25 says nothing."""
    distances = [(chance - label) ** 2 for chance, label in judged]
    return sum(distances) / len(distances)


def main() -> None:
    if not shared_data.FOLDER.is_dir():
        print(f"no labelled sets at {shared_data.FOLDER}: nothing measured")
        return
    for split in ("train", "valid"):
        judged = judged_pairs(split)
        _print(f"fodors_zagats {split}", pairs_f1(judged))
        _print_reliability(judged)
    _print("foursquare_locu, blocked", linked_f1())
    _print_reliability(judged_candidates())
    _print("chicago_early_childhood, pairwise", duplicates_f1())


def _print(name: str, figures: Figures) -> None:
    precision, recall, both = figures
    print(f"{name:36} precision {precision:.4f}  recall {recall:.4f}  F1 {both:.4f}")


def _print_reliability(judged: Judged) -> None:
    """How often what was said with a probability came true."""
    print(f"  Brier score {brier(judged):.4f} over {len(judged):,} pairs")
    for low, high in pairwise((0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.01)):
        inside = [(chance, label) for chance, label in judged if low <= chance < high]
        if inside:
            said, true = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            print(f"    said {said:.3f}  true {true:.3f}  of {len(inside):,}")


if __name__ == "__main__":
    main()
