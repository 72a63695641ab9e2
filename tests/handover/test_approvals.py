"""Approvals: of this very content, by different people, and void after any change."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsletter.checks.galley import Galley, galley_of
from newsletter.checks.report import Report
from newsletter.email.digests import approved_digest
from newsletter.errors import HandoverError, NewsletterError, PreflightError
from newsletter.handover import Approval, approvals, approvals_of, approve
from newsletter.handover.approvals import require_approvals
from newsletter.model import Finding, Format
from newsletter.problem import Problem
from newsletter.services import profile_of
from tests.handover.standin import (
    DONORS,
    OF_FORMATS,
    READERS,
    Standin,
    place,
    places,
    published_by,
    ready,
)
from tests.services.scenes import Newsletter

FILE = "approvals.json"
TO = place(Standin(), "folder", None, profile_of("folder"))
"""Files, which go nowhere yet."""


def wanting(report: Report, count: int) -> Report:
    """A report of a publication that asks for this number of approvals."""
    return published_by(report, approvals=count)


def names(report: Report, folder: Path) -> list[str]:
    return [approval.by for approval in approvals_of(report.galley)]


def test_where_none_is_asked_for_none_is_needed(report: Report) -> None:
    assert approvals_of(report.galley) == ()
    require_approvals(wanting(report, 0), TO)


def test_one_is_enough_where_one_is_asked_for(report: Report) -> None:
    with pytest.raises(
        HandoverError,
        match=r"needs 1 approval and has 0\. Ask somebody .* newsletter approve 652 --by",
    ):
        require_approvals(wanting(report, 1), TO)
    before = datetime.now(UTC)
    (approval,) = approve(report, "Ann")
    assert (approval.by, approval.content) == ("Ann", approved_digest(report.email))
    assert before <= approval.at <= datetime.now(UTC)
    require_approvals(wanting(report, 1), TO)


def test_two_are_asked_of_different_people(report: Report, issue: Path) -> None:
    approve(report, "Ann Lee")
    with pytest.raises(HandoverError, match=r"needs 2 approvals and has 1 \(by Ann Lee\)\."):
        require_approvals(wanting(report, 2), TO)
    approve(report, "Bo")
    require_approvals(wanting(report, 2), TO)
    assert names(report, issue) == ["Ann Lee", "Bo"]


@pytest.mark.parametrize(
    "again", ["Zoë Lee", "zoë lee", "ZOË LEE", " Zoë  Lee ", "Zoe\u0308 Lee", "Zoë\u00a0Lee"]
)
def test_the_same_person_counts_once(report: Report, issue: Path, again: str) -> None:
    (first,) = approve(report, "Zoë Lee")
    assert approve(report, again) == (first,)
    assert len(json.loads((issue / FILE).read_bytes())["approvals"]) == 1
    with pytest.raises(HandoverError, match="needs 2 approvals and has 1"):
        require_approvals(wanting(report, 2), TO)


def test_the_same_person_written_twice_by_hand_counts_once(report: Report, issue: Path) -> None:
    (first,) = approve(report, "Ann")
    twice = [
        json.loads(first.model_copy(update={"by": name}).model_dump_json())
        for name in ("Ann", "ANN")
    ]
    (issue / FILE).write_text(json.dumps(twice), "utf-8")
    assert names(report, issue) == ["Ann"]


def test_a_change_of_the_content_makes_it_void(newsletter: Newsletter, issue: Path) -> None:
    approve(newsletter.first, "Ann")
    assert approvals_of(newsletter.second.galley) == ()
    with pytest.raises(HandoverError, match=r"has 0\. It, or its service or audience, has changed"):
        require_approvals(wanting(newsletter.second, 1), TO)
    approve(newsletter.second, "Bo")
    assert names(newsletter.second, issue) == ["Bo"]
    assert names(newsletter.first, issue) == ["Ann"]  # should the change be taken back
    with pytest.raises(HandoverError, match=r"has 1 \(by Bo\)\. It, or its service"):
        require_approvals(wanting(newsletter.second, 2), TO)


def test_a_change_of_the_publication_that_readers_see_makes_it_void(
    newsletter_folder: Path,
) -> None:
    issue, publication = (
        newsletter_folder / "issues" / "652",
        newsletter_folder / "issues" / "publication.yaml",
    )
    approve(ready(issue), "Ann")
    written = publication.read_text("utf-8")
    publication.write_text(written.replace("Gray's Inn Road", "Grey's Inn Road"), "utf-8")
    assert approvals_of(galley_of(issue)) == ()
    publication.write_text(
        written.replace("service: folder", "service: folder\napprovals: 2"), "utf-8"
    )
    assert names(ready(issue), issue) == ["Ann"]  # that is nothing that a reader sees


@pytest.mark.parametrize(
    "changes", [{"audience": DONORS.id}, {"service": "brevo"}, {"audience": None}]
)
def test_other_readers_make_it_void(report: Report, changes: dict[str, str]) -> None:
    first = published_by(report, service="mailchimp", audience=READERS.id, approvals=1)
    approve(first, "Ann")
    require_approvals(first, place(Standin()))
    others = published_by(first, **changes)
    assert approvals_of(others.galley) == ()
    audience = DONORS if changes.get("audience") else READERS
    with pytest.raises(HandoverError):
        require_approvals(others, place(Standin(), audience=audience))
    assert [approval.by for approval in approve(others, "Bo")] == ["Bo"]


def test_readers_chosen_on_the_command_line_are_not_those_that_were_approved(
    report: Report,
) -> None:
    first = published_by(report, service="mailchimp", audience=READERS.id, approvals=1)
    approve(first, "Ann")
    wrong = (
        r"publication's own readers \(mailchimp, audience 'r1'\), not for mailchimp, audience 'd2'"
    )
    with pytest.raises(HandoverError, match=wrong):
        require_approvals(first, place(Standin(), audience=DONORS))
    require_approvals(first, TO)  # files go nowhere yet
    uploaded = replace(profile_of("mailchimp"), needs_upload=True)
    require_approvals(first, place(Standin(), audience=DONORS, profile=uploaded))


def test_what_was_approved_before_readers_counted_holds_no_more(
    report: Report, issue: Path
) -> None:
    (approval,) = approve(report, "Ann")
    old = approval.model_dump(mode="json", exclude={"service", "audience"})
    (issue / FILE).write_text(json.dumps([old]), "utf-8")
    assert approvals_of(report.galley) == ()


def test_what_the_checks_stop_cannot_be_approved_of(report: Report, issue: Path) -> None:
    finding = Finding(
        "links", "error", Problem(Path("issue.yaml"), 3, "This link is dead.", "Fix it."), None
    )
    with pytest.raises(PreflightError, match="This link is dead"):
        approve(replace(report, findings=(finding,)), "Ann")
    assert not (issue / FILE).exists()


def test_what_was_not_checked_by_every_rule_cannot_be_approved_of(
    report: Report, issue: Path
) -> None:
    with pytest.raises(HandoverError, match="not checked by every rule"):
        approve(replace(report, left_out=("far-date",)), "Ann")
    assert not (issue / FILE).exists()


@pytest.mark.parametrize("name", ["", "  ", "\n", "Ann\nBo", "Ann\x1b[1m"])
def test_a_name_is_a_line_of_text(report: Report, issue: Path, name: str) -> None:
    with pytest.raises(HandoverError, match=r"approvals\.json: "):
        approve(report, name)
    assert not (issue / FILE).exists()


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{}", b"[{}]", b"<<<<<<< HEAD\n[]", b'[{"by": "Ann", "at": "today"}]', b"\xff"),
        b'[{"by": "", "content": "x", "at": "2026-01-01T00:00:00Z"}]',
        b'[{"by": "Ann", "content": "x", "at": "0001-01-01T00:00:00+12:00"}]',
        b'[{"by": "Ann", "content": "x", "at": "9999-12-31T23:59:59-12:00"}]',
    ],
)
def test_approvals_that_cannot_be_read_stop_it(report: Report, issue: Path, content: bytes) -> None:
    (issue / FILE).write_bytes(content)
    for action in (
        lambda: approvals_of(report.galley),
        lambda: require_approvals(report, TO),
        lambda: approve(report, "Ann"),
    ):
        with pytest.raises(
            HandoverError, match=r"approvals\.json: This file of approvals cannot be read\."
        ):
            action()
    assert (issue / FILE).read_bytes() == content


def test_approvals_that_cannot_be_written_are_told(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, files: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(approvals, "write_atomically", full)
    with pytest.raises(NewsletterError, match=r"cannot be saved \(No space left on device\)"):
        approve(report, "Ann")


def test_an_approval_is_written_as_it_is_read(report: Report, issue: Path) -> None:
    (approval,) = approve(report, "Ann")
    document = json.loads((issue / FILE).read_bytes())
    assert document.keys() == {"format", "approvals"}
    assert document["format"] == 1
    (written,) = document["approvals"]
    assert written.keys() == {"by", "content", "service", "audience", "at"}
    assert Approval(**written | {"at": datetime.fromisoformat(written["at"])}) == approval


# --- several formats


@pytest.fixture
def needing(in_formats: Report) -> Report:
    """Issue 652 in three formats of one list, which needs an approval."""
    return published_by(in_formats, service="mailchimp", audience=READERS.id, approvals=1)


def test_one_approval_is_of_all_formats(needing: Report) -> None:
    to = places(Standin())
    for one in to:
        with pytest.raises(HandoverError, match="needs 1 approval and has 0"):
            require_approvals(needing, one)
    (approval,) = approve(needing, "Ann")
    assert approval.content == needing.galley.issue_digest != approved_digest(needing.email)
    for one in to:
        require_approvals(needing, one)


@pytest.mark.parametrize("changed", [0, 1, 2])
def test_a_change_of_one_format_makes_the_approval_of_all_void(
    needing: Report, changed: int
) -> None:
    approve(needing, "Ann")
    emails = [galley.email for galley in needing.galley.every_format]
    emails[changed] = emails[changed].model_copy(update={"text": "another"})
    others = tuple(
        replace(other, email=email)
        for other, email in zip(needing.galley.others, emails[1:], strict=True)
    )
    report = replace(needing, galley=replace(needing.galley, email=emails[0], others=others))
    for one in places(Standin()):
        with pytest.raises(
            HandoverError, match=r"has 0\. It, or its service, audience or formats, has changed"
        ):
            require_approvals(report, one)


def test_formats_that_come_go_or_change_places_make_it_void(needing: Report) -> None:
    first, second, third = needing.galley.issue.publication.formats
    approve(replace(needing, galley=galley_in(needing, first, second, third)), "Ann")
    renamed = third.model_copy(update={"name": "whole"})
    for formats in ((first, second), (first, third, second), (first, second, renamed), ()):
        galley = galley_in(needing, *formats)
        assert approvals_of(galley) == ()
    assert len(approvals_of(galley_in(needing, first, second, third))) == 1


def galley_in(report: Report, *formats: Format) -> Galley:
    """The issue of a report in other formats of the same contents."""
    publication = report.galley.issue.publication.model_copy(update={"formats": formats})
    issue = report.galley.issue.model_copy(update={"publication": publication})
    manuscript = replace(report.galley.manuscript, issue=issue)
    galleys = [
        replace(
            report.galley,
            manuscript=manuscript,
            email=report.email.model_copy(update={"issue": issue, "format": format}),
            others=(),
        )
        for format in publication.every_format
    ]
    return replace(galleys[0], others=tuple(galleys[1:]))


def test_another_audience_of_a_format_makes_it_void(needing: Report) -> None:
    approve(needing, "Ann")
    *others, full = needing.galley.issue.publication.formats
    donors = full.model_copy(update={"audience": DONORS.id})
    assert approvals_of(published_by(needing, formats=(*others, donors)).galley) == ()
    assert approvals_of(published_by(needing, audience=DONORS.id).galley) == ()
    assert approvals_of(published_by(needing, service="brevo").galley) == ()
    assert len(approvals_of(needing.galley)) == 1


def test_each_format_goes_to_its_own_readers_alone(needing: Report) -> None:
    approve(needing, "Ann")
    full = places(Standin())[-1]
    wrong = replace(full, audience=OF_FORMATS["headlines"])
    told = (
        r"own readers \(mailchimp, audience 'r1:group-3'\),"
        r" not for mailchimp, audience 'r1:group-2'"
    )
    with pytest.raises(HandoverError, match=told):
        require_approvals(needing, wrong)


def test_audiences_of_formats_are_a_new_format_of_the_file(needing: Report) -> None:
    (approval,) = approve(needing, "Ann")
    document = json.loads(needing.folder.approvals.read_bytes())
    assert document["format"] == 2
    (written,) = document["approvals"]
    assert list(written["formats"].items()) == [
        (name, audience.id) for name, audience in OF_FORMATS.items()
    ]
    assert approvals_of(needing.galley) == (approval,)


def test_approvals_from_before_there_were_formats_stay_beside_those_of_today(
    needing: Report,
) -> None:
    plain = published_by(needing, formats=())
    plain = replace(plain, galley=replace(plain.galley, others=()))
    (before,) = approve(plain, "Ann")
    assert json.loads(needing.folder.approvals.read_bytes())["format"] == 1
    approve(needing, "Bo")
    first_of_all, second = json.loads(needing.folder.approvals.read_bytes())["approvals"]
    assert ("formats" in first_of_all, "formats" in second) == (False, True)
    assert approvals_of(plain.galley) == (before,)
