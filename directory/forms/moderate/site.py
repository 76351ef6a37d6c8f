from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.forms.moderate.fields import CountryField, ZoneField
from directory.forms.moderate.group_words import MARKDOWN
from directory.forms.moderate.other_edits import ChangesOfARow
from directory.models import CrisisLine, Organisation, SiteProfile


class SiteForm(ChangesOfARow):
    """What whoever runs the site calls it."""

    country = CountryField(
        label=_("Country"),
        help_text=_("Pages that are about no country show its crisis lines."),
    )

    class Meta:
        model = SiteProfile
        fields = ("name", "tagline", "contact_email", "contact_phone", "country", "exit_url")
        labels = {
            "name": _("Name of the site"),
            "tagline": _("What it is, in one line"),
            "contact_email": _("E-mail address for visitors"),
            "contact_phone": _("Phone number for visitors"),
            "exit_url": _("Where “Exit this page” leads"),
        }
        help_texts = {
            "contact_email": _("Everybody can read it."),
            "exit_url": _("A page that anybody might be reading: the weather, the news."),
        }

    def clean_exit_url(self) -> str:
        """Ask for an address that browsers open without a warning."""
        url = self.cleaned_data["exit_url"]
        if not url.startswith("https://"):
            raise forms.ValidationError(_("Use an address that begins with https://."))
        return url


class CrisisLineForm(ChangesOfARow):
    """A number to call in a crisis."""

    country = CountryField(
        label=_("Country"),
        required=False,
        help_text=_("Choose none for a line that holds everywhere."),
    )

    class Meta:
        model = CrisisLine
        fields = (
            *("country", "name", "instructions", "phone", "text_number", "url"),
            *("is_emergency", "position", "source"),
        )
        labels = {
            "name": _("Name"),
            "instructions": _("When and how to use it"),
            "phone": _("Number to call"),
            "text_number": _("Number to text"),
            "url": _("Web page"),
            "is_emergency": _("This is for danger to life"),
            "position": _("Place in the list"),
            "source": _("Where do you know this from?"),
        }
        help_texts = {
            "instructions": _("A whole sentence, as it will be read."),
            "position": _("1 comes first."),
            "source": _("So that the next person can check it too."),
        }
        widgets = {"instructions": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        """Ask for one way at least to reach somebody."""
        values = super().clean() or self.cleaned_data
        if not any(values.get(name) for name in ("phone", "text_number", "url")):
            self.add_error("phone", _("Write a number to call or to text, or a web page."))
        return values


class OrganisationForm(ChangesOfARow):
    """What an organisation says of itself."""

    country = CountryField(label=_("Country"), help_text=_("New groups begin with it."))
    time_zone = ZoneField(label=_("Time zone"), help_text=_("New groups begin with it."))

    class Meta:
        model = Organisation
        fields = (
            *("name", "description", "country", "time_zone"),
            *("website", "contact_email", "contact_phone"),
        )
        labels = {
            "name": _("Name of the organisation"),
            "description": _("About the organisation"),
            "website": _("Web page"),
            "contact_email": _("E-mail address for visitors"),
            "contact_phone": _("Phone number for visitors"),
        }
        help_texts = {
            "description": MARKDOWN,
            "contact_email": _("Everybody can read it."),
        }
