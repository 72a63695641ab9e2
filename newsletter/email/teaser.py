"""A teaser from a body: what the email shows of a longer piece.

There are two styles: whole sentences of 20 to 40 words in all, whose last full stop becomes "..."; or a fixed number
of words, with "..." straight after the last. Neither cuts a word, a link or an emphasised phrase in two (unless most
of the text is one), and a body that is short enough stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Literal

import sentencex

from newsletter.model import Item, WordTeasers
from newsletter.text.markdown import Blocks, tokens, visible
from newsletter.text.wrapping import WORD

if TYPE_CHECKING:
    from markdown_it.token import Token

FEWEST_WORDS, MOST_WORDS = 20, 40
_FEWEST_WHOLE = 10
_LOOK_AHEAD = 2_000
"""Characters of a body in which sentences are looked for: far more than the longest teaser."""
_STOPS = tuple(".。．｡।۔")
_CLOSING = "'\"’”»)]」』）"
_ABBREVIATION = re.compile(
    r"(?:(?:[^\W\d_]\.)+"  # U.S., e.g., J.
    r"|(?:Dr|Mr|Mrs|Ms|Profs?|Professor|Sir|St|Dame|Lord|Lady|Mme|Revd?|Hon)\.?"
    r"|(?:vs|cf|et al|al|etc|ca|approx|Nos?|nos?|Figs?|pp?|vol|ed|eds|Ch|Inc|Ltd|Jr|Sr)\.)[,;:]?"
)
Style = Literal["sentences"] | WordTeasers
_Fits = Callable[[int], bool]
"""Whether a teaser can end after a number of characters."""


def is_whole(item: Item, style: Style) -> bool:
    """Return whether the email shows the item's whole body, so that there is nothing more to read."""
    if item.whole:
        return True
    return (
        item.teaser is None
        and bool(tokens(item.body))
        and _is_short(item.body, _words(style) or MOST_WORDS)
    )


def teaser(item: Item, style: Style, language: str) -> Blocks:
    """Return what the email shows of an item, as Markdown tokens: its whole body if it is to be whole, its own teaser,
    or one made from its body; empty if it has neither.
    """
    if item.whole:
        return tokens(item.body)
    if item.teaser is not None:
        return tokens(item.teaser)
    return _from_body(item.body, _words(style), language)


def _words(style: Style) -> int | None:
    return style.words if isinstance(style, WordTeasers) else None


@lru_cache(maxsize=1024)
def _is_short(body: str, budget: int) -> bool:
    run = _run(_one_line(tokens(body)))  # footnotes as well
    return len(list(islice(WORD.finditer(run), budget + 1))) <= budget


@lru_cache(maxsize=1024)
def _from_body(body: str, words: int | None, language: str) -> Blocks:
    blocks = tokens(body)
    if _is_short(body, words or MOST_WORDS):
        return blocks
    line = _one_line(_without_footnotes(blocks))
    run, phrases = _run(line), _phrases(line)
    ends = _sentence_ends(run, language)

    def fits(end: int) -> bool:
        return not any(start < end < stop for start, stop in phrases)

    length = None if words else _end_of_sentences(run, [end for end in ends if fits(end)])
    return _paragraph(_keep(line, length or _end_of_words(run, words or MOST_WORDS, ends, fits)))


def _one_line(blocks: Blocks) -> list[Token]:
    """Return the tokens of all blocks as one line, which is then counted and cut."""
    line: list[Token] = []
    for block in blocks:
        if block.type == "inline" and block.children:
            if line:
                line.append(_text(" "))
            line += block.children
    return line


def _without_footnotes(blocks: Blocks) -> Blocks:
    """Return the blocks before the footnotes, without the numbers that refer to them."""
    types = [block.type for block in blocks]
    end = types.index("footnote_block_open") if "footnote_block_open" in types else len(blocks)
    return Blocks(
        block.copy(children=[token for token in block.children if token.type != "footnote_ref"])
        if block.children
        else block
        for block in blocks[:end]
    )


def _run(line: list[Token]) -> str:
    return "".join(visible(token) for token in line)


def _phrases(line: list[Token]) -> list[tuple[int, int]]:
    """Return (start, end) of each link, each emphasised phrase and each piece of code, in characters."""
    phrases, opened, position = [], [], 0
    for token in line:
        if token.nesting > 0:
            opened.append(position)
        elif token.nesting < 0:
            phrases.append((opened.pop(), position))
        elif token.type == "code_inline":
            phrases.append((position, position + len(token.content)))
        position += len(visible(token))
    return phrases


def _sentence_ends(run: str, language: str) -> list[int]:
    """Return where sentences end in a line of text, in characters, without the spaces after them."""
    ends, position = [], 0
    for sentence in sentencex.segment(language.partition("-")[0], run[:_LOOK_AHEAD]):
        end = position + len(sentence.rstrip())
        position += len(sentence)
        if end < _LOOK_AHEAD and not _is_abbreviation(run[:end]):
            ends.append(end)
    return ends


def _is_abbreviation(text: str) -> bool:
    last = text.rpartition(" ")[2].lstrip("'\"‘“«([")
    return bool(_ABBREVIATION.fullmatch(last))


def _end_of_sentences(run: str, ends: list[int]) -> int | None:
    """Return the first full stop after 20 words, else the last sentence's end within 40; None if that is too short."""
    best = None
    for end in ends:
        words = len(WORD.findall(run[:end]))
        if words > MOST_WORDS:
            break
        if words >= _FEWEST_WHOLE:
            best = end
        if words >= FEWEST_WORDS and run[:end].rstrip(_CLOSING).endswith(_STOPS):
            break
    return best


def _end_of_words(run: str, budget: int, ends: list[int], fits: _Fits) -> int:
    """Return the end of the last word within the budget at which a teaser can stop. It gives up half of the words for
    this, but no more: then a phrase is cut after all.
    """
    words = list(islice(WORD.finditer(run), budget))
    good = [word.end() for word in words if _can_be_last(word, run, ends)]
    enough = words[(len(words) - 1) // 2].end()
    whole = [end for end in good if end >= enough and fits(end)]
    return (whole or good or [words[-1].end()])[-1]


def _can_be_last(word: re.Match[str], run: str, ends: list[int]) -> bool:
    """Return whether it is not an abbreviation, a title before a name or a lone dash."""
    if not re.search(r"\w", word[0]) or _is_abbreviation(run[: word.end()]):
        return False
    return not word[0].endswith(".") or word.end() in ends


def _keep(line: list[Token], length: int) -> list[Token]:
    """Return the tokens of the first ``length`` characters, with every opened tag closed."""
    kept: list[Token] = []
    opened: list[Token] = []
    for token in line:
        if token.nesting > 0:
            opened.append(token)
        elif token.nesting < 0:
            opened.pop()
        text = visible(token)
        kept.append(token if len(text) <= length else _text(text[:length]))
        length -= len(text)
        if length <= 0:
            break
    return kept + [_closing(token) for token in reversed(opened)]


def _paragraph(children: list[Token]) -> Blocks:
    """Return one paragraph of inline tokens, which ends in "..."."""
    last = max(index for index, token in enumerate(children) if token.content.strip())
    children = [*children[:last], _text(_trail_off(children[last].content)), *children[last + 1 :]]
    opening, inline, closing = tokens("x")
    return Blocks([opening, inline.copy(children=children, content=""), closing])


def _trail_off(text: str) -> str:
    text = text.rstrip()
    closing = text[len(text.rstrip(_CLOSING)) :]
    if closing and text[: -len(closing)].endswith(_STOPS):
        return text[: -len(closing)].rstrip("".join(_STOPS)) + "..." + closing
    return re.sub(r"[\s.。．｡।۔…,;:、，：；–—-]+$", "", text) + "..."


def _text(content: str) -> Token:
    inline = tokens("x")[1]
    return inline.children[0].copy(content=content)  # type: ignore[index]


def _closing(opening: Token) -> Token:
    return opening.copy(type=opening.type.replace("_open", "_close"), nesting=-1, attrs={})
