"""Handing over several formats: one draft of each, exactly once, whatever breaks and wherever it stops."""

from __future__ import annotations

import contextlib
import itertools
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from newsletter.checks.galley import Galley
from newsletter.checks.report import Report
from newsletter.errors import HandoverError, NewsletterError, Refused, Unavailable, Uncertain
from newsletter.handover import (
    Destination,
    HandoverPlan,
    Record,
    hand_over,
    outgoing_of,
    records_of,
)
from newsletter.model import Draft, File, Format, Publication
from newsletter.services import profile_of
from newsletter.services.protocol import Campaign, Capability, Outgoing, Status
from tests.handover.standin import (
    OF_FORMATS,
    READERS,
    Published,
    Standin,
    address_of,
    agree,
    campaign_of,
    place,
    places,
    refuse,
)
from tests.services.scenes import newsletter_in

NAMES = tuple(OF_FORMATS)
Breaks = Callable[[], BaseException]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.handover.campaigns.sleep", lambda _: None)


def hand(
    report: Report,
    to: Sequence[Destination],
    confirm: Callable[[HandoverPlan], None] = agree,
    **options: Any,
) -> tuple[Draft, ...]:
    return hand_over(report, to, by="a test", confirm=confirm, **options)


def changed(report: Report, *names: str) -> Report:
    """The same report, with another text in some formats, or in all."""

    def altered(galley: Galley) -> Galley:
        if names and galley.email.format.name not in names:
            return galley
        html = galley.email.html.replace("</body>", "<p>More.</p></body>")
        return replace(galley, email=galley.email.model_copy(update={"html": html}))

    others = tuple(map(altered, report.galley.others))
    return replace(report, galley=replace(altered(report.galley), others=others))


def in_order(report: Report, *names: str) -> Report:
    """The same report, as if publication.yaml named these formats in this order."""
    by_name = {galley.email.format.name: galley for galley in report.galley.every_format}
    formats = tuple(by_name[name].email.format for name in names)
    leading, *others = (by_name[name] for name in names)
    ordered = replace(report, galley=replace(leading, others=tuple(others)))
    publication = report.galley.issue.publication.model_copy(update={"formats": formats})
    return with_publication(ordered, publication)


def with_publication(report: Report, publication: Publication) -> Report:
    """The same report, as if this were the publication, with the emails as they were."""
    issue = report.galley.issue.model_copy(update={"publication": publication})
    leading, *others = (
        replace(
            galley,
            manuscript=replace(galley.manuscript, issue=issue),
            email=galley.email.model_copy(update={"issue": issue}),
            others=(),
        )
        for galley in report.galley.every_format
    )
    return replace(report, galley=replace(leading, others=tuple(others)))


def given(report: Report) -> list[Outgoing]:
    """What the service must have of each format."""
    profile = profile_of("mailchimp")
    return [
        outgoing_of(galley, profile, OF_FORMATS[galley.email.format.name].id)
        for galley in report.galley.every_format
    ]


def require_exactly(report: Report, standin: Standin) -> None:
    """Fail unless there is one draft of each format, whole and for its readers, and the records say so."""
    drafts = [record.read() for record in records_of(report.folder)]
    held = sorted(standin.campaigns.values(), key=lambda campaign: campaign.audiences or ())
    wanted = sorted(given(report), key=lambda outgoing: outgoing.audience)
    assert [campaign.audiences for campaign in held] == [(each.audience,) for each in wanted]
    for campaign, outgoing in zip(held, wanted, strict=True):
        assert campaign == campaign_of(campaign.id, outgoing)
    assert {draft and draft.state for draft in drafts} == {"done"}
    assert {draft and draft.campaign for draft in drafts} == set(standin.campaigns)


# --- one draft of each


def test_each_format_is_one_draft_for_its_own_readers(in_formats: Report, standin: Standin) -> None:
    plans: list[HandoverPlan] = []
    drafts = hand(in_formats, places(standin), plans.append)
    require_exactly(in_formats, standin)
    assert standin.writes == ["create"] * 3
    assert [draft.format for draft in drafts] == list(NAMES)
    assert [draft.campaign for draft in drafts] == ["c1", "c2", "c3"]
    (plan,) = plans
    assert [step.does for step in plan.steps] == ["create"] * 3
    assert [step.outgoing for step in plan.steps] == given(in_formats)


def test_the_leading_format_keeps_its_record_where_it_always_was(
    in_formats: Report, standin: Standin
) -> None:
    hand(in_formats, places(standin))
    folder = in_formats.folder.handed_over
    assert [record.further_format for record in records_of(in_formats.folder)] == [
        "",
        "full",
        "headlines",
    ]
    for record, format in ((folder, "teasers"), (folder / "full", "full")):
        fields = json.loads((record / "record.json").read_bytes())
        assert (fields["format"], fields["of_format"]) == (3, format)
        assert fields["audience"]["within"] == "r1"
        assert (record / "email.html").is_file()


def test_without_a_change_nothing_is_written_and_nobody_is_asked(
    in_formats: Report, standin: Standin
) -> None:
    drafts = hand(in_formats, places(standin))
    standin.calls = []
    assert hand(in_formats, places(standin), refuse) == drafts
    assert standin.writes == []


def test_only_what_has_changed_is_written(in_formats: Report, standin: Standin) -> None:
    before = hand(in_formats, places(standin))
    plans: list[HandoverPlan] = []
    report = changed(in_formats, "headlines")
    after = hand(report, places(standin), plans.append)
    assert standin.writes == ["create"] * 3 + ["update"]
    assert [step.does for step in plans[0].steps] == ["leave", "update", "leave"]
    assert (after[0], after[2]) == (before[0], before[2])
    require_exactly(report, standin)


def test_one_format_can_be_handed_over_alone(in_formats: Report, standin: Standin) -> None:
    teasers, headlines, full = places(standin)
    plans: list[HandoverPlan] = []
    (draft,) = hand(in_formats, [full], plans.append, besides=[teasers, headlines])
    assert (draft.format, standin.only.audiences) == ("full", (OF_FORMATS["full"].id,))
    assert [record.further_format for record in records_of(in_formats.folder)] == ["full"]
    assert plans[0].readers
    assert plans[0].readers.reached == 18004
    hand(in_formats, places(standin))
    require_exactly(in_formats, standin)


def test_a_format_that_is_added_later_is_the_only_one_that_is_made(
    in_formats: Report, standin: Standin
) -> None:
    teasers, headlines, full = places(standin)
    two = in_order(in_formats, "teasers", "headlines")
    hand(two, [teasers, headlines])
    plans: list[HandoverPlan] = []
    hand(in_formats, [teasers, headlines, full], plans.append)
    assert [step.does for step in plans[0].steps] == ["leave", "leave", "create"]
    require_exactly(in_formats, standin)


def test_what_was_handed_over_before_there_were_formats_is_the_leading_one(
    in_formats: Report, standin: Standin
) -> None:
    hand(in_formats, places(standin)[:1])
    record = Record(in_formats.folder)
    record.save(record.require().model_copy(update={"format": None}))
    assert json.loads(record.file.read_bytes())["format"] == 2
    hand(in_formats, places(standin))
    require_exactly(in_formats, standin)


def test_a_record_from_before_there_were_formats_learns_its_own(
    in_formats: Report, standin: Standin
) -> None:
    hand(in_formats, places(standin))
    record = Record(in_formats.folder)
    draft = record.require()
    record.save(draft.model_copy(update={"format": None}))
    hand(in_formats, places(standin), refuse)
    assert record.require() == draft


def test_a_format_that_was_removed_is_left_alone(in_formats: Report, standin: Standin) -> None:
    teasers, headlines, full = places(standin)
    hand(in_formats, [teasers, headlines, full])
    record = Record(in_formats.folder, "headlines")
    kept = record.file.read_bytes()
    hand(in_order(changed(in_formats), "teasers", "full"), [teasers, full])
    assert record.file.read_bytes() == kept
    assert standin.writes == ["create"] * 3 + ["update"] * 2


# --- pictures


@pytest.fixture(scope="session")
def built_with_pictures(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Issue 652 in three formats, with pictures, of a newsletter that no test changes."""
    audiences = [audience.id for audience in OF_FORMATS.values()]
    folder = tmp_path_factory.mktemp("pictures")
    return newsletter_in(folder, with_pictures=True, audiences=audiences).first


@pytest.fixture
def with_pictures(built_with_pictures: Report) -> Iterator[Report]:
    yield built_with_pictures
    shutil.rmtree(built_with_pictures.folder.handed_over, ignore_errors=True)


def files_of(report: Report) -> dict[str, File]:
    """The files of all formats, by name."""
    return {file.name: file for galley in report.galley.every_format for file in galley.email.files}


def on_the_web(report: Report, standin: Standin) -> tuple[list[Destination], list[str]]:
    """The places to hand over to, with a web that serves every file; and what it is asked for."""
    served: dict[str, File] = {}
    for file in files_of(report).values():
        served |= {file.address: file, address_of(file.name): file}
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        file = served[str(request.url)]
        headers = {"Content-Type": file.media_type}
        return httpx.Response(200, content=file.content, headers=headers)

    web = Published(answer)
    return [replace(each, transport=web) for each in places(standin)], asked


def test_a_picture_of_several_formats_is_brought_once_before_the_first_draft(
    with_pictures: Report, standin: Standin
) -> None:
    plans: list[HandoverPlan] = []
    to, asked = on_the_web(with_pictures, standin)
    drafts = hand(with_pictures, to, plans.append)
    pictures = {name for name, file in files_of(with_pictures).items() if file.is_picture}
    assert standin.writes == ["keep_file"] * len(pictures) + ["create"] * 3
    assert standin.calls.count("kept_files") == 1
    assert {file.name for file in plans[0].uploads} == set(standin.files) == pictures
    assert len(asked) == len(set(asked)) == len(files_of(with_pictures))
    for draft, galley in zip(drafts, with_pictures.galley.every_format, strict=True):
        assert draft.kept.keys() == pictures & {file.name for file in galley.email.files}
    assert hand(with_pictures, to, refuse) == drafts


def test_a_picture_is_copied_once_to_where_it_is_served(
    with_pictures: Report, standin: Standin, tmp_path: Path
) -> None:
    publication = with_pictures.galley.issue.publication
    there = publication.model_copy(update={"pictures_to": f"file://{tmp_path}"})
    report = with_publication(with_pictures, there)
    copies: list[set[str]] = []
    to, _ = on_the_web(report, standin)
    hand(report, to, copied=lambda files: copies.append({file.name for file in files}))
    assert copies == [{path.name for path in tmp_path.glob("652/*")}] == [set(files_of(report))]


# --- another order


@pytest.mark.parametrize("handed", [NAMES, NAMES[:1], NAMES[1:2]], ids=len)
def test_another_leading_format_is_refused(
    in_formats: Report, standin: Standin, handed: Sequence[str]
) -> None:
    to = dict(zip(NAMES, places(standin), strict=True))
    hand(in_formats, [to[name] for name in handed])
    made = dict(standin.campaigns)
    for order in (("headlines", "teasers", "full"), ("headlines", "full")):
        with pytest.raises(
            HandoverError, match=r"Restore its name and its place in publication\.yaml"
        ):
            hand(in_order(in_formats, *order), [to[name] for name in order], refuse)
    assert standin.campaigns == made


def test_another_order_of_further_formats_changes_nothing(
    in_formats: Report, standin: Standin
) -> None:
    teasers, headlines, full = places(standin)
    hand(in_formats, [teasers, headlines, full])
    hand(in_order(in_formats, "teasers", "full", "headlines"), [teasers, full, headlines], refuse)
    require_exactly(in_formats, standin)


# --- what stops one stops all


def test_two_formats_never_go_to_one_audience(in_formats: Report, standin: Standin) -> None:
    teasers, headlines, full = places(standin)
    whole = replace(full, audience=READERS)
    twice = replace(full, audience=teasers.audience)
    line = 1 + (in_formats.folder.project.publication.read_text("utf-8").split("\n")).index(
        '  - {name: full, shows: full, audience: "r1:group-3"}'
    )
    for other, told in (
        (twice, "'Teasers' would get both 'teasers' and 'full'"),
        (whole, "'Headlines' would get both 'headlines' and 'full'"),
    ):
        with pytest.raises(HandoverError, match=rf"publication\.yaml:{line}: All .*{told}"):
            hand(in_formats, [teasers, headlines, other], refuse)
        with pytest.raises(HandoverError, match="would get both 'full' and"):
            hand(in_formats, [other], refuse, besides=[teasers, headlines])
    assert standin.calls == []


def test_text_alone_needs_a_service_that_takes_it(in_formats: Report, standin: Standin) -> None:
    alone = Format(name="full", shows="full", parts="text", audience="r1:group-3")
    full = in_formats.galley.others[1]
    email = full.email.model_copy(update={"format": alone, "html": "", "files": ()})
    others = (in_formats.galley.others[0], replace(full, email=email))
    report = replace(in_formats, galley=replace(in_formats.galley, others=others))

    profile = profile_of("mailchimp")
    without = replace(profile, can=profile.can - {Capability.TEXT_ALONE})
    to = [replace(each, profile=without) for each in places(standin)]
    with pytest.raises(HandoverError, match=r"takes no email without HTML, as the format 'full'"):
        hand(report, to, refuse)
    assert standin.calls == []

    hand(in_formats, places(standin))  # as it was with both parts
    takes = replace(profile, can=profile.can | {Capability.TEXT_ALONE})
    hand(report, [replace(each, profile=takes) for each in places(standin)])
    assert standin.campaigns["c3"].html == ""
    kept = {path.name for path in Record(in_formats.folder, "full").folder.iterdir()}
    assert kept == {"email.txt", "record.json"}


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.SENDING, Status.SENT, Status.STOPPED])
def test_one_that_is_no_draft_any_more_stops_them_all_before_anything_is_changed(
    in_formats: Report, standin: Standin, status: Status
) -> None:
    hand(in_formats, places(standin))
    standin.edit("c3", status=status)
    held = dict(standin.campaigns)
    with pytest.raises(HandoverError, match=r"handed-over/full: "):
        hand(changed(in_formats), places(standin), refuse)
    assert standin.campaigns == held


def test_one_that_is_at_another_account_stops_them_all(
    in_formats: Report, standin: Standin
) -> None:
    elsewhere = replace(places(Standin())[2], account="Another")
    hand(in_formats, [elsewhere])
    with pytest.raises(HandoverError, match=r"handed-over/full: .* already handed over"):
        hand(in_formats, places(standin), refuse)
    assert standin.campaigns == {}


def test_an_unsubscribe_link_is_in_every_format(in_formats: Report, standin: Standin) -> None:
    leading, full = in_formats.galley.others
    email = full.email.model_copy(update={"text": "nothing to leave by\n"})
    others = (leading, replace(full, email=email))
    report = replace(in_formats, galley=replace(in_formats.galley, others=others))
    with pytest.raises(HandoverError, match="plain text has no unsubscribe link"):
        hand(report, places(standin), refuse)
    assert standin.calls == []


def test_a_format_that_was_not_checked_cannot_be_handed_over(
    in_formats: Report, standin: Standin
) -> None:
    other = replace(place(standin), format=Format(name="other", shows="full"))
    with pytest.raises(ValueError, match="has no format 'other'"):
        hand(in_formats, [other], refuse)


# --- what people do in the service


def test_a_draft_that_was_deleted_there_is_made_again(in_formats: Report, standin: Standin) -> None:
    hand(in_formats, places(standin))
    standin.campaigns.pop("c2")
    plans: list[HandoverPlan] = []
    hand(in_formats, places(standin), plans.append)
    assert [step.does for step in plans[0].steps] == ["leave", "create", "leave"]
    require_exactly(in_formats, standin)


def test_a_draft_that_was_changed_there_is_shown_with_its_format(
    in_formats: Report, standin: Standin
) -> None:
    hand(in_formats, places(standin))
    standin.edit("c2", subject="A colleague's")
    plans: list[HandoverPlan] = []
    hand(in_formats, places(standin), plans.append)
    assert [len(step.overwrites) for step in plans[0].steps] == [0, 1, 0]
    require_exactly(in_formats, standin)


def test_what_a_colleague_changes_in_the_meantime_is_not_replaced_unseen(
    in_formats: Report, standin: Standin
) -> None:
    hand(in_formats, places(standin))
    report = changed(in_formats)
    with pytest.raises(HandoverError, match="left as it is there") as told:
        hand(report, places(standin), lambda _: standin.edit("c3", subject="A colleague's"))
    assert str(told.value).endswith(
        "2 of 3 formats are done. Run the command again: it does the rest."
    )
    assert standin.campaigns["c3"].subject == "A colleague's"
    hand(report, places(standin))
    require_exactly(report, standin)


def test_one_that_is_scheduled_and_unchanged_is_left_with_its_time(
    in_formats: Report, standin: Standin
) -> None:
    hand(in_formats, places(standin))
    standin.schedule("c1", datetime(2031, 7, 7, 17, tzinfo=UTC))
    scheduled = standin.campaigns["c1"]
    report = changed(in_formats, "full")
    plans: list[HandoverPlan] = []
    hand(report, places(standin), plans.append)
    assert [step.does for step in plans[0].steps] == ["leave", "leave", "update"]
    assert standin.campaigns["c1"] == scheduled


# --- what breaks


class Breaking(Standin):
    """A service that breaks at one of its calls, before it does what it was asked or after that."""

    def __init__(self, at: int, breaks: Breaks, *, after: bool) -> None:
        super().__init__()
        self.at, self.breaks, self.after = at, breaks, after

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name not in ("find", "create", "update", "read", "delete", "kept_files", "keep_file"):
            return found

        def call(*arguments: Any) -> Any:
            is_now = len(self.calls) == self.at
            if is_now and not self.after:
                self.calls.append(name)
                raise self.breaks()
            answer = found(*arguments)
            if is_now:
                raise self.breaks()
            return answer

        return call


def unavailable() -> Exception:
    return Unavailable("Mailchimp", "It reports a fault of its own.", "Try again.")


def uncertain() -> Exception:
    return Uncertain("Mailchimp", "The connection broke.", "Try again.")


@pytest.mark.parametrize("scene", ["first time", "update"])
@pytest.mark.parametrize(
    ("breaks", "after"),
    [
        (unavailable, False),
        (uncertain, True),
        (KeyboardInterrupt, False),
        (KeyboardInterrupt, True),
    ],
    ids=["not done", "answer lost", "stopped before", "stopped after"],
)
def test_whatever_call_breaks_the_next_run_does_the_rest(
    in_formats: Report, tmp_path: Path, scene: str, breaks: Breaks, after: bool
) -> None:
    folder, report, before = in_formats.folder.handed_over, in_formats, Standin()
    if scene == "update":
        hand(in_formats, places(before))
        shutil.copytree(folder, tmp_path / "before")
        report = changed(in_formats)

    for at in itertools.count():
        shutil.rmtree(folder, ignore_errors=True)
        if scene == "update":
            shutil.copytree(tmp_path / "before", folder)
        service = Breaking(at, breaks, after=after)
        service.campaigns, service.made = dict(before.campaigns), before.made

        with contextlib.suppress(NewsletterError, KeyboardInterrupt):
            hand(report, places(service))
        if len(service.calls) <= at:
            break
        assert len(service.campaigns) <= 3, at
        service.at = -1
        hand(report, places(service))
        require_exactly(report, service)
    assert at >= 15


def test_how_far_it_went_comes_after_what_broke(
    in_formats: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = standin.create

    def refused(outgoing: Outgoing) -> str:
        if standin.made == 2:
            raise Refused("Zoho", "It has too many drafts.", "Delete some.")
        return create(outgoing)

    monkeypatch.setattr(standin, "create", refused)
    with pytest.raises(Refused) as told:
        hand(in_formats, places(standin))
    first, last = told.value.problems
    assert first.message == "It has too many drafts."
    assert (last.message, last.hint) == (
        "2 of 3 formats are done.",
        "Run the command again: it does the rest.",
    )
    assert str(told.value).split("\n")[1].endswith(f"{last.message} {last.hint}")
    assert not (in_formats.folder.handed_over / "full" / "record.json").exists()
    monkeypatch.setattr(standin, "create", create)
    plans: list[HandoverPlan] = []
    hand(in_formats, places(standin), plans.append)
    assert [step.does for step in plans[0].steps] == ["leave", "leave", "create"]
    require_exactly(in_formats, standin)


def test_formats_that_have_not_changed_count_as_done(
    in_formats: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand(in_formats, places(standin))

    def broken(campaign: str, outgoing: Outgoing) -> None:
        raise Unavailable("Mailchimp", "It reports a fault of its own.", "")

    monkeypatch.setattr(standin, "update", broken)
    with pytest.raises(Unavailable, match="2 of 3 formats are done"):
        hand(changed(in_formats, "teasers"), places(standin))


def test_an_editor_who_does_not_agree_changes_nothing(in_formats: Report, standin: Standin) -> None:
    def no(_: HandoverPlan) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hand(in_formats, places(standin), no)
    assert standin.writes == []
    assert records_of(in_formats.folder) == ()


def test_of_two_people_at_once_only_one_makes_each_format(
    in_formats: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague makes the draft of the second format just before ours."""
    create = standin.create

    def meanwhile(outgoing: Outgoing) -> str:
        if "headlines" in outgoing.name and standin.made == 1:
            create(outgoing)
        return create(outgoing)

    monkeypatch.setattr(standin, "create", meanwhile)
    with pytest.raises(HandoverError, match="Somebody else has just made a draft") as told:
        hand(in_formats, places(standin))
    assert "1 of 3 formats are done" in str(told.value)
    assert list(standin.campaigns) == ["c1", "c2"]
    hand(in_formats, places(standin))
    require_exactly(in_formats, standin)


# --- a service that keeps nothing


class Post(Standin):
    """A mail server with several lists: what it gets is on its way, and cannot be read back."""

    def find(self, marker: str) -> list[Campaign]:
        raise AssertionError(f"it cannot be asked for {marker}")

    def read(self, campaign: str) -> Campaign | None:
        raise AssertionError(f"it cannot be asked for {campaign}")


def lists(post: Post) -> list[Destination]:
    profile = profile_of("smtp")
    return [replace(each, name="smtp", profile=profile, tags="smtp") for each in places(post)]


def test_each_list_gets_its_format_once(
    in_formats: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post()
    create = post.create

    def refused(outgoing: Outgoing) -> str:
        if post.made == 1:
            raise Refused("SMTP", "It refused.", "")
        return create(outgoing)

    monkeypatch.setattr(post, "create", refused)
    with pytest.raises(Refused, match="1 of 3 formats are done"):
        hand(in_formats, lists(post))
    monkeypatch.setattr(post, "create", create)
    plans: list[HandoverPlan] = []
    drafts = hand(in_formats, lists(post), plans.append)
    assert [step.does for step in plans[0].steps] == ["leave", "send", "send"]
    assert [campaign.audiences for campaign in post.campaigns.values()] == [
        (audience.id,) for audience in OF_FORMATS.values()
    ]
    assert hand(in_formats, lists(post), refuse) == drafts
    with pytest.raises(HandoverError, match="already sent, and it has changed since"):
        hand(changed(in_formats, "full"), lists(post), refuse)


def test_what_may_have_been_sent_stops_every_format(
    in_formats: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post()

    def lost(_: Outgoing) -> str:
        raise Uncertain("SMTP", "It is not known.", "")

    monkeypatch.setattr(post, "create", lost)
    with pytest.raises(Uncertain, match="0 of 3 formats are done"):
        hand(in_formats, lists(post))
    with pytest.raises(HandoverError, match="not known whether it went out"):
        hand(in_formats, lists(post), refuse)


def test_to_send_one_format_again_the_record_of_no_other_one_is_deleted(
    in_formats: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post()
    create = post.create
    leading, headlines, full = lists(post)
    hand(in_formats, [headlines], besides=[leading, full])

    def lost(_: Outgoing) -> str:
        raise Uncertain("SMTP", "It is not known.", "")

    for lost_at, named in ((leading, r"handed-over/record\.json"), (full, "full/")):
        monkeypatch.setattr(post, "create", lost)
        with pytest.raises(Uncertain):
            hand(in_formats, [lost_at], besides=[headlines])
        monkeypatch.setattr(post, "create", create)
        with pytest.raises(HandoverError, match=f"If not, delete {named} and run"):
            hand(in_formats, [lost_at], refuse, besides=[headlines])

    (in_formats.folder.handed_over / "record.json").unlink()
    hand(in_formats, [leading, headlines], besides=[full])
    assert post.made == 2
