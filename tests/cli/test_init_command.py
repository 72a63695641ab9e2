"""``newsletter init``: another newsletter, which can be built at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight
from newsletter.cli import main
from newsletter.manifest import Project, read_issue
from newsletter.manifest.starting import fault_of, first_files

ANSWERS = {
    "name": "The Cell",
    "publisher": "A museum",
    "home_page": "https://www.cells.org.uk/news?a=b",
    "from": "Zoë Editor <news@cells.org.uk>",
    "postal_address": "1 High Street, London N1 1AA",
    "day": "Thursday",
    "time": "09:30",
    "time_zone": "Europe/London",
    "language": "en-GB",
}
OPTIONS = [
    part for field, answer in ANSWERS.items() for part in (f"--{field.replace('_', '-')}", answer)
]
NEEDED = OPTIONS[:10]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def init(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["init", *arguments], input=typed)


def files(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


@pytest.mark.parametrize("name", ["cells", "new/folder/cells", "Zoë's news, 2. Auflage", "."])
def test_a_newsletter_is_made_that_can_be_built_at_once(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = init(name, *OPTIONS)
    assert (made.exit_code, made.stderr) == (0, "")
    folder = tmp_path / name
    assert files(folder) == [
        ".gitignore",
        "README.md",
        "issues/1/first-story.md",
        "issues/1/issue.yaml",
        "issues/issue.schema.json",
        "issues/publication.schema.json",
        "issues/publication.yaml",
    ]
    monkeypatch.chdir(folder)
    built = CliRunner().invoke(main, ["build"])
    assert (built.exit_code, built.stderr) == (0, "")
    assert "The Cell 1" in (folder / "build" / "1" / "email.txt").read_text("utf-8")
    assert len((folder / "README.md").read_text("utf-8").splitlines()) <= 12


def test_the_answers_are_in_the_publication(tmp_path: Path) -> None:
    assert init("cells", *OPTIONS).exit_code == 0
    publication = read_issue(Project(tmp_path / "cells" / "issues").newest()).publication
    assert publication.name == ANSWERS["name"]
    assert publication.sender == ANSWERS["from"]
    assert publication.day == "Thursday"
    assert f"{publication.time:%H:%M}" == "09:30"
    assert publication.unsubscribe == "mailto:news@cells.org.uk?subject=Unsubscribe"
    assert publication.archive == "https://www.cells.org.uk/issues/"


@pytest.mark.parametrize(
    ("language", "direction"), [("he", "rtl"), ("ar-EG", "rtl"), ("fr", "ltr")]
)
def test_a_language_is_written_in_its_direction(
    language: str, direction: str, tmp_path: Path
) -> None:
    assert init("cells", *OPTIONS, "--language", language).exit_code == 0
    issue = read_issue(Project(tmp_path / "cells" / "issues").newest())
    assert issue.publication.direction == direction


def test_the_examples_are_found_by_a_check_and_nothing_else_is(tmp_path: Path) -> None:
    assert init("cells", *OPTIONS).exit_code == 0
    folder = Project(tmp_path / "cells" / "issues").newest()
    found = [(one.check, one.severity) for one in preflight(galley_of(folder)).findings]
    assert found == [("placeholder", "error")] * 3


def test_the_next_issue_follows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert init("cells", *OPTIONS, "--number", "40").exit_code == 0
    monkeypatch.chdir(tmp_path / "cells")
    made = CliRunner().invoke(main, ["new"])
    assert made.exit_code == 0
    assert "The Cell 41, Thursday" in made.stdout


def test_the_schemas_are_those_of_this_version(tmp_path: Path, repository: Path) -> None:
    assert init("cells", *OPTIONS).exit_code == 0
    for name in ("issue.schema.json", "publication.schema.json"):
        shipped = (repository / "issues" / name).read_bytes()
        assert (tmp_path / "cells" / "issues" / name).read_bytes() == shipped


# What is asked


def test_what_the_options_do_not_say_is_asked(tmp_path: Path) -> None:
    lines = [*list(ANSWERS.values())[1:5], "", "", "Europe/Paris", ""]
    made = init("cells", "--name", "The Cell", typed="\n".join(lines) + "\n")
    assert made.exit_code == 0
    assert "Name of the newsletter" not in made.stdout
    publication = read_issue(Project(tmp_path / "cells" / "issues").newest()).publication
    assert publication.publisher == "A museum"
    assert (publication.day, publication.time_zone) == ("Monday", "Europe/Paris")


def test_what_is_usual_is_not_asked_if_nothing_else_is() -> None:
    made = init("cells", *NEEDED)
    assert made.exit_code == 0
    assert "Day of the week" not in made.stdout


def test_a_wrong_answer_is_asked_again_with_what_is_wrong(tmp_path: Path) -> None:
    lines = ["", "The *Cell*", "The Cell", "mday", "Friday", "9.30", "9:30"]
    options = [*OPTIONS[2:10], *OPTIONS[14:]]
    made = init("cells", *options, typed="\n".join(lines) + "\n")
    assert made.exit_code == 0
    assert "This cannot be left empty." in made.stderr
    assert "'*Cell*' is Markdown" in made.stderr
    assert "'mday' cannot be used here. Did you mean 'Monday'?" in made.stderr
    assert "'9.30' is not a time of day. Write 09:30." in made.stderr
    publication = read_issue(Project(tmp_path / "cells" / "issues").newest()).publication
    assert (publication.name, publication.day) == ("The Cell", "Friday")


def test_with_nobody_to_answer_the_options_are_named(tmp_path: Path) -> None:
    made = init("cells", "--name", "The Cell", "--publisher", "A museum")
    assert made.exit_code == 2
    assert (
        "Nothing was written. Answer, or give these options: --home-page, --from, --postal-address."
    ) in made.stderr
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("option", "answer", "error"),
    [
        ("--home-page", "www.cells.org.uk", "https://www.cells.org.uk"),
        ("--from", "news", "Invalid value for --from"),
        ("--day", "someday", "Invalid value for --day"),
        ("--time-zone", "London", "'London' is not a time zone."),
        ("--language", "English", "Invalid value for --language"),
        ("--number", "one", "'one' is not the number of an issue."),
        ("--name", "", "Invalid value for --name"),
    ],
)
def test_an_option_that_is_wrong_ends_the_command(
    option: str, answer: str, error: str, tmp_path: Path
) -> None:
    made = init("cells", *OPTIONS, option, answer)
    assert made.exit_code == 2
    assert error in made.stderr
    assert files(tmp_path) == []


# What is there already


def test_a_folder_with_a_newsletter_is_refused(tmp_path: Path) -> None:
    assert init("cells", *OPTIONS).exit_code == 0
    again = init("cells", *OPTIONS)
    assert again.exit_code == 2
    assert again.stderr == (
        "cells: There is a newsletter here already. "
        "Go to that folder, and make the next issue with 'newsletter new'.\n"
    )


@pytest.mark.parametrize("name", ["letter.txt", ".env", "templates/own/style.css"])
def test_a_folder_with_other_files_is_refused(name: str, tmp_path: Path) -> None:
    file = tmp_path / "cells" / name
    file.parent.mkdir(parents=True)
    file.write_text("mine", "utf-8")
    refused = init("cells", *OPTIONS)
    assert refused.exit_code == 2
    assert "cells: There are other files in this folder." in refused.stderr
    assert files(tmp_path / "cells") == [name]


def test_a_new_repository_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "cells" / ".git").mkdir(parents=True)
    assert init("cells", *OPTIONS).exit_code == 0


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "cells").write_text("mine", "utf-8")
    refused = init("cells", *OPTIONS)
    assert refused.exit_code == 2
    assert "cells: This is a file, not a folder." in refused.stderr


# Whatever is answered


@given(answer=st.text(max_size=60), field=st.sampled_from(sorted(ANSWERS)))
def test_an_answer_that_is_right_is_read_back(answer: str, field: str) -> None:
    if fault_of(field, answer):
        return
    made = first_files(ANSWERS | {field: answer}, "1", date(2030, 1, 7))
    fields = yaml.safe_load(made["issues/publication.yaml"])
    assert fields[field] == answer


@given(name=st.text(alphabet="a :#{}[]'\"|>&*!%@`,-?\\é{name}", min_size=1, max_size=20))
def test_no_name_breaks_the_files(name: str) -> None:
    if fault_of("name", name):
        return
    made = first_files(ANSWERS | {"name": name}, "1", date(2030, 1, 7))
    assert yaml.safe_load(made["issues/publication.yaml"])["name"] == name
    assert yaml.safe_load(made["issues/1/issue.yaml"])["number"] == 1
