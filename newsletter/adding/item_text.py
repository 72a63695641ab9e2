"""The file of an item that gets other values in some fields; all else in it stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsletter.manifest.markdown_editing import edited_markdown
from newsletter.manifest.text_file import exact_text
from newsletter.manifest.written_items import WrittenItem
from newsletter.manifest.yaml_editing import Put, edited


def with_values(item: WrittenItem, values: Mapping[str, Any]) -> bytes:
    """Return the content of the file that an item is in, with other values in some of its fields.

    They are named with dots. Raise ManifestError if the file cannot be changed so.
    """
    source = exact_text(item.path)
    way_to_item = item.way if item.file is None else ()
    puts: list[Put] = []
    for name, value in values.items():
        way = (*way_to_item, *name.split("."))
        puts.append(Put(way, value))
    if item.file is None:
        return edited(source, puts, item.path).encode()

    fields = [put for put in puts if put.way != ("body",)]
    body = values.get("body")
    return edited_markdown(source, fields, item.path, body).encode()
