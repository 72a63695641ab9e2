"""The values that templates are given."""

from __future__ import annotations

from pathlib import Path

from newsletter.email.calendar import calendars
from newsletter.email.rendering import render
from newsletter.email.templating import VALUES, values
from newsletter.manifest import read_issue
from newsletter.model import Issue, News, Section
from newsletter.pictures.preparing import NO_PICTURES
from newsletter.theme import compile_theme


def given(issue: Issue, repository: Path) -> dict[str, object]:
    return values(
        issue,
        compile_theme("bionews", repository / "templates"),
        NO_PICTURES,
        calendars(issue),
        "Subject",
        "Preheader",
    )


def test_templates_are_given_what_theme_check_takes_for_known(repository: Path) -> None:
    assert set(given(read_issue(repository / "issues" / "652"), repository)) == set(VALUES)


def test_a_title_that_runs_the_other_way_is_set_apart(repository: Path) -> None:
    issue = read_issue(repository / "issues" / "652")
    section = Section(kind="news", items=(News(title="שלום (1)"), News(title="Peace (1)")))
    html = render(
        issue.model_copy(update={"sections": (section,)}),
        compile_theme("bionews", repository / "templates"),
    ).html
    assert "<bdi>שלום (1)</bdi>" in html
    assert html.count("<bdi>") == 1
