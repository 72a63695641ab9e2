"""Test sends: to a few people who were named, never to an audience, and beside the issue's own draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from newsletter.checks.report import Report
from newsletter.errors import HandoverError, Uncertain, Unsupported
from newsletter.handover import outgoing_of, send_test
from newsletter.services import profile_of
from newsletter.services.protocol import Capability, Outgoing
from tests.handover.conftest import Hand, Kept
from tests.handover.standin import READERS, Standin
from tests.services.fake_mailchimp import FakeMailchimp
from tests.services.fakes import Wire
from tests.services.scenes import PEOPLE, Newsletter, hand_over_first
from tests.services.scenes import test_send as scene_of_a_test

MAILCHIMP = profile_of("mailchimp")
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


def test_a_test_of_which_nothing_is_known_is_not_to_be_repeated_blindly(
    send: Send, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise Uncertain("Mailchimp", "The answer was lost.", "", 502)

    monkeypatch.setattr(standin, "send_test", lost)
    with pytest.raises(Uncertain, match=r"was lost\. Check whether they have it") as error:
        send(["editor@example.org"])
    assert error.value.status == 502
