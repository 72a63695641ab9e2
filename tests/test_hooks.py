"""The workflow for GitHub and the hook for pre-commit do what the README says of them."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

STORED = ".github/workflows/check-issues.yml"


@pytest.fixture(scope="module")
def workflow(repository: Path) -> dict[str, Any]:
    """Return the workflow as GitHub reads it."""
    loaded: dict[str, Any] = yaml.load((repository / STORED).read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    return loaded


def test_the_readme_leads_to_the_workflow(repository: Path) -> None:
    assert f"]({STORED})" in (repository / "README.md").read_text("utf-8")


def test_the_workflow_may_only_read(workflow: dict[str, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    assert list(workflow["on"]) == ["pull_request"]


def test_actions_are_named_by_commit_since_a_tag_can_be_moved(workflow: dict[str, Any]) -> None:
    used = [
        step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step
    ]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in used)


class PullRequest:
    """A repository with a branch, in which the workflow's commands are run one after the other, as GitHub runs them."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.folder = folder
        (folder / ".venv").symlink_to(repository / ".venv")
        (folder / ".gitignore").write_text("build/\n.venv\n", "utf-8")
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit()
        self.base = self.git("rev-parse", "HEAD")
        self.git("checkout", "--quiet", "-b", "change")
        self.variables: dict[str, str] = {}

    def git(self, *arguments: str) -> str:
        identity = [
            "-c",
            "user.name=Somebody",
            "-c",
            "user.email=somebody@example.org",
            "-c",
            "commit.gpgsign=false",
        ]
        answer = subprocess.run(
            ["git", *identity, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=True,
        )
        return answer.stdout.strip()

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message=A change")

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        file = self.folder.parent / "github_env"
        file.touch()
        environment = os.environ | self.variables | {"BASE": self.base, "GITHUB_ENV": str(file)}
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command]
        answer = subprocess.run(
            shell, cwd=self.folder, env=environment, capture_output=True, text=True
        )
        self.variables |= dict(re.findall(r"^(\w+)=(.*)$", file.read_text("utf-8"), re.MULTILINE))
        return answer


@pytest.fixture
def pull_request(newsletter_folder: Path, repository: Path) -> PullRequest:
    """Return a branch of the shipped newsletter, without changes so far."""
    return PullRequest(newsletter_folder, repository)


def commands(workflow: dict[str, Any]) -> list[str]:
    """Return what the workflow runs once everything is installed."""
    steps = workflow["jobs"]["check"]["steps"]
    assert steps[2]["run"] == "make .venv/ready"
    return [step["run"] for step in steps[3:] if "run" in step]


def test_an_issue_that_was_changed_is_checked_and_its_lines_are_annotated(
    workflow: dict[str, Any], pull_request: PullRequest
) -> None:
    manifest = pull_request.folder / "issues" / "596" / "issue.yaml"
    manifest.write_text(
        manifest.read_text("utf-8").replace("reviews", "reviews\n    title: TODO", 1), "utf-8"
    )
    pull_request.commit()
    find, check, proof = commands(workflow)
    assert pull_request.run(find).returncode == 0
    assert pull_request.variables["ISSUES"].split() == ["596"]
    checked = pull_request.run(check)
    assert checked.returncode == 1
    assert checked.stdout.startswith(
        "::error file=issues/596/issue.yaml,line=9,title=placeholder::"
    )
    assert pull_request.run(proof).returncode == 0
    assert [path.parent.name for path in pull_request.folder.glob("build/*/proof.html")] == ["596"]


def test_several_issues_are_checked_and_one_that_is_gone_is_not(
    workflow: dict[str, Any], pull_request: PullRequest
) -> None:
    issues = pull_request.folder / "issues"
    (issues / "653").mkdir()
    text = (issues / "652" / "issue.yaml").read_text("utf-8")
    (issues / "653" / "issue.yaml").write_text(text.replace("number: 652", "number: 653"), "utf-8")
    for file in (issues / "596").iterdir():
        file.unlink()
    (issues / "652" / "notes.txt").write_text("a note", "utf-8")
    pull_request.commit()
    assert pull_request.run(commands(workflow)[0]).returncode == 0
    assert pull_request.variables["ISSUES"].split() == ["652", "653"]


def test_a_change_of_what_all_issues_share_checks_the_newest(
    workflow: dict[str, Any], pull_request: PullRequest
) -> None:
    words = pull_request.folder / "templates" / "bionews" / "words.toml"
    words.write_text(words.read_text("utf-8").replace("Read more", "Read on"), "utf-8")
    pull_request.commit()
    find, check, _ = commands(workflow)
    assert pull_request.run(find).returncode == 0
    assert pull_request.variables["ISSUES"].split() == ["652"]
    assert pull_request.run(check).returncode == 0


def test_the_hook_runs_the_check_on_the_files_that_make_an_issue(repository: Path) -> None:
    (hook,) = yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text("utf-8"))
    readme = (repository / "README.md").read_text("utf-8")
    assert hook["entry"] == "newsletter check"
    assert f"files: {hook['files']}" in readme
    concerned = [
        "issues/652/issue.yaml",
        "issues/652/images/a b.jpg",
        "issues/publication.yaml",
        "templates/x/style.css",
    ]
    for file in concerned:
        assert re.search(hook["files"], file), file
    for file in (
        "README.md",
        "issues/issue.schema.json",
        "newsletter/model/issue.py",
        "tests/issues/1/issue.yaml",
    ):
        assert not re.search(hook["files"], file), file
