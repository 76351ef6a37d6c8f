"""Forms that change dates that recur: other times from a date on, or an end.

Each is answered in two steps: what would be, then why, and whether people are told.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.forms.facilitate.changes import REASON_HELP
from directory.forms.facilitate.fields import InTwoSteps
from directory.forms.facilitate.recurring import AFTER, answers_of
from directory.forms.facilitate.series import SeriesForm
from directory.models import Meeting, Series
from directory.queries.planned import (
    PlannedChange,
    planned_change,
    planned_end,
)
from directory.queries.recurring import coming_dates, new_times
from directory.recurrence import Rule, find_zone, parse
from directory.refusals import Refusal
from directory.rules.changes import Telling, telling_of
from directory.rules.series import (
    why_not_end,
    why_not_rearrange,
    why_not_recur,
)
from directory.text.spoken_times import spoken_span

# Stands for a reason that is only asked in the second step.
NOT_ASKED_YET = "…"


class Explained(InTwoSteps):
    """What the second step asks: why, and whether people are told."""

    is_all_optional = True

    reason = forms.CharField(label=_("Why?"), max_length=200, required=False, help_text=REASON_HELP)
    tells_nobody = forms.BooleanField(
        label=_("Do not tell anybody: I only correct a mistake"),
        required=False,
        help_text=_("Then nobody gets an e-mail. The public page shows the change all the same."),
    )
    # Until when the dates went on when the page was drawn: somebody may end them meanwhile.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    plan: PlannedChange | None = None

    def __init__(self, *args: Any, series: Series, by: Person, confirmed: bool, **kwargs: Any):
        self.old, self.by, self.is_confirmed = series, by, confirmed
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen_as(series)

    @property
    def is_as_seen(self) -> bool:
        """Whether the dates still end where they did when the page was drawn."""
        now = seen_as(self.old)
        return not self.is_bound or self.data.get("seen", now) == now

    @property
    def can_be_shown(self) -> bool:
        """Whether all is answered that the affected dates depend on."""
        return self.plan is not None and all(name in self.asked_later for name in self.errors)

    @property
    def why(self) -> str:
        """What people read, once they were asked for it."""
        return self.cleaned_data.get("reason", "") if self.is_confirmed else NOT_ASKED_YET

    @property
    def zone(self) -> str:
        """The zone in which dates are told."""
        return self.old.time_zone

    @property
    def tells(self) -> bool:
        """Whether people are told."""
        return not self.cleaned_data.get("tells_nobody")

    def telling(self) -> Telling:
        """Return how many learn of the change, and when."""
        plan = cast("PlannedChange", self.plan)
        starts = [meeting.starts_at for meeting in plan.changed]
        starts += [one.starts_at for one in plan.carried] + plan.new
        return telling_of(
            self.old.group, plan.changed, by=self.by, starts=starts, now=timezone.now()
        )


def seen_as(series: Series) -> str:
    """Return what stands for the end of a series as somebody sees it."""
    return series.ended_at.isoformat() if series.ended_at else "-"


class EditSeriesForm(Explained, SeriesForm):
    """Other times for dates that recur, from one of them on (None: from now)."""

    left_out = None  # type: ignore[assignment] # so Django leaves a field out

    def __init__(
        self, *args: Any, series: Series, from_start: datetime | None, **kwargs: Any
    ) -> None:
        self.from_start = from_start
        initial = _answers_from(series, from_start)
        super().__init__(*args, series=series, group=series.group, initial=initial, **kwargs)

    @property
    def rule(self) -> str:
        """The answers as a rule; where they say what it said, as it was written."""
        rule = super().rule
        return self.old.rule if parse(rule) == _parsed(self.old.rule) else rule

    @property
    def series(self) -> Series:
        """The answers as a series that ends where the old one does."""
        series = super().series
        series.ended_at = self.old.ended_at
        return series

    @property
    def zone(self) -> str:
        """The zone of the new times."""
        return self.cleaned_data["time_zone"]

    @property
    def skipped_on(self) -> list[date]:
        """The days that are left out go on being so."""
        return self.old.skipped_on

    def why_not(self) -> Refusal | None:
        """Say why the group cannot meet like this; `plan` is what would be."""
        now = timezone.now()
        if refusal := why_not_recur(self.series, now=now):
            return refusal
        wanted = new_times(self.old, from_start=self.from_start, **self.times_given())
        plan = planned_change(
            series=self.old, wanted=wanted, from_start=self.from_start, by=self.by, now=now
        )
        refusal = why_not_rearrange(self.old, wanted, plan, reason=self.why, now=now)
        if refusal is None or refusal.code == "no-reason":
            self.plan = plan
        return refusal

    def times_given(self) -> dict[str, Any]:
        """Return the answers as the action takes them."""
        names = ("first_on", "starts_at_time", "duration_minutes", "rule", "time_zone")
        series = self.series
        return {name: getattr(series, name) for name in names} | {"skipped_on": series.skipped_on}


class EndSeriesForm(Explained):
    """From which date on a group no longer meets by a rule."""

    from_date = forms.ChoiceField(label=_("Which is the first date that is off?"))
    field_order = ("from_date", "reason", "tells_nobody")

    def __init__(self, *args: Any, series: Series, first: Meeting | None, **kwargs: Any) -> None:
        super().__init__(*args, series=series, **kwargs)
        # By when they were to be: that is what they are called by here.
        going_ahead = (one for one in coming_dates(series) if not one.is_cancelled)
        dates = sorted(going_ahead, key=lambda one: one.original_start)
        self.dates = {str(one.pk): one for one in dates}
        self.fields["from_date"].choices = [
            (key, spoken_span(one.original_start, None, series.time_zone))
            for key, one in self.dates.items()
        ]
        if first:
            self.initial["from_date"] = str(first.pk)
        if not self.dates:
            del self.fields["from_date"]

    @property
    def from_start(self) -> datetime | None:
        """The first start that is off; None where no date is there."""
        chosen = self.dates.get(self.cleaned_data.get("from_date", ""))
        return chosen.original_start if chosen else None

    def clean(self) -> dict[str, Any]:
        """Ask the rule."""
        cleaned = super().clean() or {}
        if not self.errors:
            self.plan = planned_end(series=self.old, from_start=self.from_start, by=self.by)
            if refusal := why_not_end(self.plan, reason=self.why):
                self.refuse(refusal)
        return cleaned


def _answers_from(series: Series, from_start: datetime | None) -> dict[str, Any]:
    """Return the answers that make the series as it is, from one of its dates on."""
    zone = find_zone(series.time_zone)
    if _parsed(series.rule) is None:
        return {}
    answers = answers_of(series.rule, series.start_local, series.time_zone)
    first = from_start or _next_start(series) or timezone.now()
    answers |= {
        "on": max(first.astimezone(zone).date(), series.first_on),
        "at": series.starts_at_time,
        "time_zone": series.time_zone,
    }
    ends = series.start_local + timedelta(minutes=series.duration_minutes)
    if ends.date() == series.first_on:
        answers["ends"] = ends.time()
    else:
        answers["duration_minutes"] = series.duration_minutes
    if answers["stops"] == AFTER:
        gone = series.starts(before=first - timedelta(seconds=1))
        answers["times"] = max(answers["times"] - sum(1 for _start in gone), 1)
    return answers


def _parsed(rule: str) -> Rule | None:
    try:
        return parse(rule)
    except ValueError:
        return None


def _next_start(series: Series) -> datetime | None:
    return next(series.starts(after=timezone.now(), limit=1), None)
