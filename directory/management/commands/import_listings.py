from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, transaction

from directory.actions.imports import ImportOptions, ImportReport, import_listings
from directory.choices import Joining
from directory.exchange import meeting_guide
from directory.exchange.feeds import MOST_BYTES, MOST_ROWS, BrokenFeed, read_feed, rows_of
from directory.listings import Defaults, Translation
from directory.recurrence import find_zone
from directory.refusals import Refused
from directory.text.countries import country_code

MISSING_TABLE = "42P01"  # PostgreSQL's code
FORMATS = {meeting_guide.FORMAT: meeting_guide.translate}


class Command(BaseCommand):
    help = (
        "Take over the groups of a feed, from a file or an http(s) address. They land as drafts "
        "unless --publish. Running it again changes only what changed in the feed, and never "
        "what was edited here."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("feed", metavar="FILE_OR_URL")
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument(
            "--organisation", required=True, metavar="NAME", help="made when missing"
        )
        parser.add_argument(
            "--timezone", required=True, metavar="ZONE", help="such as Europe/London"
        )
        parser.add_argument("--country", required=True, metavar="CC", help="such as GB")
        parser.add_argument("--topic", required=True, metavar="SLUG")
        parser.add_argument(
            "--joining",
            choices=Joining.values,
            default="",
            help="for groups in person; online ones always ask people to sign up at least",
        )
        parser.add_argument("--publish", action="store_true", help="show the groups to visitors")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, change nothing"
        )
        parser.add_argument(
            "--allow-shrink",
            action="store_true",
            help="even if more than a tenth of the groups are gone from the feed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            defaults = _defaults(options["timezone"], options["country"])
            self._progress("Reading the feed")
            data = read_feed(
                options["feed"], most_bytes=getattr(settings, "IMPORT_MOST_BYTES", MOST_BYTES)
            )
            rows = rows_of(data, most_rows=getattr(settings, "IMPORT_MOST_ROWS", MOST_ROWS))
            self._progress("Reading the rows")
            translation = FORMATS[options["format"]](rows, defaults=defaults)
            report = self._import(translation, defaults, options)
        except ProgrammingError as error:
            if getattr(error.__cause__, "sqlstate", "") != MISSING_TABLE:
                raise
            raise CommandError("The database is not ready: run migrate first.") from error
        except (BrokenFeed, Refused) as error:
            sentence = error.refusal if isinstance(error, Refused) else error
            raise CommandError(str(sentence)) from error
        self._say(translation, report, options)

    def _import(
        self, translation: Translation, defaults: Defaults, options: dict[str, Any]
    ) -> ImportReport:
        with transaction.atomic():
            report = import_listings(
                translation=translation,
                options=_options(options, defaults),
                by=None,
                progress=self._progress,
            )
            transaction.set_rollback(options["dry_run"])
        return report

    def _progress(self, step: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"{step} …", ending="\n")

    def _say(self, translation: Translation, report: ImportReport, options: dict[str, Any]) -> None:
        write = self.stdout.write
        for refused in translation.refused:
            write(f"not taken: row {refused.row} ({refused.label or 'no name'}): {refused.reason}")
        for listing in translation.listings:
            for remark in listing.remarks:
                write(f"row {listing.row} ({listing.name}): {remark}")
        for key, remark in report.remarks:
            write(f"{key}: {remark}")
        for name in report.gone:
            write(f"gone from the feed: {name}")
        rows = len(translation.listings) + len(translation.refused)
        write(
            f"{rows} rows: {len(translation.listings)} taken, {len(translation.refused)} not taken"
        )
        write(
            f"{report.new} new, {report.changed} changed, {report.unchanged} as before, "
            f"{len(report.gone)} gone, {report.back} back, {report.paused} paused"
        )
        write(f"{report.published} published, {report.drafts} drafts, {report.dates} dates made")
        if options["joining"] == Joining.ASK:
            write("People who ask to join get an answer only once a facilitator has been invited.")
        if options["dry_run"]:
            write("Dry run: nothing has been changed.")


def _defaults(time_zone: str, country: str) -> Defaults:
    try:
        find_zone(time_zone)
    except ValueError as error:
        raise CommandError(str(error)) from error
    code = country_code(country)
    if not code:
        raise CommandError(f"There is no country “{country}”: use two letters, such as GB.")
    return Defaults(time_zone=time_zone, country=code)


def _options(options: dict[str, Any], defaults: Defaults) -> ImportOptions:
    return ImportOptions(
        organisation=options["organisation"],
        feed_format=options["format"],
        topic=options["topic"],
        defaults=defaults,
        joining=options["joining"],
        publish=options["publish"],
        allow_shrink=options["allow_shrink"],
    )
