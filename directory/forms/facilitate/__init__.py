"""Forms of facilitators."""
