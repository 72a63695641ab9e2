"""An Issue to the files that read_issue reads."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any

import yaml

from newsletter.files import write_atomically
from newsletter.manifest.project import MANIFEST
from newsletter.manifest.references import encoded
from newsletter.model import ITEM_OF_SECTION, Issue, Item, Noun, Section
from newsletter.model.fields import Seen
from newsletter.model.walking import seen_as
from newsletter.text.markdown import Title

SCHEMA_COMMENT = "# yaml-language-server: $schema=../issue.schema.json\n"


def write_issue(issue: Issue, folder: Path) -> None:
    """Write ``folder/issue.yaml``, and a Markdown file next to it for each item that has a body.

    The publication is not written: it stays as it is. Pictures are named, not copied. Raise OSError
    if the disk refuses; then nothing is changed.
    """
    files: dict[str, bytes] = {}
    manifest = _fields(issue, left_out=("publication", "sections"))
    manifest["sections"] = [_section(section, files) for section in issue.sections]
    text = SCHEMA_COMMENT + _yaml(manifest)
    files[MANIFEST] = text.encode()
    write_atomically(folder, files)


def _section(section: Section, files: dict[str, bytes]) -> dict[str, Any]:
    """Return the fields of a section, and add the files of its items to ``files``."""
    usual_kind = ITEM_OF_SECTION[section.kind].model_fields["kind"].default
    items: list[dict[str, Any]] = []
    for item in section.items:
        fields = _item(item, usual_kind)
        if not item.body:
            items.append(fields)
            continue

        name = f"{item.key}.md"
        files[name] = f"---\n{_yaml(fields)}---\n{item.body}\n".encode()
        items.append({"file": name})
    return _fields(section, left_out=("items",)) | {"items": items}


def _item(item: Item, usual_kind: str) -> dict[str, Any]:
    """Return the fields of an item but its body, which has its own place in a file."""
    fields = _fields(item, left_out=("body",))
    if item.kind != usual_kind:
        fields = {"kind": item.kind} | fields
    return fields


def _fields(noun: Noun, left_out: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the fields of a noun as an editor writes them, without those that change nothing."""
    written: dict[str, Any] = {}
    for name, field in type(noun).model_fields.items():
        value = getattr(noun, name)
        if name not in left_out and value != field.default:
            written[field.alias or name] = _as_it_is_read(value, seen_as(field))
    return written


def _as_it_is_read(value: Any, seen: Seen | None) -> Any:
    """Return a value as YAML has it.

    In plain text ``&amp;`` is encoded, to be read back as it is and not as ``&``.
    """
    if isinstance(value, Noun):
        return _fields(value)
    if isinstance(value, tuple):
        return [_as_it_is_read(part, seen) for part in value]
    if not isinstance(value, str) or seen is Seen.MARKDOWN:
        return value

    written = value.markdown if isinstance(value, Title) else value
    return encoded(written)


class _Dumper(yaml.SafeDumper):
    """Writes dates and times as the manifest has them.

    It quotes text that other tools would not read as text.
    """

    def ignore_aliases(self, data: Any) -> bool:
        """Return True: a day that two items share is written twice, not as an alias."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text)


_Dumper.add_representer(
    datetime, lambda dumper, moment: _text(dumper, moment.isoformat(" ", "minutes"))
)
_Dumper.add_representer(time, lambda dumper, clock: _text(dumper, f"{clock:%H:%M}"))


def _yaml(fields: dict[str, Any]) -> str:
    written = yaml.dump(fields, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return str(written)
