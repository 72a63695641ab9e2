"""Pictures on web pages: known before they are made, in two sizes, as JPEG or WebP."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from newsletter.errors import ManifestError
from newsletter.manifest import read_manuscript
from newsletter.pictures.encoding import MOST_BYTES
from newsletter.pictures.on_pages import Stored, content_of, stored_pictures
from tests.drawing import drawn

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10"/></svg>"""


def write_issue(folder: Path, issues: Path, *sources: str) -> Path:
    """Write an issue that shows these files."""
    (folder / "publication.yaml").write_bytes((issues / "publication.yaml").read_bytes())
    home = folder / "7"
    home.mkdir()
    items = "".join(
        f"      - {{title: Item {number}, body: Words., picture: {{src: {source}, alt: x}}}}\n"
        for number, source in enumerate(sources)
    )
    (home / "issue.yaml").write_text(
        f"number: 7\ndate: 2012-04-16\nsections:\n  - kind: news\n    items:\n{items}"
    )
    return home


@pytest.fixture
def issues(repository: Path) -> Path:
    return repository / "issues"


def stored(home: Path) -> Stored:
    (picture,) = stored_pictures(read_manuscript(home))
    return picture


@pytest.mark.parametrize(
    ("name", "size", "special", "expected"),
    [
        ("lab.jpg", (2400, 1600), "", [(640, 427), (1280, 853)]),
        ("lab.jpg", (1600, 2400), "turned", [(640, 427), (1280, 853)]),
        ("lab.jpg", (900, 600), "", [(640, 427), (900, 600)]),
        ("lab.jpg", (400, 300), "", [(400, 300)]),
        ("lab.jpg", (640, 480), "", [(640, 480)]),
        ("lab.jpg", (1, 900), "", [(1, 900)]),
        ("lab.png", (1300, 700), "black on transparent", [(640, 345), (1280, 689)]),
        ("lab.png", (700, 500), "", [(640, 457), (700, 500)]),
        ("lab.gif", (90, 60), "3 noisy frames", [(90, 60)]),
    ],
)
def test_each_file_is_as_large_as_is_known_before(
    tmp_path: Path,
    issues: Path,
    name: str,
    size: tuple[int, int],
    special: str,
    expected: list[tuple[int, int]],
) -> None:
    home = write_issue(tmp_path, issues, name)
    (home / name).write_bytes(drawn(name, size, special))
    picture = stored(home)
    assert [(file.width, file.height) for file in picture.files] == expected
    for file in picture.files:
        content = content_of(home, picture, file)
        image = Image.open(BytesIO(content))
        assert image.size == (file.width, file.height)
        assert image.format == ("JPEG" if name.endswith(".jpg") else "WEBP")
        assert file.name.endswith(".jpg" if name.endswith(".jpg") else ".webp")
        assert len(content) <= MOST_BYTES
        assert not image.getexif()


def test_a_drawing_in_svg_is_drawn_as_large_as_it_is_shown(tmp_path: Path, issues: Path) -> None:
    home = write_issue(tmp_path, issues, "logo.svg")
    (home / "logo.svg").write_bytes(SVG)
    picture = stored(home)
    assert [(file.width, file.height) for file in picture.files] == [(640, 160), (1280, 320)]
    for file in picture.files:
        image = Image.open(BytesIO(content_of(home, picture, file)))
        assert image.size == (file.width, file.height)


def test_a_film_goes_on_moving(tmp_path: Path, issues: Path) -> None:
    home = write_issue(tmp_path, issues, "film.gif")
    (home / "film.gif").write_bytes(drawn("film.gif", (60, 40), "3 noisy frames"))
    picture = stored(home)
    (file,) = picture.files
    assert Image.open(BytesIO(content_of(home, picture, file))).n_frames == 3  # type: ignore[attr-defined]


def test_a_file_is_named_by_its_source_and_what_was_in_it(tmp_path: Path, issues: Path) -> None:
    home = write_issue(tmp_path, issues, '"My Lab (2).jpg"')
    content = drawn("lab.jpg", (800, 600))
    (home / "My Lab (2).jpg").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()[:8]
    names = [file.name for file in stored(home).files]
    assert names == [f"my-lab-2-{digest}-640.jpg", f"my-lab-2-{digest}-800.jpg"]


def test_a_file_that_is_shown_twice_is_there_once(tmp_path: Path, issues: Path) -> None:
    home = write_issue(tmp_path, issues, "lab.jpg", "lab.jpg", "https://example.org/a.jpg")
    (home / "lab.jpg").write_bytes(drawn("lab.jpg", (80, 60)))
    assert stored(home).written == "lab.jpg"


def test_every_file_that_cannot_be_shown_is_named_where_it_is_written(
    tmp_path: Path, issues: Path
) -> None:
    home = write_issue(tmp_path, issues, "empty.jpg", "text.jpg")
    (home / "empty.jpg").touch()
    (home / "text.jpg").write_text("no picture")
    with pytest.raises(ManifestError) as refusal:
        stored_pictures(read_manuscript(home))
    problems = refusal.value.problems
    assert [problem.line for problem in problems] == [6, 7]
    assert all(problem.hint for problem in problems)
