"""Listings of a Location on the Sources, and how far they agree with its record."""
