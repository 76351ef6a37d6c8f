from __future__ import annotations

from typing import ClassVar

from django import forms

from directory.models import PrivateCalendar


class CalendarTitleForm(forms.ModelForm):
    """What a person's own calendar calls each date."""

    class Meta:
        model = PrivateCalendar
        fields = ("title",)
        widgets: ClassVar = {"title": forms.TextInput(attrs={"autocomplete": "off"})}
