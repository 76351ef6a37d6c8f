from __future__ import annotations

from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.choices import PlaceShown
from directory.forms.moderate.fields import CountryField
from directory.forms.moderate.group_words import PLACE_HINTS, PLACE_LABELS
from directory.forms.moderate.other_edits import ChangesOfARow
from directory.models import Place

WHERE_REQUIRED = {
    "town": gettext_lazy("Write the town."),
    "country": gettext_lazy("Choose the country."),
}


def place_choices(organisation_id: UUID) -> list[tuple[str, str]]:
    """Return the organisation's places by town, nothing before them and a new one after them."""
    places = Place.objects.filter(organisation=organisation_id)
    return [
        ("", _("Not chosen yet")),
        *((str(place.pk), _told(place)) for place in places),
        ("new", _("A place that is not in this list")),
    ]


def _told(place: Place) -> str:
    return ", ".join(filter(None, (place.town, place.name, place.address)))


class PlaceForm(ChangesOfARow):
    """A place of an organisation, for all groups that meet there."""

    country = CountryField(label=PLACE_LABELS["country"])
    shown = forms.ChoiceField(
        label=PLACE_LABELS["shown"],
        help_text=PLACE_HINTS["shown"],
        choices=PlaceShown.choices,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Place
        fields = tuple(PLACE_LABELS)
        labels = PLACE_LABELS
        help_texts = PLACE_HINTS
