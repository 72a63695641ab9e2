"""An Original: what a piece is read from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from newsletter.errors import UnreadableError


@dataclass(frozen=True)
class Original:
    """What a piece is read from: a file, a web page, what was pasted."""

    name: str
    """What editors and messages call it: ``piece.docx``, ``https://…``, ``clipboard``."""
    content: bytes
    path: Path | None = None
    """Where the file is; None if it is none of its own, such as an attachment."""
    address: str | None = None
    """Where on the web it was read from, after redirects."""
    media_type: str = ""
    """What a mail or a server says it is, without parameters: ``text/html``."""
    charset: str = ""
    """The encoding that a mail or a server names; empty if it names none."""
    next_address: str | None = None
    """Where it goes on, as a server says (the header Link with rel=next; RFC 8288)."""

    @property
    def suffix(self) -> str:
        """The ending of its name in lower case: ``.docx``; empty if it has none."""
        return Path(self.name).suffix.lower()


def unreadable(
    original: Original, message: str, hint: str, line: int | None = None
) -> UnreadableError:
    """Return an error whose place is the original, or the host that it is from."""
    place = original.path or Path(_host(original.name) or original.name)
    return UnreadableError.at(place, line, message, hint)


def _host(name: str) -> str | None:
    """Return the host of a web address: as a path, its slashes would not be kept."""
    try:
        return urlsplit(name).hostname
    except ValueError:
        return None
