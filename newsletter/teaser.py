"""A teaser out of a body: what stands in the email of a longer piece.

Two styles: whole sentences, 20 to 40 words of them, whose last full stop becomes "..."; or a fixed number of words, with
"..." straight after the last. Neither cuts a word, a link or an emphasised phrase in two, and a body that is short
enough stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import sentencex

from newsletter.markdown import to_line, tokens
from newsletter.model import Item, WordTeasers
from newsletter.wrapping import WORD

if TYPE_CHECKING:
    from markdown_it.token import Token

FEWEST_WORDS, MOST_WORDS = 20, 40
_FEWEST_WHOLE = 10
_LOOK_AHEAD = 2_000
"""Characters of a body that are searched for sentences: far more than the longest teaser."""
_STOPS = ".。"
_TITLES = {"Dr", "Mr", "Mrs", "Ms", "Prof", "Professor", "Sir", "St", "Dame", "Lord", "Lady", "Mme", "M"}
Style = Literal["sentences"] | WordTeasers


def is_whole(item: Item, style: Style) -> bool:
    """Whether the email shows all of the item's body, so that there is nothing more of it to read."""
    return item.teaser is None and bool(item.body) and _is_short(tokens(item.body), style)


def teaser(item: Item, style: Style, language: str) -> list[Token]:
    """The item's own teaser, or one made from its body, as Markdown tokens; empty if it has neither."""
    if item.teaser is not None:
        return tokens(item.teaser)
    body = tokens(item.body)
    return body if _is_short(body, style) else _cut(body, style, language)


def _is_short(blocks: list[Token], style: Style) -> bool:
    budget = style.words if isinstance(style, WordTeasers) else MOST_WORDS
    return len(WORD.findall(_run(blocks))) <= budget


def _run(blocks: list[Token]) -> str:
    """All text of a body as one line, which is what is counted and cut."""
    return " ".join(to_line(block) for block in blocks if block.type == "inline")


def _cut(blocks: list[Token], style: Style, language: str) -> list[Token]:
    run = _run(blocks)
    ends = _sentence_ends(run, language)
    if isinstance(style, WordTeasers):
        length = _end_of_words(run, style.words, ends)
    else:
        length = _end_of_sentences(run, ends) or _end_of_words(run, MOST_WORDS, ends)
    return _paragraph(_keep(blocks, length))


def _sentence_ends(run: str, language: str) -> list[int]:
    """Where sentences end in a line of text, in characters, blanks not counted."""
    ends, position = [], 0
    for sentence in sentencex.segment(language.partition("-")[0], run[:_LOOK_AHEAD]):
        ends.append(position + len(sentence.rstrip()))
        position += len(sentence)
    return ends


def _end_of_sentences(run: str, ends: list[int]) -> int | None:
    """The first full stop after 20 words, else the last sentence that ends within 40; None if hardly any does."""
    best = None
    for end in ends:
        words = len(WORD.findall(run[:end]))
        if words > MOST_WORDS:
            break
        if words >= _FEWEST_WHOLE:
            best = end
        if words >= FEWEST_WORDS and run[:end].rstrip("'\"’”)")[-1:] in _STOPS:
            break
    return best


def _end_of_words(run: str, budget: int, ends: list[int]) -> int:
    """The end of the last word within the budget that a teaser can stop at: no abbreviation, no title before a name."""
    words = list(WORD.finditer(run))[:budget]
    while len(words) > 1:
        word, end = words[-1][0], words[-1].end()
        if word not in _TITLES and (not word.endswith(".") or end in ends):
            break
        words.pop()
    return words[-1].end()


def _keep(blocks: list[Token], length: int) -> list[Token]:
    """The inline tokens of the first ``length`` characters of the run, every opened tag closed.

    A link or emphasised phrase that would be cut is left out, unless it is more than half of what there is.
    """
    kept: list[Token] = []
    opened: list[tuple[int, int]] = []  # (index in kept, characters before it)
    position = 0
    for block in (block for block in blocks if block.type == "inline"):
        if kept:
            kept.append(_text_like(block, " "))
            position += 1
        for token in block.children or ():
            visible = " " if token.type in ("softbreak", "hardbreak") else token.content
            if position + len(visible) >= length and visible:
                if position + len(visible) > length and opened and opened[0][1] > length // 2:
                    return kept[: opened[0][0]]
                kept.append(_text_like(token, visible[: length - position]))
                return kept + [_closing(kept[index]) for index, _ in reversed(opened)]
            if token.nesting == 1:
                opened.append((len(kept), position))
            elif token.nesting == -1:
                opened.pop()
            kept.append(token)
            position += len(visible)
    return kept


def _paragraph(children: list[Token]) -> list[Token]:
    """One paragraph of inline tokens, ending in "..."."""
    last = max(index for index, token in enumerate(children) if token.content.strip())
    children = [*children[:last], _text_like(children[last], _trail_off(children[last].content)), *children[last + 1 :]]
    opening, inline, closing = tokens("x")
    return [opening, inline.copy(children=children, content=""), closing]


def _trail_off(text: str) -> str:
    text = text.rstrip()
    closing = text[len(text.rstrip("'\"’”)")) :]
    if closing and text[: -len(closing)][-1:] in _STOPS:
        return text[: -len(closing)].rstrip(_STOPS) + "..." + closing
    return re.sub(r"[\s.。…,;:–—-]+$", "", text) + "..."


def _text_like(token: Token, content: str) -> Token:
    return tokens("x")[1].children[0].copy(content=content, level=token.level)  # type: ignore[index]


def _closing(opening: Token) -> Token:
    kind = opening.type.replace("_open", "_close")
    return opening.copy(type=kind, nesting=-1, attrs={}, level=opening.level)
