from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import AgreementKind
from directory.models.fields import only_known


class AgreementVersionQuerySet(models.QuerySet["AgreementVersion"]):
    def in_force(self, kind: str) -> AgreementVersionQuerySet:
        """The newest published version of this kind first; the first row is the one in force."""
        return self.filter(kind=kind, published_at__lte=timezone.now()).order_by("-number")


class AgreementVersion(models.Model):
    """One wording of what people agree to before they join. Never changed once published."""

    kind = models.CharField(_("kind"), max_length=20, choices=AgreementKind.pairs)
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = AgreementVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ("kind", "number")
        constraints = (
            only_known("agreement", "kind", AgreementKind),
            models.UniqueConstraint(fields=("kind", "number"), name="agreement_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Acceptance(models.Model):
    """A person accepted this version of the confidentiality agreement, at this time."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="acceptances"
    )
    version = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, related_name="acceptances"
    )
    accepted_at = models.DateTimeField(_("accepted at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        constraints = (
            models.UniqueConstraint(fields=("person", "version"), name="acceptance_once"),
        )

    def __str__(self) -> str:
        return f"{self.version} {self.accepted_at:%Y-%m-%d}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> ConsentQuerySet:
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """Explicit consent to hold one membership, under this wording, from then until withdrawn."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents"
    )
    group = models.ForeignKey("directory.Group", on_delete=models.CASCADE, related_name="consents")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="consents")
    given_at = models.DateTimeField(_("given at"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "group"),
                condition=models.Q(withdrawn_at=None),
                name="consent_standing_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.version} {self.given_at:%Y-%m-%d}"
