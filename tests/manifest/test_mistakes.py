"""mistakes.txt: what an editor can get wrong in an issue.yaml or a publication.yaml, and the exact message for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.errors import ManifestError
from newsletter.manifest import read_issue

_INTRODUCTION, *_CASES = (
    Path(__file__).with_name("mistakes.txt").read_text(encoding="utf-8").split("\n=== ")
)
_FIRST_LINES = _INTRODUCTION[_INTRODUCTION.index("number:") :].rstrip("\n") + "\n"
MISTAKES = dict(case.split("\n", 1) for case in _CASES)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_line_and_what_to_do(
    name: str, newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsletter_folder)
    text, expected = MISTAKES[name].split("--->\n")
    written = _FIRST_LINES + text if text.startswith(" ") else text
    folder = newsletter_folder / "issues" / "652"
    path = folder / "issue.yaml"
    if name.startswith("in publication.yaml"):
        path = folder.parent / "publication.yaml"
        written = text + path.read_text("utf-8")
    path.write_text(written, encoding="utf-8")
    with pytest.raises(ManifestError) as refusal:
        read_issue(folder)
    place = path.relative_to(newsletter_folder).as_posix()
    assert str(refusal.value).split("\n") == [
        f"{place}:{line}" for line in expected.strip().split("\n")
    ]


def test_every_mistake_is_in_the_table_once() -> None:
    assert len(MISTAKES) == len(_CASES) > 60
