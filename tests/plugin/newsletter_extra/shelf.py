"""A mailing service as a plug-in has it: each draft is a file of JSON in the folder that SHELF_FOLDER names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.errors import Unsupported
from newsletter.model import Audience, File
from newsletter.services.language import Delimiters
from newsletter.services.protocol import Campaign, Capability, Outgoing, Profile, Status
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

_TITLE = "The shelf"
_FOLDER = "SHELF_FOLDER"


class Shelf:
    """A folder with a file for each draft; see services.protocol.Service."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def account(self) -> str:
        """Return the name of the folder."""
        return self._folder.name

    def missing_setup(self) -> Sequence[str]:
        """Return that the folder is missing, if it is."""
        if self._folder.is_dir():
            return ()
        return (f"There is no folder {self._folder}. Make it.",)

    def audiences(self) -> Sequence[Audience]:
        """Raise Unsupported."""
        raise Unsupported(_TITLE, "It does not know any readers.", "")

    def overlap(self, one: str, other: str) -> int:
        raise NotImplementedError

    def find(self, marker: str) -> Sequence[Campaign]:
        """Return the drafts with the marker in their names."""
        drafts = (self.read(path.stem) for path in sorted(self._folder.glob("*.json")))
        return [draft for draft in drafts if draft and marker in (draft.name or "")]

    def create(self, outgoing: Outgoing) -> str:
        """Write a new file."""
        campaign = f"draft-{len(list(self._folder.glob('*.json'))) + 1}"
        self.update(campaign, outgoing)
        return campaign

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Write the file again."""
        sender_name, sender_address = outgoing.sender
        fields = {
            "name": outgoing.name,
            "subject": outgoing.subject,
            "preheader": outgoing.preheader,
            "sender_name": sender_name,
            "sender_address": sender_address,
            "reply_to": outgoing.reply_to,
            "html": outgoing.html,
            "text": outgoing.text,
        }
        self._path(campaign).write_text(json.dumps(fields), "utf-8")

    def read(self, campaign: str) -> Campaign | None:
        """Return what is in the file."""
        path = self._path(campaign)
        if not path.is_file():
            return None
        fields = json.loads(path.read_text("utf-8"))
        return Campaign(
            id=campaign, status=Status.DRAFT, address=path.as_uri(), audiences=(), **fields
        )

    def delete(self, campaign: str) -> None:
        """Delete the file."""
        self._path(campaign).unlink(missing_ok=True)

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Raise Unsupported."""
        raise Unsupported(_TITLE, "It sends nothing.", "")

    def schedule(self, campaign: str, at: datetime) -> None:
        """Raise Unsupported."""
        raise Unsupported(_TITLE, "It sends nothing.", "")

    def unschedule(self, campaign: str) -> None:
        """Raise Unsupported."""
        raise Unsupported(_TITLE, "It sends nothing.", "")

    def kept_files(self, names: Sequence[str]) -> Mapping[str, str]:
        """Raise Unsupported."""
        raise Unsupported(_TITLE, "It keeps no pictures.", "")

    def keep_file(self, file: File) -> str:
        """Raise Unsupported."""
        raise Unsupported(_TITLE, "It keeps no pictures.", "")

    def _path(self, campaign: str) -> Path:
        return self._folder / f"{campaign}.json"


def _connect(settings: Settings, _: httpx.BaseTransport | None) -> Shelf:
    return Shelf(Path(settings[_FOLDER]).absolute())


PROFILE = Profile(
    title=_TITLE,
    can=frozenset(
        {
            Capability.DRAFT,
            Capability.UPDATE,
            Capability.READ_BACK,
            Capability.PLAIN_TEXT,
            Capability.PREHEADER,
        }
    ),
    connect=_connect,
    merge_tags={"unsubscribe": "<<leave>>", "web-version": "<<page>>"},
    language=Delimiters(("<<",)),
    settings=(Setting(_FOLDER, "the folder where drafts are kept"),),
)
