"""Whom a lead facilitator asks to help."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.refusals import Refusal


class CoFacilitatorForm(forms.Form):
    """The address of somebody who shall help to run a group."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We write to this address once, with a link."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def refuse(self, refusal: Refusal) -> None:
        """Show why the invitation was not sent."""
        self.add_error("email", str(refusal))
