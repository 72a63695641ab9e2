"""The newsletter on disk: its issues, lowest number first, and where their files are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from newsletter.errors import ManifestError
from newsletter.manifest.project import IssueFolder, Project


@pytest.fixture
def project(newsletter_folder: Path) -> Project:
    """Return a newsletter with folders of issues, and with some that only look like it."""
    for name in ("9", "1268a", "1268", "1268b", "draft", "007", "0"):
        (newsletter_folder / "issues" / name).mkdir()
        (newsletter_folder / "issues" / name / "issue.yaml").touch()
    (newsletter_folder / "issues" / "2000").mkdir()
    return Project(newsletter_folder / "issues")


def names(folders: Iterable[IssueFolder]) -> list[str]:
    return [folder.path.name for folder in folders]


def test_issues_are_in_the_order_of_their_numbers(project: Project) -> None:
    assert names(project.issue_folders()) == ["9", "596", "652", "1268", "1268a", "1268b"]
    assert project.newest().path == project.issues / "1268b"


@pytest.mark.parametrize(
    ("number", "before"),
    [
        ("9", []),
        ("652", ["596", "9"]),
        ("1268a", ["1268", "652", "596", "9"]),
        ("1000", ["652", "596", "9"]),
        ("draft", ["1268b", "1268a", "1268", "652", "596", "9"]),
    ],
)
def test_earlier_issues_are_given_newest_first(
    project: Project, number: str, before: list[str]
) -> None:
    assert names(project.before(number)) == before


@pytest.mark.parametrize(
    ("number", "after"),
    [
        ("1268b", []),
        ("652", ["1268", "1268a", "1268b"]),
        ("1000", ["1268", "1268a", "1268b"]),
        ("draft", []),
    ],
)
def test_later_issues_are_given_lowest_first(
    project: Project, number: str, after: list[str]
) -> None:
    assert names(project.after(number)) == after


@pytest.mark.parametrize("number", ["653", "draft", "007", "2000", "", "652 "])
def test_an_unknown_number_is_refused_with_the_newest_ones(project: Project, number: str) -> None:
    with pytest.raises(ManifestError, match="does not exist") as refusal:
        project.issue(number)
    (problem,) = refusal.value.problems
    assert problem.path == project.issues / (number or "652") / "issue.yaml"
    assert problem.hint == "The newest are: 596, 652, 1268, 1268a, 1268b."


def test_an_issue_whose_file_has_another_name_is_found(project: Project) -> None:
    manifest = project.issue("652").manifest
    manifest.rename(manifest.with_suffix(".yml"))
    assert project.issue("652").path == manifest.parent


def test_a_newsletter_without_issues_says_how_to_begin(tmp_path: Path) -> None:
    for issues in (tmp_path, tmp_path / "missing"):
        assert Project(issues).issue_folders() == []
        with pytest.raises(ManifestError, match="for the first one"):
            Project(issues).newest()


@pytest.mark.parametrize("start", [".", "issues", "issues/652", "templates/bionews"])
@pytest.mark.parametrize("name", ["publication.yaml", "publication.yml", "Publication.yaml.txt"])
def test_a_newsletter_is_found_from_each_of_its_folders(
    newsletter_folder: Path, start: str, name: str
) -> None:
    publication = newsletter_folder / "issues" / "publication.yaml"
    publication.rename(publication.with_name(name))
    project = Project.containing(newsletter_folder / start)
    assert project.root == newsletter_folder
    assert project.publication == publication


def test_outside_a_newsletter_the_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        ManifestError, match="Run the command in the newsletter's folder"
    ) as refusal:
        Project.containing(tmp_path)
    (problem,) = refusal.value.problems
    assert problem.path == tmp_path / "issues" / "publication.yaml"


def test_the_folder_is_listed_once(project: Project) -> None:
    assert project.newest().path.name == "1268b"
    for name in ("1269", "1270"):
        (project.issues / name).mkdir()
        (project.issues / name / "issue.yaml").touch()
    assert project.newest().path.name == "1268b"
    assert Project(project.issues).newest().path.name == "1270"


def test_other_folders_with_an_issue_are_copies(project: Project) -> None:
    for name in (
        "652-copy",
        "old/652",
        "old/2012/652",
        "2000/1",
        ".trash/652",
        "652/old",
        "a/b/c/d",
    ):
        (project.issues / name).mkdir(parents=True)
        (project.issues / name / "issue.yaml").touch()
    (project.issues / "french" / "652").mkdir(parents=True)
    (project.issues / "french" / "652" / "issue.yaml").touch()
    (project.issues / "french" / "publication.yaml").touch()
    (project.issues / "current").symlink_to("652")
    found = [folder.path.relative_to(project.issues).as_posix() for folder in project.copies]
    assert found == ["0", "007", "2000/1", "652-copy", "draft", "old/2012/652", "old/652"]


def test_an_issue_knows_its_files(newsletter_folder: Path) -> None:
    folder = IssueFolder.at(newsletter_folder / "issues" / "652")
    assert folder.name == "652"
    assert folder.manifest == folder.path / "issue.yaml"
    assert folder.approvals == folder.path / "approvals.json"
    assert folder.handed_over == folder.path / "handed-over"
    assert folder.project.publication == newsletter_folder / "issues" / "publication.yaml"
    assert folder.project.templates == newsletter_folder / "templates"
    assert folder.project.build == newsletter_folder / "build"


@pytest.mark.parametrize(
    ("start", "path"),
    [
        (".", "issues/652"),
        ("issues", "652"),
        ("issues/652", "."),
        ("issues/596", "../652"),
        ("issues/652/sources", ".."),
    ],
)
def test_a_path_from_anywhere_leads_to_the_same_newsletter(
    newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch, start: str, path: str
) -> None:
    (newsletter_folder / "issues" / "652" / "sources").mkdir()
    monkeypatch.chdir(newsletter_folder / start)
    folder = IssueFolder.at(Path(path))
    assert folder.name == "652"
    assert folder.exists
    assert folder.project.publication.is_file()
    assert folder.project.root == newsletter_folder


def test_a_link_to_an_issue_has_the_name_of_the_issue(newsletter_folder: Path) -> None:
    link = newsletter_folder / "issues" / "current"
    link.symlink_to("652")
    folder = IssueFolder.at(link)
    assert folder.name == "652"
    assert folder.project.root == newsletter_folder


def test_an_issue_that_lies_elsewhere_belongs_to_the_newsletter_that_links_to_it(
    newsletter_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "653"
    (newsletter_folder / "issues" / "652").rename(elsewhere)
    link = newsletter_folder / "issues" / "653"
    link.symlink_to(elsewhere)
    assert Project(link.parent).newest().path == link
    assert IssueFolder.at(link).project.templates == newsletter_folder / "templates"
