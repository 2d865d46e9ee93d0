"""Mails that do not wait for the digest: a review that a person must see first."""
