"""What the forms about dates are made of."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.forms.numbers import say_limits
from directory.recurrence import at_local, find_zone
from directory.refusals import Refusal

# By which field a refusal is shown; the others stand above the form.
FIELD_OF = {
    "in-the-past": "on",
    "too-far": "on",
    "another-date": "on",
    "same-time": "on",
    "ends-before-start": "duration_minutes",
    "length": "duration_minutes",
    "no-reason": "reason",
    "no-dates": "on",
    "ends-before-first": "last_on",
    "last-before-first": "last_on",
    "too-many-days": "last_on",
    "days-over": "last_on",
    "already-skipped": "first_on",
    "unclear-rule": "weekdays",
    "unknown-zone": "time_zone",
    "more-first-than-came": "first_time",
}


class DayField(forms.DateField):
    """A day, chosen from a calendar or typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _("Write the day like 2030-01-31.")})
        super().__init__(
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d"],
            **kwargs,
        )


class ClockField(forms.TimeField):
    """A time of day."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _("Write the time like 19:30.")})
        super().__init__(
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            input_formats=["%H:%M", "%H:%M:%S"],
            **kwargs,
        )


class RefusableForm(forms.Form):
    """A form that shows a refusal beside the field that it is about."""

    refusal: Refusal | None = None
    # Where a form shows refusals by other fields than most do.
    own_field_of: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_limits(self.fields.values())

    def refuse(self, refusal: Refusal) -> None:
        """Show why nothing was done; the reason stays in `refusal` for the view."""
        self.refusal = refusal
        field = self.own_field_of.get(refusal.code) or FIELD_OF.get(refusal.code)
        self.add_error(field if field in self.fields else None, str(refusal))


class InTwoSteps(RefusableForm):
    """A form that first shows what would be, and asks the rest on the page that shows it."""

    asked_later: ClassVar[tuple[str, ...]] = ("left_out", "reason", "tells_nobody", "seen")

    @property
    def later(self) -> list[forms.BoundField]:
        """What is asked only once it is shown what would be."""
        return [self[name] for name in self.asked_later if name in self.fields]

    @property
    def earlier(self) -> list[forms.BoundField]:
        """What is asked before."""
        return [field for field in self if field.name not in self.asked_later]


def moment_of(on: date, at: time, zone: str) -> datetime | None:
    """Return the moment that a clock in `zone` shows so; None beyond the calendar's ends."""
    try:
        return at_local(datetime.combine(on, at), find_zone(zone)).astimezone(UTC)
    except OverflowError:
        return None
