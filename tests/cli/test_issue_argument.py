"""Which issue an editor means by what they type."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.cli.issue_argument import find_issue, find_issues
from newsletter.errors import ManifestError


@pytest.fixture
def home(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(newsletter_folder)
    for name in ("9", "1268a", "1268", "1268b", "draft", "007", "0"):
        (newsletter_folder / "issues" / name).mkdir()
        (newsletter_folder / "issues" / name / "issue.yaml").touch()
    (newsletter_folder / "issues" / "2000").mkdir()
    return newsletter_folder


@pytest.mark.parametrize("start", [".", "issues", "issues/652", "templates/bionews"])
def test_an_issue_is_found_from_anywhere_in_the_newsletter(home: Path, start: str) -> None:
    assert find_issue("652", home / start).path == home / "issues" / "652"
    assert find_issue(None, home / start).path == home / "issues" / "1268b"


@pytest.mark.parametrize(
    "name", ["issues/652", "./issues/652", "issues/652/", "issues/652/issue.yaml"]
)
def test_an_issue_is_found_by_its_path(home: Path, name: str) -> None:
    assert find_issue(name, home).path == home / "issues" / "652"


@pytest.mark.parametrize("name", ["issues/596/never-let-me-go.md", "issues/596/images/lab.png"])
def test_an_issue_is_found_by_any_of_its_files(home: Path, name: str) -> None:
    (home / "issues" / "596" / "images").mkdir()
    (home / "issues" / "596" / "images" / "lab.png").touch()
    assert find_issue(name, home).path == home / "issues" / "596"


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (".", "issues/publication.yaml"),
        ("issues", "publication.yaml"),
        (".", "templates/bionews/style.css"),
        ("templates", "bionews/parts/more.html.j2"),
    ],
)
def test_a_file_that_belongs_to_all_issues_means_the_newest(
    home: Path, start: str, name: str
) -> None:
    assert find_issue(name, home / start).path == home / "issues" / "1268b"


def test_any_other_file_is_no_issue(home: Path) -> None:
    (home / "README.md").touch()
    assert not find_issue("README.md", home).exists


def test_a_path_may_name_any_folder(home: Path) -> None:
    assert find_issue("issues/draft", home).path == home / "issues" / "draft"
    assert find_issue("draft", home / "issues").path == home / "issues" / "draft"
    assert find_issue("issue.yaml", home / "issues" / "652").path == home / "issues" / "652"


@pytest.mark.parametrize("start", [".", "issues/652"])
@pytest.mark.parametrize("name", ["653", "draft", "007", "2000", "", "652 "])
def test_an_unknown_issue_is_refused_with_the_newest_ones(
    home: Path, monkeypatch: pytest.MonkeyPatch, start: str, name: str
) -> None:
    with pytest.raises(ManifestError) as refusal:
        find_issue(name, home / start)
    said = "This issue does not exist. The newest are: 596, 652, 1268, 1268a, 1268b."
    assert str(refusal.value) == f"issues/{name or '652'}/issue.yaml: {said}"


@pytest.mark.parametrize("start", [".", "issues", "templates/bionews"])
def test_a_slash_after_a_number_makes_no_difference(home: Path, start: str) -> None:
    assert find_issue("652/", home / start).path == home / "issues" / "652"
    assert find_issue("652//", home / start).path == home / "issues" / "652"


def test_a_folder_whose_file_has_another_name_is_found(home: Path) -> None:
    (home / "issues" / "652" / "issue.yaml").rename(home / "issues" / "652" / "issue.yml")
    (home / "issues" / "publication.yaml").rename(home / "issues" / "publication.yml")
    assert find_issue("652", home).path == home / "issues" / "652"


def test_issues_that_are_named_are_found_once_each_and_share_their_newsletter(home: Path) -> None:
    first, second, elsewhere = find_issues(
        ["652", "issues/596", "issues/652/issue.yaml", "old/7"], home
    )
    assert first.path == home / "issues" / "652"
    assert second.path == home / "issues" / "596"
    assert elsewhere.path == home / "old" / "7"
    assert first.project is second.project is not elsewhere.project
    assert find_issues([], home) == [find_issue(None, home)]


@pytest.mark.parametrize("name", ["652", None])
def test_outside_a_newsletter_the_missing_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ManifestError) as refusal:
        find_issue(name, tmp_path)
    said = "issues/publication.yaml: This file does not exist. Run the command in the newsletter's folder."
    assert str(refusal.value) == said
