"""Units in street lines: suites, flats, floors, rooms, by the country's words."""

from __future__ import annotations

import re
from functools import lru_cache

from app.listings.nap.address.text import fold
from app.listings.nap.address.words import Words

_UNIT_ID = (
    r"(?:#\s*|no\.?\s*|nr\.?\s*|n[°º]\s*)?"
    r"[a-z]{0,2}[-\s]?\d(?:[\w/\-–]|\.(?=\d))*(?:\s[a-z]\b)?|[a-z]\b"
)
_FLOOR = (
    r"\d{1,3}(?:st|nd|rd|th|er|eme|\.?[oa]|e|\.?[º°ª]|\.)?\s*"
    r"(?:floor|fl|flr|etage|étage|andar|piso|og|stock|planta|piano|dto|esq|direito|esquerdo|"
    r"dcha|dch|derecha|izq|izda|izqda|izquierda|"
    r"verdieping|emelet|em|kat|sal|tr)\b\.?(?!\s*\d)"
    r"(?:\s[a-z]\b(?!\.))?|(?:\d+|st)\.\s*(?:th|tv|mf)\b\.?|\d+/f\b|\d+f\b|"
    r"(?:ground|first|second|third|fourth|fifth|"
    r"sixth|seventh|eighth|ninth|tenth|top|lower|upper|main)\s+(?:floor|fl|flr|level)\b"
)
_SHORT_FLOOR = re.compile(r"l\d{1,2}|[gmu]/f|lg\d?|\d{1,2}(?:er|eme|e|o|º|°)? ?[a-z]?")
_HASH_UNIT = r"#\s*[\w\-–/]+"


@lru_cache(maxsize=300)
def unit_pattern(known: Words) -> re.Pattern[str]:
    """Finds one unit ("Ste 101", "#2f", "3rd Floor", "Level 5") in folded text."""
    spelled = "|".join(sorted((re.escape(u) for u in known.unit), key=len, reverse=True))
    glued = "|".join(u for u in known.unit if len(u) > 1 and u.isalpha()) or "ph"
    return re.compile(
        rf"(?<!\w)(?:{_FLOOR}|(?:(?:{spelled})\b[.:]?\s*(?:{_UNIT_ID}))|(?:{glued})\d+|{_HASH_UNIT})",
        re.IGNORECASE,
    )


_LONE_UNITS = frozenset(
    [
        "basement",
        "penthouse",
        "front",
        "rear",
        "lobby",
        "lower",
        "upper",
        "bajo",
        "bajos",
        "izquierda",
        "derecha",
    ]
)


def is_unit(segment: str, known: Words) -> bool:
    """Whether `segment` is nothing but units."""
    folded = fold(segment).strip(" .")
    if _SHORT_FLOOR.fullmatch(folded):
        return True
    left = unit_pattern(known).sub(" ", folded)
    if left == folded:
        return known.unit.get(folded, known.ordinal.get(folded, "")) in _LONE_UNITS | {"0"}
    return not re.sub(r"[\W_]+", "", left)
