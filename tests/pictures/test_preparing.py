"""From an issue's folder to the pictures of its email, and from a bad file to its place in issue.yaml."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Any

import pytest

from newsletter.errors import ManifestError
from newsletter.files import read_regular
from newsletter.manifest import read_manuscript
from newsletter.pictures import kept, making
from newsletter.pictures.making import Made, make
from newsletter.pictures.preparing import OF_PUBLICATION, Pictures, prepare
from tests.drawing import drawn, film, photograph, saved

START = "number: 652\ndate: 2012-04-16\nsections:\n  - kind: news\n    items:\n"


@pytest.fixture
def folder(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(newsletter_folder)
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path / "a-cache"))
    kept._made_of.cache_clear()
    return newsletter_folder / "issues" / "652"


def write(folder: Path, *pictures: str) -> None:
    items = "".join(
        f"      - title: Story {number}\n        picture: {{{picture}, alt: ''}}\n"
        for number, picture in enumerate(pictures, start=1)
    )
    (folder / "issue.yaml").write_text(START + items, "utf-8")


def prepared(folder: Path) -> Pictures:
    return prepare(read_manuscript(folder))


def problems(folder: Path) -> list[str]:
    with pytest.raises(ManifestError) as refusal:
        prepared(folder)
    return str(refusal.value).split("\n")


def test_the_lead_is_shown_across_and_the_others_beside_their_text(folder: Path) -> None:
    for name in ("one.jpg", "two.jpg"):
        (folder / name).write_bytes(drawn(name, (1600, 1200)))
    write(folder, "src: one.jpg", "src: two.jpg")
    shown = prepared(folder).shown
    assert [(one.shape, one.width, one.height) for one in shown.values()] == [
        ("lead", 640, 320),
        ("thumbnail", 168, 126),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG 2034 (1).jpg", "img-2034-1-"),
        ("Das Labor – Zürich.jpeg", "das-labor-zurich-"),
        ("写真.jpg", "picture-"),
        ("652.jpg", "n-652-"),
        ("a" * 80 + ".jpg", "a" * 32 + "-"),
    ],
)
def test_a_file_is_called_by_words_of_its_name_and_by_its_content(
    folder: Path, name: str, expected: str
) -> None:
    (folder / name).write_bytes(saved(photograph((900, 600)), "lab.jpg"))
    write(folder, f"src: '{name}'")
    (file,) = prepared(folder).files
    digest = hashlib.sha256(file.content).hexdigest()[:8]
    assert file.name == f"{expected}{digest}.jpg"
    assert file.address == f"https://www.bionews.org.uk/pictures/652/{file.name}"
    assert (file.media_type, file.source) == ("image/jpeg", name)


def test_the_same_picture_in_two_places_is_made_for_each(folder: Path) -> None:
    (folder / "lab.jpg").write_bytes(drawn("lab.jpg", (1600, 1200)))
    write(folder, "src: lab.jpg", "src: lab.jpg", "src: lab.jpg")
    pictures = prepared(folder)
    assert len(pictures.shown) == 3
    assert [file.source for file in pictures.files] == ["lab.jpg", "lab.jpg"]


def test_an_editor_may_want_a_picture_smaller(folder: Path) -> None:
    (folder / "lab.jpg").write_bytes(drawn("lab.jpg", (1600, 1200)))
    write(folder, "src: lab.jpg, width: 300", "src: lab.jpg, height: 60")
    shown = prepared(folder).shown.values()
    assert [(one.width, one.height) for one in shown] == [(300, 150), (80, 60)]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("width: 1280, height: 640", (640, 320)),
        ("width: 600, height: 900", (320, 480)),
        ("width: 90, height: 60", (90, 60)),
        ("width: 90", (90, None)),
        ("height: 900", (640, None)),
    ],
)
def test_a_picture_from_elsewhere_is_fitted_and_not_cut(
    folder: Path, size: str, expected: tuple[int, int | None]
) -> None:
    write(folder, f"src: https://a.org/lab.jpg, {size}")
    pictures = prepared(folder)
    (shown,) = pictures.shown.values()
    assert (shown.width, shown.height) == expected
    assert (shown.address, pictures.files) == ("https://a.org/lab.jpg", ())


def test_a_logo_is_beside_the_publication(folder: Path) -> None:
    (folder.parent / "logo.png").write_bytes(drawn("logo.png", (600, 400), "white on transparent"))
    with (folder.parent / "publication.yaml").open("a", encoding="utf-8") as file:
        file.write("logo: {src: logo.png, alt: BioNews}\n")
    write(folder, "src: https://a.org/lab.jpg")
    pictures = prepared(folder)
    shown = pictures.shown[OF_PUBLICATION]
    assert (shown.shape, shown.width, shown.height) == ("logo", 120, 80)
    assert [file.source for file in pictures.files] == ["../logo.png"]


@pytest.mark.parametrize(
    ("focus", "said"),
    [
        ("top", ""),
        ("Bottom right", ""),
        ("30% 20%", ""),
        ("'30%, 20%'", ""),
        ("centre", ""),
        ("upper", "'upper' is not a part of a picture. "),
        ("top bottom", "'top bottom' is not a part of a picture. "),
        ("30% 120%", "'30% 120%' is not a part of a picture. "),
        ("30%", "'30%' is not a part of a picture. "),
    ],
)
def test_the_focus_is_words_or_shares(folder: Path, focus: str, said: str) -> None:
    (folder / "lab.jpg").write_bytes(drawn("lab.jpg", (900, 1200)))
    write(folder, f"src: lab.jpg, focus: {focus}")
    if said:
        hint = "Write top, left, bottom right and so on, or how far across and down: 30% 20%."
        assert problems(folder) == [f"issues/652/issue.yaml:7: {said}{hint}"]
    else:
        assert prepared(folder)


def test_every_bad_file_is_named_where_the_issue_names_it(folder: Path) -> None:
    contents = {
        "empty.jpg": b"",
        "words.jpg": b"Not a picture",
        "half.jpg": drawn("a.jpg", (300, 200), "cut off"),
        "sound.jpg": drawn("a.jpg", (300, 200)),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    write(folder, *(f"src: {name}" for name in contents))
    assert problems(folder) == [
        "issues/652/issue.yaml:7: The picture 'empty.jpg' is empty. Save it again, or get it again.",
        "issues/652/issue.yaml:9: The picture 'words.jpg' is not a picture that can be read, whatever its name "
        "says. Save it again as a JPEG or PNG, and write the name of that file.",
        "issues/652/issue.yaml:11: The picture 'half.jpg' is damaged or incomplete. "
        "Get the file again, or open it in an image editor and save it again.",
    ]


@pytest.mark.parametrize("kind", ["folder", "pipe", "gone", "too large"])
def test_what_is_no_file_any_more_is_named(
    folder: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "lab.jpg"
    path.write_bytes(drawn("lab.jpg", (300, 200)))
    write(folder, "src: lab.jpg")
    manuscript = read_manuscript(folder)
    if kind == "too large":
        monkeypatch.setattr(kept, "MOST_READ", 100)
    else:
        path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(
        ManifestError, match=r"issue\.yaml:7: The picture 'lab\.jpg' cannot be read"
    ):
        prepare(manuscript)


def test_a_picture_is_made_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []
    read: list[Path] = []

    def counting_make(content: bytes, *place: Any) -> Made:
        made.append(content)
        return make(content, *place)

    def counting_read(path: Path, most: int) -> bytes:
        read.append(path)
        return read_regular(path, most)

    monkeypatch.setattr(making, "make", counting_make)
    monkeypatch.setattr(kept, "read_regular", counting_read)

    path = folder / "lab.jpg"
    path.write_bytes(drawn("lab.jpg", (1600, 1200)))
    write(folder, "src: lab.jpg")
    first = prepared(folder)
    assert (prepared(folder), len(made), len(read)) == (first, 1, 1)

    kept._made_of.cache_clear()  # as another process
    assert (prepared(folder), len(made), len(read)) == (first, 1, 2)

    path.write_bytes(drawn("lab.jpg", (1600, 1300)))
    assert prepared(folder).files != first.files
    assert (len(made), len(read)) == (2, 3)

    write(folder, "src: lab.jpg, focus: top")
    prepared(folder)
    assert len(made) == 3


def test_what_was_kept_and_then_changed_is_made_again(folder: Path, tmp_path: Path) -> None:
    (folder / "lab.jpg").write_bytes(drawn("lab.jpg", (1600, 1200)))
    write(folder, "src: lab.jpg")
    first = prepared(folder)
    (stored,) = (tmp_path / "a-cache").glob("*.picture")
    stored.write_bytes(stored.read_bytes()[:-1] + b"x")
    kept._made_of.cache_clear()
    assert prepared(folder).files == first.files


def test_names_are_safe_in_every_address(folder: Path) -> None:
    (folder / "a 'b' & so #1?.gif").write_bytes(film((90, 60), 2))
    write(folder, "src: \"a 'b' & so #1?.gif\"")
    (file,) = prepared(folder).files
    assert re.fullmatch(r"a-b-so-1-[0-9a-f]{8}\.gif", file.name)
