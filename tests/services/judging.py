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
from tests.services.scenes import AT, PEOPLE, SCENES, InFormat, Newsletter, in_formats


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
    files = {
        path.relative_to(kept).as_posix(): path.read_bytes()
        for path in kept.rglob("*")
        if path.is_file()
    }
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
    """What must not be however a command ends: something sent, two campaigns of a format, a test to an audience; or that
    something will be sent to the wrong readers, or with other content.
    """
    formats = in_formats(newsletter, fake, scene)
    own = [campaign for each in formats for campaign in _own(fake, each)]
    for each in formats:
        count = len(_own(fake, each))
        if count > 1:
            return f"{count} campaigns of the {each.galley.email.format.name}"
    if len(own) < len(_of_issue(fake)):
        return "a campaign of no format"
    if any(campaign.status not in ("draft", "scheduled") for campaign in fake.held()):
        return "something was sent"
    if scene not in ("schedule", "unschedule") and any(
        campaign.status != "draft" for campaign in fake.held()
    ):
        return "something was scheduled"
    if any(
        campaign.status == "scheduled" and not _is_right(fake, each, campaign)
        for each in formats
        for campaign in _own(fake, each)
    ):
        return "what is scheduled has the wrong audience or other content"
    if any(
        not set(test["to"]) <= set(PEOPLE) or not test["subject"].startswith("[Test]")
        for test in fake.tests
    ):
        return "a test went astray"
    return None


def untold_in(fake: Fake, error: Exception) -> str | None:
    """What the error of a command hides: that some readers will get the issue and others will not."""
    going = [campaign for campaign in fake.held() if campaign.status != "draft"]
    if going and "Nothing will be sent" in str(error):
        return "it says that nothing will be sent"
    if 0 < len(going) < len(fake.held()) and "Readers may get" not in str(error):
        return "it does not say which readers may get the issue"
    return None


def fault_in(newsletter: Newsletter, fake: Fake, scene: str) -> str | None:
    """What is not as it must be when a command ends without an error."""
    if disaster := disaster_in(newsletter, fake, scene):
        return disaster
    if scene == "test send":
        return _fault_in_test(newsletter, fake)
    if fault := _fault_in_files(newsletter, fake, scene):
        return fault
    formats = in_formats(newsletter, fake, scene)
    if len(fake.held()) != len(formats):
        return f"{len(fake.held())} campaigns"
    faults = (_fault_in_format(fake, each, scene) for each in formats)
    return next((fault for fault in faults if fault), None)


def _fault_in_format(fake: Fake, each: InFormat, scene: str) -> str | None:
    """What is not as it must be with the only draft of a format, and with its record."""
    own, draft = _own(fake, each), each.record.read()
    if len(own) != 1:
        return f"{len(own)} campaigns of the {each.galley.email.format.name}"
    held = own[0]
    if held.audiences != (each.outgoing.audience,):
        return f"the audience is {held.audiences}"
    is_told = draft is not None and draft.differences
    if not _is_as_given(fake, each, held) and not is_told:
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
    """Whether a record says that the service holds something else than it was given."""
    return any(draft and draft.differences for draft in newsletter.drafts)


def secret_in(newsletter: Newsletter) -> str | None:
    """The file of the issue's records in which there is a secret."""
    files = filter(Path.is_file, newsletter.record.folder.rglob("*"))
    return next((path.name for path in files if CANARY.encode() in path.read_bytes()), None)


def _is_right(fake: Fake, each: InFormat, held: Held) -> bool:
    return held.audiences == (each.outgoing.audience,) and _is_as_given(fake, each, held)


def _is_as_given(fake: Fake, each: InFormat, held: Held) -> bool:
    given = each.outgoing
    html = _of_oldest(held.html, fake)
    return (held.subject, html) == (given.subject, given.html) and held.text in (None, given.text)


def _of_oldest(html: str, fake: Fake) -> str:
    """The HTML with the oldest copy in place of each file that two people uploaded at once."""
    oldest: dict[str, str] = {}
    for file in fake.files():
        html = html.replace(file.address, oldest.setdefault(file.name, file.address))
    return html


def _fault_in_files(newsletter: Newsletter, fake: Fake, scene: str) -> str | None:
    """What is wrong with the files that the service keeps, or should."""
    profile = profile_of(fake.NAME)
    emails = [each.galley.email for each in in_formats(newsletter, fake, scene)]
    for file in {file for email in emails for file in files_to_keep(email, profile)}:
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


def _of_issue(fake: Fake) -> list[Held]:
    return [
        campaign for campaign in fake.held() if "[Test]" not in f"{campaign.name}{campaign.subject}"
    ]


def _own(fake: Fake, each: InFormat) -> list[Held]:
    marker = each.outgoing.marker
    return [campaign for campaign in _of_issue(fake) if marker in campaign.name]
