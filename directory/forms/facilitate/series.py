"""The form about dates that recur, in the words in which people speak of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import Weekday
from directory.forms.facilitate.fields import ClockField, DayField, InTwoSteps
from directory.forms.facilitate.recurring import (
    AFTER,
    KEPT,
    MONTH_DAY,
    NEVER,
    NTH,
    ON,
    WEEKLY,
    rule_of,
)
from directory.forms.facilitate.series_choices import (
    MONTHS,
    PATTERNS,
    STOPS,
    WEEKS,
    WHICH,
    DaysField,
    one_of,
    ticks,
)
from directory.forms.facilitate.series_layout import series_helper
from directory.forms.moderate.fields import ZoneField
from directory.models import Group, Series
from directory.queries.holidays import holidays_met
from directory.recurrence import parse
from directory.refusals import Refusal
from directory.rules.meetings import PLANNED_AHEAD, too_far
from directory.rules.series import UNCLEAR_RULE, why_not_add_series
from directory.text.public_holidays import PublicHoliday
from directory.text.spoken_rules import spoken_rule

SHOWN_BEFORE_SAVING = 5
# Beyond this, nobody reads on to see whether the days left out leave anything.
READ_FOR_SHOWN = 400
MINUTES_OF_A_DAY = 24 * 60


class SeriesForm(InTwoSteps):
    """Dates that recur: how often, when, and until when."""

    is_all_optional = True

    recurs = one_of(_("How often do you meet?"), PATTERNS, WEEKLY, widget=forms.RadioSelect)
    every = one_of(_("Every how many weeks?"), WEEKS, 1, coerce=int)
    which = ticks(_("Which ones of the month?"), WHICH)
    weekdays = ticks(_("On which days?"), Weekday.choices)
    which_more = ticks(_("And which ones?"), WHICH)
    weekdays_more = ticks(_("On which other days?"), Weekday.choices)
    month_day = forms.IntegerField(
        label=_("On which day of the month?"),
        min_value=1,
        max_value=31,
        required=False,
        help_text=_("A number from 1 to 31. A month without that day has no meeting."),
    )
    months = one_of(_("Every how many months?"), MONTHS, 1, coerce=int)
    on = DayField(
        label=_("First date"),
        help_text=_("When you meet every few weeks or months, they are counted from here."),
    )
    at = ClockField(label=_("Starts at"))
    ends = ClockField(label=_("Ends at"), required=False)
    duration_minutes = forms.IntegerField(
        label=_("Or how long, in minutes"),
        required=False,
        help_text=_("90 is an hour and a half."),
    )
    time_zone = ZoneField(label=_("Time zone"), required=False)
    stops = one_of(_("Does it end one day?"), STOPS, NEVER, widget=forms.RadioSelect)
    last_on = DayField(label=_("Last day"), required=False)
    times = forms.IntegerField(
        label=_("How many meetings?"), min_value=1, max_value=999, required=False
    )
    # The rule as it is, where no other answer says it.
    kept = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    left_out = DaysField(
        label=_("These are public holidays. On which do you not meet?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        initial = {"time_zone": group.time_zone, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.group = group
        self.helper = series_helper()
        if kept := self["kept"].value():
            self._offer_as_it_is(str(kept))
        self._offer_number("every", _("Every %(number)s weeks"))
        self._offer_number("months", _("Every %(number)s months"))
        for name in ("month_day", "duration_minutes", "times"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    @property
    def rule(self) -> str:
        """The answers as a rule of `directory.recurrence`."""
        return rule_of(self.cleaned_data)

    @property
    def skipped_on(self) -> list[date]:
        """The days that are left out."""
        return sorted({date.fromisoformat(day) for day in self.cleaned_data.get("left_out", [])})

    @property
    def series(self) -> Series:
        """The answers as a series that is not saved."""
        return Series(
            group=self.group,
            first_on=self.cleaned_data["on"],
            starts_at_time=self.cleaned_data["at"],
            duration_minutes=self.cleaned_data.get("duration_minutes") or 0,
            time_zone=self.cleaned_data["time_zone"],
            rule=self.rule,
            skipped_on=self.skipped_on,
        )

    @property
    def shows_dates(self) -> bool:
        """Whether enough is answered, and well, for dates to be told."""
        told = ("duration_minutes", "ends", "__all__")
        return not any(name not in told for name in self.errors)

    def next_spans(self) -> list[tuple[datetime, datetime | None]]:
        """Return start and end of the first dates that would be made; no end while unsaid."""
        series = self.series
        minutes = series.duration_minutes
        length = timedelta(minutes=minutes) if 0 < minutes <= MINUTES_OF_A_DAY else None
        starts = islice(_met(series), SHOWN_BEFORE_SAVING)
        return [(start, start + length if length else None) for start in starts]

    def public_holidays(self) -> list[PublicHoliday]:
        """Return the public holidays on which there would be a meeting."""
        return holidays_met(self.series, timezone.now())

    def offer_holidays(self) -> None:
        """Let the public holidays be ticked that the dates fall on."""
        offered = self.public_holidays()
        self.fields["left_out"].choices = [(str(one.day), one.in_words) for one in offered]

    def clean(self) -> dict[str, Any]:
        """See that the answers belong together, then ask the rule."""
        cleaned = super().clean() or {}
        cleaned["time_zone"] = cleaned.get("time_zone") or self.initial["time_zone"]
        self._ask_for_days(cleaned)
        self._ask_for_end(cleaned)
        self._ask_for_length(cleaned)
        if not self.errors and (refusal := self.why_not()):
            self.refuse(refusal)
        return cleaned

    def why_not(self) -> Refusal | None:
        """Say why the group cannot meet like this."""
        return why_not_add_series(self.series, now=timezone.now())

    def _offer_as_it_is(self, kept: str) -> None:
        try:
            said = spoken_rule(kept, timezone.localdate())
        except ValueError:
            return
        choices = [(KEPT, _("As it is: %(rule)s") % {"rule": said}), *PATTERNS]
        self.fields["recurs"].choices = choices

    def _offer_number(self, name: str, words: Any) -> None:
        """Offer a number that is rare, where it is the one in use."""
        value = str(self[name].value() or "")
        known = {str(number) for number, _label in self.fields[name].choices}
        if re.fullmatch(r"[1-9][0-9]{0,2}", value) and value not in known:
            number = int(value)
            self.fields[name].choices += [(number, words % {"number": number})]

    def _ask_for_days(self, cleaned: dict[str, Any]) -> None:
        recurs = cleaned.get("recurs")
        if recurs in (WEEKLY, NTH):
            self._require("weekdays", cleaned)
        if recurs == NTH:
            self._require("which", cleaned)
            more = ("which_more", "weekdays_more")
            if any(cleaned.get(name) for name in more):
                for name in more:
                    self._require(name, cleaned)
        if recurs == MONTH_DAY:
            self._require("month_day", cleaned)

    def _ask_for_end(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("stops") == AFTER:
            self._require("times", cleaned)
        if cleaned.get("stops") != ON:
            return
        self._require("last_on", cleaned)
        last = cleaned.get("last_on")
        is_new = last != self.initial.get("last_on")
        if last and is_new and last > (timezone.now() + PLANNED_AHEAD).date():
            self.add_error("last_on", str(too_far()))

    def _ask_for_length(self, cleaned: dict[str, Any]) -> None:
        """An end or a length will do; both have to say the same."""
        starts, ends = cleaned.get("at"), cleaned.get("ends")
        minutes = cleaned.get("duration_minutes")
        if "ends" in self.errors or "duration_minutes" in self.errors or starts is None:
            return
        if ends is None:
            if minutes is None:
                self.add_error("ends", _("Say when it ends, or how long it lasts."))
            return
        until_then = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
        if minutes is not None and (minutes - until_then) % MINUTES_OF_A_DAY:
            self.add_error(
                "ends", _("This is not how long you say it lasts. One of them is enough.")
            )
        elif until_then <= 0 and minutes is None:
            self.add_error(
                "ends",
                _(
                    "The meeting has to end after it starts. If it goes on past midnight, leave"
                    " this empty and say how long it lasts."
                ),
            )
        else:
            cleaned["duration_minutes"] = until_then if minutes is None else minutes

    def _require(self, name: str, cleaned: dict[str, Any]) -> None:
        if not cleaned.get(name) and name not in self.errors:
            self.add_error(name, str(self.fields[name].error_messages["required"]))


class NextDatesForm(SeriesForm):
    """What the next dates are told from while somebody still fills in the form.

    `old` is the series that is being changed: what it leaves out stays left out.
    """

    def __init__(self, *args: Any, old: Series | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left_out_before = old.skipped_on if old else []
        self.ends_at = old.ended_at if old else None

    @property
    def series(self) -> Series:
        """The answers as a series that ends where the old one does."""
        series = super().series
        series.ended_at = self.ends_at
        return series

    @property
    def skipped_on(self) -> list[date]:
        """The days that are left out already or now."""
        return [*self.left_out_before, *super().skipped_on]

    def why_not(self) -> Refusal | None:
        """See no more than that the rule can be read."""
        try:
            parse(self.rule)
        except ValueError:
            return UNCLEAR_RULE
        return None


def _met(series: Series) -> Iterator[datetime]:
    """Yield the coming dates that are not left out."""
    skipped = set(series.skipped_on)
    starts = series.starts(after=timezone.now(), limit=READ_FOR_SHOWN)
    return (start for start in starts if start.date() not in skipped)
