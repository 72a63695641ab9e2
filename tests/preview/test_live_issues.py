"""The desk shows an issue as it is now, and its last good email while its files are broken."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Thread

import pytest

from newsletter.email.building import draft
from newsletter.preview.live_issues import LiveIssues, Snapshot
from tests.plugins import installed, write_plugin
from tests.preview.conftest import Save


@pytest.fixture
def desk(newsletter_folder: Path) -> LiveIssues:
    return LiveIssues(newsletter_folder / "issues")


def seen(desk: LiveIssues, number: str) -> Snapshot:
    current = desk.current(number)
    assert current is not None
    return current


def test_an_issue_is_shown_as_it_is_built(desk: LiveIssues) -> None:
    current = seen(desk, "652")
    assert (current.number, current.folder, current.problems) == ("652", desk.issues / "652", ())
    assert current.email == draft(desk.issues / "652")


def test_an_issue_that_is_made_later_is_shown_and_counted(desk: LiveIssues) -> None:
    assert desk.numbers() == ["652", "596"]
    assert desk.current("653") is None
    shutil.copytree(desk.issues / "652", desk.issues / "653")
    manifest = desk.issues / "653" / "issue.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("number: 652", "number: 653"), "utf-8")
    assert desk.numbers() == ["653", "652", "596"]
    report = desk.report(seen(desk, "653"))
    assert report is not None
    assert [folder.name for folder in report.galley.earlier] == ["652", "596"]


def test_while_nothing_changes_nothing_is_built_again(desk: LiveIssues) -> None:
    assert seen(desk, "652") is seen(desk, "652")


def test_a_save_is_seen_at_the_next_look(desk: LiveIssues, save: Save) -> None:
    before = seen(desk, "652")
    save("Rome hospital criticised", "A hospital in Rome criticised")
    after = seen(desk, "652")
    assert after.version != before.version
    assert after.email
    assert "A hospital in Rome criticised" in after.email.html


def test_the_last_good_email_stays_while_a_file_is_broken(desk: LiveIssues, save: Save) -> None:
    good = seen(desk, "652")
    save("date: 2012-04-16", "date: 2012-04-31")
    broken = seen(desk, "652")
    assert broken.email is good.email
    assert broken.version != good.version
    assert [(problem.path, problem.line) for problem in broken.problems] == [
        (desk.issues / "652" / "issue.yaml", 6)
    ]
    assert "2012-04-31" in broken.problems[0].message


def test_a_fixed_file_has_no_problems_left(desk: LiveIssues, save: Save) -> None:
    seen(desk, "652")
    save("date: 2012-04-16", "date: 2012-04-31")
    assert seen(desk, "652").problems
    save("date: 2012-04-31", "date: 2012-04-17")
    fixed = seen(desk, "652")
    assert fixed.problems == ()
    assert fixed.email == draft(desk.issues / "652")


def test_an_issue_that_was_never_sound_has_problems_and_no_email(
    desk: LiveIssues, save: Save
) -> None:
    save("date: 2012-04-16", "date: 2012-04-31")
    broken = seen(desk, "652")
    assert broken.email is None
    assert len(broken.problems) == 1


def test_a_file_that_is_renamed_changes_the_version_and_is_missed(desk: LiveIssues) -> None:
    before = seen(desk, "596")
    story = desk.issues / "596" / "never-let-me-go.md"
    story.rename(story.with_name("renamed.md"))
    after = seen(desk, "596")
    assert after.version != before.version
    assert "never-let-me-go.md" in after.problems[0].message


@pytest.mark.parametrize("name", ["note.txt", "images/new.png", "images/deep/below/new.png"])
def test_a_file_that_is_added_or_removed_changes_the_version(desk: LiveIssues, name: str) -> None:
    versions = [seen(desk, "652").version]
    file = desk.issues / "652" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"new")
    versions.append(seen(desk, "652").version)
    file.unlink()
    versions.append(seen(desk, "652").version)
    assert versions[0] != versions[1] != versions[2]


def test_a_picture_that_is_changed_changes_the_version(everything: Path) -> None:
    desk = LiveIssues(everything / "issues")
    before = seen(desk, "1268a").version
    images = everything / "issues" / "1268a" / "images"
    shutil.copyfile(images / "wide.png", images / "cover.png")
    assert seen(desk, "1268a").version != before


def test_what_all_issues_share_changes_all_of_them(desk: LiveIssues) -> None:
    before = {number: seen(desk, number).version for number in desk.numbers()}
    publication = desk.issues / "publication.yaml"
    publication.write_text(
        publication.read_text("utf-8").replace("text_width: 72", "text_width: 66"), "utf-8"
    )
    after = {number: seen(desk, number).version for number in desk.numbers()}
    assert all(after[number] != before[number] for number in ("596", "652"))


def test_a_save_in_one_issue_leaves_the_others_as_they_are(desk: LiveIssues, save: Save) -> None:
    other = seen(desk, "596")
    save("date: 2012-04-16", "date: 2012-04-17")
    assert seen(desk, "596") is other


def test_a_changed_theme_is_seen(desk: LiveIssues) -> None:
    seen(desk, "652")
    palette = desk.templates / "bionews" / "palette.css"
    palette.write_text(palette.read_text("utf-8").replace("#075c6b", "#7a0f3d"), "utf-8")
    email = seen(desk, "652").email
    assert email
    assert "#7a0f3d" in email.html


def test_a_fault_in_the_theme_is_reported_at_its_place(desk: LiveIssues) -> None:
    good = seen(desk, "652")
    part = desk.templates / "bionews" / "parts" / "item.html.j2"
    text = part.read_text("utf-8").replace("item.date | date", "item.dat | date")
    part.write_text(text, "utf-8")
    broken = seen(desk, "652")
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "item.dat |" in words)
    assert broken.email is good.email
    assert [(problem.path, problem.line) for problem in broken.problems] == [(part, line)]


@pytest.mark.parametrize(
    "number", ["653", "", ".", "..", "../issues/652", "652/", "0652", "publication.yaml"]
)
def test_there_is_nothing_under_an_unknown_number(desk: LiveIssues, number: str) -> None:
    assert desk.current(number) is None


def test_an_issue_that_is_removed_after_it_was_seen_keeps_its_email(desk: LiveIssues) -> None:
    good = seen(desk, "596")
    shutil.rmtree(desk.issues / "596")
    gone = seen(desk, "596")
    assert gone.email is good.email
    assert [problem.path for problem in gone.problems] == [desk.issues / "596" / "issue.yaml"]
    assert desk.numbers() == ["652"]


def test_an_issue_that_is_added_later_is_found(desk: LiveIssues) -> None:
    assert desk.current("700") is None
    shutil.copytree(desk.issues / "596", desk.issues / "700")
    manifest = desk.issues / "700" / "issue.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("number: 596", "number: 700"), "utf-8")
    assert seen(desk, "700").problems == ()


def test_numbers_are_listed_newest_first(desk: LiveIssues) -> None:
    for number in ("1268b", "1268a", "1268", "99", "drafts"):
        shutil.copytree(desk.issues / "596", desk.issues / number)
    (desk.issues / "700").mkdir()
    assert desk.numbers() == ["1268b", "1268a", "1268", "652", "596", "99"]


def test_a_file_concerns_its_issue_alone(desk: LiveIssues) -> None:
    paths = [desk.issues / "652" / "issue.yaml", desk.issues / "596" / "images" / "a.png"]
    assert desk.concerned(paths) == {"652", "596"}
    assert desk.concerned([]) == set()


@pytest.mark.parametrize(
    "name", ["issues/publication.yaml", "issues/652", "issues", "templates/bionews/style.css", "."]
)
def test_what_is_shared_concerns_all(desk: LiveIssues, name: str) -> None:
    paths = [desk.issues / "652" / "issue.yaml", desk.issues.parent / name]
    assert desk.concerned(paths) is None


def test_many_may_look_at_once(desk: LiveIssues) -> None:
    looks: list[Snapshot] = []
    threads = [Thread(target=lambda: looks.append(seen(desk, "652"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looks) == 8
    assert all(look is looks[0] for look in looks)


def test_a_rule_that_was_installed_and_cannot_run_is_reported(
    desk: LiveIssues, tmp_path: Path
) -> None:
    entry_points = "[newsletter.checks]\nbroken = extra_broken\n"
    site = write_plugin(tmp_path / "site", "newsletter-extra", entry_points)
    with installed(site):
        report = desk.report(seen(desk, "652"))
    assert report
    assert not report.is_ready
    (finding,) = report.findings
    assert str(finding.problem).startswith(
        "newsletter-extra 1.0: The rule 'broken' cannot be loaded"
    )
