"""Somebody else's words as a message can show them: short, on one line, without secrets."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable
from urllib.parse import quote

from newsletter.text.printable import printable

_LONGEST = 300


def redact(words: str, secrets: Iterable[str]) -> str:
    """Return the words without the ``secrets``, which may be in them as they are or encoded."""
    forms: set[str] = set()
    for secret in filter(None, secrets):
        forms |= _forms(secret)

    for form in sorted(forms, key=len, reverse=True):  # a secret may be part of another
        words = words.replace(form, "…")
    return printable(" ".join(words.split()), longest=_LONGEST)


def _forms(secret: str) -> set[str]:
    """Return the forms in which a service may repeat a secret."""
    content = secret.encode()
    base64 = b64encode(content).decode().rstrip("=")
    base64_in_url = urlsafe_b64encode(content).decode().rstrip("=")
    return {secret, quote(secret, safe=""), base64, base64_in_url}
