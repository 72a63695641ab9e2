"""Test sends: to a few people who were named, never to an audience, and beside the issue's own draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from newsletter.checks.report import Report
from newsletter.errors import HandoverError, Uncertain, Unsupported
from newsletter.handover import outgoing_of, send_test
from newsletter.services import connect, profile_of
from newsletter.services.protocol import Capability, Outgoing
from newsletter.services.settings import Settings
from tests.handover.conftest import Hand, Kept
from tests.handover.standin import READERS, Standin
from tests.services.every_fake import FAKES
from tests.services.fake_mailchimp import FakeMailchimp
from tests.services.fakes import Fake, Wire
from tests.services.scenes import PEOPLE, Newsletter, hand_over_first, made
from tests.services.scenes import test_send as scene_of_a_test

MAILCHIMP = profile_of("mailchimp")
CAN_TEST = [kind for kind in FAKES if Capability.TEST_SEND in profile_of(kind.NAME).can]
Send = Callable[[Sequence[str]], Outgoing]


@pytest.fixture
def send(report: Report, standin: Standin) -> Send:
    """Sends the issue to people."""
    return lambda people: send_test(report.galley, MAILCHIMP, standin, people)


def test_it_says_that_it_is_a_test_and_has_no_audience(
    send: Send, report: Report, standin: Standin
) -> None:
    sent = send(["editor@example.org"])
    own = outgoing_of(report.galley, MAILCHIMP, READERS.id)
    assert standin.tests == [(sent, ("editor@example.org",))]
    assert standin.calls == ["send_test"]
    assert sent.subject == f"[Test] {own.subject}"
    assert sent.name.startswith("[Test] BioNews 652 [newsletter-test:652:")
    assert sent.audience == ""
    assert (sent.html, sent.text) == (own.html, own.text)


def test_in_the_inbox_each_format_is_told_from_the_others(
    in_formats: Report, standin: Standin
) -> None:
    for galley in in_formats.galley.every_format:
        send_test(galley, MAILCHIMP, standin, PEOPLE)
    subject = in_formats.email.subject
    assert [sent.subject for sent, _ in standin.tests] == [
        f"[Test] {subject}",
        f"[Test] [headlines] {subject}",
        f"[Test] [full] {subject}",
    ]
    markers = [sent.name.rpartition(" ")[2].partition(":")[2] for sent, _ in standin.tests]
    assert [marker.partition(":")[0] for marker in markers] == ["652", "652/headlines", "652/full"]
    for (sent, _), galley in zip(standin.tests, in_formats.galley.every_format, strict=True):
        own = outgoing_of(galley, MAILCHIMP, READERS.id)
        assert (sent.html, sent.text) == (own.html, own.text)


def test_text_alone_is_sent_where_it_is_taken(in_formats: Report, standin: Standin) -> None:
    galley = in_formats.galley
    text = galley.email.format.model_copy(update={"parts": "text"})
    email = galley.email.model_copy(update={"format": text, "html": ""})
    alone = replace(galley, email=email)

    takes_none = replace(MAILCHIMP, can=MAILCHIMP.can - {Capability.TEXT_ALONE})
    told = r"takes no email without HTML, as the format 'teasers' is\. Send it with smtp"
    with pytest.raises(Unsupported, match=told):
        send_test(alone, takes_none, standin, PEOPLE)
    assert standin.calls == []

    takes_it = replace(MAILCHIMP, can=MAILCHIMP.can | {Capability.TEXT_ALONE})
    sent = send_test(alone, takes_it, standin, PEOPLE)
    assert sent.html == ""
    assert sent.text == outgoing_of(galley, MAILCHIMP, READERS.id).text


@pytest.mark.parametrize(
    ("people", "addresses"),
    [
        (["a@example.org", "b@example.org"], ("a@example.org", "b@example.org")),
        (["a@example.org", "a@example.org"], ("a@example.org",)),
        (["a@example.org", " A@Example.org "], ("a@example.org",)),
        (["Ann Lee <a@example.org>", "a@example.org"], ("a@example.org",)),
        (
            [f"a{n}@example.org" for n in range(10)] * 2,
            tuple(f"a{n}@example.org" for n in range(10)),
        ),
    ],
)
def test_each_gets_it_once(
    send: Send, standin: Standin, people: list[str], addresses: tuple[str, ...]
) -> None:
    send(people)
    assert [to for _, to in standin.tests] == [addresses]


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ([], r"Nobody is named to get the test\. Name people: --to editor@example\.org\."),
        ([f"a{n}@example.org" for n in range(11)], r"10 people at most, not to 11\. Name fewer\."),
        ([""], r"No test can be sent to ''\. This is empty\."),
        (["  "], r"No test can be sent to '  '\. This is empty\."),
        (["a@example.org", ""], r"No test can be sent to ''\. This is empty\."),
        (["x\nBcc: b@example.org <a@example.org>"], "line break"),
        (["editor"], "'editor' is not an email address"),
        (["a@"], "is not an email address"),
        (["@example.org"], "is not an email address"),
        (["a@example.org, b@example.org"], "is not an email address"),
        (["a@example.org b@example.org"], "is not an email address"),
        (["a@example.org;b@example.org"], "is not an email address"),
        (["a@example.org\nBcc: x@example.org"], "No test can be sent to"),
        (["a@example.org\r\nBcc: x@example.org"], "No test can be sent to"),
        (["<a@example.org\nBcc: x@example.org>"], "No test can be sent to"),
        (["a@example.org\x00"], "No test can be sent to"),
        (["a@exämple.org"], "No test can be sent to"),
        (["*|EMAIL|*"], "No test can be sent to"),
    ],
)
def test_people_must_be_named_and_few(
    send: Send, standin: Standin, people: list[str], told: str
) -> None:
    with pytest.raises(HandoverError, match=told) as error:
        send(people)
    assert "\n" not in str(error.value)
    assert standin.calls == []


def test_a_service_that_cannot_is_not_asked(report: Report, standin: Standin) -> None:
    unable = replace(MAILCHIMP, can=MAILCHIMP.can - {Capability.TEST_SEND})
    with pytest.raises(Unsupported, match=r"cannot send tests\. Send it with smtp"):
        send_test(report.galley, unable, standin, ["a@example.org"])
    assert standin.calls == []


def test_the_own_draft_is_left_as_it_is(
    hand: Hand, report: Report, send: Send, standin: Standin, kept: Kept
) -> None:
    hand(report)
    held, files = dict(standin.campaigns), kept()
    send(PEOPLE)
    assert (standin.campaigns, kept()) == (held, files)


def test_on_the_wire_the_own_draft_is_left_as_it_is_and_no_other_stays(
    newsletter: Newsletter,
) -> None:
    fake = FakeMailchimp()
    hand_over_first(newsletter, fake, Wire(fake))
    held = fake.held()
    wire = Wire(fake)
    scene_of_a_test(newsletter, fake, wire)
    assert fake.held() == held
    assert {address for test in fake.tests for address in test["to"]} == set(PEOPLE)
    assert all(test["subject"].startswith("[Test] BioNews 652: ") for test in fake.tests)
    own = f"/campaigns/{held[0].id}"
    assert not any(own in call for call in wire.calls)


@pytest.mark.parametrize("kind", CAN_TEST, ids=lambda kind: kind.NAME)
@pytest.mark.parametrize("place", [0, 2], ids=["leading", "further"])
def test_on_the_wire_the_drafts_of_all_formats_are_left_as_they_are(
    in_formats: Report, kind: type[Fake], place: int
) -> None:
    fake = kind()
    profile = profile_of(fake.NAME)
    settings = Settings(fake.ENVIRONMENT, in_formats.folder.path)
    service = connect(fake.NAME, settings, Wire(fake))
    galleys = in_formats.galley.every_format
    drafts = [made(service, outgoing_of(galley, profile, fake.AUDIENCE)) for galley in galleys]
    held = fake.held()
    assert len(set(drafts)) == len(held) == 3

    send_test(galleys[place], profile, service, PEOPLE)
    assert fake.held() == held


def test_a_test_of_which_nothing_is_known_is_not_to_be_repeated_blindly(
    send: Send, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise Uncertain("Mailchimp", "The answer was lost.", "", 502)

    monkeypatch.setattr(standin, "send_test", lost)
    with pytest.raises(Uncertain, match=r"was lost\. Check whether they have it") as error:
        send(["editor@example.org"])
    assert error.value.status == 502
