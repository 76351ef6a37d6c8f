"""What joining asks, and coming to a date."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import AgreementKind, Format, Joining
from directory.forms.facilitate.fields import DayField
from directory.models import AgreementVersion, Group
from directory.queries.agreements import version_in_force
from directory.refusals import Refusal
from directory.rules.agreements import CHANGED, why_not_accept, why_not_consent
from directory.rules.memberships import why_not_as_answered


class JoinForm(forms.Form):
    """The questions before joining a group; never about health."""

    is_adult = forms.BooleanField(label=_("I am 18 or over"), required=False)
    access_needs = forms.CharField(
        label=_("Is there anything that makes it easier for you to take part?"),
        help_text=_("A chair by the door, captions, large print. Only the facilitators read it."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    would_rather_listen = forms.BooleanField(
        label=_("I would rather listen, at least at first"),
        help_text=_("That is fine, and the facilitators then do not ask you to speak."),
        required=False,
    )
    comes_online = forms.BooleanField(
        label=_("I usually take part from home, online"),
        help_text=_("You can choose otherwise for each date."),
        required=False,
    )
    message = forms.CharField(
        label=_("Is there anything you would like to say to the facilitators?"),
        help_text=_("You need not say what you live with, or why you come."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, group: Group, **options: Any) -> None:
        super().__init__(*args, **options)
        self.group = group
        if not group.adults_only:
            del self.fields["is_adult"]
        if group.joining != Joining.ASK:
            del self.fields["message"]
        # Who has to write to the facilitators is asked no more than that: few fields at first.
        if group.format != Format.HYBRID or group.joining == Joining.ASK:
            del self.fields["comes_online"]

    def clean(self) -> dict[str, Any]:
        """Ask the same rule as the action."""
        cleaned = super().clean() or {}
        is_adult = cleaned.get("is_adult", False)
        if refusal := why_not_as_answered(self.group, is_adult=is_adult):
            self.add_error("is_adult", str(refusal))
        return cleaned


FROM_HOME, IN_THE_ROOM = "home", "room"


class PlaceForm(forms.Form):
    """How somebody takes part in one date: in the room or from home, alone or with somebody.

    Asks nothing where the group leaves no choice.
    """

    # There is an answer to begin with.
    is_all_optional = True

    takes_part = forms.ChoiceField(
        label=_("How do you take part?"),
        choices=((IN_THE_ROOM, _("In the room")), (FROM_HOME, _("From home, online"))),
        widget=forms.RadioSelect,
        required=False,
    )
    brings_companion = forms.BooleanField(
        label=_("A companion or carer comes with me"),
        help_text=_("They take a place in the room too."),
        required=False,
    )

    def __init__(self, *args: Any, group: Group, comes_online: bool = False, **options: Any):
        initial = {"takes_part": FROM_HOME if comes_online else IN_THE_ROOM}
        super().__init__(*args, initial=initial | options.pop("initial", {}), **options)
        self.group = group
        if group.format != Format.HYBRID:
            del self.fields["takes_part"]
        if not group.takes_companions:
            del self.fields["brings_companion"]

    @property
    def wishes(self) -> dict[str, Any]:
        """What was chosen, as the action takes it. Only of a valid form."""
        is_online = self.cleaned_data.get("takes_part") == FROM_HOME
        brings = bool(self.cleaned_data.get("brings_companion"))
        return {"is_online": is_online, "brings_companion": brings}

    def clean(self) -> dict[str, Any]:
        """Hold that somebody who comes along comes to the room."""
        cleaned = super().clean() or {}
        if cleaned.get("takes_part") == FROM_HOME and cleaned.get("brings_companion"):
            self.add_error("brings_companion", _("From home, nobody needs a place beside yours."))
        return cleaned


class AwayForm(forms.Form):
    """From when to when a member does not come; both days count."""

    away_from = DayField(label=_("The first day that you are away"))
    away_until = DayField(label=_("The last day that you are away"))

    def clean(self) -> dict[str, Any]:
        """Hold the days in order, and the last one to come."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("away_from"), cleaned.get("away_until")
        if first and last and last < first:
            self.add_error("away_until", _("The last day is before the first one."))
        elif last and last < timezone.localdate():
            self.add_error("away_until", _("That day has passed."))
        return cleaned

    def refuse(self, refusal: Refusal) -> None:
        """Show why nothing was saved."""
        self.add_error(None, str(refusal))


class TermsForm(forms.Form):
    """Two separate yeses, each to the text that stood above its box."""

    accepts = forms.BooleanField(
        label=_("I have read what we agree with each other, and I agree"), required=False
    )
    accepted_number = forms.IntegerField(required=False)
    consents = forms.BooleanField(
        label=_("Yes, you may keep that I am in this group"), required=False
    )
    consented_number = forms.IntegerField(required=False)

    KINDS: ClassVar = {
        "accepts": (AgreementKind.CONFIDENTIALITY, "accepted_number", why_not_accept),
        "consents": (AgreementKind.MEMBERSHIP, "consented_number", why_not_consent),
    }

    def __init__(self, *args: Any, asks: tuple[str, ...] = ("accepts", "consents"), **options: Any):
        super().__init__(*args, **options)
        self.versions: dict[str, AgreementVersion | None] = {}
        self.in_force = {box: version_in_force(self.KINDS[box][0]) for box in asks}

    @property
    def accepted(self) -> AgreementVersion | None:
        """The wording of the agreement that was said yes to."""
        return self.versions.get("accepts")

    @property
    def consented(self) -> AgreementVersion | None:
        """The wording of the consent that was said yes to."""
        return self.versions.get("consents")

    def clean(self) -> dict[str, Any]:
        """Ask the same rules as the action, so that both boxes are told of at once."""
        cleaned = super().clean() or {}
        for box in self.in_force:
            kind, number, why_not = self.KINDS[box]
            if cleaned.get(box):
                self.versions[box] = AgreementVersion.objects.filter(
                    kind=kind, number=cleaned.get(number) or 0
                ).first()
            if refusal := why_not(self.versions.get(box)):
                self.refuse(box, refusal)
        return cleaned

    def refuse(self, box: str, refusal: Refusal) -> None:
        """Show the sentence beside its box; a text that changed has to be said yes to afresh."""
        self.add_error(box, str(refusal))
        if refusal == CHANGED:
            self.data = {name: value for name, value in self.data.items() if name != box}


class ComeForm(PlaceForm, TermsForm):
    """What is asked of somebody who comes to one date without joining."""

    is_adult = forms.BooleanField(label=_("I am 18 or over"), required=False)
    # As the page asks, so that what is to be mended is listed in that order too.
    field_order = ("takes_part", "brings_companion", "is_adult")

    def __init__(self, *args: Any, group: Group, **options: Any):
        super().__init__(*args, group=group, **options)
        self.fields["consents"].label = _("Yes, you may keep that I come to this group")
        if not group.adults_only:
            del self.fields["is_adult"]

    def clean(self) -> dict[str, Any]:
        """Ask the same rule as joining does."""
        cleaned = super().clean()
        if refusal := why_not_as_answered(self.group, is_adult=cleaned.get("is_adult", False)):
            self.add_error("is_adult", str(refusal))
        return cleaned


class WatchForm(TermsForm):
    """Yes to our keeping that somebody wants to hear of room in a group."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["consents"].label = _("Yes, you may keep that I asked about this group")
