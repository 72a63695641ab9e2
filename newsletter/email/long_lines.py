"""Break the long lines of an HTML email, as every server on its way must be able to pass them on.

A line of a message has at most 998 bytes (RFC 5322, 2.1.1). A server that meets a longer one breaks
it where it likes, within a tag or an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 900
"""Bytes; merge tags may become longer ones."""
_TAG_OR_SPACE = re.compile(r"""<[a-z/!](?:[^>"']|"[^"]*"|'[^']*')*>|(?P<space> )""", re.IGNORECASE)


def with_short_lines(html: str) -> str:
    """Return the HTML with line breaks in place of spaces between its words, where a line would be
    too long; a word or a tag that is too long stays whole.
    """
    lines = html.split("\n")
    for number, line in enumerate(lines):
        if len(line.encode()) > LONGEST:
            lines[number] = "\n".join(_broken(line))
    return "\n".join(lines)


def _broken(line: str) -> Iterator[str]:
    """Yield the parts of a line, each as long as it may be."""
    start = end = 0
    for match in _TAG_OR_SPACE.finditer(line):
        if not match["space"]:
            continue
        if end > start and len(line[start : match.start()].encode()) > LONGEST:
            yield line[start:end]
            start = end + 1
        end = match.start()

    if end > start and len(line[start:].encode()) > LONGEST:
        yield line[start:end]
        start = end + 1
    yield line[start:]
