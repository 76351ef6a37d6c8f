"""What a person may set for themselves."""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.forms import DisplayNameField, SafeToEmailField
from accounts.models import Person
from directory.queries.reminders import LEADS
from directory.rules.meetings import NO_ZONE

REMINDERS = {
    168: _("A week before"),
    48: _("Two days before"),
    24: _("The day before"),
    3: _("Three hours before"),
    1: _("One hour before"),
}


class SettingsForm(forms.ModelForm):
    """What a person decides about their own account."""

    display_name = DisplayNameField(
        help_text=_("Facilitators see this name. It need not be your real one.")
    )
    is_safe_to_email = SafeToEmailField()
    reminder_hours = forms.TypedMultipleChoiceField(
        label=_("When shall we remind you of a date?"),
        help_text=_("You can tick several. With none, we do not remind you."),
        coerce=int,
        required=False,
        choices=lambda: [(hours, REMINDERS[hours]) for hours in LEADS],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(
        label=_("Language of our e-mails"), choices=lambda: settings.LANGUAGES
    )
    time_zone = forms.ChoiceField(
        label=_("Your time zone"),
        help_text=_("Times are told in the group’s zone. With yours, e-mails can tell both."),
        required=False,
        choices=lambda: [("", _("Not said")), *time_zones()],
        error_messages={"invalid_choice": NO_ZONE.message},
    )

    class Meta:
        model = Person
        fields = (
            "display_name",
            "is_safe_to_email",
            "mail_preference",
            "reminder_hours",
            "language",
            "time_zone",
        )
        labels: ClassVar = {"mail_preference": _("E-mails about your groups")}
        widgets: ClassVar = {"mail_preference": forms.RadioSelect}


def time_zones() -> list[tuple[str, str]]:
    """Return the zones that are named after a place, as people read them."""
    regions = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    names = sorted(name for name in available_timezones() if name.split("/")[0] in regions)
    return [(name, name.replace("_", " ").replace("/", ": ", 1)) for name in names]
