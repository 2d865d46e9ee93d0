"""The passport of a Listing: who can correct it, where, and when that was last proved."""
