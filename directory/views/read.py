"""What people read: articles, what stays confidential, the evidence, staying safe, help now."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from directory.choices import AgreementKind
from directory.models import Article
from directory.queries.agreements import version_in_force
from directory.queries.articles import groups_that_fit, minutes_to_read, published_articles
from directory.queries.crisis import crisis_lines_by_country
from directory.queries.notes import all_notes
from directory.queries.site import site_profile
from directory.views.public import public_page

# The site's people write in its own language, whatever language the page around is in.
WRITTEN_IN = {"content_language": settings.LANGUAGE_CODE}


@public_page
def articles(request: HttpRequest) -> HttpResponse:
    entries = [
        {"article": article, "minutes": minutes_to_read(article)}
        for article in published_articles()
    ]
    return render(request, "read/articles.html", {"articles": entries, **WRITTEN_IN})


@public_page
def article(request: HttpRequest, slug: str) -> HttpResponse:
    readable = Article.objects.published().prefetch_related("parts__notes", "topics")
    to_read = get_object_or_404(readable, slug=slug)
    context = {
        "article": to_read,
        "minutes": minutes_to_read(to_read),
        "meetings": groups_that_fit(to_read),
    }
    return render(request, "read/article.html", context | WRITTEN_IN)


@public_page
def confidentiality(request: HttpRequest) -> HttpResponse:
    context = {
        "minutes": settings.ONLINE_ROOM_OPENS_MINUTES,
        "cover_hours": settings.COVER_OPENS_HOURS,
        "notes": all_notes(),
        "agreement": version_in_force(AgreementKind.CONFIDENTIALITY),
        "consent": version_in_force(AgreementKind.MEMBERSHIP),
    }
    return render(request, "read/confidentiality.html", context | WRITTEN_IN)


@public_page
def evidence(request: HttpRequest) -> HttpResponse:
    told = [article for article in published_articles() if article.evidence]
    return render(request, "read/evidence.html", {"articles": told, **WRITTEN_IN})


@public_page
def safety(request: HttpRequest) -> HttpResponse:
    return render(request, "read/safety.html")


@public_page
def crisis_help(request: HttpRequest) -> HttpResponse:
    countries = crisis_lines_by_country(first=site_profile().country)
    return render(request, "read/crisis_help.html", {"countries": countries})
