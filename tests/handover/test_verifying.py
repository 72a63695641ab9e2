"""Verifying: the same bytes, or which are not."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.checks.galley import Galley, galley_of
from newsletter.checks.report import Report
from newsletter.errors import HandoverError
from newsletter.handover import Record, hand_over, verify, verifying
from newsletter.handover.fingerprints import changed_since, fingerprints_of
from newsletter.manifest import read_issue, read_manuscript
from newsletter.services.adapters.folder import Folder
from tests.handover.conftest import Hand
from tests.handover.standin import Standin, agree, place, places, published_by, ready, with_email
from tests.services.scenes import Newsletter, record_of

NOW = "it would be built differently now"


def test_what_was_handed_over_is_the_same_whenever_it_is_built(
    hand: Hand, newsletter: Newsletter
) -> None:
    hand(newsletter.first)
    assert verify(newsletter.first.galley) == ()
    assert verify(galley_of(newsletter.issue)) == ()


@pytest.mark.parametrize("tags", ["folder", "mailchimp"])
def test_files_are_the_same_with_the_tags_that_they_were_made_with(
    report: Report, tmp_path: Path, tags: str
) -> None:
    to = replace(place(Folder(tmp_path), "folder", None), tags=tags)
    hand_over(report, [to], by="a test", confirm=agree)
    assert verify(report.galley) == ()


def test_what_was_not_handed_over_cannot_be_compared(
    hand: Hand, report: Report, issue: Path
) -> None:
    with pytest.raises(HandoverError, match="has not been handed over yet"):
        verify(report.galley)
    record_of(issue).save(hand(report).model_copy(update={"state": "begun"}))
    with pytest.raises(HandoverError, match="was not finished"):
        verify(report.galley)


def test_a_changed_piece_is_named_with_its_field_and_its_place(
    hand: Hand, newsletter: Newsletter
) -> None:
    hand(newsletter.first)
    manifest = newsletter.issue / "issue.yaml"
    lines = manifest.read_text("utf-8").split("\n")
    line = next(
        number for number, text in enumerate(lines, start=1) if "linked to autism..." in text
    )
    (told,) = verify(newsletter.second.galley)
    assert told == (
        f"{manifest}:{line}: 'Genetic mutations in older fathers' sperm linked to autism':"
        " 'teaser' was changed after the issue was handed over"
    )


def test_items_that_come_go_and_change_places_are_named(own_newsletter: Path) -> None:
    manifest = own_newsletter / "issue.yaml"
    written = manifest.read_text("utf-8")
    title = next(read_issue(own_newsletter).items).title
    manifest.write_text(written.replace(title, "Quite another title", 1), "utf-8")
    told = verify(galley_of(own_newsletter))
    assert [line.partition(": ")[2] for line in told[-2:]] == [
        "'Quite another title' is new since the issue was handed over",
        f"'{title}' is no longer there",
    ]
    manifest.write_text(written, "utf-8")
    manuscript = read_manuscript(own_newsletter)
    before = fingerprints_of(manuscript.issue)
    turned = dict(reversed(before.items()))
    (told_of_order,) = changed_since(turned, manuscript)
    assert told_of_order.endswith("the items are in another order")


def test_a_field_of_a_picture_is_named_where_it_is_written(repository: Path) -> None:
    folder = repository / "tests" / "golden" / "everything" / "issues" / "1268a"
    manuscript = read_manuscript(folder)
    before = fingerprints_of(manuscript.issue)
    name = next(name for name, fields in before.items() if "picture.alt" in fields)
    before[name]["picture.alt"] = "another"
    (told,) = changed_since(before, manuscript)
    path, line, what = told.split(":", 2)
    assert "alt" in Path(path).read_text("utf-8").split("\n")[int(line) - 1]
    assert what.endswith("'picture.alt' was changed after the issue was handed over")


@pytest.mark.parametrize("field", ["sender", "reply_to"])
def test_a_changed_sender_is_told(hand: Hand, report: Report, field: str) -> None:
    hand(report)
    changed = published_by(report, **{field: "Another <another@example.org>"})
    (told,) = verify(changed.galley)
    assert f"the publication: '{'from' if field == 'sender' else field}' was changed" in told


def test_another_sender_that_no_piece_explains_is_told(
    hand: Hand, report: Report, issue: Path
) -> None:
    record = hand(report)
    record_of(issue).save(record.model_copy(update={"content": "0" * 64}))
    (told,) = verify(report.galley)
    assert told.startswith("sender, address for answers")


def test_a_text_that_has_become_longer_is_told_from_its_end_on(hand: Hand, report: Report) -> None:
    hand(report)
    text = report.email.text
    told = verify(with_email(report, text=f"{text}more\nand more\n").galley)
    assert told == (f"email.txt: {NOW}, from line {text.count(chr(10)) + 1} on",)
    told = verify(with_email(report, text=f"{text}\n").galley)
    assert told == (f"email.txt: {NOW}, from line {text.count(chr(10)) + 2} on",)


def test_a_changed_subject_is_told(hand: Hand, report: Report) -> None:
    hand(report)
    told = verify(with_email(report, subject="Another").galley)
    assert told == (f"subject: handed over as '{report.email.subject}', now 'Another'",)


@pytest.fixture
def own_newsletter(newsletter_folder: Path) -> Path:
    """Issue 652 of a newsletter that may be changed, handed over."""
    issue = newsletter_folder / "issues" / "652"
    hand_over(ready(issue), [place(Standin())], by="a test", confirm=agree)
    return issue


@pytest.mark.parametrize(
    ("path", "old", "new", "files"),
    [
        (
            "issues/652/issue.yaml",
            "A hospital in Rome meets",
            "A hospital in Milan meets",
            ["issue.yaml"],
        ),
        ("issues/publication.yaml", "free to all", "free to everybody", ["publication.yaml"]),
        ("templates/bionews/style.css", "font-size: 16px", "font-size: 17px", ["email.html"]),
        (
            "templates/bionews/email.txt.j2",
            "{{ words.unsubscribe | wrap }}",
            "{{ words.unsubscribe | wrap }} here",
            ["email.txt"],
        ),
    ],
)
def test_a_change_of_any_file_that_readers_see_is_told(
    own_newsletter: Path, path: str, old: str, new: str, files: list[str]
) -> None:
    changed = own_newsletter.parents[1] / path
    text = changed.read_text("utf-8")
    assert old in text
    changed.write_text(text.replace(old, new, 1), "utf-8")
    told = verify(galley_of(own_newsletter))
    assert [Path(line.partition(":")[0]).name for line in told] == files
    assert all(
        f": {NOW}, from line " in line or "was changed after the issue" in line for line in told
    )


def test_a_copy_that_was_changed_is_told(hand: Hand, report: Report, issue: Path) -> None:
    hand(report)
    copy = record_of(issue).folder / "email.html"
    copy.write_bytes(copy.read_bytes().replace(b"\n", b"\r\n"))
    assert verify(report.galley) == ("email.html: the copy that was kept was changed afterwards",)


def test_a_copy_that_is_missing_is_told(hand: Hand, report: Report, issue: Path) -> None:
    hand(report)
    (record_of(issue).folder / "email.txt").unlink()
    assert verify(report.galley) == ("email.txt: the copy that was kept is missing",)


@pytest.mark.parametrize("is_missing", [True, False])
def test_without_its_copy_no_line_is_told(
    hand: Hand, newsletter: Newsletter, is_missing: bool
) -> None:
    """The text is another one, and no piece of the issue: the theme, or another program."""
    hand(newsletter.first)
    email = newsletter.first.email
    other = with_email(newsletter.first, html=f"{email.html} ", text=f"{email.text} ")
    copy = newsletter.record.folder / "email.html"
    what = "is missing" if is_missing else "was changed afterwards"
    copy.unlink() if is_missing else copy.write_text("spoilt", "utf-8")
    told = verify(other.galley)
    assert told[:2] == (f"email.html: the copy that was kept {what}", f"email.html: {NOW}")
    assert told[2].startswith(f"email.txt: {NOW}, from line ")


def test_a_copy_that_was_brought_up_to_date_by_hand_does_not_hide_a_change(
    hand: Hand, newsletter: Newsletter
) -> None:
    draft = hand(newsletter.first)
    hand(newsletter.second)
    newsletter.record.save(draft)
    told = verify(newsletter.second.galley)
    for name in ("email.html", "email.txt"):
        assert f"{name}: the copy that was kept was changed afterwards" in told
    assert "'teaser' was changed after the issue" in told[0]


def test_a_record_that_names_no_files_proves_nothing(
    hand: Hand, report: Report, issue: Path
) -> None:
    record_of(issue).save(hand(report).model_copy(update={"files": {}}))
    assert len(verify(report.galley)) == 4


def test_other_programs_are_named_where_something_differs(
    hand: Hand, newsletter: Newsletter, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand(newsletter.first)
    then = newsletter.record.require().versions
    monkeypatch.setattr(verifying, "versions", lambda: {**then, "jinja2": "9.9"})
    assert verify(newsletter.first.galley) == ()
    told = verify(newsletter.second.galley)
    assert told[-1] == f"made with other versions: jinja2 {then['jinja2']} then, 9.9 now"
    monkeypatch.setattr(verifying, "versions", dict)
    assert f"premailer {then['premailer']} then, None now" in verify(newsletter.second.galley)[-1]


# --- several formats


@pytest.fixture
def handed(in_formats: Report) -> Report:
    """Issue 652, handed over in three formats."""
    hand_over(in_formats, places(Standin()), by="a test", confirm=agree)
    return in_formats


def in_order(report: Report, *galleys: Galley) -> Galley:
    """The galley of a report, with others instead of those of its further formats."""
    return replace(report.galley, others=galleys)


def test_formats_that_are_the_same_have_no_lines(handed: Report) -> None:
    assert verify(handed.galley) == ()
    assert verify(galley_of(handed.folder)) == ()


def test_what_is_about_one_format_begins_with_its_name(handed: Report) -> None:
    headlines, full = handed.galley.others
    longer = full.email.model_copy(update={"text": f"{full.email.text}more\n"})
    told = verify(in_order(handed, headlines, replace(full, email=longer)))
    line = full.email.text.count("\n") + 1
    assert told == (f"full: email.txt: {NOW}, from line {line} on",)


def test_what_is_about_all_formats_is_said_once(handed: Report) -> None:
    subject = handed.email.subject
    others = [
        replace(other, email=other.email.model_copy(update={"subject": "Another"}))
        for other in handed.galley.others
    ]
    leading = with_email(handed, subject="Another")
    assert verify(in_order(leading, *others)) == (
        f"subject: handed over as '{subject}', now 'Another'",
    )
    assert verify(in_order(leading, *handed.galley.others)) == (
        f"teasers: subject: handed over as '{subject}', now 'Another'",
    )
    assert verify(in_order(handed, *others)) == (
        f"headlines, full: subject: handed over as '{subject}', now 'Another'",
    )


def test_a_format_that_was_not_handed_over_is_a_difference(handed: Report) -> None:
    record = Record(handed.folder, "full")
    draft = record.require()
    record.save(draft.model_copy(update={"state": "begun"}))
    assert verify(handed.galley) == ("full: handing it over was not finished",)
    shutil.rmtree(record.folder)
    assert verify(handed.galley) == ("full: it has not been handed over yet",)
    shutil.rmtree(handed.folder.handed_over)
    with pytest.raises(HandoverError, match="This issue has not been handed over yet"):
        verify(handed.galley)


@pytest.mark.parametrize("kept", [0, 1])
def test_a_format_that_is_one_no_longer_is_a_difference(handed: Report, kept: int) -> None:
    told = verify(in_order(handed, *handed.galley.others[:kept]))
    assert "full: it was handed over, and is no longer a format" in told
    assert len(told) == 2 - kept


def renamed(report: Report, names: dict[str, str], copy: Path) -> Galley:
    """The galley of a ``copy`` of an issue whose publication has other ``names`` for formats."""
    shutil.copytree(report.folder.project.root, copy)
    publication = copy / "issues" / "publication.yaml"
    name = re.compile(r"(?<=name: )[a-z]+(?=,)")
    written = name.sub(lambda found: names.get(found[0], found[0]), publication.read_text("utf-8"))
    publication.write_text(written, "utf-8")
    return galley_of(copy / "issues" / "652")


def test_another_name_of_the_first_format_is_a_difference(handed: Report, tmp_path: Path) -> None:
    assert verify(renamed(handed, {"teasers": "short"}, tmp_path / "copy")) == (
        "short: 'teasers' was the first format when the issue was handed over",
    )


def test_a_format_that_has_become_the_first_one_is_still_a_format(
    handed: Report, tmp_path: Path
) -> None:
    swapped = {"teasers": "full", "full": "teasers"}
    assert verify(renamed(handed, swapped, tmp_path / "copy")) == (
        "full: 'teasers' was the first format when the issue was handed over",
        "teasers: it has not been handed over yet",
        "full: it was not the first format when it was handed over",
    )
