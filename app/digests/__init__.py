"""Periodic e-mails: what is due, what they say."""
