"""Places of business: name, address and phone of record, hours, voice and facts."""
