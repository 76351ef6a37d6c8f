"""The words of the mails, one function a kind. Who is owed which is written by the actions."""

from directory.emails.batch import one_batch
from directory.emails.rendering import render

__all__ = ["one_batch", "render"]
