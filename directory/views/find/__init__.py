"""Finding: the front page, lists of groups and meetings, and their own pages."""
