"""The issue.yaml of an issue that waits for its items: its sections, and how to fill them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from newsletter.manifest.references import encoded
from newsletter.manifest.writing import SCHEMA_COMMENT
from newsletter.manifest.yaml_values import as_yaml
from newsletter.text.holes import fill
from newsletter.theme.words import Words

Entry = dict[str, object]
"""An item as issue.yaml has it: its fields, or the name of its file."""
_HOW = """\
# {name} {number}. To add what was sent:  newsletter add {number} piece.docx
# Or write it below 'items:' of its section, like this:
#
#     - title: "The headline"
#       url: https://www.example.org/where-the-whole-piece-is
#       authors: [Dr Ruth Example]
#       teaser: A sentence or two that make readers want to read on...
#
# 'newsletter fields news' prints all that may be written there; so it does for any other kind.
# A section without items is left out of the email.

number: {number}
date: {day}

sections:
"""


class BlankSection(NamedTuple):
    """A section, and the items that are in it already."""

    kind: str
    title: str | None
    items: list[Entry]

    def heading(self, words: Words) -> str:
        """Return its heading as readers see it."""
        return self.title or str(words["sections"][self.kind])

    def as_written(self) -> str:
        """Return it as issue.yaml has it: an entry of a list, indented."""
        fields: dict[str, object] = {"kind": self.kind}
        if self.title:
            fields["title"] = encoded(self.title)
        fields["items"] = self.items or None

        written = as_yaml({"sections": [fields]})
        _, _, entry = written.partition("\n")
        return entry


def blank_issue(name: str, number: str, day: date, sections: Iterable[BlankSection]) -> str:
    """Return the text of an issue.yaml; ``name`` is the publication's."""
    facts = {"name": name, "number": number, "day": day}
    how = fill(_HOW, facts)
    written = [section.as_written() for section in sections]
    return SCHEMA_COMMENT + how + "\n".join(written)
