"""What the reader of Markdown makes of one line: the judge of all that is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from newsletter.importers.html.lines import CODE, NOTE, Span
from newsletter.text.markdown import tokens

if TYPE_CHECKING:
    from markdown_it.token import Token


class _Reading(NamedTuple):
    """What the reader makes of Markdown."""

    text: str
    spans: frozenset[Span]
    bare: frozenset[Span]
    """Links that come of an address in the text."""


def reads_as(markdown: str, text: str, spans: Iterable[Span]) -> bool:
    """Return whether Markdown is read as one line with this text and these marks. An address in
    the text may become a link.
    """
    reading = _read(markdown)
    if reading is None or reading.text != text:
        return False
    meant = _joined(spans)
    return meant <= reading.spans and reading.spans - meant <= reading.bare


def _read(markdown: str) -> _Reading | None:
    blocks = tokens(markdown)
    kind = "heading" if markdown.startswith("#") else "paragraph"
    if [block.type for block in blocks] != [f"{kind}_open", "inline", f"{kind}_close"]:
        return None

    text = ""
    begun: list[tuple[int, Token]] = []
    spans: list[Span] = []
    bare: list[Span] = []
    for token in blocks[1].children or ():
        if token.nesting > 0:
            begun.append((len(text), token))
        elif token.nesting < 0:
            start, opening = begun.pop()
            mark = str(opening.attrGet("href") or opening.tag)
            spans.append(Span(start, len(text), mark))
            if opening.markup == "linkify":
                bare.append(spans[-1])
        else:
            start = len(text)
            text += _seen(token)
            if token.type == "code_inline":
                spans.append(Span(start, len(text), CODE))
    return _Reading(text, _joined(spans), frozenset(bare))


def _seen(token: Token) -> str:
    if token.type == "hardbreak":
        return "\n"
    if token.type == "footnote_ref":
        return f"[^{token.meta['label']}]"
    return token.content


def _joined(spans: Iterable[Span]) -> frozenset[Span]:
    """Return the spans with those of one mark that touch as one; notes have no mark."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.mark, span.start)):
        if span.mark == NOTE:
            continue
        last = joined[-1] if joined else None
        if last and last.mark == span.mark and span.start <= last.end:
            joined[-1] = last._replace(end=max(last.end, span.end))
        else:
            joined.append(span)
    return frozenset(joined)
