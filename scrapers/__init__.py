"""Turns what a directory or review site shows into plain records; knows no database, no web."""
