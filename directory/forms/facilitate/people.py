"""Forms about people: an answer to a request, one's own listing, an invitation, the room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.names import visible_name
from directory.models import FacilitatorProfile, OnlineRoom
from directory.refusals import Refusal

FIRST_NAME_HELP = _("Only a first name. It does not have to be your own.")


class AnswerForm(forms.Form):
    """What is said to somebody who asked to join."""

    answer = forms.CharField(
        label=_("Your words"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The person reads this when they sign in. Change it as you like."),
    )


class TurnAwayForm(AnswerForm):
    """What is said to somebody who can come no more."""

    def refuse(self, refusal: Refusal) -> None:
        """Show why nothing was done."""
        self.add_error("answer" if refusal.code == "answer" else None, str(refusal))


class RoomForm(forms.ModelForm):
    """How members get into the online meetings."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = OnlineRoom
        fields = ("url", "meeting_code", "passcode", "phone", "notes")
        widgets = {"notes": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "url": _("It begins with https://. Members see it from shortly before a meeting."),
            "phone": _("For people who join by phone."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance._state.adding
        self.fields["seen"].initial = seen_as(None if is_new else self.instance)
        self.fields["url"].assume_scheme = "https"

    def refuse(self, refusal: Refusal) -> None:
        """Show why nothing was saved."""
        self.add_error(None, str(refusal))

    def go_on_from(self, room: OnlineRoom | None) -> None:
        """Keep what was typed, and count it as an answer to the room as it is now."""
        self.data = self.data.copy()
        self.data["seen"] = seen_as(room)


def seen_as(room: OnlineRoom | None) -> str:
    """Return what stands for a room as somebody sees it."""
    return room.updated_at.isoformat() if room else ""


class ListingForm(forms.ModelForm):
    """What visitors may know of a facilitator."""

    class Meta:
        model = FacilitatorProfile
        fields = ("public_first_name", "about", "is_listed")
        help_texts = {
            "public_first_name": FIRST_NAME_HELP,
            "about": _("Why you do this, for instance. Leave out what should stay private."),
            "is_listed": _(
                "Your first name then stands on the page of each of your groups that is public, "
                "and on the list of facilitators. Without a tick only facilitators and moderators "
                "of your organisation read it, where you stand in for each other."
            ),
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["public_first_name"].required = False

    def clean_public_first_name(self) -> str:
        """Return the name as visitors can see it."""
        return visible_name(self.cleaned_data["public_first_name"])

    def refuse(self, refusal: Refusal) -> None:
        """Show why nothing was saved."""
        self.add_error("public_first_name", str(refusal))


class AcceptInvitationForm(forms.Form):
    """Yes to an invitation, and whether visitors may read one's first name."""

    public_first_name = forms.CharField(
        label=_("First name shown to visitors"),
        max_length=40,
        required=False,
        help_text=FIRST_NAME_HELP,
    )
    is_listed = forms.BooleanField(
        label=_("Show my first name to visitors"),
        required=False,
        help_text=_("You can change this at any time."),
    )

    def clean_public_first_name(self) -> str:
        """Return the name as visitors can see it."""
        return visible_name(self.cleaned_data["public_first_name"])

    def refuse(self, refusal: Refusal) -> None:
        """Show why it was not accepted."""
        self.add_error(
            "public_first_name" if refusal.code == "public_first_name" else None, str(refusal)
        )
