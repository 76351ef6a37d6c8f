"""The form by which somebody says what they looked for and did not find."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.forms.traps import Trapped
from directory.models import MissingGroup


class MissingForm(Trapped, forms.ModelForm):
    """Two questions."""

    class Meta:
        model = MissingGroup
        fields = ("wanted", "where")
        help_texts = {
            "wanted": _("A few words are enough. Please leave out names and numbers."),
            "where": _("A town, or “online”."),
        }
        widgets = {"wanted": forms.Textarea(attrs={"rows": 5})}

    def save_once(self) -> None:
        """Keep the answer; the same words again on the same day are one answer."""
        kept = {name: self.cleaned_data[name] for name in self.Meta.fields}
        MissingGroup.objects.get_or_create(**kept, created_on=timezone.localdate())
