"""The comparer: name, address and phone of record against what a listing shows. Pure."""
