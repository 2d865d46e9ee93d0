"""Mails that were written to the folder because no mail server is set: reading them."""
