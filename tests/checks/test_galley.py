"""A galley knows the issues before it, and where to fix what is found in the finished email."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsletter.checks.galley import BACK_ISSUES, Galley, galley_of
from newsletter.manifest import Project

REPOSITORY = Path(__file__).resolve().parents[2]
EVERYTHING = REPOSITORY / "tests" / "golden" / "everything" / "issues" / "1268a"


@pytest.fixture(scope="module")
def everything() -> Galley:
    """An issue with every kind of item; no test changes it."""
    return galley_of(EVERYTHING)


def copies(newsletter_folder: Path, *numbers: str) -> None:
    """Issues like 652 under other numbers."""
    issues = newsletter_folder / "issues"
    for number in numbers:
        shutil.copytree(issues / "652", issues / number)
        manifest = issues / number / "issue.yaml"
        manifest.write_text(
            manifest.read_text("utf-8").replace("number: 652", f"number: {number}"), "utf-8"
        )


def test_it_has_the_email_as_it_is_built(everything: Galley) -> None:
    assert "\ufdd0" in everything.email.html
    assert "\ufdd0" not in everything.sent.html
    assert everything.document.source == everything.sent.html
    assert b"Message-ID:" in everything.message
    assert everything.headers["Message-ID"].startswith("<")
    assert everything.document is everything.document


def test_the_issues_before_it_come_newest_first(newsletter_folder: Path) -> None:
    copies(newsletter_folder, "653", "653a", "99")
    galley = galley_of(newsletter_folder / "issues" / "653")
    assert [folder.path.name for folder in galley.earlier] == ["652", "596", "99"]
    assert [issue.number for issue in galley.back_issues] == ["652", "596", "99"]
    assert not galley.is_newest
    assert galley_of(newsletter_folder / "issues" / "653a").is_newest


def test_issues_of_one_project_look_for_others_only_once(newsletter_folder: Path) -> None:
    older, newest = Project(newsletter_folder / "issues").issue_folders()
    assert not galley_of(older).is_newest
    copies(newsletter_folder, "600", "653")
    assert galley_of(newest).is_newest
    assert [folder.name for folder in galley_of(newest).earlier] == ["596"]


def test_no_more_than_25_back_issues_are_read(newsletter_folder: Path) -> None:
    copies(newsletter_folder, *(str(number) for number in range(700, 730)))
    galley = galley_of(newsletter_folder / "issues" / "729")
    assert len(galley.earlier) == len(galley.back_issues) == BACK_ISSUES == 25
    assert galley.back_issues[0].number == "728"


def test_a_back_issue_that_is_broken_is_ignored_and_read_again_when_it_is_fixed(
    newsletter_folder: Path,
) -> None:
    manifest = newsletter_folder / "issues" / "596" / "issue.yaml"
    sound = manifest.read_text("utf-8")
    manifest.write_text(sound.replace("date: 2011-02-21", "date: soon"), "utf-8")
    assert galley_of(newsletter_folder / "issues" / "652").back_issues == ()
    manifest.write_text(sound, "utf-8")
    assert len(galley_of(newsletter_folder / "issues" / "652").back_issues) == 1


def test_a_folder_that_is_not_numbered_comes_after_all_issues(newsletter_folder: Path) -> None:
    (newsletter_folder / "issues" / "652").rename(newsletter_folder / "issues" / "draft")
    galley = galley_of(newsletter_folder / "issues" / "draft")
    assert [folder.path.name for folder in galley.earlier] == ["596"]


def test_what_an_item_shows_belongs_to_it_and_what_is_around_it_does_not(
    everything: Galley,
) -> None:
    owners = {link.address: everything.item_of(link.element) for link in everything.document.links}
    for item in everything.issue.items:
        if item.url:
            assert owners[item.url] is item
    publication = everything.issue.publication
    assert owners[publication.home_page] is None
    assert owners[publication.archive] is None
    assert owners[publication.unsubscribe] is None
    pictured = [item for item in everything.issue.items if item.picture]
    lead, *others = (everything.item_of(image.element) for image in everything.document.images)
    assert lead is None, "the picture of the lead comes before its title"
    assert others == pictured[1:]
    contents = next(element for element in everything.document.elements("ul"))
    assert everything.item_of(contents) is None


def test_a_finding_is_put_where_it_can_be_fixed(everything: Galley) -> None:
    for link in everything.document.links:
        item = everything.item_of(link.element)
        place = everything.where(link.element, link.address)
        if item:
            assert place.item == item.title
            assert place.path.parent == everything.folder.path
        elif "/1268a" not in link.address:
            assert place.path.parent in (everything.folder.path, everything.folder.project.issues)
            assert place.line


def test_what_no_file_of_the_issue_has_is_the_themes(everything: Galley) -> None:
    title = next(everything.document.elements("title"))
    place = everything.where(title, "<mj-title>")
    assert place.path.name == "email.mjml.j2"
    assert place.line == 3
    assert everything.where(None, "nothing of the kind").path.name == "email.mjml.j2"
    assert everything.where(None, "nothing of the kind").line is None
    assert everything.in_theme(".preheader {").path.name == "style.css"


def test_an_element_of_an_item_without_words_of_its_own_is_put_at_the_item(
    everything: Galley,
) -> None:
    image = everything.document.images[1].element
    item = everything.item_of(image)
    assert item
    assert everything.where(image, "no such text") == everything.manuscript.place(item)
