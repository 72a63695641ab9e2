"""The filters of templates that depend on the publication's language."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from markupsafe import Markup

from newsletter.email.wording import FILTERS
from newsletter.model import Event, Person, Work
from newsletter.theme.folder import ThemeFolder, default_folder
from newsletter.theme.sandbox import Sandbox
from newsletter.theme.words import read_words

FOLDER = ThemeFolder("bionews", (default_folder(),))


def html(template: str, language: str = "en-GB", **values: Any) -> str:
    return rendered(template, language, values, autoescape=True)


def text(template: str, language: str = "en-GB", **values: Any) -> str:
    return rendered(template, language, values, autoescape=False)


def rendered(template: str, language: str, values: dict[str, Any], autoescape: bool) -> str:
    environment = Sandbox(autoescape=autoescape)
    environment.filters |= FILTERS
    direction = "rtl" if language == "he" else "ltr"
    publication = SimpleNamespace(language=language, direction=direction, typography=False)
    words = read_words(FOLDER, language)
    return environment.from_string(template).render(publication=publication, words=words, **values)


def test_a_word_is_filled() -> None:
    assert text("{{ words.issue | filled(number=652) }}") == "Issue 652"
    assert text("{{ words.issue | filled(number=652) }}", "ja") == "第652号"
    assert text("{{ words.labelled | filled(label='A', text='B') }}", "fr") == "A\xa0: B"


def test_in_html_what_is_filled_in_is_escaped_and_markup_stays() -> None:
    template = "{{ words.labelled | filled(label=label, text=link) }}"
    link = Markup("<a>B</a>")
    assert html(template, label="<i>A & A</i>", link=link) == (
        "&lt;i&gt;A &amp; A&lt;/i&gt;: <a>B</a>"
    )
    assert text(template, label="<i>A & A</i>", link="{text}") == "<i>A & A</i>: {text}"


def test_a_hole_that_the_template_does_not_fill_is_an_error() -> None:
    with pytest.raises(
        ValueError, match=r"nothing fills the hole \{number\} of 'Issue \{number\}'"
    ):
        text("{{ words.issue | filled(numbr=652) }}")


def test_lists() -> None:
    assert text("{{ 'AB' | listing }}, {{ 'AB' | listing('or') }}") == "A and B, A or B"
    assert text("{{ 'ABC' | listing('commas') }}", "ja") == "A、B、C"
    assert html("{{ ['<', '&'] | listing }}") == "&lt; and &amp;"


def test_what_is_before_each_part_of_a_list() -> None:
    assert text("{{ 'ABC' | separators('or') }}") == "['', ', ', ' or ']"
    assert text("{{ ['A', 'Oslo'] | separators('or') }}", "es") == "['', ' u ']"


def test_in_hebrew_a_part_in_latin_letters_is_kept_apart() -> None:
    expected = "Letters\u200f, 18 בנובמבר"
    template = "{{ ['Letters', '18 בנובמבר'] | listing('commas') }}"
    assert text(template, "he") == html(template, "he") == expected
    assert text("{{ ['A', 'B'] | separators('or') | last }}", "he") == "\u200f או "


def test_people_have_their_roles() -> None:
    ann = Person(name="Ann Author", role="Sample Institute")
    bob = Person(name="Bob Author")
    template = "{{ people | people | listing }}"
    assert text(template, people=[ann]) == "Ann Author, Sample Institute"
    assert text(template, people=[ann, bob]) == "Ann Author (Sample Institute) and Bob Author"
    assert text(template, "ja", people=[ann, bob]) == "Ann Author（Sample Institute）、Bob Author"
    assert html(template, people=[bob]) == "Bob Author"


def test_the_parts_of_a_tile() -> None:
    event = Event(title="T", place="P", starts=datetime.fromisoformat("2012-04-20 18:30"))
    template = (
        "{{ e.starts | weekday }} {{ e.starts | day }} {{ e.starts | month }} {{ e.starts | hour }}"
    )
    assert text(template, e=event) == "Fri 20 Apr 18:30"
    assert text("{{ e | period }}", e=event) == "Friday, 20\xa0April\xa02012, 18:30"


def test_the_hours_of_an_event_are_kept_on_one_line_of_html() -> None:
    starts, ends = map(datetime.fromisoformat, ("2012-04-20 18:30", "2012-04-20 20:00"))
    event = Event(title="T", place="P", starts=starts, ends=ends)
    day = "Friday, 20\xa0April\xa02012"
    assert text("{{ e | period }}", e=event) == f"{day}, 18:30–20:00"
    assert html("{{ e | period }}", e=event) == (
        f'{day}, <span style="white-space:nowrap">18:30–20:00</span>'
    )

    two_days = event.model_copy(update={"ends": ends.replace(day=21)})
    assert "<span" not in html("{{ e | period }}", e=two_days)


def test_the_details_of_a_work() -> None:
    work = Work(
        kind="book",
        title="T",
        credits=("By A",),
        publisher="P & Q",
        isbn=("1", "2"),
        channel="Radio",
        broadcast="2012-04-16",
        venue="V",
    )
    template = "{% for line in work | details %}{{ line }}\n{% endfor %}"
    assert html(template, work=work).splitlines() == [
        "By A",
        "Published by P &amp; Q",
        "ISBN 1, 2",
        "Radio, broadcast 16\xa0April\xa02012",
        "V",
    ]
    assert text(template, "ja", work=work).splitlines()[1:4] == [
        "発行：P & Q",
        "ISBN 1、2",
        "Radio、2012年4月16日放送",
    ]
