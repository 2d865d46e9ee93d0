"""Replies of the owner and the suggestions for them."""
