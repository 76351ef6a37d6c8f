"""The site's addresses, and beside them a view that does nothing, to compare with."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler500
from config.urls import urlpatterns as of_the_site

__all__ = ["handler500", "urlpatterns"]

# As long as a small page.
PAGE = "<!doctype html><title>Bare</title>" + "<p>Nothing is looked up for this.</p>" * 130


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """Answer at once, behind the same middleware as everything."""
    return HttpResponse(PAGE)


urlpatterns = [path("bare/", bare), *of_the_site]
