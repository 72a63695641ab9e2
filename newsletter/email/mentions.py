"""How often an email mentions web addresses.

Who writes a message in two parts mentions each address in both, so an odd number is a sign of
something that one of them hides: rspamd counts it as spam (its rule URI_COUNT_ODD).
"""

from __future__ import annotations

import re

_TAG = "\ufdd0"
"""How the merge tag of an address begins."""
_LINKED = ('href="http', 'src="http', f'href="{_TAG}')
_SHOWN = re.compile(r">www\.[^\s<]+</a>[.?/]")
"""A bare address with a sign after it is another address than the link has, to rspamd."""
# Each way begins with a letter, not with \b, for speed.
_WRITTEN = re.compile(
    rf"https?://\S+|www\.(?<=\bwww\.)\S+|{_TAG}(?:unsubscribe|web-version|preferences)"
)


def mentions(html: str, text: str) -> int:
    """Return how often both parts of an email mention web addresses, as rspamd counts them."""
    linked = sum(map(html.count, _LINKED))
    shown = len(_SHOWN.findall(html))
    written = len(_WRITTEN.findall(text))
    return linked + shown + written
