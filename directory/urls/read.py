from django.urls import URLPattern, path

from directory.views import read
from directory.views.style_guide import style_guide

urlpatterns: list[URLPattern] = [
    path("articles/", read.articles, name="articles"),
    path("articles/<slug:slug>/", read.article, name="article"),
    path("confidentiality/", read.confidentiality, name="confidentiality"),
    path("evidence/", read.evidence, name="evidence"),
    path("safety/", read.safety, name="safety"),
    path("crisis/", read.crisis_help, name="crisis_help"),
    path("style-guide/", style_guide, name="style_guide"),
]
