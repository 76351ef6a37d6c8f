from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.jobs import run_worker
from directory.management.parent import stop_with_parent


class Command(BaseCommand):
    help = (
        "Run the worker: it sends the mail and does what is due. A site needs one, beside the "
        "web server. Ctrl-C or SIGTERM stops it after the job that it is doing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        stop_with_parent()
        run_worker()
