"""Every difference between what was given and what is held is reported, in a line that an editor understands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from newsletter.checks.report import Report
from newsletter.handover import changes, outgoing_of
from newsletter.handover.differences import additions, differences, without
from newsletter.services import profile_of
from newsletter.services.protocol import Campaign, Outgoing, Profile
from tests.handover.conftest import Hand
from tests.handover.standin import READERS, campaign_of


@pytest.fixture
def outgoing(report: Report) -> Outgoing:
    return outgoing_of(report.galley, profile_of("mailchimp"), READERS.id)


@pytest.fixture
def held(outgoing: Outgoing) -> Campaign:
    """What a good service holds."""
    return campaign_of("c1", outgoing)


PROFILE = profile_of("mailchimp")
BARE = replace(PROFILE, adds={}, expects={"attachments": "none", "format": "html"})
"""A service that puts nothing in by itself."""


def adding(adds: dict[str, str]) -> Profile:
    """A service that does."""
    return replace(BARE, adds=adds)


def of_html(outgoing: Outgoing, given: str, held: str, profile: Profile = BARE) -> list[str]:
    """The differences between two versions of the HTML."""
    email = outgoing.email.model_copy(update={"html": given})
    return list(
        differences(
            replace(outgoing, email=email), replace(campaign_of("c1", outgoing), html=held), profile
        )
    )


def test_what_is_the_same_is_not_told(outgoing: Outgoing, held: Campaign) -> None:
    assert differences(outgoing, held, BARE) == ()


NOT_TOLD = dict.fromkeys(
    (
        "name",
        "audiences",
        "subject",
        "preheader",
        "sender_name",
        "sender_address",
        "reply_to",
        "html",
        "text",
    )
)


def test_what_a_service_does_not_tell_is_no_difference(outgoing: Outgoing, held: Campaign) -> None:
    silent = replace(held, **NOT_TOLD)  # type: ignore[arg-type]
    assert differences(outgoing, silent, adding({"x": "y"})) == ()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("audiences", ("d2",), "audience: given 'r1', but it holds 'd2'"),
        ("audiences", ("r1", "d2"), "audience: given 'r1', but it holds 'r1, d2'"),
        ("audiences", (), "audience: given 'r1', but it holds none"),
        (
            "subject",
            "Other",
            "subject: given 'BioNews 652: Emerging science and established problems', but it holds 'O",
        ),
        ("subject", "", "established problems', but it holds none"),
        ("preheader", "Other", ", but it holds 'Other'"),
        ("sender_name", "Other", "sender's name: given 'BioNews', but it holds 'Other'"),
        (
            "sender_address",
            "x@example.org",
            "sender's address: given 'bionews@bionews.org.uk', but it holds 'x@exam",
        ),
        (
            "reply_to",
            "x@example.org",
            "address for answers: given 'bionews@bionews.org.uk', but it holds 'x@example",
        ),
        ("name", "Ours", "[newsletter:652:11fe0313]', but it holds 'Ours'"),
        (
            "settings",
            {"attachments": "plan.pdf"},
            "attachments: given 'none', but it holds 'plan.pdf'",
        ),
        (
            "settings",
            {"format": "markdown", "attachments": "none"},
            "format: given 'html', but it holds 'markdown'",
        ),
        ("html", "", "HTML, line 1: given '<!"),
        ("text", "made up", "plain text, line 1: given '"),
    ],
)
def test_every_field_is_compared(
    outgoing: Outgoing, held: Campaign, field: str, value: Any, told: str
) -> None:
    all_told = differences(outgoing, replace(held, **{field: value}), BARE)
    assert told in all_told[0]
    assert len({line.split(":")[0].split(",")[0] for line in all_told}) == 1


def test_what_is_as_the_account_is_set_is_no_difference_but_a_change(
    hand: Hand, report: Report, outgoing: Outgoing, held: Campaign
) -> None:
    told = replace(held, settings={"time zone": "Rome"})
    assert differences(outgoing, told, BARE) == ()
    assert changes(hand(report), told) == ("time zone: was none, is now 'Rome'",)


def test_an_email_without_an_audience_is_held_without_one(
    outgoing: Outgoing, held: Campaign
) -> None:
    assert differences(replace(outgoing, audience=""), replace(held, audiences=()), BARE) == ()
    (difference,) = differences(replace(outgoing, audience=""), held, BARE)
    assert difference == "audience: given none, but it holds 'r1'"


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ("a\nb\n", "a\nb"),
        ("a\nb", "a\nb\n\n"),
        ("a\nb\n", "a\r\nb\r\n"),
    ],
)
def test_how_lines_end_is_no_difference(outgoing: Outgoing, given: str, held: str) -> None:
    assert of_html(outgoing, given, held) == []


@pytest.mark.parametrize(
    ("given", "held", "told"),
    [
        ("a\nb\nc", "a\nB\nc", "HTML, line 2: given 'b', but it holds 'B'"),
        ("a\nb\nc", "a\nc", "HTML, line 2: given 'b', but it holds none"),
        ("a\nc", "a\nb\nc", "HTML, line 2: given none, but it holds 'b'"),
        ("a\nb", "a\nb\nc", "HTML, line 3: given none, but it holds 'c'"),
        ("a", "a ", "HTML, line 1: given 'a', but it holds 'a '"),
        (" a", "a", "HTML, line 1: given ' a', but it holds 'a'"),
        ("a\n\n\nb", "a\n\nb", "HTML, line 3: given none, but it holds none"),
        ("a\rb", "a b", "HTML, line 1: given 'a\N{REPLACEMENT CHARACTER}b', but it holds 'a b'"),
        (
            "x\x1b[31m",
            "x",
            "HTML, line 1: given 'x\N{REPLACEMENT CHARACTER}[31m', but it holds 'x'",
        ),
    ],
)
def test_the_line_and_both_forms_are_told(
    outgoing: Outgoing, given: str, held: str, told: str
) -> None:
    assert of_html(outgoing, given, held) == [told]


def test_of_a_long_line_the_place_is_shown_where_they_part(outgoing: Outgoing) -> None:
    line = "".join(f"<b>{number}</b>" for number in range(1000))
    (told,) = of_html(outgoing, line, line.replace("<b>500</b>", "<b>5OO</b>"))
    given, _, held = told.partition(", but it holds ")
    assert "<b>500</b><b>501</b>" in given
    assert "<b>5OO</b><b>501</b>" in held
    assert len(told) < 450


def test_many_changes_are_counted(outgoing: Outgoing) -> None:
    given = "\n".join(f"{number}\nsame {number}" for number in range(100))
    held = "\n".join(f"{number}!\nsame {number}" for number in range(100))
    told = of_html(outgoing, given, held)
    assert told[0] == "HTML, line 1: given '0', but it holds '0!'"
    assert told[7] == "HTML, line 15: given '7', but it holds '7!'"
    assert told[8:] == ["HTML: 92 more places differ"]


def test_as_many_changes_as_are_told_leave_no_more(outgoing: Outgoing) -> None:
    given = "\n".join(f"{number}\nsame {number}" for number in range(8))
    held = "\n".join(f"{number}!\nsame {number}" for number in range(8))
    assert len(of_html(outgoing, given, held)) == 8


def test_what_a_service_is_known_to_add_is_taken_out_and_named(
    outgoing: Outgoing, held: Campaign
) -> None:
    adds = {
        r"(?s)<p>sent with.*?</p>": "a footer",
        "<img pixel>": "a picture that counts",
        r"\n--\nBye$": "a farewell",
    }
    added = replace(
        held,
        html=(held.html or "").replace("</body>", "<p>sent with\r\nit</p></body>"),
        text=f"{held.text}\n--\nBye",
    )
    assert differences(outgoing, added, adding(adds)) == ()
    assert additions(added, adds) == ("a footer", "a farewell")
    assert additions(held, adds) == ()
    assert additions(replace(held, html=None, text=None), adds) == ()
    assert len(differences(outgoing, added, BARE)) == 2


def test_beside_what_is_added_other_changes_are_told(outgoing: Outgoing) -> None:
    assert of_html(outgoing, "a\nb", "A\nb<p>x</p>", adding({"<p>x</p>": "x"})) == [
        "HTML, line 1: given 'a', but it holds 'A'"
    ]


def test_without_takes_out_all_of_it() -> None:
    assert without("a\r\n<x>b<x>", {"<x>": "an x"}) == "a\nb"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": "Ours"}, "name: was 'BioNews 652 [newsletter:652:11fe0313]', is now 'Ours'"),
        ({"audiences": ("d2",)}, "audience: was 'r1', is now 'd2'"),
        ({"audiences": ("r1", "d2")}, "audience: was 'r1', is now 'r1, d2'"),
        ({"audiences": ()}, "audience: was 'r1', is now none"),
        ({"subject": "Other"}, "problems', is now 'Other'"),
        ({"preheader": "Other"}, ", is now 'Other'"),
        ({"sender_name": "Other"}, "sender's name: was 'BioNews', is now 'Other'"),
        (
            {"sender_address": "x@example.org"},
            "sender's address: was 'bionews@bionews.org.uk', is now 'x@example.org'",
        ),
        (
            {"reply_to": "x@example.org"},
            "address for answers: was 'bionews@bionews.org.uk', is now 'x@example.org'",
        ),
        (
            {"settings": {"other headers": "bcc: x@example.org"}},
            "other headers: was none, is now 'bcc: x@example.org'",
        ),
        ({"html": "<p>"}, "HTML: changed"),
        ({"text": "Other"}, "plain text: changed"),
        ({"text": None}, "plain text: changed"),
    ],
)
def test_whatever_a_reader_would_get_otherwise_is_a_change(
    hand: Hand, report: Report, held: Campaign, changed: dict[str, Any], told: str
) -> None:
    draft = hand(report)
    assert changes(draft, held) == ()
    (change,) = changes(draft, replace(held, **changed))
    assert change.endswith(told)


def test_what_no_reader_gets_is_no_change(hand: Hand, report: Report, held: Campaign) -> None:
    assert not changes(hand(report), replace(held, address="https://elsewhere.example.org/"))


def test_what_moves_from_one_field_to_the_next_is_two_changes(
    hand: Hand, report: Report, held: Campaign
) -> None:
    swapped = replace(held, subject=held.preheader, preheader=held.subject)
    assert [change.partition(":")[0] for change in changes(hand(report), swapped)] == [
        "subject",
        "preheader",
    ]
