"""A text has markup that does not work here: readers see it as it is.

What it does: looks in every text that readers see for HTML tags, pictures within a line, tables
without a line below the names of their columns, code blocks, lines made of characters, bullets from
Word, and for `**`, `~~`, `##`, `[^1]`, `[words][name]` and a `*` before a word that have no effect.
Anything written as code, between backticks, or after a
backslash is left alone, and so are `p<0.05`, `HLA-B*57:01`, `5 * 3`, `~10%`, a lone `|`, the `**`
of a footnote after a price, and Windows paths.

Why it matters: authors write in many dialects, and paste from programs with others. Markup that
does not work here is not lost, but shown: readers see the stars, bars and angle brackets
(https://spec.commonmark.org/ says what Markdown is, newsletter/text/markdown/dialect.py which of it
works here).

Wrong:

```yaml item
title: A story with a tag in its teaser
url: https://www.bionews.org.uk/page_100009
teaser: The committee published <i>three</i> reports on the storage of eggs, embryos and sperm this
  week...
```

Right:

```yaml item
title: A story with a tag in its teaser
url: https://www.bionews.org.uk/page_100009
teaser: The committee published *three* reports on the storage of eggs, embryos and sperm this
  week...
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsletter.checks.galley import Galley
from newsletter.manifest import Passage
from newsletter.model import Finding, Severity
from newsletter.model.fields import Seen
from newsletter.model.walking import Text, texts
from newsletter.text.markdown import tokens
from newsletter.text.printable import printable
from newsletter.text.stray_stars import STARS, stray_stars

SEVERITIES: tuple[Severity, ...] = ("error", "warning")


class _Kind(NamedTuple):
    """A kind of markup that does not work here."""

    pattern: re.Pattern[str]
    """How it looks."""
    severity: Severity
    fault: str
    """What is wrong with it, after its name."""
    hint: str


_INSTEAD = {
    **dict.fromkeys(("i", "em", "cite", "dfn"), "Write *words* for italics."),
    **dict.fromkeys(("b", "strong"), "Write **words** for bold."),
    **dict.fromkeys(("s", "del", "strike"), "Write ~~words~~ to strike them out."),
    **dict.fromkeys(("p", "div"), "Leave an empty line between paragraphs."),
    **dict.fromkeys(
        ("ul", "ol", "li"), "Begin each entry of a list on a line of its own, with '- ' or '1. '."
    ),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "Write ## and a space before a heading."),
    **dict.fromkeys(("code", "tt", "kbd"), "Put code between backticks: `words`."),
    "a": "Write a link as [words](https://…).",
    "br": "End the line with a backslash, or leave an empty line.",
    "blockquote": "Begin each line of a quotation with '> '.",
    "sub": "Write a subscript as H~2~O.",
    "sup": "Write a superscript as 10^5^.",
    "img": "Write it on a line of its own, as ![what it shows](images/lab.jpg).",
    **dict.fromkeys(
        ("table", "tr", "td", "th"), "Write each row on a line of its own, as | Leeds | 80 |."
    ),
}
"""What to write instead of an HTML tag."""
_OTHER_TAGS = (
    "abbr|big|button|center|figcaption|figure|font|form|hr|html|iframe|ins|mark|meta|pre|script"
    "|section|small|span|style|tbody|thead|u|video"
)
_NAMES = "|".join(_INSTEAD)
_TAG = re.compile(
    rf"</?(?P<name>{_NAMES}|{_OTHER_TAGS})(?:\s+[\w:-]+\s*=[^<>]*|\s*)/?>",
    re.IGNORECASE,
)
_DELETE_IT = "Delete it."
_SHOW_IT = "To write about the tag itself, put it between backticks."

_KINDS = (
    _Kind(
        re.compile(r"<!--"),
        "error",
        "is a comment that does not end, or is in a field that cannot have one",
        "End it with -->, or put it in issue.yaml, on a line of its own after a #.",
    ),
    _Kind(
        re.compile(r"!\[[^\[\]]*\]\("),
        "error",
        "is a picture that is not on a line of its own",
        "Put it on a line of its own in the body, not in a list or a quotation; or in the item's "
        "field 'picture:', with 'src:' and 'alt:'.",
    ),
    _Kind(
        re.compile(
            r"\|[ \t]*:?-{3,}:?[ \t]*(?:\||$)"  # what is below its headings
            r"|^\|.+\|[ \t]*\n[ \t]*\|.+\|[ \t]*$",  # two rows
            re.MULTILINE,
        ),
        "error",
        "is part of a table that is not read as one",
        "Begin it with the names of its columns; on the line below, write --- for each of them.",
    ),
    _Kind(
        re.compile(r"^[ \t]*```", re.MULTILINE),
        "error",
        "begins or ends a code block, which does not work here",
        "Put each line between single backticks, as `words`.",
    ),
    _Kind(
        re.compile(r"^.+\n[ \t]*={3,}[ \t]*$", re.MULTILINE),
        "error",
        "is a heading with a line below it, which does not work here",
        "Write ## and a space before the words, and delete the line.",
    ),
    _Kind(
        re.compile(r"^[ \t]*([*_~-])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE),
        "warning",
        "is a dividing line, which does not work here",
        "Delete it, or write a heading there: ## and words.",
    ),
    _Kind(
        re.compile(r"^[ \t]*[•▪◦●○‣⁃·\uf0b7][ \t].*", re.MULTILINE),
        "warning",
        "begins with a bullet that does not make a list",
        "Begin each entry on a line of its own, with '- ' instead of the bullet.",
    ),
    _Kind(
        re.compile(r"^#{2,6}[^\s#].*", re.MULTILINE),
        "warning",
        "is a heading without a space",
        "Write a space after the last #.",
    ),
    _Kind(
        re.compile(r"(?<!~)~~(?!~)(?=\S)(?<!\w~~)|(?<=\S)(?<!~)~~(?![~\w])"),
        "warning",
        "strikes nothing out",
        "Write ~~ straight before the first word and straight after the last one, or delete it.",
    ),
    _Kind(
        re.compile(r"(?<![\w*])\*[^\W\d_]\w*\*[^\W\d_]\w*|[^\W\d_]{2}\*[^\W\d_]{2,}\*[^\W\d_]{2}"),
        "warning",
        "gives no italics, which cannot begin or end inside a word",
        "Put the stars around the whole word.",
    ),
    _Kind(
        re.compile(r"(?<![\w*])\*[^\W\d_]\w*\*\d+\w*"),
        "warning",
        "has a star of its own within the emphasis, which ends there",
        "Put a backslash before the star that readers are to see, as in *CYP2D6\\*4*.",
    ),
    _Kind(
        re.compile(r"(?<=[^\W\d_] )([*_])(?=[^\W\d_])(?:(?!\1)\S)++(?=(?:(?!\1).)*\Z)", re.DOTALL),
        "warning",
        "begins an emphasis that does not end",
        "Write the same mark straight after the last word of it, or take it out.",
    ),
    _Kind(
        re.compile(r"\[\^[^\s\[\]]+\](?!\()"),
        "warning",
        "has no footnote",
        "Write its text below, in a paragraph that begins with the same [^…] and a colon.",
    ),
    _Kind(
        re.compile(r"\^\[[^\[\]]+\]"),
        "warning",
        "does not make a footnote",
        "Write [^1] there, and its text below, in a paragraph that begins with [^1] and a colon.",
    ),
    _Kind(
        re.compile(r"(?<![\[\]])\[(?=[^\[\]]*[^\W\d_])[^\[\]^]+\]\[[^\[\]]+\](?!\])"),
        "warning",
        "does not make a link, since nothing says where it leads",
        "Write [words](https://…), "
        "or a line below that begins with the name in brackets and a colon.",
    ),
)
_NO_STRONG = _Kind(
    STARS,
    "warning",
    "makes nothing bold",
    "Write ** straight before the first word and straight after the last one, or delete it.",
)
_PATH = re.compile(r"\b[A-Za-z]:\\\S*")
"""A path of Windows, whose stars are for any letters, and whose backslashes escape nothing."""
_MASK = "\ufffc"


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the markup left over in each text, and the addresses that no link in a text uses."""
    for field in galley.manuscript.fields:
        passages = [_without_paths(passage) for passage in field]
        for passage in passages:
            yield from _tags(galley, passage)
            yield from _other_markup(galley, passage)
        yield from _stars(galley, passages)

    for text in texts(galley.issue):
        if text.seen is Seen.MARKDOWN:
            yield from _unused_addresses(galley, text)


def _without_paths(passage: Passage) -> Passage:
    """Return the passage with its paths masked, as if they were code."""
    unread = passage.unread
    for path in _PATH.finditer(passage.text):
        start, end = path.span()
        mask = _MASK * len(path[0])
        unread = unread[:start] + mask + unread[end:]
    return passage._replace(unread=unread)


def _tags(galley: Galley, passage: Passage) -> Iterator[Finding]:
    """Yield each kind of HTML tag in a passage, once."""
    tags: dict[str, re.Match[str]] = {}
    for tag in _TAG.finditer(passage.unread):
        tags.setdefault(tag["name"].lower(), tag)

    for name, tag in tags.items():
        hint = _DELETE_IT
        if passage.source.seen is Seen.MARKDOWN:
            hint = f"{_INSTEAD.get(name, _DELETE_IT)} {_SHOW_IT}"
        kind = _Kind(_TAG, "error", "is an HTML tag, which does not work here", hint)
        yield _finding(galley, passage, tag, kind)


def _other_markup(galley: Galley, passage: Passage) -> Iterator[Finding]:
    for kind in _KINDS:
        match = kind.pattern.search(passage.unread)
        if match:
            yield _finding(galley, passage, match, kind)


def _stars(galley: Galley, passages: list[Passage]) -> Iterator[Finding]:
    """Yield the first ``**`` of each passage of a field that begins or ends nothing."""
    unread = [passage.unread for passage in passages]
    for number, match in stray_stars(unread):
        yield _finding(galley, passages[number], match, _NO_STRONG)


def _unused_addresses(galley: Galley, text: Text) -> Iterator[Finding]:
    manuscript = galley.manuscript
    for address in tokens(text.value).unused_references:
        place = manuscript.find(address, within=text) or manuscript.find_in_text(text, address)
        message = f"No link uses the address '{printable(address)}', so no reader sees it."
        hint = "Write [words][name] where the link should be, or delete the line."
        yield place.warning(message, hint)


def _finding(galley: Galley, passage: Passage, match: re.Match[str], kind: _Kind) -> Finding:
    start, end = match.span()
    written = passage.text[start:end].strip()
    place = galley.manuscript.find_in(passage, written)
    quoted = printable(written)
    message = f"'{quoted}' {kind.fault}: readers see it as it is."
    return place.finding(kind.severity, message, kind.hint)
