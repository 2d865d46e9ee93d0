"""The queue an owner works through: reviews with their drafts, due times, assignment."""
