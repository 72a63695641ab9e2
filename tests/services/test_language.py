"""Literal text: what only looks like a service's language reaches the reader as it is, or nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsletter.email.merge_tags import token
from newsletter.model import MergeTagName
from newsletter.services.language import CannotEscape, Delimiters


@dataclass(frozen=True)
class Language:
    """A language of services: what begins a tag, and some tags."""

    openings: tuple[str, ...]
    tags: dict[MergeTagName, str]


LANGUAGES = {
    "stars": Language(("*|",), {"unsubscribe": "*|UNSUB|*", "first-name": "*|FNAME|*"}),
    "brackets": Language(
        ("[[",), {"unsubscribe": "[[UNSUB]]", "first-name": '[[data:name:"reader"]]'}
    ),
    "braces": Language(
        ("{{", "{%", "{#"),
        {"unsubscribe": "{{ url }}", "first-name": "{% if a %}{{ a }}{% endif %}"},
    ),
    "moustaches": Language(("{{",), {"unsubscribe": "{{{url}}}", "web-version": "{{link}}"}),
    "escapes": Language(("{{", "\\{"), {"unsubscribe": "{{{url}}}", "web-version": "{{link}}"}),
    "bare": Language(("%s", "-x"), {"unsubscribe": "-x-url-x-", "first-name": "%s"}),
}
LANGUAGE = st.sampled_from(list(LANGUAGES.values()))
SIGN = st.sampled_from([*"{}[]*|%#\\-xs", " ", "a", "\n", "é", "&", "<", ">", '"', "'"])
TOKEN = st.sampled_from(
    sorted({token(name) for language in LANGUAGES.values() for name in language.tags})
)
TEXT = st.lists(
    SIGN | SIGN | SIGN | TOKEN | st.sampled_from(["{{", "*|", "[[", "{%", "*|UNSUB|*", "]]"])
).map("".join)
STYLE = st.lists(
    st.sampled_from([*"{}%#*|[]:;. a\n\\-xs", "{{", "{%", "*|", "[[", "%s", "-x"])
).map("".join)
_TOKENS = re.compile("\ufdd0([a-z-]+)\ufdd1")


def own(text: str, language: Language) -> str:
    """The text with only the tokens that the language has a tag for."""
    return _TOKENS.sub(lambda match: match[0] if match[1] in language.tags else "", text)


def arisen(text: str, language: Language) -> list[int]:
    """Where there is an opening, or a longer end of a tag, that is not within a tag: found character by character in
    the text with its tags put in.
    """
    result, of_tag = "", list[int | None]()
    for number, part in enumerate(_TOKENS.split(text)):
        content = language.tags[part] if number % 2 else part  # type: ignore[index]
        result += content
        of_tag += [number if number % 2 else None] * len(content)
    found = []
    for at in range(len(result) - 1):
        first, second = of_tag[at : at + 2]
        is_between = first is None or first != second
        is_longer = (
            first is not None and second is None and result[at - 1] == result[at] == result[at + 1]
        )
        if (result[at : at + 2] in language.openings and is_between) or is_longer:
            found.append(at)
    return found


@dataclass
class Reader(HTMLParser):
    """What a mail client sees: texts and attributes; style sheets and comments separately."""

    seen: list[object] = field(default_factory=list)
    words: str = ""
    styles: str = ""
    comments: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, attrs, self.words))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append((tag, self.words))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.styles += data
        else:
            self.words += data

    def handle_comment(self, data: str) -> None:
        self.comments += unescape(data)  # Outlook reads its comments as HTML


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


@st.composite
def documents(draw: st.DrawFn) -> str:
    """HTML as a theme makes it, an author's text wherever it can be."""

    def text() -> str:
        return escape(draw(TEXT))

    parts = {
        "paragraph": lambda: f"<p>{text()}</p>",
        "attribute": lambda: f'<img alt="{text()}" src="x">{text()}',
        "link": lambda: f'<a href="{text()}">{text()}<b>{text()}</b></a>',
        "outlook": lambda: f'<!--[if mso]><td title="{text()}">{text()}</td><![endif]-->{text()}',
        "style": lambda: f'{text()}<style type="text/css">{draw(STYLE)}</style>{text()}',
        "text": text,
    }
    kinds = draw(st.lists(st.sampled_from(list(parts)), max_size=6))
    return "".join(parts[kind]() for kind in kinds)


@given(documents(), LANGUAGE)
@example("<b>*</b>*|UNSUB|*", LANGUAGES["stars"])
@example(f"{{{token('unsubscribe')}}}", LANGUAGES["braces"])
@example(f"{token('first-name')}|UNSUB|*", LANGUAGES["stars"])
def test_in_html_the_only_openings_are_those_of_the_tags(html: str, language: Language) -> None:
    assert (
        arisen(
            Delimiters(language.openings).escape_html(own(html, language), language.tags), language
        )
        == []
    )


@given(documents(), LANGUAGE)
def test_in_html_a_reader_reads_the_same(html: str, language: Language) -> None:
    given_html = own(html, language)
    before, after = (
        read(given_html),
        read(Delimiters(language.openings).escape_html(given_html, language.tags)),
    )
    assert after.seen == before.seen
    assert after.words == before.words
    assert after.comments == before.comments
    assert after.styles.replace(" ", "") == before.styles.replace(" ", "")


@given(documents(), LANGUAGE)
def test_in_html_every_tag_stays_and_nothing_is_done_twice(html: str, language: Language) -> None:
    given_html, openings = own(html, language), Delimiters(language.openings)
    once = openings.escape_html(given_html, language.tags)
    assert _TOKENS.findall(once) == _TOKENS.findall(given_html)
    assert openings.escape_html(once, language.tags) == once


@given(TEXT, LANGUAGE)
@example(f"{token('first-name')}|x|*", LANGUAGES["stars"])
@example(f"*{token('first-name')}*", LANGUAGES["stars"])
@example(f"{{{token('unsubscribe')}", LANGUAGES["moustaches"])
@example(f"{token('unsubscribe')}}}", LANGUAGES["moustaches"])
@example(f"\\{token('unsubscribe')}", LANGUAGES["escapes"])
def test_text_is_unchanged_or_refused_and_refused_only_if_it_must_be(
    text: str, language: Language
) -> None:
    text = own(text, language)
    if arisen(text, language):
        with pytest.raises(CannotEscape) as refused:
            Delimiters(language.openings).escape_text(text, language.tags)
        assert refused.value.word
        assert refused.value.word in text
        assert not re.search(r"\s|[\ufdd0\ufdd1]", refused.value.word)
    else:
        assert Delimiters(language.openings).escape_text(text, language.tags) == text


@given(documents() | TEXT)
def test_a_service_without_a_language_gets_what_was_written(text: str) -> None:
    tags = LANGUAGES["braces"].tags
    assert Delimiters().escape_html(text, tags) == text
    assert Delimiters().escape_text(text, tags) == text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{{name}}", "{{name}}"),
        ("Dear {{name}}, all", "{{name}},"),
        ("a b{%c\nd", "b{%c"),
        (f"Dear {token('unsubscribe')}{{{{b c", "{{b"),
        (f"x{{{{y{token('unsubscribe')}z", "x{{y"),
        (f"x{token('unsubscribe')}}}y z", "}y"),
    ],
)
def test_the_word_is_named(text: str, word: str) -> None:
    language = LANGUAGES["braces"]
    with pytest.raises(CannotEscape, match=re.escape(word)) as refused:
        Delimiters(language.openings).escape_text(text, language.tags)
    assert refused.value.word == word


@pytest.mark.parametrize(
    "text",
    ["{ {", "{", "}}", "* |", "100 % {a}", "", f"{{a {token('unsubscribe')} }}", "[[first-name]]"],
)
def test_what_is_near_to_it_is_no_lookalike(text: str) -> None:
    assert Delimiters(("{{", "{%", "*|")).escape_text(text, LANGUAGES["braces"].tags) == text


def test_html_shows_how() -> None:
    html = '<style>a{b:c}@media x{d{e:f}}@media y{{}}</style><p title="{{a}}">{{{b}} {c}</p>'
    hidden = '<style>a{b:c}@media x{d{e:f}}@media y{ {}}</style><p title="&#123;{a}}">&#123;&#123;{b}} {c}</p>'
    assert Delimiters(("{{",)).escape_html(html, {}) == hidden
