"""Reviews that a platform shows both translated and in the author's own words."""

from __future__ import annotations

import re

_TRANSLATED = re.compile(
    r"\((?:translated by google|übersetzt von google|von google übersetzt|traduit par google"
    r"|traducido por google|traducción de google|tradotto da google|traduzido pelo google"
    r"|vertaald door google|översatt av google|oversat af google|przetłumaczone przez google"
    r"|переведено google|google 번역(?: 제공)?|google\s?による翻訳"
    r"|由 ?google ?(?:翻译|翻譯|提供的翻譯))\)",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"\((?:original|originale?|originaltext|texte? original(?:e)?|texto original|testo originale"
    r"|origineel|oryginał|оригинал|원문|원본|原文|原始評論|原始评论)\)",
    re.IGNORECASE,
)


def original(text: str) -> str:
    """The author's own words, where `text` holds them beside a translation; else `text`.

    Both orders occur: "(Translated by Google) … (Original) …" and "… (Translated by Google) …".
    """
    translated = _TRANSLATED.search(text)
    if not translated:
        return text
    if own := _ORIGINAL.search(text, translated.end()):
        return text[own.end() :].strip() or text
    before = _ORIGINAL.sub("", text[: translated.start()]).strip()
    return before or text
