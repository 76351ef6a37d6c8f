"""The looks of `make check` see what they are for."""

import importlib.util
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.template import engines

PROJECT = Path(__file__).resolve().parents[2]


def load(path):
    spec = importlib.util.spec_from_file_location(Path(path).stem, PROJECT / path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


templates = load(".ci/check_templates.py")
requirements = load(".ci/check_requirements.py")
catalogues = load("deploy/catalogues.py")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<style>p { color: red }</style>", ["a style element"]),
        ('<p class="x" style="color: red">', ["a style attribute"]),
        ('<a onclick="go()">', ["an event attribute"]),
        ('<a hx-on:click="go()">', ["an event attribute"]),
        ('<a href="javascript:go()">', ["a javascript: address"]),
        ("{{ text|safe }}", ["|safe, |safeseq or autoescape off"]),
        ("<script>go()</script>", ["an inline script"]),
        ('<img src="https://cdn.example/x.png">', ["a request to somebody else's server"]),
        ('<script src="{% static "x.js" %}" defer></script>', []),
        ('<script type="application/ld+json">{"a": 1}</script>', []),
        ('<a href="https://nhs.uk" rel="noreferrer">On safety and online care</a>', []),
        ("{{ text|markdown }} one = two", []),
    ],
)
def test_a_template_holds_nothing_that_the_policy_refuses(text, found):
    assert templates.found_in(text) == found


@pytest.mark.parametrize(
    ("wanted", "misfits"),
    [
        ("django>=5.2,<6", []),
        ("django>=6", ["x.txt: django 5.2.19 is not >=6"]),
        ("flask>=3", ["x.txt: flask is missing"]),
    ],
)
def test_a_lock_fits_what_is_wanted(wanted, misfits):
    assert requirements.misfits([wanted], {"django": "5.2.19"}, "x.txt") == misfits


def sentences(folder, name, text):
    path = folder / name
    return [(message, context) for _name, message, _comments, context in found(path, text)]


def found(path, text):
    from django.utils.translation.template import templatize

    code = f"({templatize(text)}\n)" if path.suffix == ".html" else text
    return catalogues.found_in(path, code.encode())


def test_sentences_are_found_in_python():
    text = """name = _("A group")
    pgettext_lazy("verb", "Open")
    ngettext("%(n)s seat", "%(n)s seats", n)"""
    expected = [
        ("A group", None),
        ("Open", "verb"),
        (("%(n)s seat", "%(n)s seats"), None),
    ]
    assert sentences(PROJECT, "x.py", text) == expected


def test_sentences_are_found_in_templates_however_they_are_indented():
    text = """
    <p>{% translate "Groups" %}</p>
  {% blocktranslate count n=n trimmed %}
        {{ n }} group
      {% plural %}
    {{ n }} groups
{% endblocktranslate %}
      {% page_heading title=_("It's calm") %}{# don't #}
    """
    expected = [
        ("Groups", None),
        (("%(n)s group", "%(n)s groups"), None),
        ("It's calm", None),
    ]
    assert sentences(PROJECT, "x.html", text) == expected


def test_a_catalogue_that_is_out_of_step_is_named():
    catalogue = Catalog(locale="es", fuzzy=False)
    catalogue.add("%(n)s group", "%(m)s grupo", flags=["python-format"])
    wanted = {(None, "%(n)s group"), (None, "New")}
    problems = list(catalogues.problems_of(catalogue, wanted, "es.po"))
    assert problems[0] == "es.po: 1 sentences are missing, 0 are gone"
    assert len(problems) == 2


def test_a_variable_that_nobody_gave_fails_a_test(tmp_path, settings):
    page = engines["django"].get_template("components/notice.html")
    with pytest.raises(AssertionError, match=r"components/notice.html: .* is undefined"):
        page.render({"tone": "info", "picture": "", "title": ""})
