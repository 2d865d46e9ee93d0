"""What was said before in a business's queue, so that the next reply says it another way."""

from __future__ import annotations

import re
from collections import Counter, deque
from functools import lru_cache
from itertools import chain

from app.replies.engine.matcher import fold

WINDOW = 200  # replies remembered; memory stays flat however long the queue is
_WORD = re.compile(r"\w+")
_WORDLESS = re.compile(r"[가-힣ぁ-ゖァ-ヺ]")
_WORD_GRAM, _CHAR_GRAM = 4, 8


def grams(text: str, in_words: bool) -> frozenset[int]:
    """Hashes of the runs by which two replies are compared: 4 words, or 8 characters."""
    if in_words:
        words = _WORD.findall(fold(text))
        runs = range(len(words) - _WORD_GRAM + 1)
        return frozenset(hash(tuple(words[i : i + _WORD_GRAM])) for i in runs)
    letters = "".join(_WORD.findall(fold(text)))
    runs = range(len(letters) - _CHAR_GRAM + 1)
    return frozenset(hash(letters[i : i + _CHAR_GRAM]) for i in runs)


# Most sentences of a queue are tried again and again; whole replies are not.
sentence_grams = lru_cache(maxsize=2048)(grams)


def opening(body: str, in_words: bool) -> str:
    """The first words after the greeting, by which readers notice a template."""
    words = _WORD.findall(fold(body))
    return " ".join(words[:_WORD_GRAM]) if in_words else "".join(words)[:_CHAR_GRAM]


class Used:
    """The replies of one queue. `remember` each that was offered or posted."""

    def __init__(self, replies: tuple[str, ...] = ()) -> None:
        self.phrases: Counter[str] = Counter()
        self.openings: Counter[str] = Counter()
        self._seen: dict[int, list[int]] = {}
        self._window: deque[tuple[int, frozenset[int], tuple[str, ...], str]] = deque()
        self._serial = 0
        for reply in replies:
            self.remember_posted(reply)

    def remember_posted(self, reply: str) -> None:
        """Take in a reply that was posted: greeting and signature stand on lines of their own."""
        parts = [part for part in reply.split("\n") if part.strip()]
        body = " ".join(parts[1:-1]) if len(parts) > 2 else " ".join(parts[:1])
        self.remember(body, (), in_words=not _WORDLESS.search(body))

    def remember(self, body: str, phrases: tuple[str, ...], in_words: bool) -> None:
        """Take in one reply: its text without the signature, and the phrases it was made of."""
        found, start = grams(body, in_words), opening(body, in_words)
        self._serial += 1
        self._window.append((self._serial, found, phrases, start))
        for gram in found:
            self._seen.setdefault(gram, []).append(self._serial)
        self.phrases.update(phrases)
        self.openings[start] += 1
        if len(self._window) > WINDOW:
            self._forget()

    def _forget(self) -> None:
        serial, found, phrases, start = self._window.popleft()
        for gram in found:
            holders = self._seen[gram]
            holders.remove(serial)
            if not holders:
                del self._seen[gram]
        for name in (*phrases,):
            self.phrases[name] -= 1
            if not self.phrases[name]:
                del self.phrases[name]
        self.openings[start] -= 1
        if not self.openings[start]:
            del self.openings[start]

    def familiarity(self, found: frozenset[int]) -> int:
        """How many of these runs were said before."""
        return len(self._seen.keys() & found)

    @property
    def size(self) -> int:
        """How many replies are remembered."""
        return len(self._window)

    def holding(self, found: frozenset[int]) -> int:
        """How many earlier replies hold at least half of these runs."""
        seen = self._seen
        holders = Counter(chain.from_iterable(seen[gram] for gram in found if gram in seen))
        return sum(2 * shared >= len(found) for shared in holders.values())

    def likeness(self, found: frozenset[int]) -> float:
        """The largest share of these runs that one earlier reply holds, 0 to 1."""
        return self._largest_share(found, None)

    def likeness_to_others(self, found: frozenset[int]) -> float:
        """The same for a reply that is itself the last one remembered."""
        return self._largest_share(found, self._serial)

    def _largest_share(self, found: frozenset[int], without: int | None) -> float:
        seen = self._seen
        holders = Counter(chain.from_iterable(seen[gram] for gram in found if gram in seen))
        if without is not None:
            del holders[without]
        return max(holders.values(), default=0) / len(found) if found else 0.0
