"""Rules of the checker that look at more than words: contacts, numbers, length, form, echoes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from app.replies.engine import language
from app.replies.engine.matcher import fold
from app.replies.engine.people import staff_named
from app.replies.engine.phrasebook import load
from app.replies.engine.plan import FORGIVEN, band_of
from app.replies.engine.types import Kind, Note
from app.replies.engine.understand import MAX_CHARS
from app.replies.engine.write import measure

if TYPE_CHECKING:
    from app.replies.engine.check import Checked

_SENTENCE_END = re.compile(r"[.!?。！？]+(?=\s|$)|[。！？]|\n+")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
_LINK = re.compile(r"(?:https?://|www\.)[!-'*-;=?-~]{3,200}", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w@.])\+?\d[\d ()/.\-]{6,18}\d(?!\w)", re.ASCII)
_NUMBER = re.compile(r"(?<![\w@.+-])\d{1,9}(?:[.,:]\d{1,3})?(?![\w@])", re.ASCII)
_PLACEHOLDER = re.compile(
    r"\[[^\]\n]{1,40}\]|\{[^}\n]{0,40}\}|<[A-Za-z][^>\n]{0,40}>|〇〇|○○|XXX+|_{3,}|\bNone\b|\bnull\b"
    r"|\bundefined\b|\bnan\b"
)
_MARKUP = re.compile(
    r"\*\*|__|^#{1,6}\s|^\s*[-*•]\s|^\s*・|^\s*\d+[.)]\s|(?<!\w)#\w+|```", re.MULTILINE
)
_EMOJI = re.compile("[\U0001f000-\U0001faff☀-➿⬀-⯿]")
_SHOUT = re.compile(r"!{2,}|！{2,}|\b[A-ZÄÖÜÀ-Ý]{5,}(?:\s+[A-ZÄÖÜÀ-Ý]{4,})+\b")
_WORD = re.compile(r"\w+")
_ECHO_WORDS, _ECHO_CHARS = 8, 16
_FORGIVEN_CHARS = (25, 50)  # less and more than the band, where characters are counted
_SHORTEST_TOLD = 16  # characters of which a language can be told


def notes(given: Checked, platform: dict[str, Any]) -> Iterator[Note]:
    """All finds of this file."""
    yield from _forms(given)
    yield from _contacts(given)
    yield from _limits(given, platform)
    yield from _echo(given)
    yield from _language(given)
    yield from _address(given)
    yield from _people(given)


def size(reply: str, unit: str) -> int:
    """The length of a reply in a platform's unit: "bytes" of UTF-8, or "characters"."""
    return len(reply.encode("utf-8", "replace")) if unit == "bytes" else len(reply)


def sentence(text: str, position: int) -> int:
    """The number of the sentence a position falls in."""
    return sum(match.end() <= position for match in _SENTENCE_END.finditer(text))


def has_contact(given: Checked, position: int) -> bool:
    """Whether the sentence at a position holds a contact of the profile."""
    wanted = sentence(given.reply, position)
    for contact in (given.business.email, given.business.phone):
        at = given.reply.find(contact) if contact else -1
        if at >= 0 and sentence(given.reply, at) == wanted:
            return True
    return False


def _forms(given: Checked) -> Iterator[Note]:
    for rule, pattern in (("placeholder", _PLACEHOLDER), ("markup", _MARKUP), ("shouting", _SHOUT)):
        for match in pattern.finditer(given.reply):
            found = match.group()
            if not any(found in known for known in (given.business.name, given.business.signature)):
                yield given.note(rule, *match.span())


@lru_cache(maxsize=512)  # the same for every review of a business
def _own_contacts(email: str, website: str, others: tuple[str, ...]) -> tuple[set[str], str, str]:
    """Addresses of a profile, all that it says in small letters, and the digits of that."""
    own = {email.casefold(), website.casefold().rstrip("/")} - {""}
    text = " ".join((email, website, *others))
    return own, text.casefold(), re.sub(r"\D", "", text)


def _contacts(given: Checked) -> Iterator[Note]:
    profile = given.business
    others = (profile.phone, profile.signature, profile.name, profile.city, *profile.facts)
    own, own_text, own_digits = _own_contacts(profile.email, profile.website, others)
    review_contacts = {m.group().casefold() for m in _EMAIL.finditer(given.review.text)}
    covered: list[tuple[int, int]] = []
    for pattern in (_EMAIL, _LINK, _PHONE):
        for match in pattern.finditer(given.reply):
            covered.append(match.span())
            found = match.group().casefold().rstrip(".,;/")
            digits = re.sub(r"\D", "", found)
            ours = found in own or (pattern is _PHONE and digits in own_digits)
            if ours or found in own_text:
                continue
            private = found in review_contacts
            yield given.note("private_fact" if private else "foreign_contact", *match.span())
    for match in _NUMBER.finditer(given.reply):
        if any(start <= match.start() < end for start, end in covered):
            continue
        number = match.group()
        if not any(number in known for known in (own_text, given.review.text, given.saved)):
            yield given.note("number", *match.span())


def _limits(given: Checked, platform: dict[str, Any]) -> Iterator[Note]:
    limit = platform.get("limit")
    if limit and size(given.reply, platform["unit"]) > limit:
        yield given.note("too_long")
    if platform.get("emoji") is False:
        for match in _EMOJI.finditer(given.reply):
            yield given.note("emoji", *match.span())
    least, _, most = given.book.lengths[band_of(given.what, given.review.rating)]
    # Bands are narrower than what reads well: they hold some reserve for the writer.
    shorter, longer = (FORGIVEN, FORGIVEN) if given.book.in_words else _FORGIVEN_CHARS
    written = measure(given.reply, given.book)
    if not least - shorter <= written <= most + longer:
        yield given.note("length")


def _echo(given: Checked) -> Iterator[Note]:
    """Runs of the review's own words, 8 words or 16 characters long."""
    if given.book.in_words:
        said = _WORD.findall(fold(given.review.text))
        runs = {tuple(said[i : i + _ECHO_WORDS]) for i in range(len(said) - _ECHO_WORDS + 1)}
        words = list(_WORD.finditer(given.folded))
        texts = [match.group() for match in words]
        for i in range(len(words) - _ECHO_WORDS + 1):
            if tuple(texts[i : i + _ECHO_WORDS]) in runs:
                yield given.note("echo", words[i].start(), words[i + _ECHO_WORDS - 1].end())
                return
        return
    said_text = fold(given.review.text)
    for i in range(len(given.folded) - _ECHO_CHARS + 1):
        run = given.folded[i : i + _ECHO_CHARS]
        if run.strip() and run in said_text:
            yield given.note("echo", i, i + _ECHO_CHARS)
            return


def _people(given: Checked) -> Iterator[Note]:
    """Staff whom the review blames, or whom the reply itself puts at fault."""
    if given.what.kind in (Kind.PRAISE, Kind.STARS_ONLY, Kind.QUESTION):
        return
    ours = (given.review.author, given.business.name, given.business.signature)
    spared = frozenset(" ".join((*ours, *given.what.praised_people)).casefold().split())
    blamed = _named(given.review.text[:MAX_CHARS], given.book.language, spared)
    faults = {
        sentence(given.reply, hit.start)
        for hit in given.hits
        if any(rule == "fault" for rule, _ in hit.payload)
    }
    if faults:
        blamed |= _named(given.reply, given.book.language, spared)
    for name in blamed:
        for match in re.finditer(rf"\b{re.escape(name)}\b", given.reply):
            named_by_review = name in given.review.text
            if named_by_review or sentence(given.reply, match.start()) in faults:
                yield given.note("staff_blamed", *match.span())


@lru_cache(maxsize=256)
def _named(text: str, lang: str, spared: frozenset[str]) -> frozenset[str]:
    """The staff a text names, but for those who may be named."""
    parts = _SENTENCE_END.split(text)
    return frozenset(name for part in parts for name in staff_named(part, load(lang), spared))


def _address(given: Checked) -> Iterator[Note]:
    """Somebody addressed formally and informally in one reply: usted and tú, Sie and du."""
    book, body = given.book, _body(given)
    if book.familiar is None or book.formal is None:
        return
    familiar = book.familiar.search(body)
    # A sentence may begin with "Sie" and mean them.
    if familiar and any(found.start() for found in book.formal.finditer(body)):
        at = given.reply.find(familiar.group())
        yield given.note("address", at, at + len(familiar.group()))


def _body(given: Checked) -> str:
    """The reply without its last line and without names that are the profile's."""
    body = given.reply.rsplit("\n", 1)[0]
    for own in (given.business.name, given.business.signature, given.business.email):
        body = body.replace(own, " ") if own else body
    return body


def _language(given: Checked) -> Iterator[Note]:
    body = _body(given)
    if len(body.strip()) < _SHORTEST_TOLD:
        return
    expected = given.what.language
    if language.detect(body, hint=expected, home=expected) != expected:
        yield given.note("language")
