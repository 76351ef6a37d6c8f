from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.choices import FacilitatorRole
from directory.refusals import Refusal


class InvitationForm(forms.Form):
    """Whom to ask to facilitate a group."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_(
            "We write to this address once, with a link. It is deleted here "
            "when the person accepts."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("What will this person be?"),
        choices=FacilitatorRole.choices,
        initial=FacilitatorRole.LEAD,
        widget=forms.RadioSelect,
    )

    def add_refusal(self, refusal: Refusal) -> None:
        """Show why the invitation was not sent."""
        self.add_error("email", str(refusal))
