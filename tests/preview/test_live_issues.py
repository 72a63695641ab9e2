"""An issue is shown as it is now, with its last good email while its files are broken."""

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
def live(newsletter_folder: Path) -> LiveIssues:
    return LiveIssues(newsletter_folder / "issues")


def numbers(live: LiveIssues) -> list[str]:
    """Return the numbers of all issues, newest first."""
    return [folder.path.name for folder in live.project().newest_first()]


def seen(live: LiveIssues, number: str) -> Snapshot:
    current = live.snapshot(number)
    assert current is not None
    return current


def test_an_issue_is_shown_as_it_is_built(live: LiveIssues) -> None:
    current = seen(live, "652")
    assert (current.number, current.folder, current.problems) == ("652", live.issues / "652", ())
    assert current.email == draft(live.issues / "652")


def test_an_issue_that_is_made_later_is_shown_and_counted(live: LiveIssues) -> None:
    assert numbers(live) == ["652", "596"]
    assert live.snapshot("653") is None
    shutil.copytree(live.issues / "652", live.issues / "653")
    manifest = live.issues / "653" / "issue.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("number: 652", "number: 653"), "utf-8")
    assert numbers(live) == ["653", "652", "596"]
    report = live.report(seen(live, "653"))
    assert report is not None
    assert [folder.name for folder in report.galley.earlier] == ["652", "596"]


def test_while_nothing_changes_nothing_is_built_again(live: LiveIssues) -> None:
    assert seen(live, "652") is seen(live, "652")


def test_a_save_is_seen_at_the_next_look(live: LiveIssues, save: Save) -> None:
    before = seen(live, "652")
    save("Rome hospital criticised", "A hospital in Rome criticised")
    after = seen(live, "652")
    assert after.version != before.version
    assert after.email
    assert "A hospital in Rome criticised" in after.email.html


def test_the_last_good_email_stays_while_a_file_is_broken(live: LiveIssues, save: Save) -> None:
    good = seen(live, "652")
    save("date: 2012-04-16", "date: 2012-04-31")
    broken = seen(live, "652")
    assert broken.email is good.email
    assert broken.version != good.version
    assert [(problem.path, problem.line) for problem in broken.problems] == [
        (live.issues / "652" / "issue.yaml", 6)
    ]
    assert "2012-04-31" in broken.problems[0].message


def test_a_fixed_file_has_no_problems_left(live: LiveIssues, save: Save) -> None:
    seen(live, "652")
    save("date: 2012-04-16", "date: 2012-04-31")
    assert seen(live, "652").problems
    save("date: 2012-04-31", "date: 2012-04-17")
    fixed = seen(live, "652")
    assert fixed.problems == ()
    assert fixed.email == draft(live.issues / "652")


def test_an_issue_that_was_never_sound_has_problems_and_no_email(
    live: LiveIssues, save: Save
) -> None:
    save("date: 2012-04-16", "date: 2012-04-31")
    broken = seen(live, "652")
    assert broken.email is None
    assert len(broken.problems) == 1


def test_a_file_that_is_renamed_changes_the_version_and_is_missed(live: LiveIssues) -> None:
    before = seen(live, "596")
    story = live.issues / "596" / "never-let-me-go.md"
    story.rename(story.with_name("renamed.md"))
    after = seen(live, "596")
    assert after.version != before.version
    assert "never-let-me-go.md" in after.problems[0].message


@pytest.mark.parametrize("name", ["note.txt", "images/new.png", "images/deep/below/new.png"])
def test_a_file_that_is_added_or_removed_changes_the_version(live: LiveIssues, name: str) -> None:
    versions = [seen(live, "652").version]
    file = live.issues / "652" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"new")
    versions.append(seen(live, "652").version)
    file.unlink()
    versions.append(seen(live, "652").version)
    assert versions[0] != versions[1] != versions[2]


def test_a_picture_that_is_changed_changes_the_version(everything: Path) -> None:
    live = LiveIssues(everything / "issues")
    before = seen(live, "1268a").version
    images = everything / "issues" / "1268a" / "images"
    shutil.copyfile(images / "wide.png", images / "cover.png")
    assert seen(live, "1268a").version != before


@pytest.mark.parametrize("name", ["logo.png", "images/logo.png"])
def test_a_logo_belongs_to_all_issues(live: LiveIssues, name: str) -> None:
    before = seen(live, "652").version
    logo = live.issues / name
    logo.parent.mkdir(exist_ok=True)
    logo.write_bytes(b"new")
    assert seen(live, "652").version != before
    assert live.numbers_of([logo]) is None


def test_what_all_issues_share_changes_all_of_them(live: LiveIssues) -> None:
    before = {number: seen(live, number).version for number in numbers(live)}
    publication = live.issues / "publication.yaml"
    publication.write_text(
        publication.read_text("utf-8").replace("text_width: 72", "text_width: 66"), "utf-8"
    )
    after = {number: seen(live, number).version for number in numbers(live)}
    assert all(after[number] != before[number] for number in ("596", "652"))


def test_a_save_in_one_issue_leaves_the_others_as_they_are(live: LiveIssues, save: Save) -> None:
    other = seen(live, "596")
    save("date: 2012-04-16", "date: 2012-04-17")
    assert seen(live, "596") is other


def test_a_changed_theme_is_seen(live: LiveIssues) -> None:
    seen(live, "652")
    palette = live.templates / "bionews" / "palette.css"
    palette.write_text(palette.read_text("utf-8").replace("#075c6b", "#7a0f3d"), "utf-8")
    email = seen(live, "652").email
    assert email
    assert "#7a0f3d" in email.html


def test_a_fault_in_the_theme_is_reported_at_its_place(live: LiveIssues) -> None:
    good = seen(live, "652")
    part = live.templates / "bionews" / "parts" / "story.html.j2"
    text = part.read_text("utf-8").replace("picture(item)", "picture(item.dat)")
    part.write_text(text, "utf-8")
    broken = seen(live, "652")
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "item.dat)" in words)
    assert broken.email is good.email
    assert [(problem.path, problem.line) for problem in broken.problems] == [(part, line)]


@pytest.mark.parametrize(
    "number", ["653", "", ".", "..", "../issues/652", "652/", "0652", "publication.yaml"]
)
def test_there_is_nothing_under_an_unknown_number(live: LiveIssues, number: str) -> None:
    assert live.snapshot(number) is None


def test_an_issue_that_is_removed_after_it_was_seen_keeps_its_email(live: LiveIssues) -> None:
    good = seen(live, "596")
    shutil.rmtree(live.issues / "596")
    gone = seen(live, "596")
    assert gone.email is good.email
    assert [problem.path for problem in gone.problems] == [live.issues / "596" / "issue.yaml"]
    assert numbers(live) == ["652"]


def test_an_issue_that_is_added_later_is_found(live: LiveIssues) -> None:
    assert live.snapshot("700") is None
    shutil.copytree(live.issues / "596", live.issues / "700")
    manifest = live.issues / "700" / "issue.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("number: 596", "number: 700"), "utf-8")
    assert seen(live, "700").problems == ()


def test_numbers_are_listed_newest_first(live: LiveIssues) -> None:
    for number in ("1268b", "1268a", "1268", "99", "drafts"):
        shutil.copytree(live.issues / "596", live.issues / number)
    (live.issues / "700").mkdir()
    assert numbers(live) == ["1268b", "1268a", "1268", "652", "596", "99"]


def test_a_file_concerns_its_issue_alone(live: LiveIssues) -> None:
    paths = [live.issues / "652" / "issue.yaml", live.issues / "596" / "images" / "a.png"]
    assert live.numbers_of(paths) == {"652", "596"}
    assert live.numbers_of([]) == set()


@pytest.mark.parametrize(
    "name", ["issues/publication.yaml", "issues/652", "issues", "templates/bionews/style.css", "."]
)
def test_what_is_shared_concerns_all(live: LiveIssues, name: str) -> None:
    paths = [live.issues / "652" / "issue.yaml", live.issues.parent / name]
    assert live.numbers_of(paths) is None


def test_many_may_look_at_once(live: LiveIssues) -> None:
    looks: list[Snapshot] = []
    threads = [Thread(target=lambda: looks.append(seen(live, "652"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looks) == 8
    assert all(look is looks[0] for look in looks)


def test_a_rule_that_was_installed_and_cannot_run_is_reported(
    live: LiveIssues, tmp_path: Path
) -> None:
    entry_points = "[newsletter.checks]\nbroken = extra_broken\n"
    site = write_plugin(tmp_path / "site", "newsletter-extra", entry_points)
    with installed(site):
        report = live.report(seen(live, "652"))
    assert report
    assert not report.is_ready
    (finding,) = report.findings
    assert str(finding.problem).startswith(
        "newsletter-extra 1.0: The rule 'broken' cannot be loaded"
    )
