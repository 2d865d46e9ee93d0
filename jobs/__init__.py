"""Decides when work runs and joins `scrapers` and `app`."""
