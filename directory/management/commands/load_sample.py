"""Fills a site with invented groups, to see how it behaves with very many of them."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from directory.demo.sample import load_sample, tidy
from directory.models import Group, Topic, Town

MOST_WEEKS = 52
# Lines on the screen, however many groups.
LINES = 20


class Command(BaseCommand):
    help = (
        "Load invented groups with their dates, to measure with. The same seed gives the same "
        "groups. Never on a site that people use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, how far ahead, and which."""
        parser.add_argument("--groups", type=int, required=True, help="how many groups")
        parser.add_argument("--weeks", type=int, default=12, help="dates so far ahead (12)")
        parser.add_argument("--seed", type=int, default=1, help="another number, other groups (1)")
        parser.add_argument("--add", action="store_true", help="also where there are groups")

    def handle(self, *args: Any, **options: Any) -> None:
        groups, weeks = options["groups"], options["weeks"]
        self.refuse_unless_possible(groups, weeks, add=options["add"])
        self.prepare()
        self.began, self.wanted, self.told = time.monotonic(), groups, 0
        load_sample(groups, weeks=weeks, seed=options["seed"], progress=self.progress)
        self.say("Clearing up …")
        tidy()
        self.say(f"{groups} groups were loaded in {time.monotonic() - self.began:.0f} s.")

    def refuse_unless_possible(self, groups: int, weeks: int, *, add: bool) -> None:
        """Raise where invented groups would do harm."""
        if settings.IS_PRODUCTION:
            raise CommandError(
                "This is a site that people use: invented groups would mislead them."
            )
        if groups < 1:
            raise CommandError("Choose at least one group: --groups 1000.")
        if not 1 <= weeks <= MOST_WEEKS:
            raise CommandError(f"Choose from 1 to {MOST_WEEKS} weeks: --weeks 12.")
        if not add and Group.everything.exists():
            raise CommandError("There are groups already. To load others beside them: --add.")

    def prepare(self) -> None:
        """Load the topics and towns that come with the software, where there are none."""
        if not Topic.objects.exists():
            self.say("Loading the words that come with the software …")
            call_command("setup_site", stdout=self.stdout)
        if not Town.objects.exists():
            self.say("Loading the towns …")
            call_command("load_gazetteer", stdout=self.stdout)

    def progress(self, made: int) -> None:
        """Say how far it is, now and then."""
        if made * LINES // self.wanted > self.told:
            self.told = made * LINES // self.wanted
            self.say(f"{made} of {self.wanted} groups, {time.monotonic() - self.began:.0f} s")
        if made == self.wanted:
            self.say("Making them found …")

    def say(self, words: str) -> None:
        """Write a line that is seen at once."""
        self.stdout.write(words)
        self.stdout.flush()
