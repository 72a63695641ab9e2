"""Whatever an issue has in it is the same after it was bytes."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.archive.issues.pickled import from_bytes, to_bytes
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
    back = from_bytes(to_bytes(issue))
    assert back == issue
    assert back.model_dump() == issue.model_dump()
    assert [item.key for item in back.items] == [item.key for item in issue.items]
    assert titles(back) == titles(issue)
    assert back.model_copy(update={"number": "7"}).number == "7"


def test_every_golden_issue_comes_back(repository: Path) -> None:
    for manifest in sorted((repository / "tests" / "golden").glob("*/issues/*/issue.yaml")):
        issue = read_issue(manifest.parent)
        assert from_bytes(to_bytes(issue)) == issue


def test_what_lists_show_comes_back(repository: Path) -> None:
    for published in read_archive(Project(repository / "issues")).issues:
        plain = published._replace(folder=None)  # type: ignore[arg-type]
        back = from_bytes(to_bytes(plain))
        assert back == plain
        assert type(back.title) is type(plain.title)
        assert isinstance(back.pieces, tuple)


def test_a_title_keeps_its_emphasis() -> None:
    title = from_bytes(to_bytes(Title("A B", "A *B*")))
    assert (title, title.markdown) == ("A B", "A *B*")


@pytest.mark.parametrize("harmful", [os.system, Path, print])
def test_bytes_make_nothing_but_our_classes(harmful: object) -> None:
    with pytest.raises(pickle.UnpicklingError, match="is not one of ours"):
        from_bytes(to_bytes(harmful))
