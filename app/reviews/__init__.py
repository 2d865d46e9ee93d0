"""Reviews as collected: identity, edits, removals, triage, and the list of all of them."""
