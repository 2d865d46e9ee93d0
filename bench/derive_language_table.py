"""Derive the letter table of `app/replies/engine/language.py` from a folder of message catalogues.

    python bench/derive_language_table.py FOLDER [FOLDER …]

FOLDER holds `<lang>/LC_MESSAGES/*.mo`, as the translations of installed programs do on a Unix
machine. Only statistics go into the table: for each run of letters, how much more likely it is in
one language than in another. English comes from the untranslated side of the catalogues, and the
phrases of this project are added to every language.
"""

from __future__ import annotations

import gettext
import math
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

from app.replies.engine.language import LATIN, TABLE, ZERO, runs
from app.replies.engine.phrasebook import PHRASES

_WORD = re.compile(r"[^\W\d_]+")
_NOISE = re.compile(
    r"%[-+ #0-9.*]*[a-zA-Z]+|<[^>]*>|\\.|--?[a-z][\w-]+|[\w.]*[/_@=][\w./@=]*|&\w+;"
)
_LEAST_SEEN = 3  # words that hold a run of letters, in some language
_KEPT = 60_000
_SCALE = 4  # quarters of a natural logarithm: one letter of the table holds -12 … +12
_SMOOTH = 0.5
_FREQUENCY = 0.6  # frequent words count more, the pet words of programs not much more


def words(folders: list[Path]) -> dict[str, Counter[str]]:
    """How often each word stands in the texts of each language."""
    found: dict[str, Counter[str]] = {lang: Counter() for lang in LATIN}
    for folder in folders:
        for path in folder.glob("*/LC_MESSAGES/*.mo"):
            lang = path.parent.parent.name.split("_")[0]
            if lang not in LATIN or lang == "en":
                continue
            for source, text in _catalogue(path).items():
                source = source[0] if isinstance(source, tuple) else source
                if source and text != source:
                    found[lang].update(_words(text))
                    found["en"].update(_words(source))
    for lang in LATIN:
        moves = PHRASES / lang / "moves.toml"
        if moves.is_file():
            for pools in tomllib.loads(moves.read_text("utf-8")).values():
                for phrases in pools.values():
                    found[lang].update(_words(" ".join(phrases)))
    return found


def _catalogue(path: Path) -> dict[object, str]:
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)._catalog
    except UnicodeDecodeError:  # a few old catalogues are in other encodings
        return {}


def _words(text: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(_NOISE.sub(" ", text)) if not w.isupper()]


def table(found: dict[str, Counter[str]]) -> dict[str, list[int]]:
    """For each run of letters its weight in each language, against the mean of them all."""
    counts: dict[str, Counter[str]] = {}
    for lang, seen in found.items():
        counts[lang] = Counter()
        for word, times in seen.items():
            if times < 2:
                continue
            weight = times**_FREQUENCY
            for run in runs(word):
                counts[lang][run] += weight
    totals = {lang: sum(counter.values()) for lang, counter in counts.items()}
    everything = Counter()
    for counter in counts.values():
        everything.update(counter)
    weights = {}
    for run, seen in everything.items():
        if seen < _LEAST_SEEN * 2:
            continue
        logs = [math.log((counts[lang][run] + _SMOOTH) / totals[lang]) for lang in LATIN]
        mean = sum(logs) / len(logs)
        weights[run] = [max(-12, min(12, round((log - mean) * _SCALE))) for log in logs]
    ranked = sorted(weights, key=lambda run: -everything[run] * max(weights[run]))
    return {run: weights[run] for run in sorted(ranked[:_KEPT])}


def main() -> None:
    """Write the table."""
    found = words([Path(name) for name in sys.argv[1:]])
    rows = table(found)
    lines = [
        run + "\t" + "".join(chr(ZERO + weight) for weight in row) for run, row in rows.items()
    ]
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")
    print({lang: len(seen) for lang, seen in found.items()}, len(rows), TABLE.stat().st_size)


if __name__ == "__main__":
    main()
