from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import MailPreference


def a_day_before() -> list[int]:
    """Return when people are reminded who chose nothing, in hours before."""
    return [24]


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        return self.create_user(
            email,
            password,
            display_name="Administrator",
            is_staff=True,
            is_superuser=True,
            **fields,
        )

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account: an address that nobody else sees, and a display name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("display name"), max_length=60)
    is_safe_to_email = models.BooleanField(_("it is safe to e-mail this person"), default=False)
    mail_preference = models.CharField(
        _("e-mail"),
        max_length=10,
        choices=MailPreference.pairs,
        default=MailPreference.DISCREET,
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    # Hours before a date at which a reminder is sent; empty for none.
    reminder_hours = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("reminders"),
        default=a_day_before,
        db_default=[24],
        blank=True,
    )
    is_staff = models.BooleanField(_("administrator"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = (
            models.UniqueConstraint(Lower("email"), name="person_email_once_in_any_case"),
            models.CheckConstraint(
                condition=~models.Q(display_name=""), name="person_has_a_display_name"
            ),
            models.CheckConstraint(
                condition=models.Q(mail_preference__in=MailPreference.values),
                name="person_mail_preference_known",
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    @property
    def takes_mail(self) -> bool:
        """Whether this person may be sent mail they did not ask for just now."""
        return (
            self.is_active and self.is_safe_to_email and self.mail_preference != MailPreference.NONE
        )
