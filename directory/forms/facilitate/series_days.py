"""Forms about days on which a group does not meet: left out, and met on after all."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.forms.facilitate.fields import DayField
from directory.forms.facilitate.series_changes import Explained
from directory.forms.facilitate.series_choices import DaysField
from directory.models import Series
from directory.queries.holidays import holidays_met
from directory.queries.planned import planned_skip, planned_unskip
from directory.recurrence import find_zone
from directory.refusals import Refusal
from directory.rules.series import why_not_days, why_not_skip, why_not_unskip
from directory.text.spoken_days import days_between, spoken_days, stretches


class SkipForm(Explained):
    """Days on which a group does not meet: from one to another, and public holidays."""

    own_field_of = {"too-far": "last_on", "days-over": "first_on"}
    asked_later = ("reason", "tells_nobody")

    first_on = DayField(label=_("First day"), required=False)
    last_on = DayField(
        label=_("Last day"), required=False, help_text=_("Leave it empty for a single day.")
    )
    left_out = DaysField(
        label=_("Public holidays on which you would meet"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("first_on", "last_on", "left_out", "reason", "tells_nobody")

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, series=series, **kwargs)
        skipped = set(series.skipped_on)
        offered = [one for one in holidays_met(series, timezone.now()) if one.day not in skipped]
        self.fields["left_out"].choices = [(str(one.day), one.in_words) for one in offered]
        if not offered:
            del self.fields["left_out"]

    def days_given(self) -> dict[str, Any]:
        """Return the days as the action takes them: from one to another, and single ones."""
        given = self.cleaned_data
        also = sorted(date.fromisoformat(day) for day in given.get("left_out") or [])
        first = given.get("first_on") or also.pop(0)
        return {"first_on": first, "last_on": given.get("last_on") or first, "also": also}

    @property
    def days(self) -> list[date]:
        """All days that were named."""
        given = self.days_given()
        return sorted({*days_between(given["first_on"], given["last_on"]), *given["also"]})

    def days_in_words(self) -> list[str]:
        """Return the days, those that follow each other together."""
        return [spoken_days(first, last) for first, last in stretches(self.days)]

    def clean(self) -> dict[str, Any]:
        """Ask the rules, once the days can be read."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        refusal = self._why_not(cleaned)
        if refusal:
            self.refuse(refusal)
        return cleaned

    def _why_not(self, cleaned: dict[str, Any]) -> Refusal | None:
        first, last, now = cleaned.get("first_on"), cleaned.get("last_on"), timezone.now()
        if not first and (last or not cleaned.get("left_out")):
            return Refusal("days-over", _("Say from which day on."))
        if first and (refusal := why_not_days(first, last or first, now=now)):
            return refusal
        plan = planned_skip(series=self.old, days=self.days, by=self.by, now=now)
        refusal = why_not_skip(self.old, self.days, plan, reason=self.why)
        if refusal is None or refusal.code == "no-reason":
            self.plan = plan
        return refusal


class UnskipForm(Explained):
    """Days that are left out, and are not to be any more."""

    reason = None  # type: ignore[assignment] # so Django leaves a field out
    span = forms.ChoiceField(label=_("When do you meet after all?"), widget=forms.RadioSelect)
    field_order = ("span", "tells_nobody")

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, series=series, **kwargs)
        today = timezone.now().astimezone(find_zone(series.time_zone)).date()
        coming = [day for day in series.skipped_on if day >= today]
        self.fields["span"].choices = [
            (f"{first}/{last}", spoken_days(first, last)) for first, last in stretches(coming)
        ]

    def days_given(self) -> dict[str, date]:
        """Return the days as the action takes them."""
        first, last = self.cleaned_data["span"].split("/")
        return {"first_on": date.fromisoformat(first), "last_on": date.fromisoformat(last)}

    def clean(self) -> dict[str, Any]:
        """Ask the rule."""
        cleaned = super().clean() or {}
        if not self.errors:
            given, now = self.days_given(), timezone.now()
            days = days_between(given["first_on"], given["last_on"])
            self.plan = planned_unskip(series=self.old, days=days, by=self.by, now=now)
            if refusal := why_not_unskip(self.old, days, self.plan, now=now):
                self.refuse(refusal)
        return cleaned
