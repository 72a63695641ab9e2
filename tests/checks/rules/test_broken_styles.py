"""broken-styles: style sheets that mail clients drop."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom
from tests.checks.planted.broken_styles import NARROW, NESTED


@pytest.mark.parametrize(
    "css",
    [
        "",
        "@media (max-width: 480px) { .a { margin: 0 } } @media print { .a { margin: 0 } }",
        "@media print { .a::before { content: '@media { @media' } /* @media } */ }",
        "@media print { .a { background: url('x@media.png') } }",
        "<!-- .a { margin: 0 } -->",
        "@font-face { font-family: A }",
        "@import 'other.css'",
        ".a { *zoom: 1; color }",
    ],
)
def test_sound_styles(newsroom: Newsroom, css: str) -> None:
    assert newsroom.html(f"<style>{css}</style>").told("broken-styles") == []


def test_a_media_attribute_is_not_an_at_rule(newsroom: Newsroom) -> None:
    newsroom.html('<style media="screen">@media (max-width: 480px) { .a { margin: 0 } }</style>')
    assert newsroom.told("broken-styles") == []


def test_styles_for_outlook_alone_are_not_gmails(newsroom: Newsroom) -> None:
    newsroom.html("<!--[if mso]><style>@media print { @page { margin: 0 } }</style><![endif]-->")
    assert newsroom.told("broken-styles") == []


def test_a_nested_rule_is_reported_at_its_line_in_the_theme(newsroom: Newsroom) -> None:
    (finding,) = newsroom.theme("style.css", NARROW, NESTED + "\n  .text {").told("broken-styles")
    lines = (newsroom.folder / "templates/bionews/style.css").read_text("utf-8").split("\n")
    line = lines.index("  @media (orientation: portrait) {") + 1
    assert (finding.severity, finding.place) == ("error", f"templates/bionews/style.css:{line}")
    assert (
        "'@media (orientation: portrait)' is inside '@media (max-width: 480px)'" in finding.message
    )


@pytest.mark.parametrize(
    ("css", "inner"),
    [
        ("@media print { @font-face { font-family: A } }", "@font-face"),
        (
            "@supports (display: grid) { .a { margin: 0 } @media print { .a { margin: 0 } } }",
            "@media print",
        ),
        ("@media print { .a { @media screen { margin: 0 } } }", "@media screen"),
        ("@media print { @charset; }", "@charset"),
        ("@media print { @nothing", "@nothing"),
    ],
)
def test_any_at_rule_in_any_other_counts(newsroom: Newsroom, css: str, inner: str) -> None:
    findings = newsroom.html(f"<style>{css}</style>").told("broken-styles")
    assert findings[0].message.startswith(f"'{inner}' is inside '@")
    assert findings[0].place == "templates/bionews/style.css"


def test_each_of_several_is_reported(newsroom: Newsroom) -> None:
    newsroom.html(
        "<style>@media print { @page { margin: 0 } @media screen { .a { margin: 0 } } }</style>"
    )
    assert len(newsroom.told("broken-styles")) == 2


@pytest.mark.parametrize(
    ("css", "fault"),
    [
        (".a { margin: 0", "never closed"),
        ("@media print { .a { margin: 0 }", "never closed"),
        (".a { margin: 0 } /* and so on", "never closed"),
        (".a { content: 'x\n; margin: 0 }", "never closed"),
        (".a { margin: 0 }}", "never opened"),
        (".a { width: calc(1px + 2px)) }", "never opened"),
    ],
)
def test_brackets_and_quotes_need_their_partner(newsroom: Newsroom, css: str, fault: str) -> None:
    (finding,) = newsroom.html(f"<style>{css}</style>").told("broken-styles")
    assert finding.severity == "error"
    assert fault in finding.message
    assert "begin with '.a {" in finding.message or "begin with '@media" in finding.message
