"""Whatever a person can change of a draft in a service is seen: by a second handover, by scheduling, in the status.

``CHANGES`` has, for each service, all that its fake shows of a campaign and that a person could change: where it is in
the fake's state, and another value. What else a fake shows is in ``HARMLESS``, so that nothing is forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from click.testing import CliRunner

from newsletter.cli import main
from newsletter.errors import HandoverError, Refused
from newsletter.handover import HandoverPlan, changes, hand_over
from tests.services.every_fake import FAKES
from tests.services.fakes import Fake, Wire
from tests.services.scenes import (
    SCENES,
    Newsletter,
    destination_of,
    hand_over_first,
    schedule_first,
    stored,
    unschedule_it,
)

CHANGES: dict[str, dict[str, Any]] = {
    "brevo": {
        "name": "Renamed [newsletter:652:11fe0313]",
        "subject": "Another subject",
        "previewText": "Another preheader",
        "sender.name": "Another sender",
        "sender.email": "another@example.org",
        "replyTo": "another@example.org",
        "htmlContent": "<p>Another email</p>",
        "header": "<p>Another header</p>",
        "footer": "<p>Another footer</p>",
        "listIds": [60],
        "segments": [5],
        "exclusionLists": [60],
        "exclusionSegments": [5],
        "abTesting": True,
        "sendAtBestTime": True,
        "recurring": True,
        "mirrorActive": False,
        "inlineImageActivation": True,
        "attachmentFile": "https://a.example.org/prices.pdf",
        "toField": "{{ contact.FIRSTNAME }}",
        "utmCampaign": "Spring",
        "utmSource": "elsewhere",
        "utmMedium": "post",
        "utmIDActive": True,
    },
    "buttondown": {
        "metadata.newsletter": "Renamed [newsletter:652:11fe0313]",
        "subject": "Another subject",
        "description": "Another preheader",
        "body": "# Another email, in Markdown",
        "filters.filters": [],
        "filters.groups": [{"filters": [], "groups": [], "predicate": "or"}],
        "filters.predicate": "or",
        "template": "modern",
        "archival_mode": "disabled",
        "commenting_mode": "enabled",
        "email_type": "premium",
        "review_mode": "required",
        "attachments": ["att_1"],
        "image": "https://a.example.org/another.png",
        "canonical_url": "https://a.example.org/",
        "featured": True,
        "related_email_ids": ["em_1"],
        "should_trigger_pay_per_email_billing": True,
        "suppression_reason": "looks_like_spam",
    },
    "mailchimp": {
        "type": "plaintext",
        "content_type": "multichannel",
        "variate_settings": {"subject_lines": ["One", "Another"]},
        "ab_split_opts": {"split_test": "subject"},
        "rss_opts": {"feed_url": "https://a.example.org/feed"},
        "social_card.title": "Another title",
        "social_card.description": "Another description",
        "social_card.image_url": "https://a.example.org/another.png",
        "recipients.list_id": "ffff000000",
        "recipients.segment_opts": {"saved_segment_id": 7},
        "settings.title": "Renamed [newsletter:652:11fe0313]",
        "settings.subject_line": "Another subject",
        "settings.preview_text": "Another preheader",
        "settings.from_name": "Another sender",
        "settings.reply_to": "another@example.org",
        "settings.use_conversation": True,
        "settings.to_name": "*|FNAME|*",
        "settings.authenticate": False,
        "settings.auto_footer": True,
        "settings.inline_css": True,
        "settings.auto_tweet": True,
        "settings.fb_comments": True,
        "settings.template_id": 7,
        "settings.timewarp": True,
        "settings.drag_and_drop": True,
        "settings.auto_fb_post": ["page"],
        "tracking.opens": True,
        "tracking.html_clicks": True,
        "tracking.text_clicks": True,
        "tracking.goal_tracking": True,
        "tracking.ecomm360": True,
        "tracking.google_analytics": "UA-1",
        "tracking.clicktale": "x",
        "tracking.salesforce": {"campaign": True, "notes": False},
        "tracking.capsule": {"notes": True},
        "content.html": "<p>Another email</p>",
        "content.plain_text": "Another text",
    },
    "mailjet": {
        "Title": "Renamed [newsletter:652:11fe0313]",
        "Subject": "Another subject",
        "Sender": "12345",
        "SenderName": "Another sender",
        "SenderEmail": "another@example.org",
        "ReplyEmail": "another@example.org",
        "ContactsListID": 654321,
        "SegmentationID": 5,
        "Locale": "fr_FR",
        "EditMode": "tool2",
        "IsTextPartIncluded": False,
        "TemplateID": 7,
        "Template": "Spring",
        "Preset": "{}",
        "AXTesting": {"Percentage": 10},
        "AXFraction": 0.5,
        "AXFractionName": "B",
        "content.Html-part": "<p>Another email</p>",
        "content.Text-part": "Another text",
        "content.Headers": {"Bcc": "another@example.org"},
        "content.MJMLContent": "<mjml></mjml>",
    },
    "sendgrid": {
        "name": "Renamed [newsletter:652:11fe0313]",
        "categories": ["spring"],
        "is_abtest": True,
        "send_to.list_ids": ["00000000-43f3-4e3a-87b1-c6a600d805f1"],
        "send_to.segment_ids": ["5"],
        "send_to.all": True,
        "email_config.subject": "Another subject",
        "email_config.html_content": "<p>Another email</p>",
        "email_config.plain_content": "Another text",
        "email_config.generate_plain_content": True,
        "email_config.editor": "design",
        "email_config.design_id": "d-7",
        "email_config.suppression_group_id": 7,
        "email_config.custom_unsubscribe_url": "https://a.example.org/",
        "email_config.sender_id": 11,
        "email_config.ip_pool": "shared",
    },
    "listmonk": {
        "name": "Renamed [newsletter:652:11fe0313]",
        "subject": "Another subject",
        "from_email": "Another <another@example.org>",
        "body": "<p>Another email</p>",
        "altbody": "Another text",
        "lists": [4],
        "headers": [{"Reply-To": "bionews@bionews.org.uk", "Bcc": "another@example.org"}],
        "template_id": 1,
        "type": "optin",
        "content_type": "markdown",
        "messenger": "sms",
        "media": [5],
        "tags": ["spring"],
        "archive": True,
    },
}
HARMLESS: dict[str, set[str]] = {
    "brevo": {"id", "status", "scheduledAt", "createdAt", "sent", "made_with"},
    "buttondown": {"id", "status", "publish_date", "creation_date", "slug", "secondary_id"},
    "mailchimp": {
        *("id", "web_id", "status", "send_time", "create_time", "settings.folder_id"),
        "reaches",  # which Mailchimp does not say
    },
    "mailjet": {"ID", "Status", "CreatedAt", "DeliveredAt", "Used", "Url", "date"},
    "sendgrid": {"id", "status", "send_at", "created_at", "updated_at"},
    "listmonk": {"id", "status", "send_at", "created_at", "attribs"},
}
"""Identity, state and time, which are checked elsewhere; what services count or file by; and what no reader sees."""
GROUPS = {
    "sender",
    "metadata",
    "filters",
    "recipients",
    "settings",
    "tracking",
    "social_card",
    "content",
}
GROUPS |= {"send_to", "email_config"}
KINDS = {kind.NAME: kind for kind in FAKES}
EVERY = [(service, field) for service, fields in CHANGES.items() for field in fields]


@dataclass(frozen=True)
class Changed:
    """A draft in which a person has changed one thing."""

    newsletter: Newsletter
    fake: Fake
    campaign: str


def put(held: dict[str, Any], path: str, value: Any) -> None:
    """Change a thing where it is, whether or not it was there."""
    *way, last = path.split(".")
    for step in way:
        held = held[step]
    assert held.get(last) != value, f"{path} is {value} already"
    held[last] = value


def changed(newsletter: Newsletter, service: str, field: str) -> Changed:
    fake = KINDS[service]()
    campaign = hand_over_first(newsletter, fake, Wire(fake)).campaign
    assert campaign
    put(stored(fake, campaign), field, CHANGES[service][field])
    return Changed(newsletter, fake, campaign)


def error_of(does: Callable[[], object]) -> str:
    """What an editor reads if it does not work; nothing if it does."""
    try:
        does()
    except (HandoverError, Refused) as error:
        return str(error)
    return ""


def paths_in(held: dict[str, Any], before: str = "") -> Iterator[str]:
    """All that there is of a campaign, groups by what is in them."""
    for name, value in held.items():
        path = f"{before}{name}"
        if isinstance(value, dict) and name in GROUPS:
            yield from paths_in(value, f"{path}.")
        else:
            yield path


@pytest.mark.parametrize(("service", "field"), EVERY)
def test_a_change_is_seen_stops_scheduling_and_is_undone_or_told(
    newsletter: Newsletter, service: str, field: str
) -> None:
    it = changed(newsletter, service, field)
    draft, to = (
        newsletter.record.read(),
        destination_of(it.fake, Wire(it.fake), newsletter.folder),
    )
    held = to.service.read(it.campaign)
    assert held is not None
    assert draft is not None
    assert changes(draft, held)

    with pytest.raises(HandoverError, match=r"was changed in"):
        schedule_first(newsletter, it.fake, Wire(it.fake))
    assert not [each for each in it.fake.held() if each.status == "scheduled"]

    plans: list[HandoverPlan] = []
    again = error_of(lambda: hand_over(newsletter.first, [to], by="a test", confirm=plans.append))
    assert [plan.steps[0].does for plan in plans] == ["update"]
    draft, held = newsletter.record.read(), to.service.read(it.campaign)
    assert held is not None
    assert draft is not None
    is_undone = all(
        held.settings.get(what, value) == value for what, value in to.profile.expects.items()
    )
    is_told = "wrong audience" in again or "Delete the draft there" in again or draft.differences
    assert is_told or is_undone


@pytest.mark.parametrize("service", CHANGES)
def test_the_status_lists_it(
    newsletter: Newsletter, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    it = changed(newsletter, service, next(reversed(CHANGES[service])))
    for name, value in it.fake.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(newsletter.folder)
    said = CliRunner().invoke(main, ["status", "652"], obj=Wire(it.fake)).output
    assert "Changed there" in said


@pytest.mark.parametrize("service", CHANGES)
def test_nothing_that_is_told_of_a_campaign_is_forgotten(
    newsletter: Newsletter, service: str
) -> None:
    fake = KINDS[service]()
    campaign = hand_over_first(newsletter, fake, Wire(fake)).campaign
    assert campaign
    told = set(paths_in(stored(fake, campaign)))
    assert told - HARMLESS[service] <= set(CHANGES[service])


@pytest.mark.parametrize("service", CHANGES)
def test_what_nobody_changed_is_no_change(newsletter: Newsletter, service: str) -> None:
    fake = KINDS[service]()
    draft = hand_over_first(newsletter, fake, Wire(fake))
    assert draft.differences == ()
    for scene in (schedule_first, unschedule_it):
        scene(newsletter, fake, Wire(fake))
    test_send, _ = SCENES["test send"]
    test_send(newsletter, fake, Wire(fake))
    held = destination_of(fake, Wire(fake), newsletter.folder).service.read(draft.campaign or "")
    assert held is not None
    assert changes(draft, held) == ()


@pytest.mark.parametrize("service", CHANGES)
def test_all_that_a_service_declares_can_be_changed_here(
    newsletter: Newsletter, service: str
) -> None:
    fake = KINDS[service]()
    draft = hand_over_first(newsletter, fake, Wire(fake))
    assert draft.campaign
    to, before = (
        destination_of(fake, Wire(fake), newsletter.folder),
        json.dumps(fake.state["campaigns"]),
    )
    seen = set[str]()
    for field, value in CHANGES[service].items():
        fake.state["campaigns"] = json.loads(before)
        put(stored(fake, draft.campaign), field, value)
        held = to.service.read(draft.campaign)
        assert held is not None
        seen |= {change.partition(":")[0] for change in changes(draft, held)}
    assert set(to.profile.expects) <= seen
