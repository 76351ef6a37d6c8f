from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from directory.queries.crisis import crisis_lines_needing_review


class Command(BaseCommand):
    help = "Fail when a crisis line has not been reviewed for too long (CRISIS_REVIEW_DAYS)."

    def handle(self, *args: Any, **options: Any) -> None:
        late = list(crisis_lines_needing_review(timezone.localdate()))
        if late:
            lines = "\n".join(
                f"  {line.country or '--'}  {line.name}  {line.reviewed_on}" for line in late
            )
            raise CommandError(f"Please check that these still hold, and set the date:\n{lines}")
        self.stdout.write("Every crisis line was reviewed lately.")
