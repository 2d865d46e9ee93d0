"""One file per directory, review site or API."""
