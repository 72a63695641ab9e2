"""Rules about the email read each of its formats, and say in which they found something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.checks import manual, rules
from newsletter.checks.across_formats import found_in
from newsletter.checks.galley import Galley
from newsletter.checks.preflight import preflight
from newsletter.errors import PreflightError
from newsletter.model import Finding, Place
from tests.checks.galleys import FULL, HEADLINES, TEASERS, TEXT_ALONE, in_format, with_others
from tests.checks.newsroom import Newsroom
from tests.checks.web_server import Web

SCRIPT = "<script></script></body>"
WHERE = Place(Path("issue.yaml"), 1)


@pytest.fixture
def galley(newsroom: Newsroom) -> Galley:
    return newsroom.galley()


def with_script(galley: Galley) -> str:
    return galley.email.html.replace("</body>", SCRIPT)


def found(galley: Galley, rule: str) -> list[tuple[tuple[str, ...], str]]:
    return [
        (each.formats, each.problem.message) for each in preflight(galley, only=[rule]).findings
    ]


# Equal findings


def test_what_is_in_all_formats_is_one_finding_without_their_names(galley: Galley) -> None:
    finding = WHERE.error("A fault.", "Fix it.")
    three = [in_format(galley, format) for format in (TEASERS, FULL, TEXT_ALONE)]
    assert list(found_in(three, lambda _: iter([finding, finding]))) == [finding]
    assert list(found_in(three[:1], lambda _: iter([finding, finding]))) == [finding]
    assert list(found_in([], lambda _: iter([finding]))) == []


def test_what_is_in_some_is_one_finding_with_their_names(galley: Galley) -> None:
    def check(galley: Galley) -> Iterator[Finding]:
        if galley.email.format.shows == "full":
            yield WHERE.error("A fault.", "Fix it.")
        yield WHERE.error(f"Seen in {galley.email.format.name}.", "Fix it.")

    three = [in_format(galley, format) for format in (TEASERS, FULL, TEXT_ALONE)]
    assert [(each.formats, each.problem.message) for each in found_in(three, check)] == [
        (("teasers",), "Seen in teasers."),
        (("full", "text"), "A fault."),
        (("full",), "Seen in full."),
        (("text",), "Seen in text."),
    ]


# Which rule reads which formats


def test_a_rule_about_html_reads_each_format_that_has_html(galley: Galley) -> None:
    script = with_script(galley)
    leading = in_format(galley, TEASERS)
    full = in_format(galley, FULL, html=script)
    text = in_format(galley, TEXT_ALONE)
    ((formats, _),) = found(with_others(leading, full, text), "active-content")
    assert formats == ("full",)

    in_both = with_others(in_format(galley, TEASERS, html=script), full, text)
    ((formats, _),) = found(in_both, "active-content")
    assert formats == ()


def test_a_rule_about_the_email_reads_each_format(galley: Galley) -> None:
    text = f"{galley.email.text}\n<b>\n"
    of_text = with_others(in_format(galley, TEASERS), in_format(galley, TEXT_ALONE, text=text))
    ((formats, _),) = found(of_text, "text-layout")
    assert formats == ("text",)


def test_a_rule_about_the_manuscript_reads_it_once(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = manual.rule("missing-author")
    read: list[str] = []

    def check(galley: Galley) -> Iterator[Finding]:
        read.append(galley.email.format.name)
        yield WHERE.warning("Nobody wrote it.", "Ask.")

    monkeypatch.setattr(rule, "check", check)
    galley = newsroom.galley()
    ((formats, _),) = found(
        with_others(in_format(galley, TEASERS), in_format(galley, FULL)), "missing-author"
    )
    assert (read, formats) == (["teasers"], ())


@pytest.mark.parametrize("name", manual.names())
def test_a_rule_that_looks_into_the_email_says_so(name: str) -> None:
    rule = manual.rule(name)
    about = getattr(rule, "ABOUT", "manuscript")
    assert about in manual.ABOUT
    file = Path(rules.__path__[0], f"{name.replace('-', '_')}.py")
    source = file.read_text("utf-8")
    of_email = r"galley\.(?:document|links|message|headers|(?:email|sent)\.(?:html|text))\b"
    looks_into_it = re.search(of_email, source) is not None
    assert looks_into_it == (about != "manuscript")


# What there is for an issue in all its formats


def test_an_ignore_covers_a_finding_in_any_format_and_is_not_stale(newsroom: Newsroom) -> None:
    newsroom.issue(ignore=[{"rule": "active-content", "reason": "A test"}])
    galley = newsroom.galley()
    full = in_format(galley, FULL, html=with_script(galley))
    report = preflight(with_others(in_format(galley, TEASERS), full))
    assert report.findings == ()
    assert [(each.check, each.formats) for each in report.ignored] == [
        ("active-content", ("full",))
    ]


def test_each_rule_has_one_time_and_none_is_left_out(galley: Galley) -> None:
    report = preflight(with_others(in_format(galley, TEASERS), in_format(galley, TEXT_ALONE)))
    assert list(report.seconds) == [
        name for name in manual.names() if manual.page(name).needs is None
    ]
    assert report.left_out == ()


def test_an_error_in_one_format_stops_all_and_names_it(galley: Galley) -> None:
    full = in_format(galley, FULL, html=with_script(galley))
    report = preflight(with_others(in_format(galley, TEASERS), full), only=["active-content"])
    with pytest.raises(PreflightError) as stopped:
        report.require_ready()
    assert ": (full) <script> is a script." in str(stopped.value)


def test_the_web_is_asked_once_for_the_links_of_all_formats(newsroom: Newsroom, web: Web) -> None:
    newsroom.publication(
        home_page=web.at("/home"), unsubscribe=web.at("/leave"), archive=web.at("/issues")
    )
    newsroom.publication(why="You get this email because you asked for it.")
    newsroom.issue(sections=[{"kind": "news", "items": [{"title": "A story", "teaser": "Words."}]}])
    galley = newsroom.galley()
    link = f'<a href="{web.at("/404")}">a page</a></body>'
    full = in_format(galley, FULL, html=galley.email.html.replace("</body>", link))
    both = with_others(in_format(galley, TEASERS), full)

    answers: list[tuple[int, int]] = []
    report = preflight(
        both, only=["dead-link"], progress=lambda count, of: answers.append((count, of))
    )
    assert answers[-1] == (4, 4)
    assert [each.formats for each in report.findings] == [("full",)]
    assert sorted(web.asked) == [
        *("GET /404", "HEAD /404", "HEAD /home", "HEAD /issues", "HEAD /leave"),
    ]


def test_no_format_is_of_another_issue(galley: Galley, newsroom: Newsroom) -> None:
    other = newsroom.issue(subject="Another one").galley()
    with pytest.raises(ValueError, match="made from another issue"):
        preflight(with_others(galley, replace(galley, email=other.email)), only=["far-date"])


def test_files_of_all_formats_are_those_of_the_issue(newsroom: Newsroom) -> None:
    newsroom.files("lab.png   1152 x 768 pixels   90 KB\n")
    newsroom.item(title="A story", picture={"src": "lab.png", "alt": "A laboratory"})
    galley = newsroom.galley()
    (picture,) = galley.email.files
    without = in_format(galley, HEADLINES, files=())
    assert without.files == ()
    assert with_others(without, in_format(galley, FULL), in_format(galley, TEASERS)).files == (
        picture,
    )
