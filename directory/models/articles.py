from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import Format, NoteOrigin, NotePlace
from directory.models.fields import only_known, only_known_in_list, several_of
from directory.models.topics import Topic


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        return self.filter(published_at__lte=timezone.now())


class Article(models.Model):
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=300)
    opening = models.TextField(_("opening"), blank=True)
    opening_source = models.CharField(_("where the opening comes from"), max_length=200, blank=True)
    evidence = models.TextField(_("what the evidence says"), blank=True)
    evidence_source = models.CharField(
        _("where the evidence is told of"), max_length=200, blank=True
    )
    about = models.CharField(_("how this text was made"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="articles"
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("position", "title")

    def __str__(self) -> str:
        return self.title


class ArticlePart(models.Model):
    """A part of an article, with what it rests on said in words."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField(_("number"))
    slug = models.SlugField(_("address"), max_length=80)
    heading = models.CharField(_("heading"), max_length=120)
    body = models.TextField(_("text"))
    source = models.CharField(_("where it comes from"), max_length=200)

    class Meta:
        verbose_name = _("part of an article")
        verbose_name_plural = _("parts of articles")
        ordering = ("article", "number")
        constraints = (
            models.UniqueConstraint(fields=("article", "number"), name="article_part_number_once"),
            models.UniqueConstraint(fields=("article", "slug"), name="article_part_slug_once"),
            models.CheckConstraint(
                condition=~models.Q(source=""), name="article_part_says_its_source"
            ),
        )

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        """The part's place on its article's page; reads the article."""
        return f"{reverse('article', args=[self.article.slug])}#{self.slug}"


class ConfidentialityNote(models.Model):
    """A sentence on confidentiality, shown where it matters, with where it comes from."""

    slug = models.SlugField(_("name"), max_length=60, unique=True)
    text = models.CharField(_("text"), max_length=400)
    origin = models.CharField(_("origin"), max_length=10, choices=NoteOrigin.pairs)
    source = models.CharField(
        _("where it comes from"),
        max_length=200,
        help_text=_("The article and its part, or the guidance that our own rule follows."),
    )
    reason = models.CharField(_("why we say it"), max_length=300, blank=True)
    part = models.ForeignKey(
        ArticlePart,
        verbose_name=_("part of the article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="notes",
    )
    shown_on = several_of(NotePlace, _("where shown"))
    formats = several_of(Format, _("for which formats"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("confidentiality note")
        verbose_name_plural = _("confidentiality notes")
        ordering = ("position", "slug")
        constraints = (
            only_known("note", "origin", NoteOrigin),
            only_known_in_list("note", "shown_on", NotePlace),
            only_known_in_list("note", "formats", Format),
            models.CheckConstraint(condition=~models.Q(source=""), name="note_says_its_source"),
        )

    def __str__(self) -> str:
        return self.slug
