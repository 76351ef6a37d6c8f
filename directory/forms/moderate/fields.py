"""Ways to choose from long lists: topics by their tree, languages, countries and zones by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.models import Topic
from directory.rules.meetings import NO_ZONE
from directory.text.named_lists import countries, language_codes, zones
from directory.text.spoken_names import spoken_language

OPTION = '<option value="{}">{}</option>'
SELECTED = '<option value="{}" selected>{}</option>'


class TopicsField(forms.ModelMultipleChoiceField):
    """Topics as checkboxes, those of one branch together, the branch itself first."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(queryset=Topic.objects.select_related("parent"), **kwargs)
        self.choices = _tree


def _tree() -> Iterator[tuple[str, list[tuple[Any, str]]]]:
    topics = list(Topic.objects.all())
    for branch in topics:
        if branch.parent_id is None:
            parts = [(topic.pk, topic.name) for topic in topics if topic.parent_id == branch.pk]
            whole = _("%(topic)s in general") % {"topic": branch.name} if parts else branch.name
            yield branch.name, [(branch.pk, whole), *parts]


class SeveralField(forms.TypedMultipleChoiceField):
    """Several of a fixed set of words, as checkboxes."""

    widget = forms.CheckboxSelectMultiple


class LongSelect(forms.Select):
    """A list of hundreds, drawn at once: a template for each of them takes half a second."""

    def render(self, name: str, value: Any, attrs: Any = None, **kwargs: Any) -> SafeString:
        """Draw the list, the parts of it under their headings."""
        context = self.get_context(name, value, attrs)["widget"]
        parts = [
            format_html('<optgroup label="{}">{}</optgroup>', heading, _drawn(options))
            if heading
            else _drawn(options)
            for heading, options, _index in context["optgroups"]
        ]
        attributes = flatatt({"name": name, **context["attrs"]})
        return format_html("<select{}>{}</select>", attributes, _together(parts))


def _drawn(options: Iterable[dict[str, Any]]) -> SafeString:
    return _together(
        format_html(SELECTED if option["selected"] else OPTION, option["value"], option["label"])
        for option in options
    )


def _together(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


class CountryField(forms.ChoiceField):
    """A country by its name, kept as its code."""

    widget = LongSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_countries, **kwargs)


def _countries() -> list[tuple[str, str]]:
    return [("", _("Choose a country")), *countries()]


class ZoneField(forms.ChoiceField):
    """A time zone by its city, kept as its IANA name."""

    widget = LongSelect

    default_error_messages: ClassVar = {"invalid_choice": NO_ZONE.message}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=zones, **kwargs)


class LanguageNamesField(forms.CharField):
    """Names of languages with commas between them; gives their codes."""

    def to_python(self, value: str | None) -> list[str]:
        """Return the codes of the languages named."""
        known, unknown = language_codes(super().to_python(value) or "")
        if unknown:
            raise forms.ValidationError(
                _("We do not know the language “%(name)s”. Please check how it is written.")
                % {"name": unknown[0]}
            )
        return known

    def prepare_value(self, value: str | Iterable[str] | None) -> str | None:
        """Show codes by their names again; what somebody typed stays as it was."""
        if value is None or isinstance(value, str):
            return value
        return ", ".join(spoken_language(code) for code in value)


def language_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return the languages of these codes by name."""
    return sorted(((code, spoken_language(code)) for code in set(codes)), key=lambda one: one[1])
