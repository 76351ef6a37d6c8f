"""Forms that plan: a single date, a series."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import Weekday
from directory.forms.facilitate.fields import ClockField, DayField, RefusableForm, moment_of
from directory.models import Group, Series
from directory.recurrence import WEEKDAYS
from directory.refusals import Refusal
from directory.rules.meetings import too_far, why_not_add_meeting
from directory.rules.series import coming_starts, why_not_add_series

USUAL_MINUTES = 90
SHOWN_BEFORE_SAVING = 5


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

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        self.starts_at: datetime | None = None

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


class SeriesForm(RefusableForm):
    """Dates that recur every few weeks."""

    weekdays = forms.MultipleChoiceField(
        label=_("On which days?"), choices=Weekday.choices, widget=forms.CheckboxSelectMultiple
    )
    every = forms.TypedChoiceField(
        label=_("How often?"),
        coerce=int,
        choices=[
            (1, _("Every week")),
            (2, _("Every 2 weeks")),
            (3, _("Every 3 weeks")),
            (4, _("Every 4 weeks")),
        ],
    )
    on = DayField(
        label=_("First date"),
        help_text=_("When you meet every few weeks, the weeks are counted from here."),
    )
    at = ClockField(label=_("Starts at"))
    duration_minutes = forms.IntegerField(
        label=_("How long, in minutes"),
        initial=USUAL_MINUTES,
        help_text=_("90 is an hour and a half."),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group

    @property
    def rule(self) -> str:
        """The answers as a rule of `directory.recurrence`."""
        chosen = self.cleaned_data["weekdays"]
        days = [code for code, word in zip(WEEKDAYS, Weekday.values, strict=True) if word in chosen]
        return f"FREQ=WEEKLY;INTERVAL={self.cleaned_data['every']};BYDAY={','.join(days)}"

    @property
    def series(self) -> Series:
        """The answers as a series that is not saved."""
        return Series(
            group=self.group,
            first_on=self.cleaned_data["on"],
            starts_at_time=self.cleaned_data["at"],
            duration_minutes=self.cleaned_data["duration_minutes"],
            time_zone=self.group.time_zone,
            rule=self.rule,
        )

    def next_starts(self) -> list[datetime]:
        """Return the first dates that would be made."""
        return list(coming_starts(self.series, now=timezone.now(), limit=SHOWN_BEFORE_SAVING))

    def clean(self) -> dict[str, Any]:
        """Ask the rule, once every field can be read."""
        cleaned = super().clean() or {}
        if not self.errors:
            refusal = why_not_add_series(self.series, now=timezone.now())
            if refusal:
                self.refuse(refusal)
        return cleaned
