"""Rules that a person switches on: which replies may be approved together or post themselves."""
