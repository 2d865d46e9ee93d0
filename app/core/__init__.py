"""Settings, database, clock and the other things every noun leans on."""
