"""Finding where a Location is listed: candidates with their probability, doubles, gaps."""
