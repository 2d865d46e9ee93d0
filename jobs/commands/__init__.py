"""One file per `goodword` command; found by file name, imported when called."""
