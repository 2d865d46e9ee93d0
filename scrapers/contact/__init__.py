"""Contact details in plain text, for pages that say them without markup."""
