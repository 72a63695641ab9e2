"""The findings, in each format."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import click
import pytest

from newsletter._version import __version__
from newsletter.checks import manual
from newsletter.checks.formats import text_of
from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight
from newsletter.checks.report import Report
from newsletter.checks.verdict import counted, verdict
from newsletter.errors import ManifestError, ThemeError
from newsletter.model import Finding, Severity
from newsletter.problem import Problem


@pytest.fixture(scope="module")
def clean(repository: Path) -> Report:
    """A report of issue 596 without findings."""
    report = preflight(galley_of(repository / "issues" / "596"), only=["gmail-clipping"])
    assert report.findings == report.ignored == ()
    return report


def finding(
    severity: Severity, file: str, line: int | None, what: str, hint: str = "Fix it."
) -> Finding:
    return Finding("far-date", severity, Problem(Path(file), line, what, hint))


@pytest.fixture
def report(clean: Report) -> Report:
    """A report with one finding of each severity, and one that is ignored."""
    findings = (
        finding("error", "issues/596/issue.yaml", 3, "Bad: 100% of it."),
        finding("info", "issues/596/issue.yaml", 4, "Good to know."),
        finding("warning", "templates/bionews/style.css", None, "Odd,\nreally."),
    )
    ignored = (
        replace(finding("warning", "issues/596/issue.yaml", 5, "Known."), ignored="It is old."),
    )
    return replace(clean, findings=findings, ignored=ignored)


def test_the_verdict_is_one_line(clean: Report, report: Report) -> None:
    assert verdict(clean) == "BioNews 596 is ready."
    assert verdict(report) == "BioNews 596 is not ready: 1 error must be fixed."
    two = replace(report, findings=report.findings[:1] * 2)
    assert verdict(two) == "BioNews 596 is not ready: 2 errors must be fixed."
    warned = replace(report, findings=report.findings[1:])
    assert verdict(warned) == "BioNews 596 is ready, with 1 warning to look at."


def test_findings_are_counted_in_words(report: Report) -> None:
    assert counted(report.findings) == "1 error and 1 warning"
    assert counted(report.findings[:1] * 2) == "2 errors"
    assert counted(report.findings[1:2]) == "nothing to fix"
    assert counted(()) == "nothing to fix"


def test_a_terminal_gets_findings_by_file_one_on_each_line_and_why_they_matter(
    report: Report,
) -> None:
    lines = click.unstyle(text_of("terminal", [report])).split("\n")
    assert lines[:4] == [
        "issues/596/issue.yaml",
        "   3  error    Bad: 100% of it. Fix it.  far-date",
        "   4  info     Good to know. Fix it.  far-date",
        "",
    ]
    assert lines[4] == "templates/bionews/style.css"
    assert lines[-1] == "BioNews 596 is not ready: 1 error must be fixed. 1 finding ignored."
    assert sum(line.startswith("far-date: ") for line in lines) == 1
    assert " ".join(manual.page("far-date").why.split())[:40] in "\n".join(lines)


def test_a_terminal_is_coloured(clean: Report, report: Report) -> None:
    assert "\x1b[31m" in text_of("terminal", [report])
    assert "\x1b[32m" in text_of("terminal", [clean])


def test_an_info_does_not_say_why_it_matters(report: Report) -> None:
    infos = replace(report, findings=report.findings[1:2], ignored=())
    assert click.unstyle(text_of("terminal", [infos])).split("\n")[2:] == [
        "",
        "BioNews 596 is ready.",
    ]


def test_for_many_checks_it_says_where_to_read_why_they_matter(report: Report) -> None:
    many = replace(
        report,
        findings=tuple(replace(report.findings[0], check=name) for name in manual.names()[:6]),
    )
    lines = click.unstyle(text_of("terminal", [many])).split("\n")
    assert "'newsletter explain RULE' says why each of these matters." in lines
    assert not any(line.startswith(f"{manual.names()[0]}: ") for line in lines)


def test_control_characters_of_an_author_do_not_reach_the_terminal(report: Report) -> None:
    odd = replace(report, findings=(finding("error", "a.yaml", 1, "Look: \x1b[2J and \r that."),))
    assert "\x1b[2J" not in text_of("terminal", [odd])
    assert "\r" not in text_of("terminal", [odd])


def test_each_format_names_the_emails_that_a_finding_is_about(report: Report) -> None:
    in_two = replace(report.findings[0], formats=("full", "text"))
    both = replace(report, findings=(in_two,), ignored=())
    said = "(full, text) Bad: 100% of it. Fix it."
    assert f"   3  error    {said}  far-date" in click.unstyle(text_of("terminal", [both]))
    assert f"::{said.replace('%', '%25')}%0A" in text_of("github", [both])

    (run,) = json.loads(text_of("sarif", [both]))["runs"]
    assert run["results"][0]["message"]["text"] == said
    (issue,) = json.loads(text_of("json", [both]))["issues"]
    assert issue["findings"][0]["formats"] == ["full", "text"]
    assert issue["findings"][0]["message"] == "Bad: 100% of it."


def test_json_has_everything(report: Report) -> None:
    answer = json.loads(text_of("json", [report]))
    assert (answer["format"], answer["version"]) == (1, __version__)
    (issue,) = answer["issues"]
    assert (issue["publication"], issue["number"], issue["ready"]) == ("BioNews", "596", False)
    assert issue["findings"][0] == {
        "check": "far-date",
        "severity": "error",
        "file": "issues/596/issue.yaml",
        "line": 3,
        "message": "Bad: 100% of it.",
        "hint": "Fix it.",
        "why": manual.page("far-date").why,
        "item": None,
    }
    assert issue["findings"][2]["line"] is None
    assert issue["ignored"][0]["reason"] == "It is old."


def test_github_gets_annotations_with_its_own_escapes(report: Report) -> None:
    first, second, third = text_of("github", [report]).split("\n")
    assert first.startswith(
        "::error file=issues/596/issue.yaml,line=3,title=far-date::Bad: 100%25 of it. Fix it.%0A%0AWhy it matters: "
    )
    assert second.startswith("::notice file=issues/596/issue.yaml,line=4,")
    assert third.startswith(
        "::warning file=templates/bionews/style.css,title=far-date::Odd,%0Areally."
    )


def test_github_properties_cannot_be_broken_out_of(report: Report) -> None:
    odd = replace(report, findings=(finding("error", "a,line=9::b.yaml", 1, "::error::x"),))
    line = text_of("github", [odd])
    assert line.startswith("::error file=a%2Cline=9%3A%3Ab.yaml,line=1,")


@pytest.mark.parametrize("form", ["terminal", "github"])
def test_what_controls_a_terminal_is_not_in_it(report: Report, form: str) -> None:
    hostile = "a\x1b[2J\x1b[8mb\u202ec\r\n::error::d\x9be"
    odd = replace(
        report,
        findings=(finding("warning", f"{hostile}.yaml", 1, f"Bad: {hostile}.", f"Not {hostile}."),),
    )
    text = click.unstyle(text_of(form, [odd])).removeprefix("::warning file=")
    assert not re.search("[\x1b\x9b\r\u202e]", text)
    assert not re.search("^::", text, re.MULTILINE)


def test_json_is_the_same_whatever_shell_it_passes(report: Report) -> None:
    names = replace(report, findings=(finding("error", "Łódź \udcff.yaml", 1, "TNF-α\x9b\u202e"),))
    for form in ("json", "sarif"):
        assert text_of(form, [names]).isascii()
    (issue,) = json.loads(text_of("json", [names]))["issues"]
    assert (issue["findings"][0]["file"], issue["findings"][0]["message"]) == (
        "Łódź \udcff.yaml",
        "TNF-α\x9b\u202e",
    )


def test_sarif_gives_places_as_addresses(report: Report) -> None:
    names = replace(report, findings=(finding("error", "issues/596/a film: 100%.md", 1, "Bad."),))
    (run,) = json.loads(text_of("sarif", [names]))["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "issues/596/a%20film%3A%20100%25.md"


def test_sarif_names_the_rules_the_places_and_what_is_suppressed(report: Report) -> None:
    (run,) = json.loads(text_of("sarif", [report]))["runs"]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(manual.names())
    assert [result["level"] for result in run["results"]] == ["error", "note", "warning", "warning"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "issues/596/issue.yaml"},
        "region": {"startLine": 3},
    }
    assert "region" not in run["results"][2]["locations"][0]["physicalLocation"]
    assert run["results"][3]["suppressions"] == [
        {"kind": "inSource", "justification": "It is old."}
    ]
    assert not any("suppressions" in result for result in run["results"][:3])


@pytest.mark.parametrize(("error", "check"), [(ManifestError, "manifest"), (ThemeError, "theme")])
def test_what_could_not_be_checked_is_shown_like_a_finding(
    clean: Report, error: type[ManifestError | ThemeError], check: str
) -> None:
    failed = error.at(Path("issues/7/issue.yaml"), 2, "A colon is missing.", "Add it.")
    shown = click.unstyle(text_of("terminal", [clean, failed]))
    assert shown.startswith("BioNews 596 is ready.\n\nissues/7/issue.yaml\n")
    assert shown.endswith("It could not be checked: fix 1 mistake first.")
    (issue,) = json.loads(text_of("json", [failed]))["issues"]
    assert (issue["number"], issue["ready"], issue["findings"][0]["check"]) == (None, False, check)
    assert text_of("github", [failed]).startswith(
        f"::error file=issues/7/issue.yaml,line=2,title={check}::A colon"
    )
    assert json.loads(text_of("sarif", [failed]))["runs"][0]["results"][0]["ruleId"] == check
