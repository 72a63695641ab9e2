"""An email whose files readers get from other addresses than its own publication's."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import escape

from newsletter.model import Email, File

_ENDS = r"(?!\.?[\w%-])"
"""Nothing follows that would make it a longer address."""


def with_addresses(email: Email, addresses: Mapping[str, str]) -> Email:
    """Return the email with other addresses, by name, for some of its files.

    They are replaced wherever the HTML or the text has them.
    """
    files = [file for file in email.files if file.name in addresses]
    if not files:
        return email

    in_text = {file.address: addresses[file.name] for file in files}
    in_html = {str(escape(old)): str(escape(new)) for old, new in in_text.items()}
    changes = {
        "html": _replaced(email.html, in_html),
        "text": _replaced(email.text, in_text),
        "files": tuple(_at(file, addresses) for file in email.files),
    }
    return email.model_copy(update=changes)


def _replaced(part: str, addresses: Mapping[str, str]) -> str:
    either = "|".join(map(re.escape, addresses))
    return re.sub(f"(?:{either}){_ENDS}", lambda found: addresses[found[0]], part)


def _at(file: File, addresses: Mapping[str, str]) -> File:
    address = addresses.get(file.name, file.address)
    return file.model_copy(update={"address": address})
