"""All steps from an issue's folder to its files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsletter.email.building import FILES, draft, draft_of, email_files, write_build, write_files
from newsletter.email.merge_tags import own_email, token
from newsletter.errors import ManifestError, NewsletterError, ThemeError
from newsletter.manifest import read_issue
from newsletter.pictures.preparing import NO_PICTURES
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


def test_an_issue_in_hand_becomes_the_same_email(newsletter_folder: Path) -> None:
    folder = newsletter_folder / "issues" / "652"
    assert draft_of(read_issue(folder), newsletter_folder / "templates", NO_PICTURES) == draft(
        folder
    )


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


def test_files_that_cannot_be_written_are_reported_with_their_folder(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file in the way", "utf-8")
    with pytest.raises(NewsletterError, match="Nothing was changed") as caught:
        write_files(tmp_path / "build" / "652", {"email.html": b"x"})
    assert [problem.path for problem in caught.value.problems] == [tmp_path / "build" / "652"]


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
