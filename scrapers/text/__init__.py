"""Words into values: white space, numbers, dates, hours. Pure and bounded."""
