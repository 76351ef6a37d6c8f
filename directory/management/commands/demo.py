from __future__ import annotations

import io
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction

from directory import demo
from directory.management import demo_server
from directory.management.parent import stop_with_parent
from directory.management.static_files import collect_if_changed


class Command(BaseCommand):
    help = "Run the site with invented groups and people, and its worker, on this machine."
    requires_system_checks = ()
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("The demo runs with WAYMEET_ENV=demo, or without that variable.")
        stop_with_parent()
        address = f"http://127.0.0.1:{settings.PORT}"
        try:
            demo_server.check_port("127.0.0.1", settings.PORT)
            with demo_server.until_stopped(self.say) as running:
                began = time.monotonic()
                self.prepare()
                self.say("Starting the site and its worker …")
                running.start("site", demo_server.SITE)
                running.start("worker", demo_server.WORKER)
                running.wait_for_site(address)
                self.say_what_to_do(seconds=time.monotonic() - began)
                running.watch()
        except demo_server.CannotRun as error:
            raise CommandError(str(error)) from None
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {error}") from None
        finally:
            connection.close()
            if hasattr(connection, "leave_server"):
                connection.leave_server()
        self.say("Stopped. What you did is kept; `make demo` goes on from there.")

    def prepare(self) -> None:
        """Bring database, words, demo data and static files up to this version."""
        # The static files take some seconds of their own and nothing of the others.
        with ThreadPoolExecutor(max_workers=1) as beside:
            static_files = beside.submit(collect_if_changed)
            self.say("Preparing the database …")
            connection.ensure_connection()
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            self.say("Loading the words that come with the software …")
            call_command("setup_site", stdout=io.StringIO())
            if demo.is_built():
                self.say("Keeping the demo's groups and people as they are.")
            else:
                self.say("Inventing groups and people …")
                with transaction.atomic():
                    demo.build(lambda words: self.say(f"  {words}"))
            self.say("Preparing styles and scripts …")
            static_files.result()

    def say_what_to_do(self, *, seconds: float) -> None:
        """Say where the site is, who can sign in, where mail shows up and how to stop."""
        self.say(f"Ready after {seconds:.0f} s.\n\nWaymeet runs at {settings.SITE_URL}")
        self.say("\nSign in with one of these addresses:")
        for who, email in demo.people_to_sign_in().items():
            self.say(f"  {email:32} {who}")
        self.say(f"The code that is sent to them shows up at {settings.SITE_URL}/demo/mail/")
        self.say("\nCtrl-C stops everything that was started here.")

    def say(self, words: str) -> None:
        """Write a line that is seen at once."""
        self.stdout.write(words)
        self.stdout.flush()
