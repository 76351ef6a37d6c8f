"""The forms about new dates: a single one, and those that recur."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.choices import Format, Joining
from directory.forms.facilitate.fields import ClockField, DayField, RefusableForm, moment_of
from directory.forms.facilitate.series import SeriesForm
from directory.models import Group
from directory.refusals import Refusal
from directory.rules.changes import Telling, telling_of
from directory.rules.meetings import too_far, why_not_add_meeting

USUAL_MINUTES = 90
MOST_PLACES = 9999


def tells_nobody() -> forms.BooleanField:
    """Ask whether people hear of new dates."""
    return forms.BooleanField(
        label=_("Do not tell anybody"),
        required=False,
        help_text=_("Then nobody gets an e-mail. The public page shows what is new all the same."),
    )


class AddSeriesForm(SeriesForm):
    """New dates that recur, and whether people hear of them."""

    tells_nobody = tells_nobody()

    @property
    def tells(self) -> bool:
        """Whether people are told."""
        return not self.cleaned_data["tells_nobody"]

    def telling(self, by: Person) -> Telling:
        """Return how many learn of the dates, and when."""
        starts = [start for start, _end in self.next_spans()]
        return telling_of(self.group, [], by=by, starts=starts, now=timezone.now())


class MeetingForm(RefusableForm):
    """A single date."""

    on = DayField(label=_("Day"))
    at = ClockField(label=_("Starts at"))
    duration_minutes = forms.IntegerField(
        label=_("How long, in minutes"),
        initial=USUAL_MINUTES,
        help_text=_("90 is an hour and a half."),
    )
    theme = forms.CharField(
        label=_("What it is about"),
        max_length=120,
        required=False,
        help_text=_("Only when this date has a theme of its own. Everybody can read it."),
    )

    capacity = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
        help_text=_("Only if it is not the usual number."),
    )
    online_capacity = forms.IntegerField(
        label=_("Places online"), min_value=1, max_value=MOST_PLACES, required=False
    )
    tells_nobody = tells_nobody()

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        self.starts_at: datetime | None = None
        if group.format == Format.HYBRID:
            self.fields["capacity"].label = _("Places in the room")
        else:
            del self.fields["online_capacity"]
        if group.joining == Joining.JUST_COME:
            del self.fields["capacity"]

    @property
    def tells(self) -> bool:
        """Whether people are told."""
        return not self.cleaned_data["tells_nobody"]

    @property
    def places(self) -> dict[str, Any]:
        """How many places the date has of its own."""
        names = ("capacity", "online_capacity")
        return {name: self.cleaned_data.get(name) for name in names}

    def clean(self) -> dict[str, Any]:
        """Ask the rule, once every field can be read."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        self.starts_at = moment_of(cleaned["on"], cleaned["at"], self.group.time_zone)
        refusal = too_far() if self.starts_at is None else self._why_not(self.starts_at)
        if refusal:
            self.refuse(refusal)
        return cleaned

    def _why_not(self, starts_at: datetime) -> Refusal | None:
        return why_not_add_meeting(
            self.group,
            starts_at=starts_at,
            duration_minutes=self.cleaned_data["duration_minutes"],
            time_zone=self.group.time_zone,
            now=timezone.now(),
        )
