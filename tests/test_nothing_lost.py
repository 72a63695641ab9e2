"""What an author writes reaches readers as it was meant, or leftover-markup reports it: there is no third way.

A text is made of the constructs that authors use. Each of its words has a number, so that it can be found again: all
words are in the HTML and in the plain text, in order, and no markup is left over that the rule does not find.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from newsletter.checks.galley import Galley
from newsletter.checks.rules import leftover_markup
from newsletter.manifest.reading import read_manuscript
from newsletter.manifest.writing import write_issue
from newsletter.model import Issue, News, Section
from newsletter.pictures.preparing import NO_PICTURES
from newsletter.text.markdown import faulty_links, to_html, to_text, tokens
from newsletter.text.typography import set_blocks
from tests.strategies import PUBLICATION, SAME_DAY

Words = Callable[[], str]
_JOINED = r"(?:(?<![\w~])~)?w\d+w(?:(?:\*\*?|_|~~|~|/)+w\d+w)*"
WORD = re.compile(
    rf"w\d+w\^2\+w\d+w\^2|{_JOINED}|HLA-B\*57:01|2\*3\*4|5 \* 3|p<0\.05|1984\.|14\. August|100\.|>50%"
)
"""A word with stars, tildes and other characters that are part of it, or a number that begins a line."""
MARKS = re.compile(
    r"(?<![\w*_])[*_]+w\d|\dw[*_]+(?!\w)|\*\*|~~|\]\(|!\[|\[\^|`|<!--|</?(?:b|i|br|a|p)\b[^>]*>|\\[*_~]"
    r"|^ *#{1,6} |^ *\|.*\| *$|^ *[*_-]{3,} *$",
    re.MULTILINE,
)
"""What a reader would see as markup."""

WITHIN_A_LINE = [
    "{w}", "{w} {w}", "*{w} {w}*", "_{w}_", "**{w} {w}**", "***{w}***", "~~{w} {w}~~", "*{w} **{w}** {w}*",
    "{w}*{w} and {w}*{w}", "{w}_{w}_{w}", "{w}*{w}*{w}", "{w}~~{w}~~{w}", "{w}**{w}**{w}", "~{w}/~{w}", "~{w} to ~{w}",
    "{w}~2~{w}", "{w}^5^ ", "^13^{w}", "{w}~{w}/{w}~{w}", "{w}^2+{w}^2", "2*3*4 {w}", "HLA-B*57:01 {w}", "5 * 3 {w}",
    "[{w} {w}](https://a.org/{w})", "[{w}](<https://a.org/b c>)", '[{w}](https://a.org "t")', "*[{w}](mailto:a@b.org)*",
    "<https://a.org/b>", "https://a.org/b_c_d*e*.", "(www.a.org/~b/~c)", "a.b@c.org, {w}", "Phys.org {w}",
    "`{w} *{w}* <br>`", "``{w} ` {w}``", "{w}[^1]", "[{w}][ref]", "[ref2]", "&amp; {w}", "&lt;{w}&gt;", "{w} \\*x\\*",
    "{w}  \n{w}", "{w}\\\n{w}", "{w}\n{w}", "{w} <!-- s3cret **x** -->{w}", "{w} <!-- s3cret\n\ns3cret --> {w}",
    "a < {w}, p<0.05", "{w} | {w}", "C:\\{w}", "#{w} {w}", "$5 {w} £5", "“{w}” – {w}…", "漢字**{w}漢字**漢字",
]  # fmt: skip
NOT_READ = [
    "<b>{w}</b>", "<i>{w}</i> {w}", "{w}<br>{w}", '<a href="https://a.org/b">{w}</a>', "{w} ![{w}](b.png)", "**{w} {w}",
    "{w} ~~{w}", "[{w}][nowhere]", "{w}[^nowhere]", "**{w} **{w}",
]  # fmt: skip
TABLE = "| {w} | {w} |\n|:---|---:|\n| {w} | {w} |"
BLOCKS = [
    "{l}", "{l}\n{l}", "# {l}", "## {w} ##", "- {l}\n- {l}", "* {l}\n\n* {l}", "1. {l}\n2. {l}", "3. {l}\n2. {l}",
    "- {l}\n  - {l}", "> {l}\n> {l}", "> - {l}\n>\n> {w}", "1984. {l}", "14. August {l}", "100. {l}", "07) {w}",
    TABLE, '![{w}](b.png "{w} *{w}*")', "![{w}](images/b (2).png)\n{l}", "### {l}\n{l}",
    ">50% {l}", "1. May {l}", "\\# {w}", "1\\. {w}", "<!-- s3cret -->", "<!--\ns3cret\n\n- s3cret\n-->\n{l}",
]  # fmt: skip
BLOCKS_NOT_READ = [
    "| {w} | {w} |\n| {w} | {w} |", "{w}\n====", "{w} ![{w}](b.png)", "***", "* * *\n\n{w}", "---", "```\n{w}\n```",
    "• {w}\n• {w}", "##{w}",
]  # fmt: skip
DEFINITIONS = {
    "[^1]": "\n\n[^1]: {w} *{w}*",
    "[ref]": "\n\n[ref]: https://a.org/ref",
    "[ref2]": "\n\n[ref2]: <https://a.org/ref2>",
    "": "\n\n[^lonely]: {w}",
}
"""What is written below a text that uses the name; the last one always."""


@st.composite
def texts(draw: st.DrawFn, within: list[str], blocks: list[str]) -> str:
    """Draw a text of blocks in which each word is written once."""
    numbers = count(1)

    def filled(pattern: str) -> str:
        while "{l}" in pattern:
            line = " ".join(draw(st.lists(st.sampled_from(within), min_size=1, max_size=4)))
            one_line = (
                line.replace("\n", " ")
                if "- {l}" in pattern or "> " in pattern or "#" in pattern
                else line
            )
            pattern = pattern.replace("{l}", f"{{w}} {one_line}", 1)
        return pattern

    source = "\n\n".join(
        filled(block) for block in draw(st.lists(st.sampled_from(blocks), min_size=1, max_size=4))
    )
    source += "".join(definition for name, definition in DEFINITIONS.items() if name in source)
    return re.sub(r"\{w\}", lambda _: f"w{next(numbers)}w", source)


def words_of(source: str) -> list[str]:
    """Return the words that readers should see, in that order: the address of a link is not text."""
    seen = re.sub(r'^!\[(.*)\]\((.*?)( ".*")?\)$', r"\1 \3", source, flags=re.MULTILINE)
    seen = re.sub(r"(w\d+w) \|\n\|:---\|---:\|\n\| (w\d+w)", r"\2 \1", seen)  # names before cells
    seen = re.sub(r"\]\(<?[^)\n]*\)|<!--.*?-->", " ", seen, flags=re.DOTALL)
    return found(seen)


def seen_by_readers(source: str) -> tuple[str, str]:
    """Return what readers see of a text: the words of its HTML, and its plain text."""
    blocks = set_blocks(tokens(source), "en-GB")
    page = lxml_html.fromstring(f"<div>{to_html(blocks, {})}</div>")
    for line_break in page.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    for picture in page.iter("img"):
        picture.tail = f"{picture.get('alt')} {picture.tail or ''}"
    for code in page.iter("code"):
        code.text = " ".join(WORD.findall(code.text or ""))
    return page.text_content(), to_text(blocks, 72)


def found(text: str) -> list[str]:
    return WORD.findall(" ".join(text.split()))


@settings(max_examples=200, deadline=None)
@given(texts(WITHIN_A_LINE + NOT_READ, BLOCKS + BLOCKS_NOT_READ))
def test_every_word_is_in_the_html_and_in_the_text_in_order(source: str) -> None:
    html, text = seen_by_readers(source)
    assert found(html) == words_of(source)
    assert found(
        re.sub(r"\n+\[\d+\] (?:https|mailto|a@b).*", "", text, flags=re.DOTALL)
    ) == words_of(source)
    assert "s3cret" not in html + text


@settings(max_examples=100, deadline=None)
@given(texts(WITHIN_A_LINE, BLOCKS))
def test_no_markup_is_left_of_what_is_read(source: str) -> None:
    assert list(faulty_links(source)) == []
    html, _ = seen_by_readers(source.replace("\\*", "").replace("**x**", "").replace("\\#", ""))
    kept = re.sub(r"w\d+w(\*\*|~~)w\d+w\1w\d+w", "", html)  # within a word they were not meant
    assert not MARKS.search(kept), MARKS.search(kept)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts(WITHIN_A_LINE, BLOCKS), st.sampled_from(NOT_READ + BLOCKS_NOT_READ))
def test_what_is_left_over_is_reported(home: Path, source: str, mistake: str) -> None:
    assert not reported(home, source), source
    assert reported(home, f"{mistake.replace('{w}', 'word')}\n\n{source}")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    folder = tmp_path_factory.mktemp("issues")
    (folder / "publication.yaml").write_bytes(
        (repository / "issues" / "publication.yaml").read_bytes()
    )
    (folder / "652" / "images").mkdir(parents=True)
    for name in ("b.png", "images/b (2).png"):
        (folder / "652" / name).touch()
    return folder


def reported(home: Path, source: str) -> list[str]:
    """Return what leftover-markup says of a body."""
    section = Section(kind="news", items=(News(title="A title", body=source),))
    write_issue(
        Issue(publication=PUBLICATION, number="652", date=SAME_DAY, sections=(section,)),
        home / "652",
    )
    galley = Galley(read_manuscript(home / "652"), None, None, NO_PICTURES, SAME_DAY)  # type: ignore[arg-type]
    return [finding.problem.message for finding in leftover_markup.check(galley)]
