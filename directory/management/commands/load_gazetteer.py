from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from directory.actions.gazetteer import load_gazetteer


class Command(BaseCommand):
    help = (
        "Put the towns that come with the software in place of those in the database, as after an "
        "update. The first ones are loaded by setup_site. The data is GeoNames', CC BY 4.0."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_gazetteer(by=None)} towns loaded.")
