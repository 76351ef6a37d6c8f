from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from directory.actions.content import set_up_site
from directory.actions.gazetteer import load_what_is_missing

NAMES = {
    "topics": "Topics",
    "everyday_words": "Everyday words",
    "articles": "Articles",
    "notes": "Confidentiality notes",
    "agreements": "Agreement and consent",
    "crisis_lines": "Crisis lines",
    "towns": "Towns",
    "postcodes": "A sample of postcodes",
}


class Command(BaseCommand):
    help = (
        "Load the topics, article, confidentiality notes, agreement, consent, crisis lines and "
        "towns that come with the software. Each kind is loaded once; what is there stays as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = set_up_site(by=None) | load_what_is_missing(by=None)
        for kind, count in loaded.items():
            said = f"{count} loaded" if count else "kept as they are"
            self.stdout.write(f"{NAMES[kind]}: {said}")
