"""Plug-ins are found through entry points, without importing them, and a faulty one is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter import plugins
from newsletter.email.theme_check import check_theme
from newsletter.errors import PluginError, ThemeError
from newsletter.preview.live_issues import LiveIssues
from newsletter.theme import compile_theme
from newsletter.theme.folder import ThemeFolder
from tests.conftest import REPOSITORY
from tests.plugins import install_example, installed, write_plugin

CHECKS, THEMES = "newsletter.checks", "newsletter.themes"


def rule(name: str = "shouted", module: str = "shouting") -> str:
    return f"[{CHECKS}]\n{name} = {module}\n"


def test_what_a_distribution_adds_is_found_and_loaded(tmp_path: Path) -> None:
    before = plugins.found(CHECKS)
    write_plugin(tmp_path, "newsletter-extra", rule(), {"shouting": "LOUD = True\n"})
    with installed(tmp_path):
        found = plugins.found(CHECKS)
        assert found["shouted"].distribution == "newsletter-extra 1.0"
        assert found["shouted"].load().LOUD is True
        assert "shouted" not in plugins.found(THEMES)
    assert plugins.found(CHECKS) == before


def test_the_metadata_of_other_distributions_does_not_matter(tmp_path: Path) -> None:
    write_plugin(tmp_path, "other", "[console_scripts]\nother = other:main\n")
    (tmp_path / "broken-1.0.dist-info").write_text("not a folder")
    (tmp_path / "bare-1.0.dist-info").mkdir()
    with installed(tmp_path, tmp_path / "missing"):
        assert plugins.found(CHECKS) == {}


def test_of_two_versions_of_a_distribution_the_first_is_in_use(tmp_path: Path) -> None:
    first = write_plugin(tmp_path / "first", "Newsletter-Extra", rule("new", "new"))
    second = write_plugin(tmp_path / "second", "newsletter_extra", rule("old", "old"))
    with installed(first, second):
        assert list(plugins.found(CHECKS)) == ["new"]
        plugins.require_own_names(CHECKS, ["far-date"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import a_module_that_is_missing", "ModuleNotFoundError: No module named 'a_module"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("def (", "SyntaxError: "),
    ],
)
def test_one_that_cannot_be_loaded_is_named(tmp_path: Path, text: str, reason: str) -> None:
    write_plugin(tmp_path, "newsletter-extra", rule(), {"shouting": text})
    with installed(tmp_path), pytest.raises(PluginError) as caught:
        plugins.found(CHECKS)["shouted"].load()
    message = str(caught.value)
    start = f"newsletter-extra 1.0: The rule 'shouted' cannot be loaded ({reason}"
    assert message.startswith(start)
    assert message.endswith("Update or uninstall it.")


def test_names_must_not_clash(tmp_path: Path) -> None:
    first = write_plugin(tmp_path / "first", "one", rule() + "far-date = one\n")
    second = write_plugin(tmp_path / "second", "two", rule(module="two"))
    with installed(first, second):
        assert plugins.found(CHECKS)["shouted"].module == "shouting"
        with pytest.raises(PluginError) as caught:
            plugins.require_own_names(CHECKS, ["far-date"])
    assert str(caught.value).splitlines() == [
        "one 1.0: The rule 'far-date' has the same name as the built-in one."
        " Update or uninstall it.",
        "two 1.0: The rule 'shouted' has the same name as the one in one 1.0. Update or uninstall it.",
    ]


def test_a_theme_is_a_folder_that_is_not_imported(tmp_path: Path) -> None:
    entry_points = f"[{THEMES}]\nhills = extra_hills\nmissing = extra_missing\n"
    entry_points += "broken = extra_broken.theme\n"
    write_plugin(tmp_path, "extra", entry_points, {"extra_broken": "1 / 0"})
    (tmp_path / "extra_hills").mkdir()
    with installed(tmp_path):
        found = plugins.found(THEMES)
        assert found["hills"].folder() == tmp_path / "extra_hills"
        with pytest.raises(PluginError, match="'missing' has no folder 'extra_missing'"):
            found["missing"].folder()
        with pytest.raises(PluginError, match="'broken' cannot be found"):
            found["broken"].folder()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the example is installed."""
    return install_example(tmp_path_factory.mktemp("site"))


@pytest.fixture
def newsletter(site: Path, newsletter_folder: Path) -> Callable[..., str]:
    """Return a function that runs the command where the example is installed, and returns what it prints."""
    environment = os.environ | {"PYTHONPATH": f"{site}{os.pathsep}{REPOSITORY}"}

    def run(*arguments: str, status: int = 0) -> str:
        command = [sys.executable, "-m", "newsletter", *arguments]
        done = subprocess.run(
            command, env=environment, cwd=newsletter_folder, capture_output=True, text=True
        )
        assert done.returncode == status, done.stderr
        return done.stdout

    return run


def test_a_rule_that_is_installed_runs_and_is_explained(
    newsletter: Callable[..., str], newsletter_folder: Path
) -> None:
    listed = [line.split(maxsplit=1) for line in newsletter("explain").splitlines()]
    assert ["shouted-title", "A title is written in capitals."] in listed
    page = newsletter("explain", "shouted-title")
    assert page.startswith("## shouted-title\n\nA title is written in capitals. (Warning.)")

    issue = newsletter_folder / "issues" / "652" / "issue.yaml"
    old = "Boost to egg and sperm donations needed, says HFEA"
    text = issue.read_text("utf-8").replace(old, old.upper())
    issue.write_text(text, "utf-8")
    (found,) = json.loads(newsletter("check", "--format", "json"))["issues"][0]["findings"]
    assert found["check"] == "shouted-title"
    assert found["message"] == f"The title '{old.upper()}' is in capitals."
    assert found["why"].startswith("capitals are slow to read")

    (run,) = json.loads(newsletter("check", "--format", "sarif"))["runs"]
    assert "shouted-title" in {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert "shouted-title" in {result["ruleId"] for result in run["results"]}


def test_a_theme_that_is_installed_builds(
    newsletter: Callable[..., str], newsletter_folder: Path
) -> None:
    publication = newsletter_folder / "issues" / "publication.yaml"
    text = publication.read_text("utf-8").replace("theme: bionews", "theme: hills")
    publication.write_text(text, "utf-8")
    newsletter("build", "652")
    html = (newsletter_folder / "build" / "652" / "email.html").read_text("utf-8")
    assert "#2e4a1f" in html
    assert "#0b3c47" not in html
    assert newsletter("theme", "check", "hills") == "The theme hills is sound.\n"


def test_a_theme_of_the_newsletter_comes_before_one_that_is_installed(
    site: Path, newsletter_folder: Path
) -> None:
    templates = newsletter_folder / "templates"
    with installed(site):
        assert ThemeFolder.find("hills", templates).folders[0] == site / "newsletter_extra/hills"
        with pytest.raises(ThemeError, match="The themes are: bionews, hills"):
            ThemeFolder.find("valleys", templates)
        (templates / "hills").mkdir()
        own, below, default = ThemeFolder.find("hills", templates).folders
    assert own == templates / "hills"
    assert below == site / "newsletter_extra/hills"
    assert default == REPOSITORY / "templates" / "bionews"


def test_a_theme_that_is_installed_can_be_changed_in_part(
    site: Path, newsletter_folder: Path
) -> None:
    templates = newsletter_folder / "templates"
    (templates / "hills").mkdir()
    palette = templates / "hills" / "palette.css"
    palette.write_text(":root { --link: #006600; }", "utf-8")
    with installed(site):
        theme = compile_theme("hills", templates)
    assert theme.styles["a"] == "color:#060"
    assert "#2e4a1f" in theme.html


def test_no_new_theme_has_the_name_of_one_that_is_installed(
    newsletter: Callable[..., str], newsletter_folder: Path
) -> None:
    newsletter("theme", "new", "hills", status=2)
    assert not (newsletter_folder / "templates" / "hills").exists()


def test_a_fault_in_a_theme_that_is_installed_is_found_in_its_file(
    tmp_path: Path, newsletter_folder: Path
) -> None:
    entry_points = f"[{THEMES}]\ndales = extra_dales\n"
    site = write_plugin(tmp_path / "site", "extra", entry_points)
    palette = site / "extra_dales" / "palette.css"
    palette.parent.mkdir()
    palette.write_text(":root { --inkk: #123456; }", "utf-8")
    with installed(site):
        (problem,) = check_theme("dales", newsletter_folder / "templates")
    assert (problem.path, problem.line) == (palette, 1)
    assert problem.hint == "Did you mean '--ink'?"


def test_the_preview_shows_a_theme_that_is_installed(site: Path, newsletter_folder: Path) -> None:
    publication = newsletter_folder / "issues" / "publication.yaml"
    text = publication.read_text("utf-8").replace("theme: bionews", "theme: hills")
    publication.write_text(text, "utf-8")
    with installed(site):
        snapshot = LiveIssues(newsletter_folder / "issues").snapshot("652")
    assert snapshot
    assert snapshot.email
    assert snapshot.problems == ()
    assert "#2e4a1f" in snapshot.email.html
