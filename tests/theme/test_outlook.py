"""The email as Outlook on Windows reads it: with the content of conditional comments, and every element closed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

CASES = Path(__file__).resolve().parents[1] / "golden"
GOLDEN = sorted(CASES.glob("*/expected/**/email.html"))
VOID = {"meta", "br", "img"}


def case_of(path: Path) -> str:
    """Return the name of a case, and of the format if it is a further one: bionews-652/headlines."""
    return path.relative_to(CASES).parent.as_posix().replace("/expected", "")


class Balance(HTMLParser):
    """Follows opened and closed elements; ``faults`` names each that does not fit."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.seen: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


def as_outlook_reads_it(html: str) -> str:
    html = re.sub(r"<!--\[if !mso\]><!-->.*?<!--<!\[endif\]-->", "", html, flags=re.DOTALL)
    return re.sub(r"<!--\[if [^\]]*mso[^\]]*\]>(.*?)<!\[endif\]-->", r"\1", html, flags=re.DOTALL)


def as_others_read_it(html: str) -> str:
    return re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)


@pytest.mark.parametrize("path", GOLDEN, ids=case_of)
def test_every_element_is_closed_in_outlook_and_elsewhere(path: Path) -> None:
    html = path.read_text("utf-8")
    outlook, others = Balance(as_outlook_reads_it(html)), Balance(as_others_read_it(html))
    assert (outlook.faults, outlook.open) == ([], [])
    assert (others.faults, others.open) == ([], [])
    assert outlook.seen.count("table") > others.seen.count("table")
    assert outlook.seen.count("h3") == others.seen.count("h3")


@pytest.mark.parametrize("path", GOLDEN, ids=case_of)
def test_outlook_gets_tables_of_a_fixed_width_and_fonts_of_its_own(path: Path) -> None:
    outlook = as_outlook_reads_it(path.read_text("utf-8"))
    assert outlook.count('width="640" style') == 1
    assert "h1,h2,h3,h1 a,h2 a,h3 a{font-family:Georgia,serif}" in outlook
    assert all(
        'role="presentation"' in table
        for table in re.findall(r"<table[^>]*>", outlook)
        if "masthead" in table
    )


@pytest.mark.parametrize("path", GOLDEN, ids=case_of)
def test_every_table_is_for_layout_and_says_so(path: Path) -> None:
    tables = re.findall(r"<table[^>]*>", path.read_text("utf-8"))
    assert tables
    assert [table for table in tables if 'role="presentation"' not in table] == []
