from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from directory.actions.content import set_up_site

NAMES = {
    "topics": "Topics",
    "everyday_words": "Everyday words",
    "articles": "Articles",
    "notes": "Confidentiality notes",
    "agreements": "Agreement and consent",
    "crisis_lines": "Crisis lines",
}


class Command(BaseCommand):
    help = (
        "Load the topics, article, confidentiality notes, agreement, consent and crisis lines "
        "that come with the software. Each kind is loaded once; what is there stays as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, count in set_up_site(by=None).items():
            said = f"{count} loaded" if count else "kept as they are"
            self.stdout.write(f"{NAMES[kind]}: {said}")
