"""JSON Schemas of what an editor writes.

Programs such as VS Code use them to complete and check the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from newsletter.model import ITEM_OF_SECTION, Advert, Issue, Publication
from newsletter.model.formats import Shows

_ITEM_FILE = {
    "type": "object",
    "description": "An item in its own Markdown file.",
    "properties": {
        "file": {"type": "string", "description": "The file, such as never-let-me-go.md."}
    },
    "required": ["file"],
    "additionalProperties": False,
}
_HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$comment": "Format 1",
}
"""The version is raised when an older program could not read what a newer one allows."""


def publication_schema(services: Sequence[str]) -> dict[str, Any]:
    """Return the schema of publication.yaml, in which one of ``services`` can be chosen."""
    schema = Publication.model_json_schema(schema_generator=_AsEditorsWrite)
    service = schema["properties"]["service"] | {"enum": list(services)}
    schema["properties"]["service"] = dict(sorted(service.items()))  # as pydantic orders them

    format = {"anyOf": [{"enum": list(get_args(Shows))}, {"$ref": "#/$defs/Format"}]}
    schema["properties"]["formats"]["anyOf"] = _one_or_list(format)
    return {**_HEAD, **schema}


def issue_schema() -> dict[str, Any]:
    """Return the schema of issue.yaml.

    An item has the fields of its section's kind, or names its file.
    """
    schema = Issue.model_json_schema(schema_generator=_AsEditorsWrite)
    definitions = schema["$defs"]
    del schema["properties"]["publication"]
    for of_publication in ("Publication", "WordTeasers", "Format"):
        del definitions[of_publication]
    schema["required"].remove("publication")
    definitions["ItemFile"] = _ITEM_FILE

    person = definitions["Person"]
    name = {"type": "string", "description": person["properties"]["name"]["description"]}
    author = {"anyOf": [name, {"$ref": "#/$defs/Person"}]}
    for item in ITEM_OF_SECTION.values():
        fields = definitions[item.__name__]["properties"]
        fields["authors"]["anyOf"] = _one_or_list(author)
        fields["kind"]["description"] = (
            "The kind of item; needed only if the section has another kind."
        )

    section = definitions["Section"]
    _require_a_list(schema["properties"]["sections"])
    _require_a_list(section["properties"]["items"])
    del section["properties"]["items"]["items"]  # they depend on the kind of section
    _allow_empty_sections(schema["properties"]["sections"], section["properties"]["items"])
    section["allOf"] = [_items_of(kind, item.__name__) for kind, item in ITEM_OF_SECTION.items()]
    return {**_HEAD, **schema}


def _one_or_list(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the two ways to write a list of such entries, one of which may stand for it."""
    return [{"items": entry, "type": "array"}, entry]


def _items_of(section_kind: str, item: str) -> dict[str, Any]:
    """Return what the items of a section may be: those of its kind, adverts, and files."""
    written: list[dict[str, Any]] = [{"$ref": "#/$defs/ItemFile"}, {"$ref": f"#/$defs/{item}"}]
    if item != Advert.__name__:
        advert = {"allOf": [{"$ref": f"#/$defs/{Advert.__name__}"}], "required": ["kind"]}
        written.append(advert)

    return {
        "if": {"properties": {"kind": {"const": section_kind}}, "required": ["kind"]},
        "then": {"properties": {"items": {"items": {"anyOf": written}}}},
    }


def _require_a_list(field: dict[str, Any]) -> None:
    """Change the schema of a field so that one entry does not stand for a list."""
    listed, _ = field.pop("anyOf")
    field |= listed


def _allow_empty_sections(sections: dict[str, Any], items: dict[str, Any]) -> None:
    """Change the schemas of an issue's sections and of a section's items so that some sections may
    wait for their items, but not all.
    """
    del items["minItems"]
    items["type"] = ["array", "null"]
    has_items = {
        "type": "array",
        "minItems": 1,
        "description": "The pieces of one section at least.",
    }
    sections["contains"] = {"properties": {"items": has_items}, "required": ["items"]}


class _AsEditorsWrite(GenerateJsonSchema):
    """An optional field is left out, never null; one value may stand for a list."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Return the schema of the value that is not null."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema without a default that is null."""
        generated = super().default_schema(schema)
        if generated.get("default", ...) is None:
            del generated["default"]
        return generated

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchemaValue:
        """Return the schema of a list, or of one of its entries, as in ``authors: Ruth``."""
        listed = super().tuple_schema(schema)
        return {"anyOf": [listed, listed["items"]]}
