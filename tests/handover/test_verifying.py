"""Verifying: the same bytes, or which are not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.checks.report import Report
from newsletter.email.building import draft
from newsletter.errors import HandoverError
from newsletter.handover import hand_over, handed_over, require_draft, verify, verifying
from newsletter.handover.pieces import changed_pieces, pieces_of
from newsletter.handover.record import write_draft
from newsletter.manifest import read_issue
from newsletter.model import Service as ServiceName
from tests.handover.conftest import Hand
from tests.handover.standin import Standin, agree, place, ready
from tests.services.scenes import Newsletter

NOW = "it would be built differently now"


def test_what_was_handed_over_is_the_same_whenever_it_is_built(
    hand: Hand, newsletter: Newsletter
) -> None:
    hand(newsletter.first)
    assert verify(newsletter.first.email, newsletter.issue) == ()
    assert verify(draft(newsletter.issue), newsletter.issue) == ()


@pytest.mark.parametrize("tags", ["folder", "mailchimp"])
def test_files_are_the_same_with_the_tags_that_they_were_made_with(
    report: Report, issue: Path, standin: Standin, tags: ServiceName
) -> None:
    to = replace(place(standin, "folder", None), tags=tags)
    hand_over(report, issue, to, by="a test", confirm=agree)
    assert verify(report.email, issue) == ()


def test_what_was_not_handed_over_cannot_be_compared(
    hand: Hand, report: Report, issue: Path
) -> None:
    with pytest.raises(HandoverError, match="has not been handed over yet"):
        verify(report.email, issue)
    write_draft(issue, hand(report).model_copy(update={"state": "begun"}))
    with pytest.raises(HandoverError, match="was not finished"):
        verify(report.email, issue)


def test_a_changed_piece_is_named_with_its_field_and_its_place(
    hand: Hand, newsletter: Newsletter
) -> None:
    hand(newsletter.first)
    manifest = newsletter.issue / "issue.yaml"
    lines = manifest.read_text("utf-8").split("\n")
    line = next(
        number for number, text in enumerate(lines, start=1) if "linked to autism..." in text
    )
    (told,) = verify(newsletter.second.email, newsletter.issue)
    assert told == (
        f"{manifest}:{line}: 'Genetic mutations in older fathers' sperm linked to autism':"
        " 'teaser' was changed after the issue was handed over"
    )


def test_items_that_come_go_and_change_places_are_named(own_newsletter: Path) -> None:
    manifest = own_newsletter / "issue.yaml"
    written = manifest.read_text("utf-8")
    title = next(read_issue(own_newsletter).items).title
    manifest.write_text(written.replace(title, "Quite another title", 1), "utf-8")
    told = verify(draft(own_newsletter), own_newsletter)
    assert [line.partition(": ")[2] for line in told[-2:]] == [
        "'Quite another title' is new since the issue was handed over",
        f"'{title}' is no longer there",
    ]
    manifest.write_text(written, "utf-8")
    issue = draft(own_newsletter).issue
    (news, *others) = issue.sections
    turned = (news.model_copy(update={"items": news.items[::-1]}), *others)
    (told_of_order,) = changed_pieces(
        pieces_of(issue), issue.model_copy(update={"sections": turned}), own_newsletter
    )
    assert told_of_order.endswith("the items are in another order")


def test_a_field_of_a_picture_is_named_where_it_is_written(repository: Path) -> None:
    folder = repository / "tests" / "golden" / "everything" / "issues" / "1268a"
    issue = read_issue(folder)
    before = pieces_of(issue)
    name = next(name for name, fields in before.items() if "picture.alt" in fields)
    before[name]["picture.alt"] = "another"
    (told,) = changed_pieces(before, issue, folder)
    path, line, what = told.split(":", 2)
    assert "alt" in Path(path).read_text("utf-8").split("\n")[int(line) - 1]
    assert what.endswith("'picture.alt' was changed after the issue was handed over")


@pytest.mark.parametrize("field", ["sender", "reply_to"])
def test_a_changed_sender_is_told(hand: Hand, report: Report, issue: Path, field: str) -> None:
    hand(report)
    changed = report.email.issue.publication.model_copy(
        update={field: "Another <another@example.org>"}
    )
    email = report.email.model_copy(
        update={"issue": report.email.issue.model_copy(update={"publication": changed})}
    )
    (told,) = verify(email, issue)
    assert f"the publication: '{'from' if field == 'sender' else field}' was changed" in told


def test_another_sender_that_no_piece_explains_is_told(
    hand: Hand, report: Report, issue: Path
) -> None:
    record = hand(report)
    write_draft(issue, record.model_copy(update={"content": "0" * 64}))
    (told,) = verify(report.email, issue)
    assert told.startswith("sender, address for answers")


def test_a_text_that_has_become_longer_is_told_from_its_end_on(
    hand: Hand, report: Report, issue: Path
) -> None:
    hand(report)
    text = report.email.text
    told = verify(report.email.model_copy(update={"text": f"{text}more\nand more\n"}), issue)
    assert told == (f"email.txt: {NOW}, from line {text.count(chr(10)) + 1} on",)
    told = verify(report.email.model_copy(update={"text": f"{text}\n"}), issue)
    assert told == (f"email.txt: {NOW}, from line {text.count(chr(10)) + 2} on",)


def test_a_changed_subject_is_told(hand: Hand, report: Report, issue: Path) -> None:
    hand(report)
    told = verify(report.email.model_copy(update={"subject": "Another"}), issue)
    assert told == (f"subject: handed over as '{report.email.subject}', now 'Another'",)


@pytest.fixture
def own_newsletter(newsletter_folder: Path) -> Path:
    """Issue 652 of a newsletter that may be changed, handed over."""
    issue = newsletter_folder / "issues" / "652"
    hand_over(ready(issue), issue, place(Standin()), by="a test", confirm=agree)
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
            "{{ words.unsubscribe }}:",
            "{{ words.unsubscribe }} here:",
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
    told = verify(draft(own_newsletter), own_newsletter)
    assert [Path(line.partition(":")[0]).name for line in told] == files
    assert all(
        f": {NOW}, from line " in line or "was changed after the issue" in line for line in told
    )


def test_a_copy_that_was_changed_is_told(hand: Hand, report: Report, issue: Path) -> None:
    hand(report)
    copy = handed_over(issue) / "email.html"
    copy.write_bytes(copy.read_bytes().replace(b"\n", b"\r\n"))
    assert verify(report.email, issue) == (
        "email.html: the copy that was kept was changed afterwards",
    )


def test_a_copy_that_is_missing_is_told(hand: Hand, report: Report, issue: Path) -> None:
    hand(report)
    (handed_over(issue) / "email.txt").unlink()
    assert verify(report.email, issue) == ("email.txt: the copy that was kept is missing",)


@pytest.mark.parametrize("is_missing", [True, False])
def test_without_its_copy_no_line_is_told(
    hand: Hand, newsletter: Newsletter, is_missing: bool
) -> None:
    """The text is another one, and no piece of the issue: the theme, or another program."""
    hand(newsletter.first)
    email = newsletter.first.email
    other = email.model_copy(update={"html": f"{email.html} ", "text": f"{email.text} "})
    copy = handed_over(newsletter.issue) / "email.html"
    what = "is missing" if is_missing else "was changed afterwards"
    copy.unlink() if is_missing else copy.write_text("spoilt", "utf-8")
    told = verify(other, newsletter.issue)
    assert told[:2] == (f"email.html: the copy that was kept {what}", f"email.html: {NOW}")
    assert told[2].startswith(f"email.txt: {NOW}, from line ")


def test_a_copy_that_was_brought_up_to_date_by_hand_does_not_hide_a_change(
    hand: Hand, newsletter: Newsletter
) -> None:
    draft = hand(newsletter.first)
    hand(newsletter.second)
    write_draft(newsletter.issue, draft)
    told = verify(newsletter.second.email, newsletter.issue)
    for name in ("email.html", "email.txt"):
        assert f"{name}: the copy that was kept was changed afterwards" in told
    assert "'teaser' was changed after the issue" in told[0]


def test_a_record_that_names_no_files_proves_nothing(
    hand: Hand, report: Report, issue: Path
) -> None:
    write_draft(issue, hand(report).model_copy(update={"files": {}}))
    assert len(verify(report.email, issue)) == 4


def test_other_programs_are_named_where_something_differs(
    hand: Hand, newsletter: Newsletter, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand(newsletter.first)
    then = require_draft(newsletter.issue).versions
    monkeypatch.setattr(verifying, "versions", lambda: {**then, "jinja2": "9.9"})
    assert verify(newsletter.first.email, newsletter.issue) == ()
    told = verify(newsletter.second.email, newsletter.issue)
    assert told[-1] == f"made with other versions: jinja2 {then['jinja2']} then, 9.9 now"
    monkeypatch.setattr(verifying, "versions", dict)
    assert (
        f"premailer {then['premailer']} then, None now"
        in verify(newsletter.second.email, newsletter.issue)[-1]
    )
