"""Everything an organization has, as rows that leave and come in again."""
