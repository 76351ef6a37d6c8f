"""Pages of those who run groups."""
