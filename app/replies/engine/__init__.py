"""The writer of suggestions and their checker. Pure: no clock, network or database."""
