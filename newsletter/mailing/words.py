"""What a service says is wrong, as a message can show it: short, on one line, without secrets."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from newsletter.fields import shown

_LONGEST = 300
_REASONS = ("detail", "message", "ErrorMessage", "ErrorInfo", "error", "title", "errors")
"""Where services say what is wrong, the best first."""


def reason(content: bytes) -> str:
    """What an answer in JSON says is wrong; empty if it does not."""
    try:
        return _text(json.loads(content))
    except (ValueError, RecursionError):
        return ""


def told(words: str, secrets: Iterable[str]) -> str:
    """Somebody else's words, in which the ``secrets`` may be, as they are or coded, without them."""
    disguises = {form for secret in secrets if secret for form in _disguises(secret)}
    for form in sorted(disguises, key=len, reverse=True):  # a secret may be part of another
        words = words.replace(form, "…")
    return shown(" ".join(words.split()), longest=_LONGEST)


def _text(said: Any) -> str:
    """The texts in an answer: from where services say what is wrong, else each with the name that it has."""
    if isinstance(said, str):
        return said
    if isinstance(said, list):
        return "; ".join(filter(None, map(_text, said[:3])))
    if isinstance(said, dict):
        if known := [_text(said[name]) for name in _REASONS if name in said]:
            return "; ".join(filter(None, known))
        return "; ".join(f"{name}: {text}" for name, value in list(said.items())[:3] if (text := _text(value)))
    return ""


def _disguises(secret: str) -> set[str]:
    """The forms in which a service may repeat a secret."""
    coded = (encoded(secret.encode()).decode().rstrip("=") for encoded in (b64encode, urlsafe_b64encode))
    return {secret, quote(secret, safe=""), *coded}
