"""The JSON Schemas say what read_issue accepts, and describe every field."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from newsletter.cli import main
from newsletter.manifest.schema import issue_schema, publication_schema
from newsletter.services import names

SCHEMAS = {"issue": issue_schema(), "publication": publication_schema(names())}
ISSUES = Path(__file__).resolve().parents[2] / "issues"
GOLDEN = Path(__file__).with_name("golden")


def as_an_editor_writes_it(path: Path) -> Any:
    """A YAML file, its dates as the text they are."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plain(child) for name, child in value.items()}
        if isinstance(value, list):
            return [plain(child) for child in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(yaml.safe_load(path.read_text(encoding="utf-8")))


def faults(schema: str, document: Any) -> list[str]:
    validator = Draft202012Validator(SCHEMAS[schema])
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_command_prints_the_schema_that_is_shipped(name: str) -> None:
    printed = CliRunner().invoke(main, ["schema", name])
    assert printed.exit_code == 0
    assert printed.output == (ISSUES / f"{name}.schema.json").read_text(encoding="utf-8")


def test_without_a_name_the_command_prints_both() -> None:
    assert json.loads(CliRunner().invoke(main, ["schema"]).output) == SCHEMAS


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_a_sound_schema(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize(
    "folder", [ISSUES, *sorted(GOLDEN.glob("*/issues"))], ids=lambda folder: folder.parent.name
)
def test_issues_and_publications_fit_their_schemas(folder: Path) -> None:
    assert faults("publication", as_an_editor_writes_it(folder / "publication.yaml")) == []
    issues = sorted(folder.glob("*/issue.yaml"))
    assert issues
    assert [
        fault for issue in issues for fault in faults("issue", as_an_editor_writes_it(issue))
    ] == []


def changed(**fields: Any) -> dict[str, Any]:
    section = {
        "kind": "reviews",
        "items": [{"title": "Palaces", "work": {"kind": "book", "title": "Palaces"}}],
    }
    return copy.deepcopy({"number": 652, "date": "2012-04-16", "sections": [section]}) | fields


def items_of(kind: str, *items: dict[str, Any]) -> dict[str, Any]:
    return changed(sections=[{"kind": kind, "items": list(items)}])


ADVERT = {"kind": "advert", "title": "Palaces", "advertiser": "The museum"}


@pytest.mark.parametrize(
    "document",
    [
        changed(),
        changed(number="1268a"),
        items_of("reviews", {"file": "palaces.md"}),
        items_of("news", {"title": "Palaces", "authors": ["A", {"name": "B", "role": "C"}]}),
        items_of("news", {"title": "Palaces", "authors": "A", "topics": "b"}),
        items_of("news", {"title": "Palaces", "authors": {"name": "B", "role": "C"}}),
        items_of("news", ADVERT),
        items_of("jobs", {"title": "Palaces", "url": "us@lab.example"}),
        items_of("advert", {"title": "Palaces", "advertiser": "The museum"}),
        items_of("events", {"title": "Palaces", "place": "London", "starts": "2012-04-20 18:30"}),
        changed(sections=[*changed()["sections"], {"kind": "news", "items": None}]),
        changed(sections=[*changed()["sections"], {"kind": "news", "items": []}]),
    ],
)
def test_what_is_right_is_taken(document: dict[str, Any]) -> None:
    assert faults("issue", document) == []


@pytest.mark.parametrize(
    "document",
    [
        changed(subjekt="x"),
        changed(number="six"),
        changed(publication={}),
        changed(sections=[]),
        changed(sections=[{"kind": "weather", "items": [{"title": "x"}]}]),
        changed(sections=[{"kind": "news", "items": []}]),
        changed(sections=[{"kind": "news", "items": None}, {"kind": "comment", "items": []}]),
        {name: value for name, value in changed().items() if name != "date"},
        items_of("reviews", {"title": "Palaces"}),
        items_of("reviews", {"title": "Palaces", "work": {"kind": "movie", "title": "x"}}),
        items_of(
            "reviews", {"title": "Palaces", "work": {"kind": "book", "title": "x", "dvd": "x"}}
        ),
        items_of("news", {"title": "Palaces", "dte": "2012-04-16"}),
        items_of("news", {"title": "Palaces", "url": "javascript:x"}),
        items_of("news", {"title": "Palaces", "authors": [{"nme": "x"}]}),
        items_of("news", {"title": "Palaces", "kind": "comment"}),
        items_of("news", {"title": "Palaces", "advertiser": "The museum"}),
        items_of("news", {"file": "a.md", "title": "Palaces"}),
        items_of("news", {"teaser": "x"}),
        items_of("events", {"title": "Palaces", "place": "London", "starts": "soon"}),
    ],
)
def test_what_is_wrong_is_refused(document: dict[str, Any]) -> None:
    assert faults("issue", document) != []


@pytest.mark.parametrize(
    ("name", "value"), [("text_width", "wide"), ("them", "x"), ("day", "Mon"), ("why", None)]
)
def test_mistakes_in_a_publication_are_refused(name: str, value: Any) -> None:
    document = as_an_editor_writes_it(ISSUES / "publication.yaml")
    assert faults("publication", {**document, name: value}) != []


def with_formats(formats: Any) -> list[str]:
    document = as_an_editor_writes_it(ISSUES / "publication.yaml")
    return faults("publication", {**document, "formats": formats})


FULL = {"name": "full", "shows": "full"}


@pytest.mark.parametrize(
    "formats",
    [
        *("full", FULL, ["teasers", FULL], []),
        *([{**FULL, "at_most": share}] for share in (1, 100, "95%", "95 %", "95 per cent")),
        [{**FULL, "parts": "text", "audience": "a1b2:segment-17"}],
    ],
)
def test_formats_that_are_right_are_taken(formats: Any) -> None:
    assert with_formats(formats) == []


@pytest.mark.parametrize(
    "formats",
    [
        *("weekly", ["teasers", "weekly"], {"name": "full"}, [{"shows": "full"}], 1),
        *([{**FULL, "at_most": share}] for share in (0, 101, "0.95", 0.5, "97 KB")),
        *([{**FULL, **wrong}] for wrong in ({"shows": "all"}, {"parts": "html"}, {"list": "a1b2"})),
    ],
)
def test_formats_that_are_wrong_are_refused(formats: Any) -> None:
    assert with_formats(formats) != []


def fields_of(schema: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every field that a schema defines; conditions name fields too, but define none."""
    if isinstance(schema, dict):
        for name, field in schema.get("properties", {}).items():
            yield f"{place}.{name}", field
        for name, child in schema.items():
            if name not in ("if", "then"):
                yield from fields_of(child, f"{place}.{name}")
    elif isinstance(schema, list):
        for child in schema:
            yield from fields_of(child, place)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_at_every_level_is_described(name: str) -> None:
    fields = dict(fields_of(SCHEMAS[name]))
    assert len(fields) > 20
    assert [place for place, field in fields.items() if not field.get("description")] == []
