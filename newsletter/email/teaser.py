"""A teaser from a body: what the email shows of a longer piece.

There are two styles: whole sentences of 20 to 40 words in all, whose last full stop becomes "…"; or
a fixed number of words, with "…" straight after the last. Neither cuts a word, a link or an
emphasised phrase in two (unless most of the text is one), and a body that is short enough stays as
it is. The lead's teaser may be twice as long. Headings, pictures, tables and footnotes are left
out.

Where words are not parted by spaces, as in Chinese, Japanese and Thai, a teaser ends where a
sentence or a phrase does. Only ideographs without any mark among them are cut anywhere, and the
first phrase of Thai is never cut.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Literal, NamedTuple

from newsletter.model import Item, WordTeasers
from newsletter.text.counting import Word, is_longer, word_count, words_of
from newsletter.text.markdown import (
    Blocks,
    beginning,
    run_on,
    running_text,
    to_line,
    tokens,
    visible,
)
from newsletter.text.sentences import is_abbreviation, sentence_ends

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_WORDS = 40
"""Of a teaser of whole sentences. It ends at the first full stop in the second half of these."""
_LONGER = 2
"""How many times as long the lead's teaser is."""
_FEWEST = 4
"""Whole sentences that are shorter than a quarter of a teaser are not enough for one."""
_STOPS = tuple(".。．｡।۔")
_CLOSING = "'\"’”»)]」』）"
_ASKING = tuple("?!？！؟‽")
"""What ends a sentence and is never followed by "…"."""
_ENDS_PHRASE = re.compile(f"[。．｡！？、､，；：…][{re.escape(_CLOSING)}]*$")
"""What parts two phrases of ideographs."""
_LEFT_OUT = " \t\n\xa0\u202f\u3000.。．｡।۔…,;:、､，：；–—-"
"""What comes before "…" as if the sentence went on."""
_NEVER_SHORT = ("picture", "table_open")
"""What no teaser shows, so that a body with one of these has more to it, however few its words."""
Style = Literal["sentences"] | WordTeasers


class _Length(NamedTuple):
    """How long a teaser may be."""

    words: int
    whole_sentences: bool


_SPARE = 3
"""How many times as many words are read as a teaser has at most."""


class _Phrase(NamedTuple):
    """Where a phrase that should stay whole is in a line, in characters."""

    start: int
    end: int


def is_whole(item: Item, style: Style, *, is_lead: bool) -> bool:
    """Return whether the email shows the item's whole body, so that there is nothing more to
    read.
    """
    if item.whole:
        return True
    if item.teaser is not None or not _is_short(item.body, _length(style, is_lead).words):
        return False
    return bool(tokens(item.body))


def teaser(item: Item, style: Style, language: str, *, is_lead: bool) -> Blocks:
    """Return what the email shows of an item, as Markdown tokens: its whole body if it is to be
    whole, its own teaser, or one made from its body; empty if it has neither.
    """
    if item.whole:
        return tokens(item.body)
    if item.teaser is not None:
        return tokens(item.teaser)
    return _from_body(item.body, _length(style, is_lead), language)


def _length(style: Style, is_lead: bool) -> _Length:
    times = _LONGER if is_lead else 1
    if isinstance(style, WordTeasers):
        return _Length(style.words * times, whole_sentences=False)
    return _Length(MOST_WORDS * times, whole_sentences=True)


@lru_cache(maxsize=256)
def _is_short(body: str, most_words: int) -> bool:
    start = _beginning(body, most_words)
    if start != body and _is_long(tokens(start), most_words):
        return False
    return not _is_long(tokens(body), most_words)


def _is_long(blocks: Blocks, most_words: int) -> bool:
    has_more_than_words = any(block.type in _NEVER_SHORT for block in blocks)
    run = " ".join(to_line(line) for _, line in run_on(blocks))  # footnotes as well
    return has_more_than_words or is_longer(run, most_words)


def _beginning(body: str, most_words: int) -> str:
    """Return a part of a body that is enough for a teaser: reading all of it takes longer."""
    return beginning(body, _SPARE * most_words)


@lru_cache(maxsize=256)
def _from_body(body: str, length: _Length, language: str) -> Blocks:
    if _is_short(body, length.words):
        return tokens(body)

    start = tokens(_beginning(body, length.words))
    blocks = start if _is_long(start, length.words) else tokens(body)
    line = _one_line(running_text(blocks))
    run = _run(line)
    if not run.strip():  # there are only pictures, tables and the like
        return Blocks()

    ends = sentence_ends(run, language)
    phrases = _phrases(line)

    end = None
    if length.whole_sentences:
        end = _end_of_sentences(run, length.words, [end for end in ends if not _cuts(end, phrases)])
    if end is None:
        end = _end_of_words(run, length.words, ends, phrases)
    return _paragraph(_keep(line, end))


def _one_line(blocks: Blocks) -> list[Token]:
    """Return the tokens of all blocks as one line, which is then counted and cut."""
    line: list[Token] = []
    for between, inline in run_on(blocks):
        if between:
            line.append(_text(between))
        line += inline.children or ()
    return line


def _run(line: list[Token]) -> str:
    return "".join(map(visible, line))


def _phrases(line: list[Token]) -> list[_Phrase]:
    """Return each link, each emphasised phrase and each piece of code."""
    phrases: list[_Phrase] = []
    opened: list[int] = []
    place = 0
    for token in line:
        if token.nesting > 0:
            opened.append(place)
        elif token.nesting < 0:
            phrases.append(_Phrase(opened.pop(), place))
        elif token.type == "code_inline":
            phrases.append(_Phrase(place, place + len(token.content)))
        place += len(visible(token))
    return phrases


def _cuts(end: int, phrases: list[_Phrase]) -> bool:
    """Return whether a teaser that ends here would cut a phrase in two."""
    return any(start < end < stop for start, stop in phrases)


def _end_of_sentences(run: str, most_words: int, ends: list[int]) -> int | None:
    """Return the first full stop in the second half of the words, else the last sentence's end
    within them; None if that is too short.
    """
    best = None
    for end in ends:
        words = word_count(run[:end])
        if words > most_words:
            break
        if words >= most_words / _FEWEST:
            best = end
        has_full_stop = run[:end].rstrip(_CLOSING).endswith(_STOPS)
        if words >= most_words / 2 and has_full_stop:
            break
    return best


def _end_of_words(run: str, most_words: int, ends: list[int], phrases: list[_Phrase]) -> int:
    """Return the end of the last word within the limit at which a teaser can stop. It gives up
    half of the words for this, but no more: then a phrase is cut after all.
    """
    all_words = words_of(run)
    first = next(all_words)
    others = takewhile(lambda word: word.words <= most_words, all_words)
    words = [first, *others]

    middle = (len(words) - 1) // 2
    fewest = words[middle].end
    good = [word.end for word in words if _can_be_last(word, run, ends)]

    for end in reversed(good):
        if end >= fewest and not _cuts(end, phrases):
            return end
    if good:
        return good[-1]
    return words[-1].end


def _can_be_last(word: Word, run: str, ends: list[int]) -> bool:
    """Return whether it is not an abbreviation, a title before a name, a lone dash, or an ideograph
    that the next one may belong to.
    """
    has_letters = re.search(r"\w", word.text)
    if not has_letters or is_abbreviation(run[: word.end]):
        return False
    if word.is_ideograph:
        is_followed = run[word.end : word.end + 1].strip() != ""
        return not is_followed or _ENDS_PHRASE.search(word.text) is not None
    ends_with_full_stop = word.text.endswith(".")
    return not ends_with_full_stop or word.end in ends


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
        if len(text) > length:
            kept.append(_text(text[:length]))
        else:
            kept.append(token)
        length -= len(text)
        if length <= 0:
            break

    closing = [_closing(token) for token in reversed(opened)]
    return kept + closing


def _paragraph(children: list[Token]) -> Blocks:
    """Return one paragraph of inline tokens, which trails off."""
    opening, inline, closing = tokens("x")
    inline = inline.copy(children=_trailing_off(children), content="")
    return Blocks([opening, inline, closing])


def _trailing_off(children: list[Token]) -> list[Token]:
    """Return a line with "…" after its last word, behind any closing quotation mark or tag: instead
    of the last full stop, but not after a question.
    """
    kept = list(children)
    for place in reversed(range(len(kept))):
        text = kept[place].content
        if not kept[place].type.startswith("text"):
            if text:  # code
                break
            continue

        words = text.rstrip(_LEFT_OUT + _CLOSING)
        closing = [character for character in text[len(words) :] if character in _CLOSING]
        kept[place] = _text(words + "".join(closing))
        if words.endswith(_ASKING):
            return kept
        if words:
            break
    return [*kept, _text("…")]


def _text(content: str) -> Token:
    from markdown_it.token import Token

    return Token("text", "", 0, content=content)


def _closing(opening: Token) -> Token:
    name = opening.type.replace("_open", "_close")
    return opening.copy(type=name, nesting=-1, attrs={})
