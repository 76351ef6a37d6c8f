from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directory.choices import AgreementKind
from directory.models import AgreementVersion, Article
from directory.queries.articles import groups_that_fit, minutes_to_read, published_articles
from directory.queries.crisis import crisis_lines_by_country
from directory.queries.notes import all_notes
from directory.queries.site import site_profile


@login_not_required
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    to_read = [(article, minutes_to_read(article)) for article in published_articles()]
    return render(request, "read/articles.html", {"articles": to_read})


@login_not_required
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    to_read = get_object_or_404(
        Article.objects.published().prefetch_related("parts__notes", "topics"), slug=slug
    )
    context = {
        "article": to_read,
        "minutes": minutes_to_read(to_read),
        "meetings": groups_that_fit(to_read),
    }
    return render(request, "read/article.html", context)


@login_not_required
@require_safe
def confidentiality(request: HttpRequest) -> HttpResponse:
    in_force = AgreementVersion.objects.in_force
    context = {
        "who_sees_what": WHO_SEES_WHAT,
        "notes": all_notes(),
        "agreement": in_force(AgreementKind.CONFIDENTIALITY).first(),
        "consent": in_force(AgreementKind.MEMBERSHIP).first(),
    }
    return render(request, "read/confidentiality.html", context)


@login_not_required
@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    told = [article for article in published_articles() if article.evidence]
    return render(request, "read/evidence.html", {"articles": told})


@login_not_required
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    return render(request, "read/safety.html")


@login_not_required
@require_safe
def crisis_help(request: HttpRequest) -> HttpResponse:
    countries = crisis_lines_by_country(first=site_profile().country)
    return render(request, "read/crisis_help.html", {"countries": countries})


EVERYBODY = _("Everybody who visits")
MEMBERS = _("Members who agreed to the confidentiality agreement")
FACILITATORS = _("The group's facilitators")
