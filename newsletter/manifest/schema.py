"""JSON Schemas of what an editor writes.

Programs such as VS Code use them to complete and check the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newsletter.model import ITEM_OF_SECTION, Advert, Issue, Publication
from newsletter.model.names import LIST_FIELDS

_OPTIONAL = ("default", "format")
_ABOUT_A_FIELD = ("description", "title", "default")
_ITEM_FILE = {
    "type": "object",
    "description": "An item in its own Markdown file.",
    "properties": {
        "file": {"type": "string", "description": "The file, such as never-let-me-go.md."}
    },
    "required": ["file"],
    "additionalProperties": False,
}
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def publication_schema(services: Sequence[str]) -> dict[str, Any]:
    """Return the schema of publication.yaml, in which one of ``services`` can be chosen."""
    schema = _without_nulls(Publication.model_json_schema(by_alias=True))
    service = schema["properties"]["service"] | {"enum": list(services)}
    schema["properties"]["service"] = dict(sorted(service.items()))  # as pydantic orders them
    return {"$schema": _DRAFT, **_with_lists_of_one(schema)}


def issue_schema() -> dict[str, Any]:
    """Return the schema of issue.yaml.

    An item has the fields of its section's kind, or names its file.
    """
    schema = _without_nulls(Issue.model_json_schema(by_alias=True))
    definitions = schema["$defs"]
    del schema["properties"]["publication"], definitions["Publication"], definitions["WordTeasers"]
    schema["required"].remove("publication")
    definitions["ItemFile"] = _ITEM_FILE

    person = definitions["Person"]
    name = {"type": "string", "description": person["properties"]["name"]["description"]}
    for item in ITEM_OF_SECTION.values():
        fields = definitions[item.__name__]["properties"]
        fields["authors"]["items"] = {"anyOf": [name, {"$ref": "#/$defs/Person"}]}
        fields["kind"]["description"] = (
            "The kind of item; needed only if the section has another kind."
        )

    section = definitions["Section"]
    section["properties"]["items"].pop("items")
    section["allOf"] = [_items_of(kind, item.__name__) for kind, item in ITEM_OF_SECTION.items()]
    return {"$schema": _DRAFT, **_with_lists_of_one(schema)}


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


def _with_lists_of_one(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema in which one value may stand for a list, as in ``authors: Ruth``."""
    for noun in (schema, *schema["$defs"].values()):
        fields = noun.get("properties", {})
        for name in LIST_FIELDS & fields.keys():
            fields[name] = _with_list_of_one(fields[name])
    return schema


def _with_list_of_one(field: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = {}
    kind = dict(field)
    for key in _ABOUT_A_FIELD:
        if key in kind:
            about[key] = kind.pop(key)
    return {**about, "anyOf": [kind, kind["items"]]}


def _without_nulls(node: Any) -> Any:
    """Return the schema without null: an optional field is left out in YAML."""
    if isinstance(node, list):
        return [_without_nulls(child) for child in node]
    if not isinstance(node, dict):
        return node

    kept = {key: child for key, child in node.items() if child is not None or key not in _OPTIONAL}
    node = {key: _without_nulls(child) for key, child in kept.items()}
    options = [option for option in node.get("anyOf", []) if option != {"type": "null"}]
    if len(options) == 1:
        del node["anyOf"]
        node = {**options[0], **node}
    elif options:
        node["anyOf"] = options
    return node
