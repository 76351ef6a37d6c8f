"""Help me choose: four short questions that end in an ordinary address of the finder."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from directory.forms.choosing import ChoosingForm
from directory.queries.search import topics_to_choose
from directory.views.public import public_page


@public_page
def help_me_choose(request: HttpRequest) -> HttpResponse:
    """Ask the next question, or lead on to the groups. Answers travel in the address alone."""
    form = ChoosingForm(request.GET, path=request.path, topics=topics_to_choose())
    if form.is_done:
        return redirect(f"{reverse('find_groups')}?{form.result_query}")
    return render(request, "find/help_me_choose.html", {"choosing": form})
