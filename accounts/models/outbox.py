from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import MailState


class OutgoingMail(models.Model):
    """A mail that is owed: written in the transaction that makes it so, sent by the worker.

    `about` is a reference as text ("meeting:<uuid>"), since accounts know nothing of groups; the
    words are made when it is sent, unless `text` holds them already (mail about the account
    itself, whose text is emptied once sent).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    about = models.CharField(_("about"), max_length=100, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.CASCADE,
        related_name="mails",
    )
    address = models.EmailField(_("address"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MailState.pairs, default=MailState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    # Not before: until then what the mail tells can be undone.
    send_after = models.DateTimeField(_("not before"), null=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, editable=False)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "about", "person", "version"),
                condition=models.Q(person__isnull=False),
                name="outgoing_mail_once_a_person",
            ),
            models.UniqueConstraint(
                fields=("kind", "about", "address", "version"),
                condition=models.Q(person__isnull=True),
                name="outgoing_mail_once_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | ~models.Q(address=""),
                name="outgoing_mail_has_a_recipient",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=MailState.values), name="outgoing_mail_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=MailState.WAITING, finished_at__isnull=True)
                | (~models.Q(state=MailState.WAITING) & models.Q(finished_at__isnull=False)),
                name="outgoing_mail_finished_when_not_waiting",
            ),
        )
        indexes = (
            # The oldest of those that are due, however many are held back or tried again later.
            models.Index(
                Coalesce("send_after", "created_at"),
                condition=models.Q(state=MailState.WAITING),
                name="outgoing_mail_due",
            ),
            models.Index(
                Coalesce("send_after", "created_at"),
                condition=~models.Q(text="") & models.Q(state=MailState.WAITING),
                name="outgoing_mail_awaited",
            ),
            # What administrators have to hear of.
            models.Index(
                fields=("finished_at",),
                condition=models.Q(state=MailState.FAILED),
                name="outgoing_mail_failed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
