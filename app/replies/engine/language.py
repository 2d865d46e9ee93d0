"""The language of a text: script first, then function words, then letter patterns.

Languages that are not written here are told apart by script, letters and function words, so that
nothing is answered in a language it was not written in.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from app.replies.engine.matcher import fold
from app.replies.engine.phrasebook import load, shared, written_languages

LATIN = ("en", "es", "de", "fr")
TABLE = Path(__file__).parent / "letters.txt"  # made by bench/derive_language_table.py
ZERO = ord("n")  # the letter that stands for a weight of nothing in the table
UNKNOWN = "und"

_HANGUL = re.compile(r"[가-힣ㄱ-ㆎ]")
_KANA = re.compile(r"[ぁ-ゖァ-ヺｦ-ﾝ]")
_HAN = re.compile(r"[一-鿿]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2c00-\ud7ff\uf900-\uffef]")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")
# Characters that Chinese uses all the time and Japanese does not.
_CHINESE = re.compile(r"[的了是很们我你吗这没还给说让谢务东车员贵吃饭钟]")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_RUN = 5
_MOST_WORDS = 60  # of a text are enough for its function words
_LETTER_WORDS = 30  # and these for its letters
_CLEAR = 3  # function words that decide
_BEYOND_DOUBT, _FEW_RIVALS = 4, 6  # points that decide at once where few other languages had any
_FEW_WORDS = 3  # up to here a hint of the source weighs more than a narrow result
_NARROW = 6
_SHORT = 6  # words up to which a lexicon that knows them all decides
_FEW_LETTERS = 15  # words up to which the language of the place counts,
_AT_HOME = 60  # by so many points: fifteen natural logarithms
_LEAST_STRANGE = 4  # words from which a text must hold one that is known


def detect(text: str, hint: str | None = None, home: str | None = None) -> str:
    """The two-letter code of the language: one of the six that are written here, the code of
    another that is known by its function words, or "und".

    `hint` is what the source said; it decides only where the text is too short to tell. `home` is
    the language people are likely to write in here; it tips the scales of a short text.
    """
    if not _LETTER.search(text):
        return hint or UNKNOWN
    script = _by_script(text, hint)
    if script is not None:
        return script
    words = [word.lower() for word in _WORD.findall(text)]
    known = _by_function_words(words[:_MOST_WORDS])
    if known is not None:
        return known
    if home in LATIN and len(words) <= _SHORT and _all_told(words, home):
        return home
    likely = _by_letters(words[:_LETTER_WORDS], hint, home if len(words) <= _FEW_LETTERS else None)
    strange = likely != home and _is_strange(words[:_MOST_WORDS], likely)
    return (hint or UNKNOWN) if strange else likely


def _by_script(text: str, hint: str | None) -> str | None:
    """The language that a script alone tells, None for Latin letters."""
    if not _OTHER_SCRIPT.search(text):
        return None
    latin = len(_LATIN_LETTER.findall(text))
    hangul, kana, han = (len(p.findall(text)) for p in (_HANGUL, _KANA, _HAN))
    # A syllable of Hangul or a Han character carries what two Latin letters do.
    if 2 * (hangul + kana + han) > latin:
        if hangul >= kana + han:
            return "ko"
        if kana:
            return "ja"
        if not _CHINESE.search(text) and hint in (None, "ja"):
            return "ja"
        return "zh"
    return None if 2 * latin >= len(_LETTER.findall(text)) else UNKNOWN


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    """The languages in which each function word stands."""
    found: dict[str, list[str]] = {}
    for lang, words in shared()["function_words"].items():
        for word in words:
            found.setdefault(word, []).append(lang)
    return {word: tuple(langs) for word, langs in found.items()}


@cache
def _foreign_letters() -> dict[str, str]:
    return {c: lang for lang, chars in shared()["foreign_letters"].items() for c in chars}


def _by_function_words(words: list[str]) -> str | None:
    """The language whose function words stand out, None where none does."""
    index, foreign = _function_words(), _foreign_letters()
    score: dict[str, float] = {}
    for word in words:
        langs = index.get(word, ())
        for lang in langs:
            score[lang] = score.get(lang, 0) + 1 / len(langs)
        if len(langs) == 1 and score[langs[0]] >= _BEYOND_DOUBT and len(score) <= _FEW_RIVALS:
            return langs[0]
        if not word.isascii():
            for char in set(word) & foreign.keys():
                score[foreign[char]] = score.get(foreign[char], 0) + 1
    ranked = sorted(score.items(), key=lambda item: -item[1])
    if not ranked:
        return None
    best, points = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    needed = min(_CLEAR, max(1, len(words) / 4))
    if points >= needed and points >= 1.5 * second and points >= 2:
        return best
    return None


def _all_told(words: list[str], language: str) -> bool:
    """Whether a lexicon knows every word: "Super Service, super Preise" may be German."""
    text, book = fold(" ".join(words)), load(language)
    spans = [
        (hit.start, hit.end)
        for matcher in (book.topic_matcher, book.sentiment_matcher)
        for hit in matcher.find(text)
    ]
    return all(
        any(start <= match.start() < end for start, end in spans) for match in _WORD.finditer(text)
    )


def _is_strange(words: list[str], likely: str) -> bool:
    """Whether a text of some words holds not one that is known, be it a function word or a word of
    the likely language's lexicon: letters alone would call every Latin text one of ours."""
    if len(words) < _LEAST_STRANGE or likely not in written_languages():
        return False
    index = _function_words()
    if any(lang in LATIN for word in words for lang in index.get(word, ())):
        return False
    folded, book = fold(" ".join(words)), load(likely)
    return not (book.topic_matcher.find(folded) or book.sentiment_matcher.find(folded))


def runs(word: str) -> list[str]:
    """The runs of one to five letters of a word, with its edges marked."""
    edged = f"^{word}$"
    return [
        edged[i : i + size]
        for size in range(1, _LONGEST_RUN + 1)
        for i in range(len(edged) - size + 1)
    ]


@cache
def _letters() -> dict[str, bytes]:
    rows = (line.split("\t") for line in TABLE.read_text("utf-8").splitlines())
    return {run: row.encode() for run, row in rows}


def _by_letters(words: list[str], hint: str | None, home: str | None) -> str:
    letters = _letters()
    rows = [row for word in words for run in runs(word) if (row := letters.get(run))]
    totals = [sum(column) for column in zip(*rows, strict=True)] or [0] * len(LATIN)
    if home in LATIN:
        totals[LATIN.index(home)] += _AT_HOME
    best = max(totals)
    if hint in LATIN and len(words) <= _FEW_WORDS and best - totals[LATIN.index(hint)] < _NARROW:
        return hint
    return LATIN[totals.index(best)]
