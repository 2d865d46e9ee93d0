"""What the business means: locations, listings, reviews, replies, digests."""
