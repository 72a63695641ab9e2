"""What is wrong in a theme's template of the archive is named with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from newsletter.archive.pages import missing
from newsletter.errors import ThemeError
from tests.archive.small import Small


def made_with(home: Path, template: str) -> Path:
    """Make a page with a theme whose template for it is this one; return the template's path."""
    small = Small(home)
    small.write("1", {"title": "Cells"})
    publication = small.issues / "publication.yaml"
    fields = yaml.safe_load(publication.read_text("utf-8")) | {"theme": "spring"}
    publication.write_text(yaml.safe_dump(fields, allow_unicode=True), "utf-8")
    path = home / "templates" / "spring" / "archive" / "404.html.j2"
    path.parent.mkdir(parents=True)
    path.write_text(template, "utf-8")
    for page in missing.pages(small.read()):
        page.make()
    return path


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{{ nothing.there }}", "'nothing' is undefined"),
        ("{% for a, b in [1] %}{% endfor %}", "cannot unpack"),
        ("{{ 1 // 0 }}", "division"),
        ("{% for %}", "Expected an expression"),
        ("{% include 'parts/gone.html.j2' %}", "parts/gone.html.j2"),
        ("{{ publication.__class__ }}", "unsafe"),
    ],
)
def test_a_fault_has_its_line(tmp_path: Path, written: str, message: str) -> None:
    with pytest.raises(ThemeError) as caught:
        made_with(tmp_path, f"<!doctype html>\n<title>x</title>\n{written}\n")
    [problem] = caught.value.problems
    assert problem.path == tmp_path / "templates/spring/archive/404.html.j2"
    assert problem.line == 3
    assert message in problem.message


def test_a_template_that_is_right_is_used(tmp_path: Path) -> None:
    assert made_with(tmp_path, "<!doctype html>\n").is_file()
