"""Whether things are as they must be: asked after every fault, and after every process that was killed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from newsletter.files import write_atomically
from newsletter.handover.storing import files_to_keep
from newsletter.services import profile_of
from tests.services.fakes import CANARY, Fake, Held, Wire
from tests.services.scenes import AT, PEOPLE, SCENES, Newsletter, expected


@dataclass(frozen=True)
class Before:
    """The state before a scene: what the service holds, and what the issue keeps."""

    state: str
    files: dict[str, bytes]


def before_scene(kind: type[Fake], newsletter: Newsletter, scene: str) -> Before:
    """Reach that state, without a fault."""
    newsletter.forget()
    fake = kind()
    for earlier in SCENES[scene][1]:
        earlier(newsletter, fake, Wire(fake))
    kept = newsletter.record.folder
    files = {path.name: path.read_bytes() for path in kept.iterdir()} if kept.exists() else {}
    return Before(json.dumps(fake.state), files)


def prepared(
    kind: type[Fake], newsletter: Newsletter, before: Before, file: Path | None = None
) -> Fake:
    """The service as it was before the scene, its state in ``file``; the issue's record as well."""
    newsletter.forget()
    if before.files:
        write_atomically(newsletter.record.folder, before.files)
    fake = kind(file)
    fake.state = json.loads(before.state)
    return fake


def undisturbed(kind: type[Fake], newsletter: Newsletter, scene: str, before: Before) -> list[str]:
    """The calls that a scene makes when nothing breaks."""
    fake = prepared(kind, newsletter, before)
    wire = Wire(fake)
    SCENES[scene][0](newsletter, fake, wire)
    assert fault_in(newsletter, fake, scene) is None
    return wire.calls


def disaster_in(newsletter: Newsletter, fake: Fake, scene: str) -> str | None:
    """What must not be however a command ends: something sent, two campaigns of the issue, a test to an audience; or
    that something will be sent to the wrong readers, or with other content.
    """
    own = _own(fake)
    if len(own) > 1:
        return f"{len(own)} campaigns of the issue"
    if any(campaign.status not in ("draft", "scheduled") for campaign in fake.held()):
        return "something was sent"
    if scene not in ("schedule", "unschedule") and any(
        campaign.status != "draft" for campaign in fake.held()
    ):
        return "something was scheduled"
    if any(
        campaign.status == "scheduled" and not _is_right(newsletter, fake, scene, campaign)
        for campaign in own
    ):
        return "what is scheduled has the wrong audience or other content"
    if any(
        not set(test["to"]) <= set(PEOPLE) or not test["subject"].startswith("[Test]")
        for test in fake.tests
    ):
        return "a test went astray"
    return None


def fault_in(newsletter: Newsletter, fake: Fake, scene: str) -> str | None:
    """What is not as it must be when a command ends without an error."""
    if disaster := disaster_in(newsletter, fake, scene):
        return disaster
    if scene == "test send":
        return _fault_in_test(newsletter, fake)
    own, draft = _own(fake), newsletter.record.read()
    if len(own) != 1 or len(fake.held()) != 1:
        return f"{len(fake.held())} campaigns"
    held = own[0]
    if fault := _fault_in_files(newsletter, fake, scene):
        return fault
    if held.audiences != (fake.AUDIENCE,):
        return f"the audience is {held.audiences}"
    if not _is_as_given(newsletter, fake, scene, held) and not is_told(newsletter):
        return "other content, and nothing said of it"
    if draft is None or draft.state != "done" or draft.campaign != held.id:
        return f"the record says {draft}"
    wanted = "scheduled" if scene == "schedule" else "draft"
    if held.status != wanted:
        return f"it is {held.status}"
    if scene == "schedule" and (
        held.scheduled is None or not held.scheduled.startswith(f"{AT:%Y-%m-%dT%H:%M}")
    ):
        return f"it is scheduled for {held.scheduled}"
    return None


def copies_in(fake: Fake) -> str | None:
    """A file that the service keeps twice, though one person alone has uploaded it."""
    counted = Counter(file.name for file in fake.files())
    return next(
        (f"{name} is kept {count} times" for name, count in counted.items() if count > 1), None
    )


def is_told(newsletter: Newsletter) -> bool:
    """Whether the record says that the service holds something else than it was given."""
    draft = newsletter.record.read()
    return draft is not None and bool(draft.differences)


def secret_in(newsletter: Newsletter) -> str | None:
    """The file of the issue's record in which there is a secret."""
    kept = newsletter.record.folder
    files = kept.iterdir() if kept.exists() else ()
    return next((path.name for path in files if CANARY.encode() in path.read_bytes()), None)


def _is_right(newsletter: Newsletter, fake: Fake, scene: str, held: Held) -> bool:
    return held.audiences == (fake.AUDIENCE,) and _is_as_given(newsletter, fake, scene, held)


def _is_as_given(newsletter: Newsletter, fake: Fake, scene: str, held: Held) -> bool:
    subject, html, text = expected(newsletter, fake, scene)
    return (held.subject, _of_oldest(held.html, fake)) == (subject, html) and held.text in (
        None,
        text,
    )


def _of_oldest(html: str, fake: Fake) -> str:
    """The HTML with the oldest copy in place of each file that two people uploaded at once."""
    oldest: dict[str, str] = {}
    for file in fake.files():
        html = html.replace(file.address, oldest.setdefault(file.name, file.address))
    return html


def _fault_in_files(newsletter: Newsletter, fake: Fake, scene: str) -> str | None:
    """What is wrong with the files that the service keeps, or should."""
    report = newsletter.second if scene == "update" else newsletter.first
    for file in files_to_keep(report.email, profile_of(fake.NAME)):
        copies = [each for each in fake.files() if each.name == file.name]
        if not copies:
            return f"{file.name} is not kept"
        if any(copy.content != file.content for copy in copies):
            return f"{file.name} is kept with other content"
    return None


def _fault_in_test(newsletter: Newsletter, fake: Fake) -> str | None:
    if fake.held():
        return "the draft of a test was left over"
    if fault := _fault_in_files(newsletter, fake, "test send"):
        return fault
    if {address for test in fake.tests for address in test["to"]} != set(PEOPLE):
        return "not everybody got the test"
    return None


def _own(fake: Fake) -> list[Held]:
    return [
        campaign for campaign in fake.held() if "[Test]" not in f"{campaign.name}{campaign.subject}"
    ]
