"""Help me choose: the questions, and the answers that become a search."""

from directory.forms.choosing.answers import ChoosingForm

__all__ = ["ChoosingForm"]
