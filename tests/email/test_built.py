"""What is built already is left as it is, and never when anything that goes into it has changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.email import built
from newsletter.email.building import write_build
from newsletter.email.built import BuiltIssues, build_issue
from newsletter.errors import NewsletterError
from tests.drawing import drawn

REPOSITORY = Path(__file__).resolve().parents[2]
NAMES = ("email.html", "email.txt", "email.eml")


@pytest.fixture
def newsletter(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped newsletter, built, with a cache of its own."""
    monkeypatch.setenv("NEWSLETTER_CACHE", str(newsletter_folder / "cache"))
    assert build(newsletter_folder) == ["596", "652"]
    return newsletter_folder


def build(newsletter: Path) -> list[str]:
    """Build what is not current as a new process does, and return the numbers of what was built."""
    already = BuiltIssues(newsletter / "issues", newsletter / "templates")
    numbers = []
    for folder in sorted((newsletter / "issues").glob("[1-9]*")):
        if already.is_current(folder, newsletter / "build"):
            continue
        already.add(build_issue(folder, newsletter / "templates", newsletter / "build"))
        numbers.append(folder.name)
    already.save()
    return numbers


def written(path: Path) -> tuple[int, int]:
    """Return what changes when a file is written or replaced."""
    status = path.stat()
    return status.st_mtime_ns, status.st_ino


def replace(path: Path, old: str, new: str) -> None:
    """Change a file so that neither its size nor its time shows it."""
    status = path.stat()
    text = path.read_text("utf-8")
    assert old in text
    assert len(old) == len(new)
    path.write_text(text.replace(old, new), "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_what_is_built_is_not_built_again(newsletter: Path) -> None:
    before = {path: written(path) for path in (newsletter / "build").rglob("*.*")}
    assert build(newsletter) == []
    assert {path: written(path) for path in before} == before


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("issues/652/issue.yaml", "Boost to egg", "Boast to egg", ["652"]),
        ("issues/596/never-let-me-go.md", "the", "The", ["596"]),
        ("issues/publication.yaml", "Gray's", "Grey's", ["596", "652"]),
        ("templates/bionews/style.css", "px", "pt", ["596", "652"]),
        ("templates/bionews/email.txt.j2", "publication", "publicatiom", []),
        ("build/652/email.html", "Boost", "Boast", ["652"]),
        ("build/596/email.eml", "From", "from", ["596"]),
    ],
)
def test_a_change_that_no_size_and_no_time_shows_builds_again(
    newsletter: Path, path: str, old: str, new: str, expected: list[str]
) -> None:
    replace(newsletter / path, old, new)
    if expected:
        assert build(newsletter) == expected
        assert build(newsletter) == []
    else:
        with pytest.raises(NewsletterError):
            build(newsletter)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_gone_or_a_link_is_written_again(newsletter: Path, name: str) -> None:
    path = newsletter / "build" / "652" / name
    content = path.read_bytes()
    path.unlink()
    assert build(newsletter) == ["652"]
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")
    assert build(newsletter) == ["652"]
    assert not path.is_symlink()
    assert path.read_bytes() == content


def test_without_the_folder_build_or_without_the_cache_all_is_built(newsletter: Path) -> None:
    shutil.rmtree(newsletter / "build")
    assert build(newsletter) == ["596", "652"]
    shutil.rmtree(newsletter / "cache")
    assert build(newsletter) == ["596", "652"]


def test_another_program_builds_all(newsletter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built, "program", lambda *_: b"a newer one")
    assert build(newsletter) == ["596", "652"]
    assert build(newsletter) == []


def test_a_time_zone_with_another_law_builds_all(
    newsletter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(built, "_on_the_clock", lambda *_: "2012-04-16T17:00:00+02:00")
    assert build(newsletter) == ["596", "652"]


def test_an_issue_that_changes_while_it_is_built_is_built_again(
    newsletter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = newsletter / "issues" / "652" / "issue.yaml"

    def while_somebody_saves(target: Path, files: dict[str, bytes]) -> None:
        write_build(target, files)
        replace(manifest, "Boost to egg", "Boast to egg")

    replace(manifest, "Rome hospital", "Oslo hospital")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(built, "write_build", while_somebody_saves)
        assert build(newsletter) == ["652"]
    assert build(newsletter) == ["652"]
    assert "Boast to egg" in (newsletter / "build" / "652" / "email.txt").read_text("utf-8")


WORDS = st.sampled_from(["Boost", "Boast", "Boots", "Roost"])
STEPS = st.tuples(st.sampled_from(["text", "output", "style", "delete", "forget"]), WORDS)


@settings(max_examples=10)
@given(steps=st.lists(STEPS, max_size=5))
def test_after_any_changes_the_files_are_those_of_a_first_build(
    steps: list[tuple[str, str]],
) -> None:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        newsletter = Path(place)
        patch.setenv("NEWSLETTER_CACHE", str(newsletter / "cache"))
        for name in ("issues", "templates"):
            shutil.copytree(REPOSITORY / name, newsletter / name)
        manifest = newsletter / "issues" / "652" / "issue.yaml"
        html = newsletter / "build" / "652" / "email.html"
        style = newsletter / "templates" / "bionews" / "style.css"
        source, css = manifest.read_text("utf-8"), style.read_text("utf-8")
        build(newsletter)
        for what, word in steps:
            match what:
                case "text":
                    manifest.write_text(source.replace("Boost", word), "utf-8")
                case "output":
                    html.write_text(word, "utf-8")
                case "style":
                    style.write_text(f"{css}/* {word} */", "utf-8")
                case "delete":
                    html.unlink()
                case "forget":
                    shutil.rmtree(newsletter / "cache")
            build(newsletter)
            fresh = newsletter / "fresh"
            build_issue(manifest.parent, newsletter / "templates", fresh)
            for name in NAMES:
                assert (html.with_name(name)).read_bytes() == (fresh / "652" / name).read_bytes()


def test_files_that_are_there_already_stay_untouched(tmp_path: Path) -> None:
    files = {"email.html": b"<p>Words</p>", "email.txt": b"Words"}
    write_build(tmp_path, files)
    before = {name: written(tmp_path / name) for name in files}
    write_build(tmp_path, files)
    assert {name: written(tmp_path / name) for name in files} == before


def test_a_link_to_the_same_content_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"Words")
    (tmp_path / "email.txt").symlink_to("elsewhere")
    write_build(tmp_path, {"email.txt": b"Words"})
    assert not (tmp_path / "email.txt").is_symlink()


FORMATS = """formats:
  - {name: teasers, shows: teasers}
  - {name: full, shows: full}
  - {name: text, shows: full, parts: text}
"""


def test_an_issue_in_formats_is_current_when_all_its_files_are(newsletter: Path) -> None:
    publication = newsletter / "issues" / "publication.yaml"
    plain = publication.read_text("utf-8")
    publication.write_text(plain + FORMATS, "utf-8")
    assert build(newsletter) == ["596", "652"]
    assert build(newsletter) == []

    of_596 = newsletter / "build" / "596"
    (of_596 / "full" / "email.html").write_text("x", "utf-8")
    (newsletter / "build" / "652" / "text" / "email.txt").unlink()
    assert build(newsletter) == ["596", "652"]
    assert build(newsletter) == []

    publication.write_text(plain + FORMATS.replace("name: full", "name: whole"), "utf-8")
    assert build(newsletter) == ["596", "652"]
    assert sorted(path.name for path in of_596.iterdir() if path.is_dir()) == ["text", "whole"]

    publication.write_text(plain, "utf-8")
    assert build(newsletter) == ["596", "652"]
    assert sorted(path.name for path in of_596.iterdir()) == sorted(NAMES)


def test_another_picture_under_the_same_name_builds_again(newsletter: Path) -> None:
    folder = newsletter / "issues" / "652"
    (folder / "lab.jpg").write_bytes(drawn("lab.jpg", (900, 600)))
    (newsletter / "issues" / "logo.png").write_bytes(drawn("logo.png", (300, 90), "black on white"))
    before = "        authors:\n          - Dr Stuart Hogarth\n"
    manifest = folder / "issue.yaml"
    picture = "        picture: {src: lab.jpg, alt: A lab}\n"
    manifest.write_text(manifest.read_text("utf-8").replace(before, picture + before), "utf-8")
    with (newsletter / "issues" / "publication.yaml").open("a", encoding="utf-8") as file:
        file.write("logo: {src: logo.png, alt: BioNews}\n")
    assert build(newsletter) == ["596", "652"]
    assert build(newsletter) == []

    (folder / "lab.jpg").write_bytes(drawn("lab.jpg", (900, 601)))
    assert build(newsletter) == ["652"]
    (newsletter / "issues" / "logo.png").write_bytes(drawn("logo.png", (300, 91), "black on white"))
    assert build(newsletter) == ["596", "652"]
    next((newsletter / "build" / "652" / "pictures").glob("lab-*.jpg")).write_bytes(b"another")
    assert build(newsletter) == ["652"]
    (folder / "lab.jpg").unlink()
    with pytest.raises(NewsletterError, match=r"There is no file 'lab\.jpg'"):
        build(newsletter)
