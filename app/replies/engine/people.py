"""Names: whom a reply may greet, and which of the staff a review praises."""

from __future__ import annotations

import re
from functools import cache

from app.replies.engine.matcher import fold
from app.replies.engine.phrasebook import Phrasebook, shared

_HANDLE = re.compile(r"[\d_@.#/\\|*+=<>{}\[\]~^$%&!?]|[a-z][A-Z]")
_TITLE = re.compile(
    r"^(?:mrs?|ms|miss|dr|prof|herr|frau|sra?|srta|don|doña|mme|mlle|m)\.?\s+", re.I
)
_INITIAL = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]\.?|[A-Za-zÀ-ÖØ-öø-ÿ]{1,2}\.")
_HANGUL = re.compile(r"^[가-힣]{2,4}$")
_KANJI_KANA = re.compile(r"^[一-鿿々ぁ-ゖァ-ヺー]{1,6}$")
# Nicknames such as 旅好き or 食いしん坊 are no names.
_HOBBY = re.compile(r"好き|大好|[一-鿿々][ぁ-ゖ]+[一-鿿々]|ファン$|マニア$")
_LATIN = re.compile(r"^[^\W\d_]+(?:[-'’][^\W\d_]+)*$")
_NAME = re.compile(r"[^\W\d_]+")
_KANJI = re.compile(r"[一-鿿々]")
_LONGEST_GIVEN = 3
_MAX_LATIN = 16
_TITLES = frozenset({"dr", "dr.", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "prof", "prof."})
_CAPITAL_BEFORE = re.compile(r"([A-Z][\w'’]*) $")


def greeted_name(author: str, book: Phrasebook) -> str | None:
    """How the reply addresses the reviewer: "Graham T." is Graham, `rider_2291` is nobody.

    What counts as the name to greet by is the language's own rule (`name` in language.toml):
    the first name, the family name written first, or the whole.
    """
    titled = " ".join(author.split())
    author = _TITLE.sub("", titled)
    for honorific in ("님", "さん", "様", "氏"):
        author = author.removesuffix(honorific).strip()
    words = author.split(" ")
    if _INITIAL.fullmatch(words[0]):
        return None
    words = [word for word in words if not _INITIAL.fullmatch(word)]
    if not words or words[0].casefold() in shared()["nobody"]:
        return None
    if _HANDLE.search(" ".join(words)):
        return None
    if any(ord(c) > 0x2E7F for c in words[0]):
        return _east_asian(words, book)
    if not all(map(_LATIN.match, words)) or len(words) > 4 or words[0].islower():
        return None
    if len(words[0]) > _MAX_LATIN or (len(words) == 1 and words[0].isupper() and len(words[0]) < 4):
        return None
    if author != titled and len(words) == 1:
        return f"{titled.split(' ')[0]} {_cased(words[0])}"  # a title stands before a surname
    whole = book.meta["name"] == "whole" or _family_first(words, book)
    taken = words if whole else words[:1]
    return " ".join(_cased(word) for word in taken)


def _east_asian(words: list[str], book: Phrasebook) -> str | None:
    joined = "".join(words)
    if _HANGUL.match(joined):
        # A full Korean name begins with its family name; two syllables may be a given name alone.
        named = len(joined) == 2 or joined[0] in shared()["names"]["hangul_families"]
        return joined if named else None
    if all(map(_KANJI_KANA.match, words)) and not _HOBBY.search(joined):
        # A Japanese name is addressed by its family name, which is written first.
        name = words[0] if len(words) == 2 else joined if len(words) == 1 else ""
        return name if name and (len(words) == 2 or _japanese_name(name)) else None
    return None


def _japanese_name(name: str) -> bool:
    """Whether one word may be a name: kana alone, two kanji at most, or a frequent family name
    with not too much behind it. Longer words in kanji are nicknames more often than names."""
    if not _KANJI.match(name) or len(name) <= 2:
        return True
    starts = (name[:size] for size in (3, 2, 1))
    family = next((start for start in starts if start in _kanji_families()), None)
    given = name[len(family) :] if family else ""
    return family is not None and len(given) <= _LONGEST_GIVEN and given != "家"


@cache
def _kanji_families() -> frozenset[str]:
    return frozenset(shared()["names"]["kanji_families"].split())


def _family_first(words: list[str], book: Phrasebook) -> bool:
    """Whether a Korean name in Latin letters begins with the family name: "Kim Jiwon"."""
    families = shared()["names"]["latin_families"]
    return book.language == "ko" and len(words) > 1 and words[0].casefold() in families


def _cased(word: str) -> str:
    if not word.isupper() or len(word) < 2:
        return word
    return "-".join(part.capitalize() for part in word.split("-"))


def _is_word(name: str, book: Phrasebook) -> bool:
    """Whether a capitalised word is a thing or a feeling of the lexicon: "Pool was great"."""
    folded = fold(name)
    return bool(book.topic_matcher.find(folded) or book.sentiment_matcher.find(folded))


def staff_named(sentence: str, book: Phrasebook, known: frozenset[str]) -> list[str]:
    """Names of people in one sentence, by the language's patterns, else by given names. `known` are
    words that are no people here: of the business's name, of its town, the reviewer's own name."""
    names = []
    for pattern in book.person_patterns:
        for match in pattern.finditer(sentence):
            name = next(group for group in match.groups() if group)
            folded = {word.casefold() for word in name.split()} - _TITLES
            if folded & (book.not_people | known) or name in names:
                continue
            before = _NAME.findall(sentence[: match.start()] + match.group().partition(name)[0])
            if before and before[-1].casefold() in _people_words()[1]:
                continue
            if _ends_a_title(sentence[: match.start(1)] if match.group(1) else "", name, book):
                continue
            if not book.has_case or not _is_word(name, book):
                names.append(name)
    return names or (_given_names(sentence, known) if book.has_case else [])


def _ends_a_title(before: str, name: str, book: Phrasebook) -> bool:
    """Whether a word ends the name of a thing, "Pharaoh's Tomb": a capital stands before it that is
    no calling such as "Barista". Where all nouns have capitals, nothing can be told from them."""
    found = _CAPITAL_BEFORE.search(before)
    if not found or book.meta.get("nouns_capitalised") or name in _people_words()[0]:
        return False
    word = found.group(1)
    callings = book.topic_matcher.find(fold(word))
    staff = any(sense.topic == "staff" for hit in callings for sense in hit.payload)
    return not (staff or word.isupper() or word in _people_words()[0])


def _given_names(sentence: str, known: frozenset[str]) -> list[str]:
    """Common given names, unless they belong to the reviewer's company ("my son Tom")."""
    given, companions = _people_words()
    words = _NAME.findall(sentence)
    return [
        word
        for before, word in zip(["", *words], words, strict=False)
        if word in given and word.casefold() not in known and before.casefold() not in companions
    ]


@cache
def _people_words() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(shared()["given_names"]), frozenset(shared()["companions"])
