"""A field that is new in the model is read by every rule about texts, and found where it is written: no list names it."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace

import pytest

from newsletter.checks import manual
from newsletter.checks.galley import Galley
from newsletter.manifest.yaml_tree import parse_yaml
from newsletter.model import News, Notice, Section
from newsletter.model.fields import Line, Markdown, WebAddress
from tests.checks.newsroom import Newsroom

FAULTS = {
    "bad-character": "A cafÃ© opens in the laboratory",
    "blank-before-punctuation": "A cell , and then another",
    "doubled-word": "What the the cell remembers",
    "invisible-character": "What a ce\u200bll remembers",
    "isbn": "Read it under ISBN 9780000000003",
    "leftover-markup": "What a <b>cell</b> remembers",
    "mixed-alphabets": "What a \u0441ell remembers",
    "mixed-quotes": "It’s said, and it's true",
    "past-date": "The deadline is 2 January 2030.",
    "placeholder": "TODO say what a cell remembers",
    "text-in-comment": "What a cell # remembers",
    "unknown-merge-tag": "Welcome back, [[first-name]]",
    "unlabelled-advert": "Advertisement – a course on cells",
    "unmatched-sign": "A bracket (that nobody closes",
    "unresolved-tag": "Welcome back, *|FNAME|*",
    "weekday-mismatch": "It opens on Sunday 7 January 2030",
}
"""A text with a fault for each rule that reads all texts."""
FAULTS_OF_MARKDOWN = {
    "joined-lines": "The cells are:\n          - the first\n          - the second",
    "leftover-markup": "|\n          A cell.\n\n          [name]: https://www.bionews.org.uk/page_1",
    "open-question": "A cell. <!-- question:whose? -->",
    "repeated-in-issue": "A [cell](https://www.nature.com/articles/1).",
    "placeholder": "A [cell](https://example.com/).",
    "unknown-merge-tag": "A [cell](https://www.nature.com/?to=[[first-name]]).",
}
"""A text for each rule that looks for what only Markdown has."""
FAULTS_OF_ADDRESSES = {
    "repeated-in-issue": "https://www.nature.com/articles/1",
    "placeholder": "https://example.com/",
    "dead-archive-link": "https://www.bionews.org.uk/issues/99999/",
    "unknown-merge-tag": "https://www.nature.com/?to=[[first-name]]",
}
"""An address with a fault for each rule that reads all addresses."""
OF_CERTAIN_FIELDS = {"nowhere-to-read-on", "number-mismatch", "unsubscribe"}
"""Rules that look into certain texts, and not for faults that any text may have."""
_READS_TEXTS = re.compile(
    r"manuscript\.(?:passages|fields|joined_texts|comments_behind_texts)|(?<!\.)\btexts\(|(?:links_of|written_addresses)\("
)
LINE = "standfirst"
MARKDOWN = "background"
ADDRESS = "dataset"


class Story(News):
    """A news story with three fields that the model has not."""

    standfirst: Line | None = None
    background: Markdown | None = None
    dataset: WebAddress | None = None


class Call(Notice):
    """A notice with them: some rules are about notices only."""

    standfirst: Line | None = None
    background: Markdown | None = None
    dataset: WebAddress | None = None


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Galley:
    """The galley of an issue that has no fault, and whose quotes stay as they are typed."""
    newsroom = Newsroom(tmp_path_factory.mktemp("newsroom") / "newsroom")
    return newsroom.publication(typography=False).galley()


def galley_with(sound: Galley, rule: str, field: str, written: str) -> Galley:
    """Return the galley with two stories that have this text in a new field."""
    is_notice = rule == "past-date"
    noun, kind = (Call, "notices") if is_notice else (Story, "news")
    manifest = sound.manuscript.folder.manifest
    text = f"""\
number: 700
date: 2030-01-07
sections:
  - kind: {kind}
    items:
      - title: A story of cells
        url: https://www.nature.com/articles/1
        {field}: {written}
      - title: Another story
        {field}: {written}
"""
    tree = parse_yaml(text, manifest, [])
    assert tree
    items = tuple(
        noun.model_validate(item.data())
        for section in tree.parts("sections")
        for item in section.parts("items")
    )
    sections = (Section.model_validate({"kind": kind, "items": items}),)
    issue = sound.issue.model_copy(update={"sections": sections})
    lines = {**sound.manuscript.lines, manifest: text.split("\n")}
    manuscript = replace(sound.manuscript, issue=issue, issue_tree=tree, lines=lines)
    if rule != "unresolved-tag":  # it reports only what is in the email
        return replace(sound, manuscript=manuscript)
    email = sound.email.model_copy(update={"text": f"{sound.email.text}\n{written}\n"})
    return replace(sound, manuscript=manuscript, email=email)


def reported(galley: Galley, rule: str, field: str) -> list[str]:
    """Return the fields in whose lines the rule finds something."""
    lines = galley.manuscript.lines
    found = []
    for finding in manual.rule(rule).check(galley):
        problem = finding.problem
        text = lines.get(problem.path, [])[: problem.line or 0]
        names = re.findall(r"^ {8}(\w+):", "\n".join(text), re.MULTILINE)
        found += names[-1:]
    return [name for name in found if name == field]


@pytest.mark.parametrize("field", [LINE, MARKDOWN])
@pytest.mark.parametrize("rule", FAULTS)
def test_every_rule_reads_a_new_line_and_a_new_text(sound: Galley, rule: str, field: str) -> None:
    galley = galley_with(sound, rule, field, FAULTS[rule])
    assert reported(galley, rule, field)


@pytest.mark.parametrize("rule", FAULTS_OF_MARKDOWN)
def test_every_rule_about_markdown_reads_a_new_text(sound: Galley, rule: str) -> None:
    galley = galley_with(sound, rule, MARKDOWN, FAULTS_OF_MARKDOWN[rule])
    assert reported(galley, rule, MARKDOWN)


@pytest.mark.parametrize("rule", FAULTS_OF_ADDRESSES)
def test_every_rule_about_addresses_reads_a_new_address(sound: Galley, rule: str) -> None:
    galley = galley_with(sound, rule, ADDRESS, FAULTS_OF_ADDRESSES[rule])
    assert reported(galley, rule, ADDRESS)


@pytest.mark.parametrize("field", [LINE, MARKDOWN])
def test_a_sound_text_in_a_new_field_is_left_alone(sound: Galley, field: str) -> None:
    galley = galley_with(sound, "any", field, "What a cell remembers")
    assert not [rule for rule in FAULTS if reported(galley, rule, field)]


def test_no_rule_that_reads_texts_is_forgotten_here() -> None:
    readers = {
        name
        for name in manual.names()
        if _READS_TEXTS.search(inspect.getsource(manual.rule(name)))  # type: ignore[arg-type]
    }
    known = FAULTS.keys() | FAULTS_OF_MARKDOWN.keys() | FAULTS_OF_ADDRESSES.keys()
    assert readers == known | OF_CERTAIN_FIELDS
