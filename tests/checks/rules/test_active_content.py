"""active-content: what runs, is filled in or is fetched."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom
from tests.checks.planted.active_content import in_theme


@pytest.mark.parametrize(
    "source",
    [
        "<!--[if mso]><script>1</script><style>@import url(a.css);</style><![endif]-->",
        '<p title="&lt;script&gt;">&lt;script&gt; and onclick="x" and @import url(x)</p>',
        '<a href="https://www.bionews.org.uk/?onclick=1">Form, video, script</a>',
        "<style>@font-face { font-family: A; src: local('Georgia'); }</style>",
        "<style>.a { src: url(https://www.bionews.org.uk/a.woff2) }</style>",
        '<link rel="canonical" href="https://www.bionews.org.uk/">',
        '<meta http-equiv="X-UA-Compatible" content="IE=edge">',
        '<p on="1" data-onclick="x">Words</p>',
    ],
)
def test_these_do_nothing(newsroom: Newsroom, source: str) -> None:
    assert newsroom.html(source).told("active-content") == []


@pytest.mark.parametrize(
    "tag",
    [
        *("script", "form", "input", "button", "select", "textarea", "iframe"),
        *("object", "embed", "applet", "audio", "video", "base"),
    ],
)
def test_every_element_that_does_something(newsroom: Newsroom, tag: str) -> None:
    (finding,) = newsroom.html(f"<{tag}></{tag}>").told("active-content")
    assert (finding.severity, finding.place) == ("error", "templates/bionews/email.mjml.j2")
    assert finding.message.startswith(f"<{tag}> is a")


def test_old_frames(newsroom: Newsroom) -> None:
    findings = newsroom.html("<!doctype html><html><frameset><frame></frameset></html>").told(
        "active-content"
    )
    assert sorted(finding.message.split()[0] for finding in findings) == ["<frame>", "<frameset>"]


def test_many_of_a_kind_are_reported_once(newsroom: Newsroom) -> None:
    assert len(newsroom.html("<input><input><INPUT>").told("active-content")) == 1


def test_what_the_theme_brings_is_reported_at_its_line(newsroom: Newsroom) -> None:
    in_theme('<link rel="stylesheet" href="https://www.bionews.org.uk/email.css">')(newsroom)
    (finding,) = newsroom.told("active-content")
    lines = (newsroom.folder / "templates/bionews/email.mjml.j2").read_text("utf-8").split("\n")
    line = next(number for number, text in enumerate(lines, start=1) if "<link" in text)
    assert finding.place == f"templates/bionews/email.mjml.j2:{line}"


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ('<link rel="preload StyleSheet" href="a.css">', "<link> fetches a style sheet."),
        ('<meta http-equiv=" Refresh " content="1">', "<meta http-equiv=refresh> reloads"),
        (
            '<img src="https://www.bionews.org.uk/a.png" alt="A" onerror="x">',
            "'onerror' of <img> is a script.",
        ),
        ('<svg ONLOAD="x"></svg>', "'onload' of <svg> is a script."),
        ('<style>@import "a.css";</style>', "'@import' fetches a style sheet."),
        ('<style>@import "a.css" print;</style>', "'@import' fetches a style sheet."),
        ("<style>@font-face{src:local(A),URL(a.woff2)}</style>", "'@font-face' fetches a font"),
        (
            "<style media=screen>@media screen{@font-face{src:url(a)}}</style>",
            "'@font-face' fetches a font",
        ),
    ],
)
def test_other_ways(newsroom: Newsroom, source: str, what: str) -> None:
    (finding,) = newsroom.html(source).told("active-content")
    assert finding.severity == "error"
    assert finding.message.startswith(what)
