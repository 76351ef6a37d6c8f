"""Whom to ask to stand in at a date."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Person
from directory.forms.facilitate.fields import RefusableForm

ALL = "all"
# More of them than so many are chosen from a list that opens.
BUTTONS_AT_MOST = 8


class CoverForm(RefusableForm):
    """One person by name, or all who may; and a few words to them."""

    whom = forms.ChoiceField(label=_("Whom do you want to ask?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("A few words to them"),
        max_length=200,
        required=False,
        help_text=_("Only they read this. Leave out who is in the group."),
    )

    def __init__(self, *args: Any, people: list[tuple[Person, list[str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: dict[str, Person] = {str(person.pk): person for person, _names in people}
        whom = self.fields["whom"]
        whom.choices = [(ALL, _all_of(len(people))), *(_choice(*one) for one in people)]
        whom.initial = ALL
        if len(people) > BUTTONS_AT_MOST:
            whom.widget = forms.Select(choices=whom.choices)

    @property
    def person(self) -> Person | None:
        """Who is asked by name; None where all who may are asked."""
        return self.people.get(self.cleaned_data["whom"])


def _all_of(number: int) -> str:
    words = ngettext(
        "Everybody who runs a group of your organisation: %(number)d person",
        "Everybody who runs a group of your organisation: %(number)d people",
        number,
    )
    return words % {"number": number}


def _choice(person: Person, groups: list[str]) -> tuple[str, str]:
    name = person.display_name
    return str(person.pk), f"{name} ({', '.join(groups)})" if groups else name
