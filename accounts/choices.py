from django.db import models
from django.utils.translation import gettext_lazy as _


class Choices(models.TextChoices):
    """Text choices whose list is given to fields as a function.

    A new or reworded choice then needs no migration; what the database must refuse is said in a
    constraint of its own.
    """

    @classmethod
    def pairs(cls) -> list[tuple[str, str]]:
        return cls.choices


class MailPreference(Choices):
    NONE = "none", _("No e-mail")
    DISCREET = "discreet", _("Discreet e-mail, without the group's name")
    DETAILED = "detailed", _("E-mail that says which group it is about")


class MailState(Choices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("No longer owed")
    FAILED = "failed", _("Failed")
