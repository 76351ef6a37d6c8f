from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts.audit import record
from accounts.models import Person
from directory.actions.organisations import add_moderator, create_organisation
from directory.models import Organisation
from directory.queries.site import site_profile
from directory.refusals import Refused
from directory.text.named_lists import countries, zone_of_country, zones


class Command(BaseCommand):
    help = (
        "Let somebody put up groups for an organisation, which is made when there is none of this "
        "name. This is how a new site begins: the first organisation also runs the site. "
        "Somebody without an account gets one; they sign in with their e-mail address and a code "
        "that is mailed to them. "
        "Example: add_moderator mo@example.org --organisation 'Harbour Listening' --country GB"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address this person signs in with")
        parser.add_argument("--organisation", required=True, metavar="NAME")
        parser.add_argument(
            "--country", metavar="CC", help="of a new organisation, two letters; else the site's"
        )
        parser.add_argument(
            "--timezone",
            metavar="ZONE",
            help="of a new organisation, such as Europe/London; needless in a country with one",
        )
        parser.add_argument(
            "--display-name", default="Moderator", help="of a new account (default: Moderator)"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"“{options['email']}” is not an e-mail address.") from error
        organisation = self.organisation(options)
        person = self.person(options)
        try:
            add_moderator(organisation=organisation, person=person, by=None)
        except Refused as refused:
            self.stdout.write(str(refused.refusal))
        else:
            self.stdout.write(
                f"{person.email} moderates {organisation.name}. Next: sign in, and open /moderate/."
            )

    def organisation(self, options: dict[str, Any]) -> Organisation:
        """The one of this name, made when there is none."""
        name = " ".join(options["organisation"].split())
        if not name:
            raise CommandError("Give the organisation a name.")
        known = Organisation.objects.filter(name__iexact=name).first()
        if known:
            return known
        country = (options["country"] or site_profile().country).upper()
        if country not in dict(countries()):
            raise CommandError(f"“{country}” is no country. Use two letters, such as GB.")
        made = create_organisation(
            by=None, name=name, country=country, time_zone=self.zone(options, country)
        )
        runs = " It runs this site." if made.runs_site else ""
        self.stdout.write(f"Made the organisation {made.name}.{runs}")
        return made

    def zone(self, options: dict[str, Any], country: str) -> str:
        """The zone named, or the country's only one."""
        zone = options["timezone"] or zone_of_country(country)
        if not zone:
            raise CommandError(
                f"{country} has several time zones. Name one, such as --timezone Europe/London."
            )
        known = {name for _region, names in zones() for name, _city in names}
        if zone not in known:
            raise CommandError(f"“{zone}” is no time zone. Use a name such as Europe/London.")
        return zone

    def person(self, options: dict[str, Any]) -> Person:
        """Whoever signs in with this address; an account without password when nobody does."""
        email = options["email"].strip().lower()
        known = Person.objects.filter(email__iexact=email).first()
        if known:
            return known
        made = Person.objects.create_user(
            email, display_name=options["display_name"], is_safe_to_email=True
        )
        record(by=None, action="person.made", about=made)
        return made
