"""Whatever authors write into any field stays text on every page that shows it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import tinyhtml5
import yaml

from tests.archive.pages_made import all_kinds, pages_of
from tests.archive.small import Small

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} </textarea>"
ADDRESS = "https://sample.test/'onclick=alert(1);javascript:alert(1)&copy=1"
"""The worst that the model accepts as one."""
MARKDOWN = "\n\n".join(
    [
        f"{SCRIPT} [[unsubscribe]] javascript:alert(1) [{SCRIPT}]({ADDRESS}) [^1]",
        *(f"{mark}{SCRIPT}" for mark in ("- ", "1. ", "> ", "## ", "| a | b |\n|---|---|\n| ")),
        f"`{SCRIPT}`",
        "Word. " * 60,
        f"[^1]: {SCRIPT}",
    ]
)
BODY = f'{MARKDOWN}\n\n![{SCRIPT}]({ADDRESS} "{SCRIPT}")'
PICTURE = {"src": ADDRESS, "alt": SCRIPT, "caption": SCRIPT, "credit": SCRIPT, "licence": SCRIPT}
EVERY: dict[str, Any] = {
    "title": SCRIPT,
    "url": ADDRESS,
    "authors": [{"name": SCRIPT, "role": SCRIPT}, {"name": f"Second {SCRIPT}"}],
    "date": "2012-04-11",
    "picture": PICTURE,
    "action": SCRIPT,
    "topics": [SCRIPT],
    "corrections": [{"date": "2012-04-18", "text": MARKDOWN}],
    "body": BODY,
}
WORK = {
    "kind": "book",
    "title": SCRIPT,
    "credits": [SCRIPT],
    "publisher": SCRIPT,
    "isbn": [SCRIPT],
    "channel": SCRIPT,
    "venue": SCRIPT,
    "dates": SCRIPT,
    "links": [{"label": SCRIPT, "links": [{"name": SCRIPT, "url": ADDRESS}]}],
}
OF_KIND: dict[str, dict[str, Any]] = {
    "news": {"sources": [{"title": SCRIPT, "publisher": SCRIPT, "url": ADDRESS}]},
    "comment": {},
    "reviews": {"work": WORK},
    "elsewhere": {},
    "events": {"place": SCRIPT, "starts": "2012-05-05 18:30"},
    "jobs": {"employer": SCRIPT, "place": SCRIPT},
    "notices": {},
    "advert": {"advertiser": SCRIPT},
}
PUBLICATION = {
    "name": SCRIPT,
    "publisher": SCRIPT,
    "tagline": SCRIPT,
    "postal_address": SCRIPT,
    "registration": SCRIPT,
    "home_page": ADDRESS,
    "subscribe": ADDRESS,
    "welcome": MARKDOWN,
    "social": [{"name": SCRIPT, "url": ADDRESS}],
    "pages": {
        "comments": ADDRESS,
        "comment_terms": MARKDOWN,
        "syndicate": "mailto:a@sample.test?subject=%22%3E%3Cscript%3E",
        "republish": MARKDOWN,
        "affiliate": SCRIPT,
    },
}
_OURS = re.compile(r"application/ld\+json")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return pages_of(hostile_newsletter(tmp_path_factory.mktemp("hostile")).read())


def hostile_newsletter(home: Path) -> Small:
    """Write a newsletter in which every field is hostile."""
    sections = [
        {"kind": kind, "title": SCRIPT, "items": [EVERY | fields]}
        for kind, fields in OF_KIND.items()
    ]
    small = all_kinds(home, sections)
    publication = small.issues / "publication.yaml"
    fields = yaml.safe_load(publication.read_text("utf-8")) | PUBLICATION
    publication.write_text(yaml.safe_dump(fields, allow_unicode=True), encoding="utf-8")
    return small


def test_all_kinds_are_there(pages: dict[str, str]) -> None:
    assert len([path for path in pages if path.startswith("652/")]) == 1 + len(OF_KIND)


def test_no_page_has_an_element_or_an_address_that_an_author_wrote(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        for element in tinyhtml5.parse(page).iter():
            tag = str(element.tag).rpartition("}")[2]
            attributes = dict(element.items())
            assert tag not in ("iframe", "object", "base"), path
            assert tag != "script" or _OURS.fullmatch(attributes["type"]), path
            assert not [name for name in attributes if name.lower().startswith("on")], path
            for name in ("href", "src"):
                address = attributes.get(name, "https:")
                assert re.match(r"https?:|mailto:|[/#]|data:image/svg", address), (path, address)
            assert attributes.get("src") != "x", path


def test_what_looks_like_a_template_or_a_merge_tag_is_shown_as_it_is(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        if path.startswith("652/"):
            assert "{{ 7*7 }}" in page, path
            assert "{% raw %}" in page, path
            assert "49" not in re.sub(r"\w{6,}|&#\d+;", "", page), path
    piece = next(page for path, page in pages.items() if re.fullmatch("652/[^/]+/", path))
    assert "[[unsubscribe]]" in piece
