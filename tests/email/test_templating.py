"""The values that templates are given."""

from __future__ import annotations

from pathlib import Path

from newsletter.email.calendar import calendars
from newsletter.email.templating import VALUES, values
from newsletter.manifest import read_issue
from newsletter.model import Issue
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
