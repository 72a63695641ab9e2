"""An Issue to the files that read_issue reads, and changes of several of its files at once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from newsletter.errors import ManifestError
from newsletter.files import write_atomically
from newsletter.manifest.project import MANIFEST
from newsletter.manifest.references import encoded
from newsletter.manifest.yaml_values import as_yaml
from newsletter.model import ITEM_OF_SECTION, Issue, Item, Noun, Section
from newsletter.model.fields import Seen
from newsletter.model.walking import seen_as
from newsletter.text.markdown import Title

SCHEMA_COMMENT = "# yaml-language-server: $schema=../issue.schema.json\n"


_PATIENCE = 30
"""Seconds that a command waits for another one to end its change of the same issue."""


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Keep other commands of this person from changing an issue's files while this lasts.

    Read the files within it, and write them with ``write_changes``. What a command that was killed
    has left half done is undone first. Raise ManifestError if another one is at it for long, and
    OSError.
    """
    from newsletter.manifest import unfinished  # most commands change no issue
    from newsletter.manifest.locking import TakenError, lock

    with ExitStack() as stack:
        try:
            stack.enter_context(lock(folder, "changing", _PATIENCE))
        except TakenError:
            message = "Another command is changing this issue."
            hint = "Wait until it has ended, and run the command again."
            raise ManifestError.at(folder / MANIFEST, None, message, hint) from None

        unfinished.undo(folder)
        yield


def write_changes(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files of an issue (name to content, ``images/lab.jpg``), all or none, within
    ``changing(folder)``.

    They are written in this order, but issue.yaml last: until it is new, the issue reads as before.
    If one cannot be written, or the process is killed, all are put back: at once, or by whoever
    changes the issue next. A file that is the same already is left alone. Raise OSError.
    """
    from newsletter.manifest import unfinished

    manifest_last = sorted(files, key=lambda name: name == MANIFEST)
    changes = {
        name: files[name]
        for name in manifest_last
        if unfinished.content_of(folder / name) != files[name]
    }
    if not changes:
        return

    try:
        unfinished.begin(folder, changes)
        write_atomically(folder, changes)
    except BaseException:  # Ctrl-C too
        with contextlib.suppress(OSError):
            unfinished.undo(folder)
        raise
    unfinished.finish(folder)


def write_issue(issue: Issue, folder: Path) -> None:
    """Write ``folder/issue.yaml``, and a Markdown file next to it for each item that has a body.

    The publication is not written: it stays as it is. Pictures are named, not copied. Raise OSError
    if the disk refuses; then nothing is changed.
    """
    files: dict[str, bytes] = {}
    manifest = fields_as_written(issue, left_out=("publication", "sections"))
    manifest["sections"] = [_section(section, files) for section in issue.sections]
    text = SCHEMA_COMMENT + as_yaml(manifest)
    files[MANIFEST] = text.encode()
    write_atomically(folder, files)


def _section(section: Section, files: dict[str, bytes]) -> dict[str, Any]:
    """Return the fields of a section, and add the files of its items to ``files``."""
    usual_kind = ITEM_OF_SECTION[section.kind].model_fields["kind"].default
    items: list[dict[str, Any]] = []
    for item in section.items:
        fields = item_as_written(item, usual_kind, left_out=("body",))
        if not item.body:
            items.append(fields)
            continue

        name = f"{item.key}.md"
        files[name] = f"---\n{as_yaml(fields)}---\n{item.body}\n".encode()
        items.append({"file": name})
    return fields_as_written(section, left_out=("items",)) | {"items": items}


def item_as_written(item: Item, usual_kind: str, left_out: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the fields of an item as an editor writes them, its kind if it is not the usual."""
    fields = fields_as_written(item, left_out)
    if item.kind != usual_kind:
        fields = {"kind": item.kind} | fields
    return fields


def fields_as_written(noun: Noun, left_out: tuple[str, ...] = ()) -> dict[str, Any]:
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
        return fields_as_written(value)
    if isinstance(value, tuple):
        return [_as_it_is_read(part, seen) for part in value]
    if not isinstance(value, str) or seen is Seen.MARKDOWN:
        return value

    written = value.markdown if isinstance(value, Title) else value
    return encoded(written)
