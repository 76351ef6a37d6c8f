"""Settings, addresses and the ways to run the site: no models, no rules."""
