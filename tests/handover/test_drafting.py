"""Handing over: one draft, whole, for the right readers; and nothing at all where that is not certain."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsletter.checks.preflight import preflight
from newsletter.checks.report import Report
from newsletter.email.merge_tags import token
from newsletter.errors import (
    HandoverError,
    NewsletterError,
    PreflightError,
    Refused,
    Unavailable,
    Uncertain,
)
from newsletter.files import write_atomically
from newsletter.handover import HandoverPlan, changes, hand_over, outgoing_of
from newsletter.model import Audience, Finding
from newsletter.problem import Problem
from newsletter.services import profile_of
from newsletter.services.adapters.folder import Folder
from newsletter.services.protocol import Campaign, Outgoing, Status
from tests.handover.conftest import Hand, Kept
from tests.handover.standin import (
    DONORS,
    READERS,
    Standin,
    agree,
    campaign_of,
    of_issue,
    place,
    published_by,
    refuse,
    with_email,
)
from tests.services.fake_mailchimp import FakeMailchimp
from tests.services.fakes import CANARY, Fault, Wire
from tests.services.scenes import Newsletter, destination_of, hand_over_first, record_of


def given(report: Report, audience: str = READERS.id) -> Outgoing:
    """A report on its way to the stand-in."""
    return outgoing_of(report.galley, profile_of("mailchimp"), audience)


# --- one draft


def test_a_first_time_makes_one_draft_that_holds_what_was_given(
    hand: Hand, report: Report, standin: Standin
) -> None:
    plans: list[HandoverPlan] = []
    draft = hand(report, confirm=plans.append)
    assert standin.writes == ["create"]
    assert standin.only == campaign_of("c1", given(report))
    assert (plans[0].steps[0].does, plans[0].steps[0].overwrites, plans[0].outgoing) == (
        "create",
        (),
        given(report),
    )
    assert (draft.state, draft.campaign, draft.differences) == ("done", "c1", ())


def test_what_a_service_has_taken_only_in_part_is_written_after_it(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = standin.create

    def half(outgoing: Outgoing) -> str:
        made = create(outgoing)
        standin.edit(made, html="", text="made up", audiences=())
        return made

    monkeypatch.setattr(standin, "create", half)
    assert hand(report).differences == ()
    assert standin.writes == ["create", "update"]
    assert standin.only == campaign_of("c1", given(report))


def test_without_a_change_nothing_is_written_and_nobody_is_asked(
    hand: Hand, report: Report, standin: Standin, kept: Kept
) -> None:
    first = hand(report, by="Monday's editor")
    files, standin.calls = kept(), []
    assert hand(report, confirm=refuse, by="another") == first
    assert standin.writes == []
    assert kept() == files


def test_without_a_change_a_service_gets_only_questions(newsletter: Newsletter) -> None:
    fake = FakeMailchimp()
    hand_over_first(newsletter, fake, Wire(fake))
    wire = Wire(fake)
    hand_over_first(newsletter, fake, wire)
    assert wire.calls
    assert all(call.startswith("GET ") for call in wire.calls)


def test_after_a_change_the_same_draft_is_brought_up_to_date(
    hand: Hand, newsletter: Newsletter, standin: Standin, kept: Kept
) -> None:
    hand(newsletter.first)
    plans: list[HandoverPlan] = []
    draft = hand(newsletter.second, confirm=plans.append)
    assert (plans[0].steps[0].does, plans[0].steps[0].overwrites) == ("update", ())
    assert standin.writes == ["create", "update"]
    assert standin.only == campaign_of("c1", given(newsletter.second))
    assert kept()["email.html"].decode() == standin.only.html
    assert draft.campaign == "c1"


def test_a_change_that_is_taken_back_is_handed_over_like_any_other(
    hand: Hand, newsletter: Newsletter, standin: Standin
) -> None:
    for report in (newsletter.first, newsletter.second, newsletter.first):
        hand(report)
    assert standin.writes == ["create", "update", "update"]
    assert standin.only == campaign_of("c1", given(newsletter.first))


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "The News <bionews@bionews.org.uk>"},
        {"sender": "BioNews <news@bionews.org.uk>"},
        {"reply_to": "answers@example.org"},
    ],
)
def test_another_sender_is_a_change_though_no_text_has_it(
    hand: Hand, report: Report, standin: Standin, changes: dict[str, str]
) -> None:
    hand(report)
    changed = published_by(report, **changes)
    hand(changed)
    assert standin.writes == ["create", "update"]
    assert standin.only == campaign_of("c1", given(changed))


@pytest.mark.parametrize("damage", [Path.unlink, lambda copy: copy.write_text("spoilt", "utf-8")])
def test_a_copy_that_is_damaged_is_written_again_and_the_draft_is_left_as_it_is(
    hand: Hand, report: Report, standin: Standin, kept: Kept, damage: Callable[[Path], object]
) -> None:
    hand(report)
    whole = kept()
    damage(record_of(report.folder.path).folder / "email.txt")
    hand(report, confirm=refuse)
    assert kept() == whole
    assert standin.writes == ["create"]


def test_another_preheader_is_a_change(hand: Hand, report: Report, standin: Standin) -> None:
    hand(report)
    hand(with_email(report, preheader="Something else"))
    assert standin.only.preheader == "Something else"


def test_an_editor_who_does_not_agree_changes_nothing(
    hand: Hand, newsletter: Newsletter, standin: Standin, kept: Kept
) -> None:
    def no(_: HandoverPlan) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hand(newsletter.first, confirm=no)
    assert (standin.writes, kept()) == ([], {})
    hand(newsletter.first)
    files, held = kept(), standin.only
    with pytest.raises(KeyboardInterrupt):
        hand(newsletter.second, confirm=no)
    assert (kept(), standin.only) == (files, held)
    hand(newsletter.second)  # the lock was given back


# --- what stops it before anything is asked


def test_errors_of_the_checks_stop_it(hand: Hand, report: Report, standin: Standin) -> None:
    finding = Finding(
        "links", "error", Problem(Path("issue.yaml"), 3, "This link is dead.", "Fix it."), None
    )
    wrong = replace(report, findings=(finding,))
    with pytest.raises(PreflightError, match=r"issue\.yaml:3: This link is dead\. Fix it\."):
        hand(wrong, confirm=refuse)
    assert standin.calls == []


def test_what_was_not_checked_by_every_rule_is_not_handed_over(
    hand: Hand, report: Report, standin: Standin
) -> None:
    partial = preflight(report.galley, skip=["far-date"])
    assert partial.is_ready
    with pytest.raises(HandoverError, match="not checked by every rule: far-date did not run"):
        hand(partial, confirm=refuse)
    assert standin.calls == []


def test_warnings_do_not_stop_it(hand: Hand, report: Report) -> None:
    finding = Finding("links", "warning", Problem(Path("issue.yaml"), 3, "This is long.", ""), None)
    assert hand(replace(report, findings=(finding,))).state == "done"


def test_missing_approvals_stop_it(hand: Hand, report: Report, standin: Standin) -> None:
    with pytest.raises(HandoverError, match="needs 1 approval and has 0"):
        hand(published_by(report, approvals=1), confirm=refuse)
    assert standin.calls == []


@pytest.mark.parametrize("part", ["html", "text"])
@pytest.mark.parametrize("count", [0, 2])
def test_a_reader_who_could_not_unsubscribe_stops_it(
    hand: Hand, report: Report, standin: Standin, part: str, count: int
) -> None:
    content = getattr(report.email, part).replace(
        token("unsubscribe"), count * token("unsubscribe")
    )
    with pytest.raises(HandoverError, match="unsubscribe link"):
        hand(with_email(report, **{part: content}), confirm=refuse)
    assert standin.calls == []


# --- the record


def test_the_draft_is_taken_on_if_the_record_was_lost(
    hand: Hand, newsletter: Newsletter, standin: Standin, kept: Kept
) -> None:
    hand(newsletter.first)
    files = kept()
    newsletter.forget()
    plans: list[HandoverPlan] = []
    draft = hand(newsletter.first, confirm=plans.append)
    assert [plan.steps[0].does for plan in plans] == ["update"]
    assert standin.writes == ["create"]
    assert draft.campaign == "c1"
    assert kept().keys() == files.keys()


def test_a_draft_that_was_taken_on_gets_what_is_new(
    hand: Hand, newsletter: Newsletter, standin: Standin
) -> None:
    hand(newsletter.first)
    newsletter.forget()
    hand(newsletter.second)
    assert standin.writes == ["create", "update"]
    assert standin.only == campaign_of("c1", given(newsletter.second))


def test_another_account_of_the_service_is_refused(
    hand: Hand, report: Report, standin: Standin, kept: Kept
) -> None:
    hand(report)
    files, other = kept(), Standin()
    with pytest.raises(HandoverError, match="already handed over to Mailchimp") as error:
        hand(report, place(other, account="Another (b@example.org)"), confirm=refuse)
    assert "Example (a@example.org), https://service.example.org/c1" in str(error.value)
    assert "If nobody can have received it: delete what is there, then handed-over/ here." in str(
        error.value
    )
    assert (other.calls, kept()) == (["read"], files)


def test_another_account_with_the_same_id_for_something_else_is_refused(
    hand: Hand, report: Report, kept: Kept
) -> None:
    hand(report)
    files, other = kept(), Standin()
    other.campaigns["c1"] = Campaign(
        "c1", "Another newsletter", Status.DRAFT, "https://service.example.org/c1", ()
    )
    with pytest.raises(HandoverError, match="already handed over to Mailchimp"):
        hand(report, place(other, account="Another (b@example.org)"), confirm=refuse)
    assert (other.writes, kept()) == ([], files)


def test_an_account_that_was_renamed_is_the_same_if_it_has_the_draft(
    hand: Hand, newsletter: Newsletter, standin: Standin
) -> None:
    hand(newsletter.first)
    renamed = place(standin, account="Example Ltd (c@example.org)")
    assert hand(newsletter.second, renamed).account == "Example Ltd (c@example.org)"
    assert len(standin.campaigns) == 1


def test_another_service_is_refused(hand: Hand, report: Report) -> None:
    hand(report)
    other = Standin()
    with pytest.raises(HandoverError, match="already handed over to Mailchimp"):
        hand(report, place(other, "listmonk"), confirm=refuse)
    assert other.calls == []


def test_another_service_is_refused_even_if_the_first_was_only_begun(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(outgoing: Outgoing) -> str:
        raise Uncertain("Mailchimp", "It is not known.", "")

    monkeypatch.setattr(standin, "create", lost)
    with pytest.raises(Uncertain):
        hand(report)
    with pytest.raises(
        HandoverError, match=r"Somebody has already begun to hand this issue over to Mailchimp"
    ):
        hand(report, place(Standin(), "listmonk"), confirm=refuse)


def test_from_the_folder_it_goes_on_to_a_service_which_is_not_asked_for_files(
    hand: Hand,
    report: Report,
    standin: Standin,
    newsletter: Newsletter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from newsletter.services import connect
    from newsletter.services.settings import Settings

    folder = place(
        connect("folder", Settings({}, newsletter.folder)), "folder", None, account="this computer"
    )
    assert hand(report, folder).campaign == "build/652/handed-over"
    read: list[str] = []
    reading = standin.read

    def noted(campaign: str) -> Campaign | None:
        read.append(campaign)
        return reading(campaign)

    monkeypatch.setattr(standin, "read", noted)
    draft = hand(report)
    assert (draft.service, draft.campaign) == ("mailchimp", "c1")
    assert set(read) == {"c1"}
    with pytest.raises(HandoverError, match="already handed over to Mailchimp"):
        hand(report, folder, confirm=refuse)


@pytest.mark.parametrize("status", list(Status))
def test_a_record_that_came_with_a_copied_folder_does_not_lead_to_the_other_issue(
    hand: Hand, newsletter: Newsletter, standin: Standin, status: Status
) -> None:
    hand(newsletter.first)
    standin.edit("c1", status=status)
    held, standin.calls = standin.only, []
    copied = of_issue(newsletter.first, number="653")
    with pytest.raises(
        HandoverError, match=r"of issue 652, not 653\. If it was copied with the folder, delete"
    ):
        hand(copied, confirm=refuse)
    assert (standin.calls, standin.only) == ([], held)


# --- what the service has


def test_two_campaigns_of_the_issue_are_for_a_person_to_look_at(
    hand: Hand, newsletter: Newsletter, standin: Standin, kept: Kept
) -> None:
    outgoing = given(newsletter.first)
    standin.create(outgoing)
    standin.create(outgoing)
    standin.edit("c2", status=Status.SENT)
    standin.calls = []
    with pytest.raises(HandoverError, match="has 2 campaigns of this issue") as error:
        hand(newsletter.first, confirm=refuse)
    for fact in (
        "c1 (draft, https://service.example.org/c1)",
        "c2 (sent, https://service.example.org/c2)",
    ):
        assert fact in str(error.value)
    assert (standin.writes, kept()) == ([], {})


def test_the_recorded_campaign_and_a_copy_of_it_are_two(
    hand: Hand, newsletter: Newsletter, standin: Standin
) -> None:
    hand(newsletter.first)
    standin.create(given(newsletter.first))
    standin.edit("c1", name="renamed by a person")
    with pytest.raises(HandoverError, match=r"c2 .*c1 "):
        hand(newsletter.first, confirm=refuse)


def test_campaigns_of_other_issues_and_of_tests_are_left_alone(
    hand: Hand, newsletter: Newsletter, standin: Standin
) -> None:
    outgoing = given(newsletter.first)
    others = [
        outgoing.name.replace("652", "65"),
        outgoing.name.replace("652", "6520"),
        outgoing.name.replace("652", "652a"),
        outgoing.name.replace("newsletter:", "newsletter-test:"),
        "BioNews 652",
    ]
    for name in others:
        made = standin.create(outgoing)
        standin.edit(made, name=name, subject="another")
    standin.calls = []
    assert hand(newsletter.first).campaign == "c6"
    assert standin.writes == ["create"]
    assert [held.subject for held in standin.campaigns.values()].count("another") == len(others)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.SENT, "this issue is sent (https://service.example.org/c1)"),
        (Status.SENDING, "this issue is being sent (https://service.example.org/c1)"),
        (Status.STOPPED, "this issue is stopped (https://service.example.org/c1)"),
        (Status.SCHEDULED, "will send this issue at a set time (https://service.example.org/c1), "),
    ],
)
@pytest.mark.parametrize("is_recorded", [True, False])
def test_what_is_no_draft_any_more_is_not_written(
    hand: Hand,
    newsletter: Newsletter,
    standin: Standin,
    kept: Kept,
    status: Status,
    told: str,
    is_recorded: bool,
) -> None:
    hand(newsletter.first)
    if not is_recorded:
        newsletter.forget()
    standin.edit("c1", status=status)
    files, standin.calls = kept(), []
    with pytest.raises(HandoverError) as error:
        hand(newsletter.second, confirm=refuse)
    assert told in str(error.value)
    assert (standin.writes, kept()) == ([], files)


@pytest.mark.parametrize("status", [Status.SENT, Status.SCHEDULED])
def test_what_is_sent_and_unchanged_needs_nothing(
    hand: Hand, report: Report, standin: Standin, status: Status
) -> None:
    first = hand(report)
    standin.edit("c1", status=status)
    assert hand(report, confirm=refuse) == first


def test_a_draft_that_a_person_has_deleted_is_made_again(
    hand: Hand, report: Report, standin: Standin
) -> None:
    hand(report)
    gone = standin.campaigns.pop("c1")
    plans: list[HandoverPlan] = []
    draft = hand(report, confirm=plans.append)
    assert [plan.steps[0].does for plan in plans] == ["create"]
    assert (draft.campaign, standin.only) == (
        "c2",
        replace(gone, id="c2", address=standin.only.address),
    )


def test_what_a_person_has_edited_in_the_service_is_told_and_replaced(
    hand: Hand, report: Report, standin: Standin
) -> None:
    hand(report)
    standin.edit(
        "c1", subject="Edited", html=(standin.only.html or "").replace("BioNews", "BioMews", 1)
    )
    plans: list[HandoverPlan] = []
    assert hand(report, confirm=plans.append).differences == ()
    assert (
        plans[0].steps[0].overwrites[0]
        == f"subject: given '{report.email.subject}', but it holds 'Edited'"
    )
    assert plans[0].steps[0].overwrites[1].startswith("HTML, line ")
    assert "BioMews" in plans[0].steps[0].overwrites[1]
    assert standin.only == campaign_of("c1", given(report))


def test_what_no_line_tells_is_a_change_as_well_and_is_made_good(
    hand: Hand, report: Report, standin: Standin
) -> None:
    hand(report)
    standin.edit("c1", html=f"{standin.only.html}\n")
    plans: list[HandoverPlan] = []
    draft = hand(report, confirm=plans.append)
    assert [(plan.steps[0].does, plan.steps[0].overwrites) for plan in plans] == [("update", ())]
    assert not changes(draft, standin.only)  # it can be scheduled now
    assert hand(report, confirm=refuse) == draft


def test_a_copy_of_a_draft_that_a_person_has_deleted_is_taken_on(
    hand: Hand, report: Report, standin: Standin
) -> None:
    hand(report)
    standin.campaigns = {
        "c2": replace(standin.only, id="c2", address="https://service.example.org/c2")
    }
    draft = hand(report)
    assert (draft.campaign, draft.address) == ("c2", "https://service.example.org/c2")
    assert standin.writes == ["create"]


def test_what_was_only_begun_is_not_done_though_all_is_there(
    hand: Hand, report: Report, standin: Standin, issue: Path
) -> None:
    record_of(issue).save(hand(report).model_copy(update={"state": "begun"}))
    plans: list[HandoverPlan] = []
    assert hand(report, confirm=plans.append).state == "done"
    assert len(plans) == 1
    assert standin.writes == ["create"]


# --- the audience


def test_another_audience_in_the_publication_is_agreed_to_and_the_draft_follows(
    hand: Hand, report: Report, standin: Standin
) -> None:
    hand(report)
    plans: list[HandoverPlan] = []
    draft = hand(report, place(standin, audience=DONORS), confirm=plans.append)
    assert [(plan.steps[0].does, plan.destination.audience) for plan in plans] == [
        ("update", DONORS)
    ]
    assert standin.only.audiences == (DONORS.id,)
    assert draft.audience == DONORS


@pytest.mark.parametrize("wrong", [(), ("d2",), ("r1", "d2"), None])
def test_a_service_that_keeps_to_a_wrong_audience_is_not_done(
    hand: Hand,
    newsletter: Newsletter,
    standin: Standin,
    monkeypatch: pytest.MonkeyPatch,
    wrong: tuple[str, ...] | None,
) -> None:
    reading = standin.read

    def read(campaign: str) -> Campaign | None:
        held = reading(campaign)
        return held and replace(held, audiences=wrong)

    monkeypatch.setattr(standin, "read", read)
    with pytest.raises(HandoverError, match=r"has the wrong audience: .* instead of r1") as error:
        hand(newsletter.first)
    assert "https://service.example.org/c1" in str(error.value)
    draft = newsletter.record.read()
    assert draft
    assert (draft.state, draft.done, draft.campaign) == ("begun", None, "c1")
    monkeypatch.setattr(standin, "read", reading)
    assert hand(newsletter.first).state == "done"
    assert len(standin.campaigns) == 1


# --- what the service alters


def altering(
    standin: Standin, monkeypatch: pytest.MonkeyPatch, alter: Callable[[str], str]
) -> None:
    """Have the service alter each HTML that it gets."""

    def made(number: str, outgoing: Outgoing) -> Campaign:
        held = campaign_of(number, outgoing)
        return replace(held, html=alter(held.html or ""))

    monkeypatch.setattr("tests.handover.standin.campaign_of", made)


def test_what_a_service_alters_again_and_again_is_told_each_time_and_not_written_for_ever(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    altering(standin, monkeypatch, lambda html: html.replace("<body", "<body data-x", 1))
    draft = hand(report)
    line = report.email.html[: report.email.html.index("<body")].count("\n") + 1
    (difference,) = draft.differences
    assert difference.startswith(f"HTML, line {line}: given '")
    assert "<body data-x" in difference.partition("but it holds")[2]
    assert "data-x" not in difference.partition("but it holds")[0]
    assert standin.writes == ["create", "update", "update"]
    assert hand(report, confirm=refuse) == draft
    assert standin.writes == ["create", "update", "update"]


def test_what_a_service_is_known_to_add_does_not_count(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    altering(standin, monkeypatch, lambda html: html.replace("</body>", "<p>sent with</p></body>"))
    profile = replace(profile_of("mailchimp"), adds={"<p>sent with</p>": "a footer"})
    assert hand(report, place(standin, profile=profile)).differences == ()
    assert standin.writes == ["create"]
    assert hand(report, place(standin, profile=profile), confirm=refuse).differences == ()


@pytest.mark.parametrize("status", [Status.SENT, Status.SENDING, Status.SCHEDULED, Status.STOPPED])
def test_a_service_that_makes_no_draft_of_it_is_told_at_once(
    hand: Hand,
    newsletter: Newsletter,
    standin: Standin,
    monkeypatch: pytest.MonkeyPatch,
    status: Status,
) -> None:
    create = standin.create

    def sends(outgoing: Outgoing) -> str:
        made = create(outgoing)
        standin.edit(made, status=status, html="")
        return made

    monkeypatch.setattr(standin, "create", sends)
    with pytest.raises(
        HandoverError, match=f"was given a draft, but says that it is {status}"
    ) as error:
        hand(newsletter.first)
    assert "Look at it now: https://service.example.org/c1" in str(error.value)
    assert standin.writes == ["create"]
    draft = newsletter.record.read()
    assert draft
    assert draft.state == "begun"


def test_a_draft_that_is_sent_while_it_is_written_is_told(
    hand: Hand, newsletter: Newsletter, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand(newsletter.first)
    update = standin.update

    def sent(campaign: str, outgoing: Outgoing) -> None:
        update(campaign, outgoing)
        standin.edit(campaign, status=Status.SENDING, html="")

    monkeypatch.setattr(standin, "update", sent)
    with pytest.raises(HandoverError, match="says that it is being sent"):
        hand(newsletter.second)
    assert standin.writes == ["create", "update"]


# --- while the editor is asked


def test_what_somebody_else_has_made_meanwhile_is_not_made_again(
    hand: Hand, newsletter: Newsletter, standin: Standin, kept: Kept
) -> None:
    def quicker(_: HandoverPlan) -> None:
        standin.create(given(newsletter.first))
        standin.calls = []

    with pytest.raises(
        HandoverError, match="Somebody else has just changed this issue in Mailchimp"
    ):
        hand(newsletter.first, confirm=quicker)
    assert (len(standin.campaigns), standin.writes, kept()) == (1, [], {})
    assert hand(newsletter.first).campaign == "c1"


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.SENDING])
def test_what_somebody_else_has_scheduled_or_sent_meanwhile_is_not_written(
    hand: Hand, newsletter: Newsletter, standin: Standin, kept: Kept, status: Status
) -> None:
    hand(newsletter.first)
    files = kept()
    with pytest.raises(HandoverError, match="Somebody else"):
        hand(newsletter.second, confirm=lambda _: standin.edit("c1", status=status))
    assert (standin.writes, kept()) == (["create"], files)


def test_what_somebody_else_has_deleted_meanwhile_is_not_made_without_asking(
    hand: Hand, newsletter: Newsletter, standin: Standin
) -> None:
    hand(newsletter.first)
    with pytest.raises(HandoverError, match="Somebody else"):
        hand(newsletter.second, confirm=lambda _: standin.campaigns.clear())
    assert standin.campaigns == {}


def test_content_that_was_changed_while_the_editor_was_asked_is_not_replaced_unseen(
    hand: Hand, newsletter: Newsletter, standin: Standin
) -> None:
    hand(newsletter.first)
    with pytest.raises(HandoverError, match="Somebody else has just changed"):
        hand(newsletter.second, confirm=lambda _: standin.edit("c1", html="<p>meanwhile</p>"))
    assert standin.only.html == "<p>meanwhile</p>"
    plans: list[HandoverPlan] = []
    hand(newsletter.second, confirm=plans.append)
    assert any("<p>meanwhile</p>" in line for line in plans[0].steps[0].overwrites)
    assert standin.only == campaign_of("c1", given(newsletter.second))


def test_what_a_colleague_wrote_into_a_draft_is_shown_even_if_the_record_is_lost(
    hand: Hand, report: Report, standin: Standin, newsletter: Newsletter
) -> None:
    hand(report)
    newsletter.forget()
    standin.edit("c1", subject="A colleague's")
    plans: list[HandoverPlan] = []
    hand(report, confirm=plans.append)
    assert "A colleague's" in plans[0].steps[0].overwrites[0]


def test_what_was_scheduled_elsewhere_is_not_sent_in_a_circle(
    hand: Hand, report: Report, standin: Standin, newsletter: Newsletter
) -> None:
    hand(report)
    newsletter.forget()
    standin.edit("c1", status=Status.SCHEDULED)
    with pytest.raises(
        HandoverError, match="Fetch the record from git, or unschedule the issue there"
    ):
        hand(report, confirm=refuse)


def test_a_refusal_leaves_no_record_behind(
    hand: Hand, report: Report, standin: Standin, issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(outgoing: Outgoing) -> str:
        raise Refused("Mailchimp", "It refused.", "")

    monkeypatch.setattr(standin, "create", refused)
    with pytest.raises(Refused):
        hand(report)
    assert record_of(issue).read() is None


def test_the_id_is_written_down_before_anything_else_is_asked(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service does not list its newest campaign yet, and breaks off; run again, it makes no second one."""
    monkeypatch.setattr(standin, "find", lambda _: [])
    read = standin.read

    def broken(campaign: str) -> Campaign | None:
        raise Unavailable("Mailchimp", "It reports a fault of its own.", "")

    monkeypatch.setattr(standin, "read", broken)
    with pytest.raises(Unavailable):
        hand(report)
    monkeypatch.setattr(standin, "read", read)
    assert hand(report).campaign == "c1"
    assert standin.writes == ["create"]


def test_a_draft_of_which_no_answer_came_is_looked_for_with_patience(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    create, find = standin.create, standin.find
    slept: list[float] = []

    def lost(outgoing: Outgoing) -> str:
        create(outgoing)
        raise Uncertain("Mailchimp", "The connection broke.", "")

    monkeypatch.setattr(standin, "create", lost)
    monkeypatch.setattr(standin, "find", lambda marker: find(marker) if len(slept) > 2 else [])
    monkeypatch.setattr("newsletter.handover.campaigns.sleep", slept.append)
    assert hand(report).campaign == "c1"
    assert slept == [0, 1, 2]


# --- answers that are lost


def test_a_draft_whose_answer_was_lost_is_found(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = standin.create

    def lost(outgoing: Outgoing) -> str:
        create(outgoing)
        raise Uncertain("Mailchimp", "The connection broke.", "")

    monkeypatch.setattr(standin, "create", lost)
    assert hand(report).campaign == "c1"
    assert len(standin.campaigns) == 1


def test_two_that_came_to_be_without_an_answer_are_told(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = standin.create

    def twice(outgoing: Outgoing) -> str:
        create(outgoing)
        create(outgoing)
        raise Uncertain("Mailchimp", "The connection broke.", "")

    monkeypatch.setattr(standin, "create", twice)
    with pytest.raises(HandoverError, match=r"has 2 campaigns of this issue: c1 .*, c2 "):
        hand(report)


def test_of_two_that_were_made_at_the_same_moment_the_younger_one_goes(
    hand: Hand, report: Report, standin: Standin, issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = standin.create

    def meanwhile(outgoing: Outgoing) -> str:
        create(outgoing)  # somebody else's
        return create(outgoing)

    monkeypatch.setattr(standin, "create", meanwhile)
    with pytest.raises(
        HandoverError, match=r"Somebody else has just made .*: c1 .* here was deleted"
    ) as told:
        hand(report)
    assert told.value.problems[0].hint.startswith("Run the command again")
    assert (list(standin.campaigns), record_of(issue).read()) == (["c1"], None)
    assert hand(report).campaign == "c1"


def test_the_older_one_waits_until_the_other_has_gone(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    create, slept = standin.create, list[float]()

    def meanwhile(outgoing: Outgoing) -> str:
        ours = create(outgoing)
        create(outgoing)
        return ours

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        standin.campaigns.pop("c2" if len(slept) == 2 else "", None)

    monkeypatch.setattr(standin, "create", meanwhile)
    monkeypatch.setattr("newsletter.handover.campaigns.sleep", sleep)
    assert hand(report).campaign == "c1"
    assert slept == [1, 2]


def test_where_the_other_does_not_go_ours_does(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = standin.create

    def meanwhile(outgoing: Outgoing) -> str:
        ours = create(outgoing)
        create(outgoing)
        return ours

    monkeypatch.setattr(standin, "create", meanwhile)
    monkeypatch.setattr("newsletter.handover.campaigns.sleep", lambda _: None)
    with pytest.raises(HandoverError, match=r"Somebody else has just made .*: c2 "):
        hand(report)
    assert list(standin.campaigns) == ["c2"]


def test_one_that_cannot_be_deleted_is_told(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = standin.create

    def meanwhile(outgoing: Outgoing) -> str:
        create(outgoing)
        return create(outgoing)

    def broken(_: str) -> None:
        raise Unavailable("Mailchimp", "It reports a fault of its own.", "")

    monkeypatch.setattr(standin, "create", meanwhile)
    monkeypatch.setattr(standin, "delete", broken)
    with pytest.raises(HandoverError, match=r"Delete the one made from here, c2 ") as told:
        hand(report)
    assert "It reports a fault of its own." in str(told.value)


def test_one_of_which_no_answer_came_is_not_deleted(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be somebody else's: then it is not ours to delete."""
    create, find = standin.create, standin.find

    def lost(outgoing: Outgoing) -> str:
        create(outgoing)
        raise Uncertain("Mailchimp", "The connection broke.", "")

    def lagging(marker: str) -> Sequence[Campaign]:
        if standin.calls.count("find") == 3:
            create(given(report))
        return find(marker)

    monkeypatch.setattr(standin, "create", lost)
    monkeypatch.setattr(standin, "find", lagging)
    with pytest.raises(HandoverError, match="has 2 campaigns of this issue"):
        hand(report)
    assert len(standin.campaigns) == 2


def test_an_id_that_leads_nowhere_is_told_and_the_draft_is_found_the_next_time(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = standin.create

    def nowhere(outgoing: Outgoing) -> str:
        create(outgoing)
        return "c9"

    monkeypatch.setattr(standin, "create", nowhere)
    with pytest.raises(HandoverError, match="no longer finds the campaign c9"):
        hand(report)
    assert hand(report).campaign == "c1"
    assert standin.writes == ["create"]


def test_a_draft_that_is_gone_after_it_was_written_is_told(
    hand: Hand, newsletter: Newsletter, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand(newsletter.first)
    monkeypatch.setattr(standin, "update", lambda campaign, _: standin.campaigns.pop(campaign))
    with pytest.raises(HandoverError, match="no longer finds the campaign c1"):
        hand(newsletter.second)


# --- the disk


@pytest.mark.parametrize("failing", [1, 2])
def test_a_full_disk_is_told_and_in_the_end_there_is_one_draft(
    hand: Hand,
    newsletter: Newsletter,
    standin: Standin,
    monkeypatch: pytest.MonkeyPatch,
    failing: int,
) -> None:
    calls: list[object] = []

    def full(folder: Path, files: Any) -> None:
        calls.append(files)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        write_atomically(folder, files)

    monkeypatch.setattr("newsletter.handover.record.write_atomically", full)
    with pytest.raises(
        NewsletterError, match=r"cannot be written \(No space left on device\)\. Check the disk"
    ):
        hand(newsletter.first)
    assert len(standin.campaigns) == failing - 1
    draft = hand(newsletter.first)
    assert (draft.state, draft.campaign) == ("done", "c1")
    assert standin.writes == ["create"]


def test_a_folder_that_is_in_the_way_of_the_record_is_told(
    hand: Hand, report: Report, issue: Path
) -> None:
    (record_of(issue).folder / "email.html").mkdir(parents=True)
    with pytest.raises(NewsletterError, match="cannot be written"):
        hand(report)


# --- a service that keeps nothing

LIST = Audience("list@example.org", "list@example.org")


class Post(Standin):
    """A mail server: what it gets is on its way, and cannot be read back."""

    error: Exception | None = None

    def overlap(self, one: str, other: str) -> int:
        raise AssertionError("nobody asked")

    def find(self, marker: str) -> list[Campaign]:
        raise AssertionError(f"it cannot be asked for {marker}")

    def read(self, campaign: str) -> Campaign | None:
        raise AssertionError(f"it cannot be asked for {campaign}")

    def create(self, outgoing: Outgoing) -> str:
        if self.error:
            raise self.error
        return super().create(outgoing)


@pytest.fixture
def post() -> Post:
    return Post()


def test_what_is_sent_is_sent_once(
    hand: Hand, newsletter: Newsletter, post: Post, kept: Kept
) -> None:
    plans: list[HandoverPlan] = []
    to = place(post, "smtp", LIST)
    draft = hand(newsletter.first, to, confirm=plans.append)
    assert [plan.steps[0].does for plan in plans] == ["send"]
    assert (draft.state, draft.campaign, draft.read_back, draft.address) == (
        "done",
        "c1",
        None,
        None,
    )
    assert kept().keys() == {"email.html", "email.txt", "record.json"}
    assert hand(newsletter.first, to, confirm=refuse) == draft
    with pytest.raises(HandoverError, match="already sent, and it has changed since"):
        hand(newsletter.second, to, confirm=refuse)
    with pytest.raises(HandoverError, match=r"already sent, to list@example\.org"):
        hand(newsletter.first, place(post, "smtp", DONORS), confirm=refuse)
    assert post.writes == ["create"]


def test_what_was_not_sent_can_be_tried_again(
    hand: Hand, report: Report, post: Post, kept: Kept
) -> None:
    post.error = Refused("SMTP", "It refused.", "")
    with pytest.raises(Refused):
        hand(report, place(post, "smtp", LIST))
    assert kept() == {}
    post.error = None
    assert hand(report, place(post, "smtp", LIST)).state == "done"


def test_what_was_not_sent_leaves_the_record_of_the_folder(
    hand: Hand, report: Report, tmp_path: Path, post: Post, kept: Kept
) -> None:
    hand(report, place(Folder(tmp_path), "folder", None))
    files = kept()
    post.error = Unavailable("SMTP", "It cannot be reached.", "")
    with pytest.raises(Unavailable):
        hand(report, place(post, "smtp", LIST))
    assert kept() == files


@pytest.mark.parametrize("error", [Uncertain("SMTP", "It is not known.", ""), KeyboardInterrupt()])
def test_what_may_have_been_sent_is_never_sent_again(
    hand: Hand, report: Report, post: Post, error: Exception
) -> None:
    post.error = error
    with pytest.raises(type(error)):
        hand(report, place(post, "smtp", LIST))
    post.error = None
    for audience in (LIST, DONORS):
        with pytest.raises(
            HandoverError,
            match=r"not known whether it went out\. Check whether list@example\.org has",
        ):
            hand(report, place(post, "smtp", audience), confirm=refuse)
    assert post.writes == []


# --- secrets, and a real wire


def test_no_secret_is_kept(newsletter: Newsletter, kept: Kept) -> None:
    fake = FakeMailchimp()
    hand_over_first(newsletter, fake, Wire(fake))
    assert kept()
    assert all(CANARY.encode() not in content for content in kept().values())


def test_what_is_kept_is_what_the_service_got_byte_for_byte(
    newsletter: Newsletter, kept: Kept
) -> None:
    fake = FakeMailchimp()
    wire = Wire(fake)
    hand_over_first(newsletter, fake, wire)
    (sent,) = [json.loads(request.content) for request in wire.requests if request.method == "PUT"]
    assert kept()["email.html"] == sent["html"].encode()
    assert kept()["email.txt"] == sent["plain_text"].encode()


def test_a_wrong_audience_on_the_wire_is_put_right(newsletter: Newsletter) -> None:
    fake = FakeMailchimp()
    calls = Wire(fake)
    hand_over_first(newsletter, fake, calls)
    newsletter.forget()
    fake = FakeMailchimp()
    hand_over_first(
        newsletter,
        fake,
        Wire(fake, Fault("wrong audience", calls.calls.index("POST /3.0/campaigns"))),
    )
    assert [held.audiences for held in fake.held()] == [(fake.AUDIENCE,)]


def test_times_are_in_utc(newsletter: Newsletter) -> None:
    fake = FakeMailchimp()
    before = datetime.now(UTC)
    (draft,) = hand_over(
        newsletter.first,
        [destination_of(fake, Wire(fake), newsletter.folder)],
        by="a test",
        confirm=agree,
    )
    assert draft.done
    assert before <= draft.begun <= draft.done <= datetime.now(UTC)
    assert draft.begun.tzinfo == draft.done.tzinfo == UTC
