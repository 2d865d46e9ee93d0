"""Errors a person can do something about; `str()` is the sentence shown to them."""

from __future__ import annotations


class UserError(ValueError):
    """What was asked cannot be done; says why and what can be done instead."""


class NotFound(UserError):
    """There is no such thing, or not in this organization: the two are told apart nowhere."""


class NotSent(Exception):
    """A mail was not taken: it may be tried again. `str()` is a sentence for the operator."""


class MaybeSent(Exception):
    """Nobody can say whether a mail was taken: it is not tried again by itself."""
