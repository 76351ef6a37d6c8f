"""Who runs the groups of a sample. Nobody can sign in as they, and none of them gets mail."""

from __future__ import annotations

from random import Random

from accounts.models import Person
from directory.choices import FacilitatorRole
from directory.demo.sample.chances import early
from directory.demo.sample.rows import drawn_id
from directory.models import Facilitator, FacilitatorProfile, Group

# An organisation has so many people who facilitate; one of them may run several groups.
PEOPLE = 14
LISTED = 0.5
NAMES = (
    "Sam Alex Jo Maria Ana Chris Pat Amina Fatima Olu Priya Tomasz Lucía Carmen Mateo Yusuf Wei "
    "Grace Ruth Hana Iris Noor Leo Marta Diego Elena Kofi Zofia Ewa Bram Ines Tariq Mei Rosa "
    "Nils Ada Ben Fay Gil Mo Dora Ifan Siân Bea Otto Una Vera Wanda Xiomara Zeno"
).split()


def make_people(number: int, chance: Random) -> tuple[list[Person], list[FacilitatorProfile]]:
    """Return the facilitators of the organisation of this number, not saved, and their listings."""
    people, profiles = [], []
    for position in range(PEOPLE):
        person = Person(
            id=drawn_id(chance),
            # What Django takes for no password at all.
            password="!sample",  # noqa: S106
            email=f"sample-{number}-{position}@waymeet.example",
            display_name=early(chance, NAMES),
            is_safe_to_email=False,
        )
        people.append(person)
        profiles.append(
            FacilitatorProfile(
                person=person,
                public_id=drawn_id(chance),
                public_first_name=person.display_name,
                is_listed=chance.random() < LISTED,
            )
        )
    return people, profiles


def make_facilitators(group: Group, people: list[Person], chance: Random) -> list[Facilitator]:
    """Return one or two of these people as the group's facilitators, not saved."""
    chosen = chance.sample(people, chance.choice((1, 1, 2)))
    roles = (FacilitatorRole.LEAD, FacilitatorRole.CO)
    return [
        Facilitator(id=drawn_id(chance), group=group, person=person, role=role)
        for person, role in zip(chosen, roles, strict=False)
    ]
