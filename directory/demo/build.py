from __future__ import annotations

from collections.abc import Callable
from random import Random

from django.db import transaction
from django.utils import timezone

from accounts.choices import MailState
from accounts.models import OutgoingMail, Person
from directory.actions.asked import report_wrong
from directory.actions.groups import publish_group
from directory.choices import Joining
from directory.demo import groups, life
from directory.demo.people import (
    address_of,
    make_members,
    make_organisations,
    make_people,
    make_places,
)
from directory.demo.source import DemoGroup, When, demo_groups, read
from directory.models import Group, SiteProfile, Topic

MEMBERS = 90
# The same demo every time.
SEED = 1862
BENS_GROUPS = ("Tuesday Lantern: after a death", "Sunday Evening Grief Circle", "Flare Days")
# Who looks for somebody to stand in, and who of those asked has said yes so far.
COVERED = {
    "Tuesday Lantern: after a death": ("imani",),
    "Empty Cradle, Leeds": (),
}
BEN_ASKS = "Widowed and Under Fifty"


def is_built() -> bool:
    """Whether the demo's people are there already; then nothing is made again."""
    return Person.objects.filter(email=address_of("ben")).exists()


def people_to_sign_in() -> dict[str, str]:
    """Who the screen names: what they are, and the address they sign in with."""
    return {
        "a member": address_of("ben"),
        "a facilitator": address_of("fay"),
        "a moderator": address_of("mo"),
    }


def build(progress: Callable[[str], None] = print) -> None:
    """Make the demo: organisations, places, groups, people and their lives, all through actions.

    `progress` is told in a line what is being made. Topics and agreements have to be there.
    """
    with transaction.atomic():
        _Demo(progress).build()


class _Demo:
    def __init__(self, progress: Callable[[str], None]) -> None:
        self.progress = progress
        self.now = timezone.now()
        self.chance = Random(SEED)  # noqa: S311 (which invented people join what is no secret)
        self.texts = read("texts")
        self.entries = demo_groups()
        self.source = read("people")
        self.asked = read("asked")
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}

    def build(self) -> None:
        self.make_people()
        self.progress(f"{len(self.entries)} groups, their facilitators and dates")
        self.groups = [self.start_group(*numbered) for numbered in enumerate(self.entries)]
        self.progress("members, places and waiting lists")
        self.let_people_join()
        self.live_until_now()
        self.let_visitors_write(are_answered=True)
        self.call_history_sent()
        self.progress("cancelled and moved dates, and requests and questions to answer")
        self.change_what_comes()
        self.let_visitors_write(are_answered=False)

    def make_people(self) -> None:
        source = self.source
        self.moderators = {key: org["moderator"] for key, org in source["organisation"].items()}
        self.people = make_people(source["person"])
        self.organisations = make_organisations(source["organisation"], self.people)
        self.places = make_places(source["place"], self.organisations)
        self.members = make_members(source["members"], MEMBERS)
        SiteProfile.objects.update(
            tagline="Find people who know what it is like", contact_email=address_of("hello")
        )

    def start_group(self, number: int, entry: DemoGroup) -> tuple[Group, Person]:
        """A published group with facilitators and dates; returned with the one who leads it."""
        moderator = self.people[self.moderators[entry.org]]
        group = groups.make_group(
            entry,
            number=number,
            organisation=self.organisations[entry.org],
            by=moderator,
            texts=self.texts[entry.language],
            greeter=self.people[entry.facilitators[0]].display_name,
            place=self.places.get(entry.place),
            topics=self.topics,
        )
        staff = [self.people[key] for key in entry.facilitators]
        groups.invite(group, staff, by=moderator)
        group = publish_group(group=group, by=moderator)
        groups.schedule(group, When.parse(entry.when), by=staff[0], now=self.now)
        return group, staff[0]

    def let_people_join(self) -> None:
        """Ben first, so that he is a member and not only waiting."""
        by_name = {group.name: group for group, _lead in self.groups}
        for name in BENS_GROUPS:
            life.join(by_name[name], self.people["ben"])
        for group, lead in self.groups:
            if group.joining != Joining.JUST_COME:
                life.fill(
                    group, self.members, self.source["member_needs"], by=lead, chance=self.chance
                )
        groups.describe_facilitators(self.people, self.source["person"])

    def live_until_now(self) -> None:
        for number, (group, lead) in enumerate(self.groups):
            if number % 4 == 1:
                life.come_and_go(group, self.members[-1 - number], now=self.now)
            life.count_past(group, by=lead, now=self.now, chance=self.chance)

    def let_visitors_write(self, *, are_answered: bool) -> None:
        """Questions that were answered before today, or all that still waits."""
        by_name = {group.name: (group, lead) for group, lead in self.groups}
        for entry in self.asked["question"]:
            if ("answer" in entry) == are_answered:
                group, lead = by_name[entry["group"]]
                life.ask(group, entry, address=address_of(entry["name"]), answered_by=lead)
        for entry in [] if are_answered else self.asked["correction"]:
            group, _lead = by_name[entry["group"]]
            report_wrong(group=group, about=entry["about"], text=entry["text"])

    def call_history_sent(self) -> None:
        """All this happened in the weeks before: nobody is to be mailed about it today."""
        waiting = OutgoingMail.objects.filter(state=MailState.WAITING)
        waiting.update(state=MailState.DROPPED, finished_at=self.now)

    def change_what_comes(self) -> None:
        for number, (group, lead) in enumerate(self.groups):
            texts = self.texts[group.languages[0]]
            life.change_dates(group, number=number, by=lead, now=self.now, texts=texts)
            if group.name == BEN_ASKS:
                message = "My husband died in spring. I am not sure what to say yet."
                life.join(group, self.people["ben"], message=message)
            if group.name in COVERED:
                life.look_for_cover(
                    group,
                    by=lead,
                    others=[self.people[key] for key in COVERED[group.name]],
                    now=self.now,
                    note=texts["cover"],
                )
