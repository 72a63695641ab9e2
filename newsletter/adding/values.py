"""The values of fields in a form in which they can be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from newsletter.manifest.yaml_values import as_text
from newsletter.text.editor_notes import without_questions

_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")


def comparable(name: str, value: Any) -> Any:
    """Return what two values have in common if they say the same to a reader.

    Open questions in a text, spaces, and whether one name is a list of one do not count.
    """
    if isinstance(value, list | tuple):
        parts = [comparable(name, part) for part in value]
        return parts[0] if len(parts) == 1 else parts
    if isinstance(value, Mapping):
        parts_by_name = {key: comparable(key, part) for key, part in value.items()}
        return parts_by_name["name"] if set(parts_by_name) == {"name"} else parts_by_name

    text = str(as_text(value) or "")
    if name == "body":
        text = without_questions(text)
    paragraphs = (" ".join(part.split()) for part in _BETWEEN_PARAGRAPHS.split(text.strip()))
    return "\n\n".join(paragraphs)
