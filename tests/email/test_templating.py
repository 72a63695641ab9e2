"""The values that templates are given."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.email.templating import VALUES, values
from newsletter.manifest import read_issue
from newsletter.model import Image, Issue, News, Section
from newsletter.theme import compile_theme


def given(issue: Issue, repository: Path) -> dict[str, object]:
    return values(issue, compile_theme("bionews", repository / "templates"), "Subject", "Preheader")


def test_templates_are_given_what_theme_check_takes_for_known(repository: Path) -> None:
    assert set(given(read_issue(repository / "issues" / "652"), repository)) == set(VALUES)


@pytest.mark.parametrize(
    ("width", "height", "shown"),
    [
        (1152, 480, 576),
        (400, 200, 400),
        (1200, 1800, 288),
        (100, 300, 100),
        (None, None, 576),
        (900, None, 576),
    ],
)
def test_a_picture_is_as_wide_as_it_is_but_no_wider_than_its_place(
    repository: Path, width: int | None, height: int | None, shown: int
) -> None:
    item = News(
        title="One", picture=Image(src="images/a b.png", alt="", width=width, height=height)
    )
    sections = (Section(kind="news", items=(item,)),)
    issue = read_issue(repository / "issues" / "652").model_copy(update={"sections": sections})
    picture = given(issue, repository)["picture"]
    assert callable(picture)
    assert picture(item) == ("https://www.bionews.org.uk/pictures/652/images/a%20b.png", shown)
