"""Makes the coming dates of all series. The worker does so each hour by itself."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from directory.actions.series import generate_meetings


class Command(BaseCommand):
    help = (
        "Make the dates of all series twelve weeks ahead. The worker does this each hour; run it "
        "by hand after an import. Run again, it makes nothing twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        made = generate_meetings(check_gaps=True)
        self.stdout.write("1 date was made." if made == 1 else f"{made} dates were made.")
