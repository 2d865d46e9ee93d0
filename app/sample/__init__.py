"""The sample town: six small directories of our own, served over HTTP on loopback to look around.

What it serves is a pure function of its data (`town.toml`), the moment it was founded, and the
moves it was told to make.
"""
