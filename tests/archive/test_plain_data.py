"""Whatever an issue has in it is the same after it was JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.archive.plain_data import from_json, to_json
from newsletter.archive.reading import read_archive
from newsletter.manifest import Project, read_issue
from newsletter.model import Issue
from newsletter.text.markdown import Title
from tests.strategies import PUBLICATION, issues, publications


def titles(issue: Issue) -> list[str | None]:
    return [getattr(item.title, "markdown", None) for item in issue.items]


@settings(max_examples=100, deadline=None)
@given(issues(st.just(PUBLICATION) | publications()))
def test_an_issue_comes_back_as_it_was(issue: Issue) -> None:
    back = from_json(to_json(issue))
    assert back == issue
    assert back.model_dump() == issue.model_dump()
    assert [item.key for item in back.items] == [item.key for item in issue.items]
    assert titles(back) == titles(issue)
    assert back.model_copy(update={"number": "7"}).number == "7"


def test_every_golden_issue_comes_back(repository: Path) -> None:
    for manifest in sorted((repository / "tests" / "golden").glob("*/issues/*/issue.yaml")):
        issue = read_issue(manifest.parent)
        assert from_json(to_json(issue)) == issue


def test_what_lists_show_comes_back(repository: Path) -> None:
    for published in read_archive(Project(repository / "issues")).issues:
        plain = published._replace(folder=None)  # type: ignore[arg-type]
        back = from_json(to_json(plain))
        assert back == plain
        assert type(back.title) is type(plain.title)
        assert isinstance(back.pieces, tuple)


def test_a_title_keeps_its_emphasis() -> None:
    title = from_json(to_json(Title("A B", "A *B*")))
    assert (title, title.markdown) == ("A B", "A *B*")


def test_only_plain_data_becomes_json() -> None:
    with pytest.raises(TypeError, match="Path"):
        to_json(Path())
