"""Somebody to stand in at a date: asked, offered, accepted, given back.

All of it happens under the locks of the group and the date, so that one person stands in.
"""

from directory.actions.cover.answering import (
    accept_offer,
    decline_cover,
    give_cover_back,
    offer_cover,
)
from directory.actions.cover.asking import ask_for_cover, withdraw_request
from directory.actions.cover.escalating import escalate_cover
from directory.actions.cover.looking import write_look

__all__ = [
    "accept_offer",
    "ask_for_cover",
    "decline_cover",
    "escalate_cover",
    "give_cover_back",
    "offer_cover",
    "withdraw_request",
    "write_look",
]
