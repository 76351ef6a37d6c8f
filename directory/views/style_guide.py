"""A page that shows what pages are made of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directory.choices import AccessFeature, Format, NoteOrigin, Weekday
from directory.models import ConfidentialityNote
from directory.templatetags.kit.icons import SHAPES
from directory.templatetags.kit.words import STATES


class Example(forms.Form):
    """One field of each sort; bound and empty, it shows every error."""

    name = forms.CharField(
        label=_("Display name"), help_text=_("Not your real name. Others in the group see it.")
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    day = forms.ChoiceField(label=_("Day"), choices=Weekday.pairs)
    format = forms.ChoiceField(
        label=_("How would you like to meet?"), choices=Format.pairs, widget=forms.RadioSelect
    )
    access = forms.MultipleChoiceField(
        label=_("What do you need?"),
        choices=AccessFeature.choices[:4],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Only the facilitators see this."),
    )
    words = forms.CharField(label=_("Anything else?"), widget=forms.Textarea, required=False)
    agree = forms.BooleanField(
        label=_("What is said here stays here"), help_text=_("You can change your mind later.")
    )


def _examples() -> dict[str, Any]:
    """Return what the components are shown with."""
    start = datetime(2026, 11, 24, 19, tzinfo=UTC)
    return {
        "start": start,
        "end": start + timedelta(minutes=90),
        "pages": [Paginator(range(240), 20).page(number) for number in (1, 6, 12)],
        "states": [state for state, label in STATES.items() if label],
        "icons": list(SHAPES),
        "chips": [{"label": "Online", "url": "?day=tue"}, {"label": "Tuesday", "url": "?online"}],
        "bars": [("July", 8), ("August", 5), ("September", 11), ("October", 14)],
        "colours": ["paper", "surface", "sunken", "accent-wash", "lamp-wash", "accent", "ink"],
    }


@login_not_required
@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, while developing and in the demo only."""
    if not (settings.DEBUG or settings.IS_DEMO or settings.IS_TEST):
        raise Http404
    note = ConfidentialityNote(
        text="What is said in the group stays in the group.",
        origin=NoteOrigin.OWN,
        source="our agreement",
    )
    faulty = Example({}, auto_id="faulty_%s")
    context = {"guide": _examples(), "note": note, "example": Example(), "faulty": faulty}
    return render(request, "style_guide.html", context)
