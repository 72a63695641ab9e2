"""All steps from an issue's folder to its files."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

import pytest

from newsletter.email.building import (
    FILES,
    build_files,
    draft,
    email_files,
    theme_of,
    write_build,
    write_files,
)
from newsletter.email.merge_tags import own_email, token
from newsletter.email.rendering import render
from newsletter.errors import ManifestError, NewsletterError, ThemeError
from newsletter.manifest import read_issue
from newsletter.model import Email, File
from tests.drawing import drawn


def test_a_draft_has_its_merge_tags_and_the_own_email_has_their_values(
    newsletter_folder: Path,
) -> None:
    email = draft(newsletter_folder / "issues" / "652")
    assert token("unsubscribe") in email.html
    own = own_email(email)
    for part in (own.html, own.text):
        assert "https://www.bionews.org.uk/unsubscribe" in part
        assert not {"\ufdd0", "\ufdd1"} & set(part)


def test_a_draft_is_made_with_the_themes_next_to_its_issues(newsletter_folder: Path) -> None:
    shutil.copytree(
        newsletter_folder / "templates" / "bionews", newsletter_folder / "templates" / "mine"
    )
    words = newsletter_folder / "templates" / "mine" / "words.toml"
    words.write_text(words.read_text("utf-8").replace('"In this issue"', '"This week"'), "utf-8")
    publication = newsletter_folder / "issues" / "publication.yaml"
    publication.write_text(
        publication.read_text("utf-8").replace("theme: bionews", "theme: mine"), "utf-8"
    )
    assert "This week" in draft(newsletter_folder / "issues" / "652").html


def test_a_draft_is_the_same_from_wherever_its_folder_is_named(
    newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = draft(newsletter_folder / "issues" / "652")
    monkeypatch.chdir(newsletter_folder / "issues" / "652")
    assert draft(Path()) == whole
    assert draft(Path("../652")) == whole


def test_faults_of_the_issue_and_of_its_theme_are_told_apart(newsletter_folder: Path) -> None:
    with pytest.raises(ManifestError):
        draft(newsletter_folder / "issues" / "653")
    publication = newsletter_folder / "issues" / "publication.yaml"
    publication.write_text(
        publication.read_text("utf-8").replace("theme: bionews", "theme: none"), "utf-8"
    )
    with pytest.raises(ThemeError):
        draft(newsletter_folder / "issues" / "652")


def test_an_email_is_three_files(newsletter_folder: Path) -> None:
    email = own_email(draft(newsletter_folder / "issues" / "596"))
    files = email_files(email)
    assert list(files) == list(FILES) == ["email.html", "email.txt", "email.eml"]
    assert files["email.html"].decode() == email.html
    assert files["email.txt"].decode() == email.text
    assert b"Subject: " in files["email.eml"]


def test_a_file_in_the_way_of_a_build_is_reported(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file in the way", "utf-8")
    with pytest.raises(NewsletterError, match="Nothing was changed") as caught:
        write_files(tmp_path / "build" / "652", {"email.html": b"x"})
    assert [problem.path for problem in caught.value.problems] == [tmp_path / "build"]


def test_files_are_written_as_they_are_given(tmp_path: Path) -> None:
    write_files(tmp_path / "build" / "652", {"a": b"\r\n", "b": b""})
    assert {file.name: file.read_bytes() for file in (tmp_path / "build" / "652").iterdir()} == {
        "a": b"\r\n",
        "b": b"",
    }


def test_pictures_of_an_earlier_build_are_removed_and_other_files_stay(tmp_path: Path) -> None:
    earlier = {"pictures/lab-0123abcd.jpg": b"old", "pictures/talk-0123abcd.ics": b"old"}
    write_build(tmp_path, {**earlier, "email.html": b"old"})
    (tmp_path / "pictures" / "mine.jpg").write_bytes(b"mine")
    write_build(tmp_path, {"pictures/lab-4567cdef.jpg": b"new", "email.html": b"new"})
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == [
        "lab-4567cdef.jpg",
        "mine.jpg",
    ]


def test_the_folder_of_pictures_goes_with_the_last_of_them(tmp_path: Path) -> None:
    write_build(tmp_path, {"pictures/lab-0123abcd.jpg": b"old", "email.html": b"the same"})
    write_build(tmp_path, {"email.html": b"the same"})
    assert [path.name for path in tmp_path.iterdir()] == ["email.html"]


def in_formats(newsletter_folder: Path, *formats: str) -> list[Email]:
    """Return the emails of issue 652 in formats, each written as in publication.yaml."""
    publication = newsletter_folder / "issues" / "publication.yaml"
    lines = "".join(f"  - {{{written}}}\n" for written in formats)
    publication.write_text(f"{publication.read_text('utf-8')}formats:\n{lines}", "utf-8")
    issue = read_issue(newsletter_folder / "issues" / "652")
    theme = theme_of(issue, newsletter_folder / "templates")
    return [own_email(render(issue, theme, one)) for one in issue.publication.every_format]


def test_further_formats_have_folders_and_come_before_the_leading_one(
    newsletter_folder: Path,
) -> None:
    emails = in_formats(
        newsletter_folder,
        "name: teasers, shows: teasers",
        "name: full, shows: full",
        "name: words, shows: full, parts: text",
    )
    files = build_files(emails)
    assert list(files) == [
        *("words/email.txt", "words/email.eml"),
        *("full/email.html", "full/email.txt", "full/email.eml"),
        *FILES,
    ]
    assert files["full/email.html"].decode() == emails[1].html
    assert files["email.html"].decode() == emails[0].html


def test_pictures_of_all_formats_are_in_one_folder(newsletter_folder: Path) -> None:
    emails = in_formats(newsletter_folder, "name: a, shows: teasers", "name: b, shows: teasers")
    lab, debate = (
        File(
            name=f"{name}-0123abcd.jpg", address="", media_type="image/jpeg", content=b"", source=""
        )
        for name in ("lab", "debate")
    )
    shown = zip(emails, [(lab, debate), (lab,)], strict=True)
    files = build_files([email.model_copy(update={"files": of}) for email, of in shown])
    assert list(files)[:2] == ["pictures/lab-0123abcd.jpg", "pictures/debate-0123abcd.jpg"]
    assert sum(name.startswith("pictures/") for name in files) == 2


IN_TWO = {"full/email.txt": b"a", "full/email.eml": b"b", "email.txt": b"c", "email.eml": b"d"}
IN_ONE = {"email.txt": b"c", "email.eml": b"d"}


def written(folder: Path) -> list[str]:
    """Return the files in a folder, but for the list of formats."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return sorted(files - {".formats"})


def test_the_files_of_a_format_go_with_it(tmp_path: Path) -> None:
    write_build(tmp_path, IN_TWO)
    assert written(tmp_path) == sorted(IN_TWO)
    write_build(tmp_path, IN_ONE)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(IN_ONE)


def test_a_format_that_becomes_text_alone_loses_its_html(tmp_path: Path) -> None:
    write_build(tmp_path, {"full/email.html": b"a", "email.html": b"b", **IN_TWO})
    write_build(tmp_path, IN_TWO)
    assert written(tmp_path) == sorted(IN_TWO)


def test_files_that_no_build_has_written_stay(tmp_path: Path) -> None:
    """A folder of somebody else's, and a file beside those of a format."""
    own = ["copy/email.html", "full/notes.txt", "notes.txt"]
    write_build(tmp_path, IN_TWO)
    (tmp_path / "copy").mkdir()
    for name in own:
        (tmp_path / name).write_bytes(b"mine")
    write_build(tmp_path, IN_ONE)
    assert written(tmp_path) == sorted([*own, *IN_ONE])


def test_a_folder_behind_a_link_is_left_alone(tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "build", tmp_path / "elsewhere"
    write_build(target, IN_TWO)
    (target / "full").rename(elsewhere)
    (target / "full").symlink_to(elsewhere)
    write_build(target, IN_ONE)
    assert written(elsewhere) == ["email.eml", "email.txt"]


@pytest.mark.parametrize(
    "listed", ["../elsewhere", "/etc", "..", "", "Full", "\xff", "pictures/.."]
)
def test_a_list_of_formats_that_somebody_has_changed_harms_nothing(
    tmp_path: Path, listed: str
) -> None:
    target, elsewhere = tmp_path / "build", tmp_path / "elsewhere"
    write_build(target, IN_TWO)
    elsewhere.mkdir()
    (elsewhere / "email.txt").write_bytes(b"mine")
    (target / ".formats").write_bytes(listed.encode("latin-1"))
    write_build(target, IN_ONE)
    assert written(elsewhere) == ["email.txt"]
    assert not (target / ".formats").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed halfway")
@pytest.mark.parametrize("before", [IN_ONE, IN_TWO])
@pytest.mark.parametrize("after", [IN_ONE, IN_TWO])
def test_wherever_a_build_is_killed_the_next_one_leaves_its_files_alone(
    tmp_path: Path, before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    new = {name: content * 2 for name, content in IN_TWO.items()}
    halfway = new if after is IN_ONE else {name: new[name] for name in IN_ONE}
    for step in count():
        target = tmp_path / str(step)
        write_build(target, before)
        if not killed_at(step, target, halfway):
            break
        if (target / "email.eml").exists():  # it is the last to come
            assert len(set(map(len, contents(target).values()))) == 1
        write_build(target, after)
        assert contents(target) == after
    assert step > 10


EVENTS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir")


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder by name, but for hidden ones."""
    return {
        name: (folder / name).read_bytes()
        for name in sorted(written(folder))
        if not Path(name).name.startswith(".")
    }


def killed_at(step: int, target: Path, files: dict[str, bytes]) -> bool:
    """Return whether a process that builds was killed at this step; if not, it has finished."""
    process = os.fork()
    if process == 0:
        steps = count()

        def kill(event: str, _: object) -> None:
            if event in EVENTS and next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(kill)
        write_build(target, files)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    return os.WIFSIGNALED(status)


def test_pictures_are_beside_the_email_and_come_before_it(newsletter_folder: Path) -> None:
    folder = newsletter_folder / "issues" / "652"
    (folder / "lab.jpg").write_bytes(drawn("lab.jpg", (1600, 1200)))
    manifest = folder / "issue.yaml"
    before = "        authors:\n          - Dr Stuart Hogarth\n"
    text = manifest.read_text("utf-8")
    assert before in text
    picture = "        picture: {src: lab.jpg, alt: A lab}\n"
    manifest.write_text(text.replace(before, picture + before), "utf-8")
    email = draft(folder)
    (file,) = [file for file in email.files if file.media_type == "image/jpeg"]
    assert file.address in email.html
    assert next(iter(email_files(email))) == f"pictures/{file.name}"


def test_a_file_where_a_format_has_its_folder_is_named(tmp_path: Path) -> None:
    target = tmp_path / "build"
    write_build(target, IN_ONE)
    before = contents(target)
    (target / "full").write_bytes(b"mine")
    with pytest.raises(NewsletterError, match="A file is where a folder must be") as caught:
        write_build(target, {name: content * 2 for name, content in IN_TWO.items()})
    assert caught.value.problems[0].path == target / "full"
    assert (target / "full").read_bytes() == b"mine"
    assert {name: contents(target)[name] for name in before} == before
