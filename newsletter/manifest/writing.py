"""An Issue to the files that read_issue reads."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any

import yaml

from newsletter.files import write_atomically
from newsletter.manifest.project import MANIFEST
from newsletter.manifest.references import encoded
from newsletter.model import ITEM_OF_SECTION, Issue, Item, Section
from newsletter.model.addresses import anchors
from newsletter.model.names import MARKDOWN_FIELDS
from newsletter.text.markdown import Title

SCHEMA_COMMENT = "# yaml-language-server: $schema=../issue.schema.json\n"


def write_issue(issue: Issue, folder: Path) -> None:
    """Write ``folder/issue.yaml``, and a Markdown file next to it for each item that has a body.

    The publication is not written: it stays as it is. Pictures are named, not copied. Raise OSError if the disk
    refuses; then nothing is changed.
    """
    files: dict[str, bytes] = {}
    names = anchors(issue)
    sections = [_section(section, names, files) for section in issue.sections]
    manifest = _fields(issue, {"publication", "sections"}) | {"sections": sections}
    files[MANIFEST] = (SCHEMA_COMMENT + _yaml(manifest)).encode()
    write_atomically(folder, files)


def _section(section: Section, names: dict[int, str], files: dict[str, bytes]) -> dict[str, Any]:
    usual = ITEM_OF_SECTION[section.kind].model_fields["kind"].default
    items = []
    for item in section.items:
        fields = _item(item, usual)
        if item.body:
            name = f"{names[id(item)]}.md"
            files[name] = f"---\n{_yaml(fields)}---\n{item.body}\n".encode()
            fields = {"file": name}
        items.append(fields)
    return _fields(section, {"items"}) | {"items": items}


def _item(item: Item, usual_kind: str) -> dict[str, Any]:
    fields = _fields(item, {"body"})
    if item.kind != usual_kind:
        fields = {"kind": item.kind} | fields
    return fields


def _fields(noun: Any, left_out: set[str]) -> dict[str, Any]:
    fields: dict[str, Any] = noun.model_dump(exclude=left_out, exclude_defaults=True, by_alias=True)
    return {name: _as_it_is_read(value, name) for name, value in fields.items()}


def _as_it_is_read(value: Any, name: str) -> Any:
    """Encode texts so that ``&amp;`` is read back as it is, not as ``&``."""
    if isinstance(value, dict):
        return {field: _as_it_is_read(child, field) for field, child in value.items()}
    if isinstance(value, tuple):
        return [_as_it_is_read(child, name) for child in value]
    if not isinstance(value, str) or name in MARKDOWN_FIELDS:
        return value
    return encoded(value.markdown if isinstance(value, Title) else value)


class _Dumper(yaml.SafeDumper):
    """Writes dates and times as the manifest has them; quotes text that other tools would not read as text."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return True: a day that two items share is written twice, because read_issue refuses aliases."""
        return True


_Dumper.add_representer(tuple, yaml.SafeDumper.represent_list)
_Dumper.add_representer(
    datetime,
    lambda dumper, moment: dumper.represent_scalar(
        "tag:yaml.org,2002:str", moment.isoformat(" ", "minutes")
    ),
)
_Dumper.add_representer(
    time, lambda dumper, clock: dumper.represent_scalar("tag:yaml.org,2002:str", f"{clock:%H:%M}")
)


def _yaml(fields: dict[str, Any]) -> str:
    return str(yaml.dump(fields, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100))
