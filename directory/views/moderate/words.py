"""The words by which people find topics, seen and changed by those who look after the site."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions.everyday_words import change_everyday_words
from directory.forms.moderate.words import EverydayWordsForm
from directory.loaders.moderate import ask_to_run_site, load_topic
from directory.queries.everyday_words import topics_meant, topics_with_words
from directory.text.asked_words import LONGEST


@require_safe
def everyday_words(request: SignedInRequest) -> HttpResponse:
    """List the topics with some of their words; try out what somebody might type."""
    ask_to_run_site(request.user)
    tried = request.GET.get("try", "").strip()[:LONGEST]
    context = {
        "branches": topics_with_words(),
        "tried": tried,
        "meant": topics_meant(tried) if tried else [],
    }
    return render(request, "moderate/everyday_words.html", context)


@require_http_methods(FORM_METHODS)
def words_of_topic(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change the words by which one topic is found."""
    topic = load_topic(request.user, slug)
    form = EverydayWordsForm(posted(request), topic=topic)
    if form.is_bound and form.is_valid():
        added, removed = change_everyday_words(
            topic=topic, by=request.user, added=form.cleaned_data["new"], removed=form.removed
        )
        _tell(request, added, removed)
        return redirect("words_of_topic", slug)
    return render(request, "moderate/words_of_topic.html", {"topic": topic, "form": form})


def _tell(request: HttpRequest, added: int, removed: int) -> None:
    said = []
    if added:
        text = ngettext("%(number)s entry added.", "%(number)s entries added.", added)
        said.append(text % {"number": added})
    if removed:
        text = ngettext("%(number)s entry taken out.", "%(number)s entries taken out.", removed)
        said.append(text % {"number": removed})
    messages.success(request, " ".join(said) or _("All of that was there already."))
