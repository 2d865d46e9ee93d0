"""One file per task: what a worker does with rows that are due, and a command by hand."""
