"""What forms without an account have in common."""

from __future__ import annotations

from django import forms


class Trapped(forms.Form):
    """A trap: people do not see `subject_line` (find/_trap.html), programs fill it in."""

    subject_line = forms.CharField(required=False, max_length=200)

    @property
    def is_from_a_program(self) -> bool:
        """Whether the trap was filled in; what comes with it is thanked for and not kept."""
        return bool(self.data.get("subject_line", "").strip())
