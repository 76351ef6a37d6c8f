"""For moderators of organisations: their groups, places, facilitators, and the site itself."""
