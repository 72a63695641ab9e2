"""Every byte of an email is counted once, under its kind."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.email.building import draft
from newsletter.email.merge_tags import own_email
from newsletter.email.typesetting import lines_in_type
from newsletter.manifest import Project, read_manuscript
from newsletter.pictures.preparing import NO_PICTURES, prepare
from newsletter.preview.weight import KINDS, Kind, pieces, weigh, weigh_items

GOLDEN = sorted((Path(__file__).resolve().parents[1] / "golden").glob("*/expected/email.html"))
PARTS = (
    "<", ">", '"', "'", "=", "/", "<p", "</p>", "<!--", "-->", "<!--[if mso]>", "<![endif]-->", "<!--[if !mso]><!-->",
    "<!--<![endif]-->", "<style>", "</style>", ' style="', " href='", ' alt="', "<style ", "a", " ", "\n", "遺",
)  # fmt: skip


def kinds(html: str) -> list[tuple[Kind, str]]:
    """Return the pieces, with neighbours of one kind joined."""
    together: list[tuple[Kind, str]] = []
    for kind, piece in pieces(html):
        if together and together[-1][0] == kind:
            together[-1] = (kind, together[-1][1] + piece)
        elif piece:
            together.append((kind, piece))
    return together


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.parts[-3])
def test_the_pieces_of_an_email_joined_are_the_email(file: Path) -> None:
    html = file.read_text("utf-8")
    assert "".join(piece for _, piece in pieces(html)) == html
    assert {kind for kind, _ in pieces(html)} == set(KINDS)


@given(st.text() | st.lists(st.sampled_from(PARTS)).map("".join))
def test_the_pieces_of_anything_joined_are_that(html: str) -> None:
    assert "".join(piece for _, piece in pieces(html)) == html


@given(st.lists(st.sampled_from(PARTS)).map("".join))
def test_the_kinds_together_weigh_what_all_weighs(html: str) -> None:
    assert weigh(html).total() == len(html.encode())


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.parts[-3])
def test_an_email_weighs_its_bytes(file: Path) -> None:
    assert weigh(file.read_text("utf-8")).total() == file.stat().st_size


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("words", [("text", "words")]),
        ("<p>words</p>", [("tags", "<p>"), ("text", "words"), ("tags", "</p>")]),
        ('<p style="margin:0">', [("tags", "<p"), ("styles", ' style="margin:0"'), ("tags", ">")]),
        ("<p style='margin:0'>", [("tags", "<p"), ("styles", " style='margin:0'"), ("tags", ">")]),
        ('<a href="https://a.org/">', [("tags", '<a href="'), ("addresses", "https://a.org/"), ("tags", '">')]),
        ('<img src="a.png">', [("tags", '<img src="'), ("addresses", "a.png"), ("tags", '">')]),
        ('<img alt="A lab">', [("tags", '<img alt="'), ("text", "A lab"), ("tags", '">')]),
        ('<img alt="">', [("tags", '<img alt="">')]),
        ('<img alt="It\'s > 1">', [("tags", '<img alt="'), ("text", "It's > 1"), ("tags", '">')]),
        ("<a href='x?a=\"b\"'>", [("tags", "<a href='"), ("addresses", 'x?a="b"'), ("tags", "'>")]),
        ('<div data-style="x" class="href">', [("tags", '<div data-style="x" class="href">')]),
        (
            '<a title="t" href="h" style="s">',
            [("tags", '<a title="'), ("text", "t"), ("tags", '" href="'), ("addresses", "h"), ("tags", '"'),
             ("styles", ' style="s"'), ("tags", ">")],
        ),
        ("<style>p { color: red }</style>", [("styles", "<style>p { color: red }</style>")]),
        (
            '<style type="text/css">a > b {}</style>x',
            [("styles", '<style type="text/css">a > b {}</style>'), ("text", "x")],
        ),
        ("<!-- a note -->", [("tags", "<!-- a note -->")]),
        ("<!-- <p>no\n text</p> -->yes", [("tags", "<!-- <p>no\n text</p> -->"), ("text", "yes")]),
        (
            "<!--[if mso]><p>Outlook</p>\n<![endif]-->x",
            [("outlook", "<!--[if mso]><p>Outlook</p>\n<![endif]-->"), ("text", "x")],
        ),
        ("<!--[if mso | IE]><td><![endif]-->", [("outlook", "<!--[if mso | IE]><td><![endif]-->")]),
        (
            "<!--[if !mso]><!--><p>others</p><!--<![endif]-->",
            [("outlook", "<!--[if !mso]><!-->"), ("tags", "<p>"), ("text", "others"), ("tags", "</p>"),
             ("outlook", "<!--<![endif]-->")],
        ),
        ("1 < 2", [("text", "1 < 2")]),
        ("", []),
    ],
)  # fmt: skip
def test_a_piece_has_the_kind_of_its_use(html: str, expected: list[tuple[Kind, str]]) -> None:
    assert kinds(html) == expected


def test_bytes_are_counted_not_characters() -> None:
    assert weigh("遺<b>é</b>") == Counter(text=5, tags=7, addresses=0, styles=0, outlook=0)


def test_an_item_costs_what_the_email_is_lighter_without_it(newsletter_folder: Path) -> None:
    folder = newsletter_folder / "issues" / "652"
    manifest = folder / "issue.yaml"
    text = manifest.read_text("utf-8").replace(
        "number: 652", "number: 652\nsubject: S\npreheader: P", 1
    )
    manifest.write_text(text, "utf-8")
    email = draft(folder)
    whole = weigh(own_email(email).html)
    costs = {
        cost.title: cost
        for cost in weigh_items(email, newsletter_folder / "templates", NO_PICTURES)
    }
    assert list(costs) == [item.title for item in lines_in_type(email.issue).items]
    for title, following in (
        (
            "Rome hospital criticised for destruction of 94 embryos",
            "      - title: Scientist allegedly",
        ),
        ("Boost to egg and sperm donations needed, says HFEA", "      - title: Rome hospital"),
    ):
        start = text.index(f"      - title: {title}")
        manifest.write_text(text[:start] + text[text.index(following) :], "utf-8")
        without = weigh(own_email(draft(folder)).html)
        assert costs[title].bytes == Counter({kind: whole[kind] - without[kind] for kind in KINDS})
        assert costs[title].total == whole.total() - without.total() > 0


@pytest.mark.parametrize("case", ["smallest", "everything"])
def test_every_item_costs_something_also_where_there_is_but_one(case: str) -> None:
    issues = GOLDEN[0].parents[2] / case / "issues"
    folder = Project(issues).issue_folders()[0]
    email = draft(folder)
    pictures = prepare(read_manuscript(folder))
    costs = weigh_items(email, issues.parent / "templates", pictures)
    assert [cost.title for cost in costs] == [
        item.title for item in lines_in_type(email.issue).items
    ]
    assert all(0 < cost.total < len(email.html.encode()) for cost in costs)


def test_an_item_that_is_alone_takes_its_section_along(everything: Path) -> None:
    folder = everything / "issues" / "1268a"
    email = draft(folder)
    pictures = prepare(read_manuscript(folder))
    cost = next(
        cost
        for cost in weigh_items(email, everything / "templates", pictures)
        if cost.title == "We move"
    )
    manifest = folder / "issue.yaml"
    before, section, rest = manifest.read_text("utf-8").partition("  - kind: notices\n")
    manifest.write_text(before + rest[rest.index("  - kind: advert\n") :], "utf-8")
    without = own_email(draft(folder)).html
    assert section
    assert cost.total == len(own_email(email).html.encode()) - len(without.encode())
