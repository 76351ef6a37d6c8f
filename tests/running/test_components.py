"""The components: a wrong name is an error, what people typed stays text."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.html import strip_tags

from directory.models import CrisisLine
from directory.templatetags.components import register

SCRIPT = "<script>alert(1)</script>"
START = datetime(2026, 11, 24, 19, tzinfo=UTC)
END = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)


def draw(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


@pytest.mark.parametrize("name", sorted(set(register.tags)))
def test_no_component_takes_an_argument_it_does_not_know(name):
    with pytest.raises(TemplateSyntaxError, match=r"unexpected keyword|received some positional"):
        draw(f"{{% {name} colour='pink' %}}x{{% end{name} %}}")


@pytest.mark.parametrize("name", sorted(set(register.tags)))
def test_no_component_takes_an_argument_without_its_name(name):
    with pytest.raises(TemplateSyntaxError):
        draw(f"{{% {name} 'pink' %}}x{{% end{name} %}}")


@pytest.mark.parametrize(
    "source",
    [
        "{% notice tone='pink' %}x{% endnotice %}",
        "{% badge text='x' tone='pink' %}",
        "{% icon name='unicorn' %}",
        "{% status_label state='asleep' %}",
        "{% button_link url='/' text='x' kind='pink' %}",
    ],
)
def test_an_unknown_tone_icon_state_or_kind_is_an_error(source):
    with pytest.raises(TemplateSyntaxError, match="is none of"):
        draw(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% page_heading title=bad lead=bad caption=bad %}",
        "{% notice title=bad %}{{ bad }}{% endnotice %}",
        "{% badge text=bad %}",
        "{% card title=bad url=bad group=bad %}{{ bad }}{% endcard %}",
        "{% fact icon='clock' label=bad %}{{ bad }}{% endfact %}",
        "{% summary_row label=bad %}{{ bad }}{% endsummary_row %}",
        "{% step title=bad %}{{ bad }}{% endstep %}",
        "{% disclosure title=bad %}{{ bad }}{% enddisclosure %}",
        "{% data_table caption=bad %}{% enddata_table %}",
        "{% empty_state title=bad %}{{ bad }}{% endempty_state %}",
        "{% copyable text=bad label=bad %}",
        "{% button_link url=bad text=bad %}",
        "{% post_button action=bad text=bad about=bad %}",
        "{% back_link url=bad text=bad %}",
    ],
)
def test_what_somebody_typed_stays_text(source):
    drawn = draw(source, bad=SCRIPT)
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_what_a_block_holds_is_kept_as_it_is():
    assert "<p><em>x</em></p>" in draw("{% notice %}<p><em>x</em></p>{% endnotice %}")


def test_what_goes_ahead_as_planned_has_no_label():
    assert draw("{% status_label state='scheduled' %}").strip() == ""


def test_a_time_names_its_zone_and_can_be_read_by_machines():
    drawn = draw("{% when start=start end=end zone='Europe/London' %}", start=START, end=END)
    assert (
        strip_tags(drawn).strip()
        == "Tuesday 24 November 2026, 7\u00a0pm to 8:30\u00a0pm, London time"
    )
    assert 'datetime="2026-11-24T19:00:00+00:00"' in drawn
    assert 'data-zone="Europe/London"' in drawn


def test_a_phone_dials_the_digits_only():
    line = CrisisLine(name="Line", instructions="Call.", phone="+1 (800) 273-8255")
    assert 'href="tel:+18002738255"' in draw("{% crisis_lines lines=lines %}", lines=[line])


def test_the_longest_bar_is_as_long_as_there_is_room():
    rows = [("July", 8), ("August", 0), ("October", 16)]
    drawn = draw("{% bar_chart title='T' names='Month' numbers='People' rows=rows %}", rows=rows)
    assert re.findall(r'rect class="bar" width="(\d+)"', drawn) == ["50", "0", "100"]


def test_pages_keep_the_filters():
    page = Paginator(range(60), 20).page(2)
    request = RequestFactory().get("/groups/?day=tue&day=wed&page=2")
    drawn = draw("{% pagination page=page %}", page=page, request=request)
    assert 'href="/groups/?day=tue&amp;day=wed" rel="prev"' in drawn
    assert 'href="/groups/?day=tue&amp;day=wed&amp;page=3" rel="next"' in drawn


def test_one_page_needs_no_turning():
    page = Paginator(range(20), 20).page(1)
    assert draw("{% pagination page=page %}", page=page, request=None).strip() == ""


class Form(forms.Form):
    name = forms.CharField(label="Display name")
    how = forms.ChoiceField(label="How", choices=[("a", "A")], widget=forms.RadioSelect)
    yes = forms.BooleanField(label="I agree")
    more = forms.CharField(label="More", required=False)


def test_errors_are_told_in_whole_sentences_and_lead_to_their_fields():
    drawn = draw("{% error_summary form=form %}", form=Form({}))
    assert '<a href="#id_name">Please fill in: Display name</a>' in drawn
    assert '<a href="#id_how_0">Please choose an answer: How</a>' in drawn
    assert '<a href="#id_yes">Please tick: I agree</a>' in drawn


def test_without_errors_there_is_no_summary():
    assert draw("{% error_summary form=form %}", form=Form()).strip() == ""


def test_a_form_says_the_same_words_beside_the_field():
    drawn = draw("{{ form|crispy }}", form=Form({}))
    assert drawn.count("Please fill in: Display name") == 2


def test_the_summary_is_shown_once_where_the_page_has_one():
    drawn = draw("{% error_summary form=form %}{{ form|crispy }}", form=Form({}))
    assert drawn.count("There is a problem") == 1


def said(*words: str) -> list[Message]:
    return [Message(constants.SUCCESS, each) for each in words]


def test_what_was_done_has_the_focus_so_that_it_is_read_aloud():
    drawn = draw("{% page_messages messages=said %}", said=said("Saved.", "Sent."))
    assert re.findall(r'role="status" tabindex="-1"( autofocus)?', drawn) == [" autofocus", ""]


def test_what_is_to_be_mended_has_the_focus_instead():
    drawn = draw("{% page_messages messages=said has_errors=True %}", said=said("Saved."))
    assert "autofocus" not in drawn


@pytest.mark.parametrize(
    "source",
    [
        "{% card title='Lantern' about='Tuesday' %}x{% endcard %}",
        "{% card title='Lantern' url='/' about='Tuesday' %}x{% endcard %}",
        "{% button_link url='/' text='Lantern' about='Tuesday' %}",
        "{% post_button action='/' text='Lantern' about='Tuesday' %}",
    ],
)
def test_what_tells_two_apart_is_only_heard(source):
    assert re.search(r'Lantern<span class="visually-hidden">,? Tuesday</span>', draw(source))


def test_only_optional_fields_are_marked():
    assert draw("{{ form|crispy }}", form=Form()).count("(optional)") == 1
