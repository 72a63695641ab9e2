"""A reference to another issue is a link where that issue exists, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.archive.issues.references import mentions, with_references
from newsletter.archive.pages import all_pages
from newsletter.text.markdown import to_html, tokens
from tests.archive.small import Small

EXISTING = {"606": "/606/", "1268a": "/1268a/"}


def html(source: str, name: str = "BioNews") -> str:
    blocks = with_references(tokens(source), name, EXISTING.get)
    return str(to_html(blocks, {})).strip().removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("(see BioNews 606).", '(see <a href="/606/">BioNews 606</a>).'),
        ("BioNews\N{NO-BREAK SPACE}1268a", '<a href="/1268a/">BioNews\N{NO-BREAK SPACE}1268a</a>'),
        ("BioNews 606: eggs", '<a href="/606/">BioNews 606</a>: eggs'),
        ("see *BioNews 606*", 'see <em><a href="/606/">BioNews 606</a></em>'),
        ("*BioNews* 606, too", '<em>BioNews</em> <a href="/606/">606</a>, too'),
        ("BioNews\n606", 'BioNews\n<a href="/606/">606</a>'),
        (
            "BioNews 606 and BioNews 1268a",
            '<a href="/606/">BioNews 606</a> and <a href="/1268a/">BioNews 1268a</a>',
        ),
    ],
)
def test_a_reference_leads_to_its_issue(source: str, expected: str) -> None:
    assert html(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "BioNews 607",
        "BioNews 6060 and BioNews 606b",
        "BioNews 606,000 or BioNews 606.5 or BioNews 606-7",
        "OldBioNews 606",
        "BioNews: 606",
        "`BioNews 606`",
        "`BioNews` 606",
        "[BioNews 606](https://example.org/)",
        "[BioNews](https://example.org/) 606",
        "[see *BioNews* 606](https://example.org/)",
        "https://example.org/BioNews 606",
    ],
)
def test_what_is_no_reference_stays_as_it_is(source: str) -> None:
    assert html(source) == str(to_html(tokens(source), {})).strip()[3:-4]


def test_a_name_of_several_words_may_be_on_two_lines() -> None:
    assert html("Our News\n606", "Our News") == 'Our News\n<a href="/606/">606</a>'
    assert html("Our\nNews 606", "Our News") == 'Our\nNews <a href="/606/">606</a>'


PARTS = [
    "BioNews",
    "606",
    "1268a",
    " ",
    "\n",
    "*",
    "`",
    "[",
    "](https://x.org)",
    "&nbsp;",
    "6",
    ",",
]


@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_every_issue_that_is_linked_to_is_mentioned(source: str) -> None:
    linked: list[str] = []

    def link_to(number: str) -> str:
        linked.append(number)
        return f"/{number}/"

    with_references(tokens(source), "BioNews", link_to)
    assert set(linked) == set(mentions([source], "BioNews"))


@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_readers_see_the_same_words(source: str) -> None:
    plain = to_html(tokens(source), {})
    linked = to_html(with_references(tokens(source), "BioNews", EXISTING.get), {})
    assert linked.striptags() == plain.striptags()


def test_the_digest_of_an_issue_says_which_of_those_it_mentions_are_there(tmp_path: Path) -> None:
    def digest(home: str, *numbers: str) -> bytes:
        small = Small(tmp_path / home)
        for number in numbers:
            small.write(number, {"title": "Cells"})
        small.write("607", {"title": "Eggs", "body": "See BioNews 605 and BioNews 606."})
        return small.read().by_number["607"].digest

    found = [
        digest("none"),
        digest("one", "605"),
        digest("other", "606"),
        digest("both", "605", "606"),
    ]
    assert len(set(found)) == 4
    assert digest("none of these", "604") == found[0]


def test_every_text_of_an_issue_leads_to_others(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.write("606", {"title": "Cells"})
    item = {"title": "Eggs", "teaser": "See BioNews 606.", "body": "More in BioNews 606."}
    folder = small.write("607", item)
    manifest = folder / "issue.yaml"
    text = manifest.read_text("utf-8")
    manifest.write_text(f"{text}welcome: As in BioNews 606.\n", "utf-8")

    pages = {page.path: page for page in all_pages(small.read())}
    on_issue = pages["607/index.html"].make().decode()
    assert on_issue.count('<a href="/606/">BioNews 606</a>') >= 2
    on_piece = pages["607/eggs/index.html"].make().decode()
    assert '<a href="/606/">BioNews 606</a>' in on_piece
