"""The form by which somebody says what they looked for and did not find."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import MissingGroup


class MissingForm(forms.ModelForm):
    """Two questions and a trap: people do not see `subject_line`, programs fill it in."""

    subject_line = forms.CharField(required=False, max_length=200)

    class Meta:
        model = MissingGroup
        fields = ("wanted", "where")
        help_texts = {
            "wanted": _("A few words are enough. Please leave out names and numbers."),
            "where": _("A town, or “online”."),
        }
        widgets = {"wanted": forms.Textarea(attrs={"rows": 5})}

    @property
    def is_from_a_program(self) -> bool:
        """Whether the trap was filled in; such an answer is thanked for and not kept."""
        return bool(self.data.get("subject_line", "").strip())

    def save_once(self) -> None:
        """Keep the answer; the same words again on the same day are one answer."""
        kept = {name: self.cleaned_data[name] for name in self.Meta.fields}
        MissingGroup.objects.get_or_create(**kept, created_on=timezone.localdate())
