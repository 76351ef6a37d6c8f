"""Components of the frame that every page stands in; base.html uses them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import RequestContext
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_from_request, get_language_info

from directory.templatetags.kit.library import register

MESSAGE_TONES = {
    constants.SUCCESS: "success",
    constants.WARNING: "warning",
    constants.ERROR: "danger",
}


@register.inclusion_tag("components/exit_button.html")
def exit_button(*, exit_url: str, has_session: str | bool) -> dict[str, Any]:
    """Button that leaves at once for `exit_url`, a neutral site.

    A session is ended on the way, also that of a visitor: it may hold the address they typed.
    """
    return {"exit_url": exit_url, "has_session": has_session}


@register.inclusion_tag("components/nav_link.html", takes_context=True)
def nav_link(context: RequestContext, *, name: str, label: str) -> dict[str, Any]:
    """Entry of a navigation; the page one is on says so."""
    url = reverse(name)
    request = context.get("request")
    return {"url": url, "label": label, "is_here": request is not None and request.path == url}


@register.inclusion_tag("components/language_links.html", takes_context=True)
def language_links(context: RequestContext) -> dict[str, Any]:
    """Link to this page in the other languages, each named in its own words."""
    if len(settings.LANGUAGES_OFFERED) < 2:
        return {"languages": []}
    request = context.get("request")
    here = request.get_full_path() if request and request.resolver_match else reverse("home")
    languages = [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": translate_url(here, code),
        }
        for code in settings.LANGUAGES_OFFERED
    ]
    return {"languages": languages, "current": get_language()}


@register.inclusion_tag("components/offered_language.html", takes_context=True)
def offered_language(context: RequestContext) -> dict[str, Any]:
    """Offer the page in the language the browser prefers, in one line; nobody is redirected."""
    request = context.get("request")
    if not request or not request.resolver_match or not request.META.get("HTTP_ACCEPT_LANGUAGE"):
        return {"code": ""}
    preferred = get_language_from_request(request)
    if preferred == get_language() or preferred not in settings.LANGUAGES_OFFERED:
        return {"code": ""}
    return {
        "code": preferred,
        "is_bidi": get_language_info(preferred)["bidi"],
        "url": translate_url(request.get_full_path(), preferred),
    }


@register.inclusion_tag("components/page_messages.html")
def page_messages(*, messages: Iterable[Message], has_errors: bool = False) -> dict[str, Any]:
    """Show what was just done, once.

    Programs that read aloud tell it since it has the focus: what a page opens with is no news
    to them. Where something is to be mended (`has_errors`), that has the focus instead.
    """
    shown = [
        {"text": message.message, "tone": MESSAGE_TONES.get(message.level, "info")}
        for message in messages
    ]
    return {"messages": shown, "has_errors": has_errors}
