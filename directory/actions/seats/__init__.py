"""Places at dates: taken, waited for, offered, given back; those that members always have."""

from directory.actions.seats.capacity import change_capacity
from directory.actions.seats.changing import change_usual_way, change_way
from directory.actions.seats.fitting import follow_format
from directory.actions.seats.following import follow_dates, lengthen_again
from directory.actions.seats.offers import (
    expire_offers,
    offer_free_places,
    offer_kept_places,
)
from directory.actions.seats.queue import let_go_first
from directory.actions.seats.releasing import follow_absences, give_back_all, set_away
from directory.actions.seats.standing import rest_seats_on, seat_everybody, seat_members
from directory.actions.seats.taking import (
    accept_offer,
    decline_offer,
    give_back_seat,
    take_seat,
)

__all__ = [
    "accept_offer",
    "change_capacity",
    "change_usual_way",
    "change_way",
    "decline_offer",
    "expire_offers",
    "follow_absences",
    "follow_dates",
    "follow_format",
    "give_back_all",
    "give_back_seat",
    "lengthen_again",
    "let_go_first",
    "offer_free_places",
    "offer_kept_places",
    "rest_seats_on",
    "seat_everybody",
    "seat_members",
    "set_away",
    "take_seat",
]
