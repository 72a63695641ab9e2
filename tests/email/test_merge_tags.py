"""Merge tags: only ours are tokens, and none survives filling."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from wcwidth import wcswidth

from newsletter.email.merge_tags import NAMES, fill, from_written, own_values, token
from newsletter.model import Email, Issue, MergeTagName, News, Publication, Section
from newsletter.text.markdown import to_html, to_text, tokens

MARKS = {"\ufdd0", "\ufdd1"}
VALUES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=MARKS), min_size=1
)
WORDS = st.lists(
    st.one_of(
        st.sampled_from([*map(token, NAMES), "[[first-name]]"]), st.text("ab <&>'", max_size=9)
    )
)


def email_of(
    text: str, html: str = "", subject: str = "s", preheader: str = "p", width: int = 40
) -> Email:
    publication = Publication(
        name="N", publisher="P", home_page="https://a.org/", sender="a@a.org", time_zone="Europe/London", day="Monday",
        time="17:00", postal_address="1 Road", why="w", unsubscribe="mailto:a@a.org?subject=stop&body=x",
        archive="https://a.org/issues/", pictures="https://a.org/p/", text_width=width,
        merge_tag_samples={"first-name": "Ada"},
    )  # fmt: skip
    sections = (Section(kind="news", items=(News(title="t"),)),)
    issue = Issue(publication=publication, number="7", date=date(2012, 4, 16), sections=sections)
    return Email(issue=issue, subject=subject, preheader=preheader, html=html, text=text)


@given(WORDS.map(" ".join), st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES)))
def test_no_token_is_left_anywhere(written: str, values: dict[MergeTagName, str]) -> None:
    filled = fill(email_of(written, written, written, written), values)
    for part in (filled.text, filled.html, filled.subject, filled.preheader):
        assert not MARKS & set(part)


@given(st.sampled_from(NAMES), VALUES)
def test_values_are_text_in_html_and_in_its_addresses(name: MergeTagName, value: str) -> None:
    html = f'<p title="{token(name)}">{token(name)}</p>'
    filled = fill(email_of("", html), dict.fromkeys(NAMES, value)).html
    paragraph = lxml_html.fromstring(filled)
    assert paragraph.tag == "p"
    assert len(paragraph) == 0
    assert paragraph.text_content() == value
    assert paragraph.get("title") == value


def test_values_are_as_they_are_in_subject_preheader_and_text() -> None:
    tag = token("first-name")
    filled = fill(
        email_of(f"Dear {tag},", "", f"For {tag}", f"{tag}!"), dict.fromkeys(NAMES, "A & <B>")
    )
    assert (filled.text, filled.subject, filled.preheader) == (
        "Dear A & <B>,",
        "For A & <B>",
        "A & <B>!",
    )


def test_the_publications_own_values_lead_to_its_own_pages() -> None:
    assert own_values(email_of("").issue) == {
        "unsubscribe": "mailto:a@a.org?subject=stop&body=x",
        "web-version": "https://a.org/issues/7/",
        "first-name": "Ada",
        "address": "1 Road",
        "preferences": "",
    }


def test_the_postal_address_is_in_type_unless_nothing_is() -> None:
    issue = email_of("").issue
    written = "140 Gray's Inn Road, London WC1X 8AX"
    for typography, expected in (
        (True, "140 Gray’s Inn Road, London WC1X\xa08AX"),
        (False, written),
    ):
        fields = {"postal_address": written, "typography": typography}
        publication = issue.publication.model_copy(update=fields)
        changed = issue.model_copy(update={"publication": publication})
        assert own_values(changed)["address"] == expected


@given(st.lists(st.text("ab", min_size=1, max_size=9), min_size=1, max_size=40).map(" ".join))
def test_filled_lines_that_became_too_long_are_wrapped(value: str) -> None:
    filled = fill(
        email_of(f"Dear {token('first-name')}, welcome."), dict.fromkeys(NAMES, value)
    ).text
    assert all(wcswidth(line) <= 40 for line in filled.split("\n"))
    assert " ".join(filled.split()) == f"Dear {value}, welcome."


def test_paragraphs_are_filled_and_not_wrapped() -> None:
    email = email_of("").model_copy(update={"paragraphs": f"Dear {token('first-name')}"})
    assert (
        fill(email, dict.fromkeys(NAMES, "x " * 40 + "x")).paragraphs == "Dear " + "x " * 40 + "x"
    )


def test_lines_without_a_token_are_left_alone() -> None:
    text = "x " * 40 + "\n    four\n\n  - a"
    assert fill(email_of(text), dict.fromkeys(NAMES, "v")).text == text


def test_a_filled_address_stays_whole_and_alone() -> None:
    address = "https://a.org/" + "b" * 80
    text = fill(
        email_of(f"Unsubscribe:\n{token('unsubscribe')}\nBye"), dict.fromkeys(NAMES, address)
    ).text
    assert text == f"Unsubscribe:\n{address}\nBye"


@pytest.mark.parametrize(
    ("start", "rest"),
    [("> ", "> "), ("- ", "  "), ("10. ", "    "), ("> - ", ">   "), ("  ", "  ")],
)
def test_quotations_and_lists_keep_their_form_when_filled(start: str, rest: str) -> None:
    filled = fill(
        email_of(f"{start}Dear {token('first-name')}"), dict.fromkeys(NAMES, "x " * 20 + "end")
    ).text
    first, second = filled.split("\n")
    assert first.startswith(f"{start}Dear x")
    assert second.startswith(f"{rest}x")


@pytest.mark.parametrize("name", NAMES)
def test_a_written_tag_becomes_a_token(name: MergeTagName) -> None:
    assert from_written(f"Dear [[{name}]], *[[{name}]]*") == f"Dear {token(name)}, *{token(name)}*"


@pytest.mark.parametrize(
    "written",
    [
        "[[surname]]", "[first-name]", "[[First-Name]]", "{{first-name}}", r"\[[first-name]]",
        "[a](https://a.org/?n=[[first-name]])", "[a](<https://a.org/?n=[[first-name]]>)",
        "[a]( https://a.org/[[first-name]] )",
        "<https://a.org/[[first-name]]>", "[a]([[unsubscribe]])",
    ],
)  # fmt: skip
def test_anything_else_stays_what_it_is(written: str) -> None:
    assert from_written(written) == written


@given(
    st.lists(
        st.sampled_from(
            [
                "[[first-name]]",
                "[",
                "](",
                "https://a.org/",
                ")",
                "<",
                ">",
                "\\",
                "*",
                "_",
                "~",
                "^",
                " ",
                "\n",
                "a",
            ]
        )
    ).map("".join)
)
def test_a_token_comes_through_markdown_whole(written: str) -> None:
    source = from_written(written)
    blocks = tokens(source)
    for part in (str(to_html(blocks, {})), to_text(blocks, 40)):
        assert "%EF%B7%9" not in part
        assert part.count(token("first-name")) == part.count("\ufdd0") == part.count("\ufdd1")
    assert str(to_html(blocks, {})).count("\ufdd0") == source.count("\ufdd0")
