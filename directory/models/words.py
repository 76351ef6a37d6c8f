"""The words by which people look for groups."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.topics import Topic


class EverydayWords(models.Model):
    """What people type when they mean a topic: "dad died" means bereavement."""

    words = models.CharField(
        _("everyday words"),
        max_length=80,
        help_text=_("One word or a few, as somebody would type them: “dad died”."),
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="everyday_words"
    )

    class Meta:
        verbose_name = _("everyday words")
        verbose_name_plural = _("everyday words")
        ordering = ("topic", "words")
        constraints = (
            models.UniqueConstraint(fields=("words", "topic"), name="everyday_words_once_a_topic"),
        )

    def __str__(self) -> str:
        return self.words


class KnownWord(models.Model):
    """A word that occurs in what groups say of themselves: what a mistyped one may have meant."""

    word = models.CharField(_("word"), max_length=60, primary_key=True)
    # In how many groups: of two words as near, the more frequent one was meant.
    groups = models.PositiveIntegerField(_("groups"), default=0)

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")

    def __str__(self) -> str:
        return self.word
