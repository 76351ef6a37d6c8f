"""Django's PostgreSQL backend, with a server that is started at the first connection."""
