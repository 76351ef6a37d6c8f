"""The components pages are made of: keyword-only, so that a wrong name is an error.

The style guide's page shows all of them. They live in kit/: words (say
something), lists (hold something), doing (act), frame (around every page).
"""

from directory.templatetags.kit import doing, frame, lists, words
from directory.templatetags.kit.library import register

__all__ = ["doing", "frame", "lists", "register", "words"]
