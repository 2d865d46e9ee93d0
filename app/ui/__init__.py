"""What every page shares: the base template, macros and static files."""
