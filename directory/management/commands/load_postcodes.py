from __future__ import annotations

import zipfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from directory.actions.gazetteer import BrokenPostcodes, load_postcodes
from directory.text.countries import country_code

# No line of such a file comes near it.
MOST_BYTES_A_LINE = 4_000


class Command(BaseCommand):
    help = (
        "Load the postcodes of one country from a postal file of GeoNames, as it comes from "
        "https://download.geonames.org/export/zip/ (.txt, or .zip as it is). Those that were there "
        "are replaced; until all are in, searches find the old ones. The data is CC BY 4.0."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--country", required=True, metavar="CC", help="such as GB")

    def handle(self, *args: Any, **options: Any) -> None:
        country = country_code(options["country"])
        if not country:
            raise CommandError(
                f"There is no country “{options['country']}”: use two letters, such as GB."
            )
        try:
            with _opened(options["file"]) as file:
                codes = load_postcodes(lines=_lines(file), country=country, by=None)
        except BrokenPostcodes as error:
            raise CommandError(f"{options['file']}: {error} Nothing has been changed.") from error
        except (OSError, zipfile.BadZipFile) as error:
            raise CommandError(f"{options['file']} cannot be read: {error}") from error
        self.stdout.write(f"{codes} postcodes of {country} loaded.")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The file, or the one in the archive that is no readme."""
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if "readme" not in name.lower()]
        if len(names) != 1:
            raise BrokenPostcodes("The archive has to hold one file beside its readme.")
        with archive.open(names[0]) as file:
            yield file


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: file.readline(MOST_BYTES_A_LINE), b"")
