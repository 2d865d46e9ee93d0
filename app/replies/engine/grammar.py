"""The little grammar that joins a word to the phrase around it, language by language.

The writer puts `JOINT` before and after every value it fills in; these functions look at the
joints and take them out.
"""

from __future__ import annotations

import re

JOINT = "\x01"

_JOSA = re.compile(JOINT + r"+(을/를|은/는|이/가|과/와|으로/로|이라/라|이에/예|이었/였|아/야)")
_LAST_SOUND = re.compile(r"[가-힣A-Za-z0-9]")
_RIEUL = 8  # the place of ㄹ among the final consonants; after it "로" stays short
# How digits and Latin letters end when read aloud in Korean.
_LATIN_ENDINGS = {"le": _RIEUL, "kr": _RIEUL, "ng": 1}  # 애플, 케이알, 킹
_OPEN_DIGITS, _RIEUL_DIGITS = "2459", "178"


def _final(word: str) -> int:
    """The final consonant of the last sound: 0 for none, as in the Unicode order of Hangul."""
    sounds = _LAST_SOUND.findall(word)
    if not sounds:
        return 0
    last = sounds[-1]
    if last.isdigit():
        return 0 if last in _OPEN_DIGITS else _RIEUL if last in _RIEUL_DIGITS else 1
    if last.isascii():
        ending = "".join(sounds[-2:]).lower()
        if ending in _LATIN_ENDINGS:
            return _LATIN_ENDINGS[ending]
        return {"l": _RIEUL}.get(last.lower(), 1 if last.lower() in "mnbckpt" else 0)
    return (ord(last) - 0xAC00) % 28


def _korean(text: str) -> str:
    """Particles: `을/를` after a joint becomes the one that fits the word before it."""

    def fitting(match: re.Match[str]) -> str:
        closed, open_ = match.group(1).split("/")
        final = _final(text[: match.start()][-8:])
        if match.group(1) == "으로/로":
            return open_ if final in (0, _RIEUL) else closed
        return closed if final else open_

    return _JOSA.sub(fitting, text)


# Before a vowel or a mute h; the nouns listed keep their h.
_VOWEL = (
    r"(?=[aeiouâàéèêëîïôûœAEIOUÂÉÈÊŒ]|[yY](?![aeiouéèAEIOU])"
    r"|h(?!amburger|aricot|all\b|ammam|omard|ot|ousse|ublot|uit|aut|anche))"
)
# What must stand in a text for a rule to apply (a quick look before the search), the rule's
# pattern, and what it makes of it.
Rule = tuple[str, re.Pattern[str], str]

# De + le = du, à + les = aux, and the vowel that falls away before another.
_FRENCH: tuple[Rule, ...] = (
    (f"e {JOINT}", re.compile(rf"\b([Dd])e {JOINT}+le (?!{JOINT}*{_VOWEL})"), r"\1u "),
    (f"e {JOINT}", re.compile(rf"\b([Dd])e {JOINT}+les "), r"\1es "),
    (f"e {JOINT}", re.compile(rf"\b([Dd])e {JOINT}+des (?!{JOINT}*{_VOWEL})"), r"\1e "),
    (f"e {JOINT}", re.compile(rf"\b([Dd])e {JOINT}+des (?={JOINT}*{_VOWEL})"), r"\1'"),
    (f"à {JOINT}", re.compile(rf"\bà {JOINT}+le (?!{JOINT}*{_VOWEL})"), "au "),
    (f"À {JOINT}", re.compile(rf"\bÀ {JOINT}+le (?!{JOINT}*{_VOWEL})"), "Au "),
    (f"à {JOINT}", re.compile(rf"\bà {JOINT}+les "), "aux "),
    (f"À {JOINT}", re.compile(rf"\bÀ {JOINT}+les "), "Aux "),
    (f" {JOINT}", re.compile(rf"\b([DdLl])[ea] {JOINT}+{_VOWEL}"), r"\1'"),
    (f"ue {JOINT}", re.compile(rf"\b([Qq])ue {JOINT}+{_VOWEL}"), r"\1u'"),
)
# De + el = del, a + el = al.
_SPANISH: tuple[Rule, ...] = (
    (f"e {JOINT}", re.compile(rf"\b([Dd])e {JOINT}+el "), r"\1el "),
    (f" {JOINT}el ", re.compile(rf"\b([Aa]) {JOINT}+el "), r"\1l "),
)
# Herr X is Herrn X but as a subject; bei dem = beim, von dem = vom, zu der = zur, an dem = am.
_GERMAN: tuple[Rule, ...] = (
    (
        f"{JOINT}Herr ",
        re.compile(
            rf"\b(an|auf|bei|für|mit|ohne|über|um|von|zu|[Ss]ie|du|wir|[Ww]er) {JOINT}+Herr ",
            re.IGNORECASE,
        ),
        r"\1 Herrn ",
    ),
    (f"ei {JOINT}", re.compile(rf"\b([Bb])ei {JOINT}+dem "), r"\1eim "),
    (f"on {JOINT}", re.compile(rf"\b([Vv])on {JOINT}+dem "), r"\1om "),
    (f"u {JOINT}", re.compile(rf"\b([Zz])u {JOINT}+dem "), r"\1um "),
    (f"u {JOINT}", re.compile(rf"\b([Zz])u {JOINT}+der "), r"\1ur "),
    (f"n {JOINT}", re.compile(rf"\b([Aa])n {JOINT}+dem "), r"\1m "),
    (f"n {JOINT}", re.compile(rf"\b([Ii])n {JOINT}+dem "), r"\1m "),
)
_RULES: dict[str, tuple[Rule, ...]] = {"de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}


def joined(text: str, language: str) -> str:
    """`text` with its joints resolved."""
    if JOINT not in text:
        return text
    if language == "ko":
        text = _korean(text)
    for needle, pattern, instead in _RULES.get(language, ()):
        if needle in text:
            text = pattern.sub(instead, text)
    return text.replace(JOINT, "")
