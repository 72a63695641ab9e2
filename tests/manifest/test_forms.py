"""Forms to copy: each has every field with its description, and is read without a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from newsletter.cli import main
from newsletter.manifest import read_issue
from newsletter.manifest.forms import FORMS, form
from newsletter.model import ITEM_OF_SECTION, Format, Noun
from newsletter.model.walking import nouns_in

HEAD = "number: 652\ndate: 2012-04-16\n"
NEWS = "sections:\n  - kind: news\n    items:\n      - title: Cells\n"
REVIEW = "sections:\n  - kind: reviews\n    items:\n      - title: Cells\n"
WORK = "        work: {kind: film, title: Cells}\n"
ITEMS = [str(item.model_fields["kind"].default) for item in ITEM_OF_SECTION.values()]


def indented(text: str, spaces: int) -> str:
    return "".join(f"{' ' * spaces}{line}\n" for line in text.splitlines())


def whole_issue(kind: str) -> str:
    """The form of this kind, in the issue that it belongs in."""
    written = form(kind)
    if kind in ITEMS:
        return HEAD + written
    return {
        "issue": written,
        "picture": HEAD + NEWS + indented(written, 8),
        "authors": HEAD + NEWS + indented(written, 8),
        "corrections": HEAD + NEWS + indented(written, 8),
        "sources": HEAD + NEWS + indented(written, 8),
        "work": HEAD + REVIEW + indented(written, 8),
        "links": HEAD
        + REVIEW
        + "        work:\n          kind: book\n          title: Cells\n"
        + indented(written, 10),
        "ignore": HEAD + written + NEWS,
    }[kind]


@pytest.fixture
def folder(newsletter_folder: Path) -> Path:
    folder = newsletter_folder / "issues" / "652"
    (folder / "images").mkdir()
    (folder / "images" / "lab.jpg").touch()
    (folder.parent / "logo.svg").touch()
    (folder / "cells-in-a-museum.md").write_text(
        "---\ntitle: Cells in a museum\n---\nText.\n", encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize(
    "kind", [kind for kind in FORMS if kind not in ("publication", "formats", "pages", "site")]
)
def test_a_form_of_an_issue_is_read_without_a_problem(folder: Path, kind: str) -> None:
    (folder / "issue.yaml").write_text(whole_issue(kind), encoding="utf-8")
    assert read_issue(folder)


def test_the_form_of_a_publication_is_read_without_a_problem(folder: Path) -> None:
    (folder.parent / "publication.yaml").write_text(form("publication"), encoding="utf-8")
    assert read_issue(folder).publication.name == "Our Newsletter"


def test_the_form_of_a_format_is_read_in_a_publication(folder: Path) -> None:
    publication = folder.parent / "publication.yaml"
    publication.write_text(publication.read_text("utf-8") + form("formats"), encoding="utf-8")
    (format,) = read_issue(folder).publication.formats
    assert format == Format(name="full", shows="full", audience="a1b2c3d4e5:segment-18", at_most=95)


@pytest.mark.parametrize("kind", ITEMS)
def test_the_form_of_an_item_is_that_of_a_markdown_file_as_well(folder: Path, kind: str) -> None:
    section = next(
        name for name, item in ITEM_OF_SECTION.items() if item.model_fields["kind"].default == kind
    )
    fields = yaml.safe_load(form(kind))["sections"][0]["items"][0]
    fields.pop("body")
    (folder / "a.md").write_text(f"---\n{yaml.safe_dump(fields)}---\nText.\n", encoding="utf-8")
    listed = f"{HEAD}sections:\n  - kind: {section}\n    items:\n      - file: a.md\n"
    (folder / "issue.yaml").write_text(listed, encoding="utf-8")
    assert [item.kind for item in read_issue(folder).items] == [kind]


def test_the_example_title_of_an_item_fits_its_kind() -> None:
    titles = {
        kind: yaml.safe_load(form(kind))["sections"][0]["items"][0]["title"] for kind in ITEMS
    }
    assert len(set(titles.values())) == len(ITEMS)
    assert [kind for kind, title in titles.items() if "Review" in title] == ["review"]
    assert titles["job"].startswith("Curator")


def all_nouns(noun: type[Noun]) -> Iterator[type[Noun]]:
    yield noun
    for field in noun.model_fields.values():
        for nested in nouns_in(field.annotation):
            yield from all_nouns(nested)


@pytest.mark.parametrize("kind", FORMS)
def test_every_field_has_its_description_above_it(kind: str) -> None:
    lines = [line.strip().removeprefix("- ") for line in form(kind).splitlines()]
    for name, field in FORMS[kind].noun.model_fields.items():
        if field.description:
            above = lines.index(f"# {field.description}")
            assert lines[above + 1].startswith(f"{field.alias or name}:")


def test_there_is_a_form_with_every_field_there_is() -> None:
    printed = "\n".join(map(form, FORMS))
    nouns = {noun for form in FORMS.values() for noun in all_nouns(form.noun)}
    written = [
        (noun, name, field)
        for noun in nouns
        for name, field in noun.model_fields.items()
        if field.description
    ]
    missing = [
        (noun, name) for noun, name, field in written if f"# {field.description}\n" not in printed
    ]
    assert [name for noun, name in missing if noun.__name__ != "WordTeasers"] == []


def test_the_command_prints_a_form_and_lists_them_all() -> None:
    assert CliRunner().invoke(main, ["fields", "event"]).stdout.strip() == form("event").strip()
    listed = CliRunner().invoke(main, ["fields"]).stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(FORMS)
    assert all(len(line.split()) > 2 for line in listed)
    unknown = CliRunner().invoke(main, ["fields", "nothing"])
    assert (unknown.exit_code, unknown.stdout) == (2, "")


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_says_what_is_needed_if_anything_is(kind: str) -> None:
    second = form(kind).splitlines()[1]
    assert re.fullmatch(
        r"# (Needed: [a-z_, ]+\. Everything else|Everything) may be left out\.", second
    )
