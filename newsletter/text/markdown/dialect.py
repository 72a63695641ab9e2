"""What is markup in an author's text, and what is text: CommonMark, with fewer rules where
newsletters mean text.

Markup is: paragraphs, emphasis, headings, lists, quotations, links, bare addresses, code,
struck-out text, sub- and superscript, footnotes, tables, pictures and hard line breaks. Comments
are left out. All else, HTML included, is text.

The differences from CommonMark (https://spec.commonmark.org/) are:

- ``*``, ``_`` and ``~~`` between two letters or digits are text, as in CYP2C19*2, not only ``_``;
  so is ``*|x|*``;
- a subscript must follow something, so that "~10%" is about ten per cent;
- an ordered list begins with 0 to 99, and not with a day and its month;
- ``>`` before a digit is text, and so are ``***`` and three backticks;
- headings have two levels, whatever the number of ``#``;
- a picture is a line of its own, outside of lists and quotations, and its title is a caption with
  Markdown of its own; anywhere else it is text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsletter.text.markdown import block_rules, inline_rules
from newsletter.text.markdown.pictures import read_picture
from newsletter.text.markdown.tables import read_table

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_BLOCK_RULES = ("heading", "list", "blockquote", "reference", "table")
_INLINE_RULES = (
    "emphasis",
    "strikethrough",
    "link",
    "autolink",
    "image",
    "backticks",
    "escape",
    "entity",
    "newline",
)
_DEEPEST = 20
"""Levels of blocks and emphasis within each other, after which the parser reads no markup."""
_ALLOWED_LINK = re.compile(r"(https?://[^/\s]|mailto:[^\s])", re.IGNORECASE)
_CONTROLS = re.compile(r"[\t\n\f\r]")
"""Characters of entities such as &#10;, which may not break a line."""
_COMMENT, _END_OF_COMMENT = "<!--", "-->"
_CODE_OR_COMMENT = re.compile(rf"\\.|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)|{_COMMENT}", re.DOTALL)


def is_allowed(address: str) -> bool:
    """Return whether a link may lead to an address: http, https or mailto."""
    try:
        urlsplit(address)
    except ValueError:  # brackets in the host without an IP address
        return False
    return _ALLOWED_LINK.match(address) is not None


@lru_cache(maxsize=4)
def parser(*, check_links: bool = True, bare_addresses: bool = True) -> MarkdownIt:
    """Return the parser of a body. Without ``check_links`` a link may lead anywhere; without
    ``bare_addresses`` an address in the text is not a link.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    from newsletter.text.markdown.addresses import Addresses

    parser = MarkdownIt(
        "zero",
        {"html": False, "linkify": bare_addresses, "maxNesting": _DEEPEST, "store_labels": True},
    )
    parser.use(sub_plugin).use(superscript_plugin).use(footnote_plugin, inline=False)
    parser.enable([*_BLOCK_RULES, *_INLINE_RULES, "linkify"])
    _restrict_blocks(parser)
    _restrict_lines(parser)

    parser.core.ruler.disable("text_join")  # keeps escaped text apart from unread text
    parser.core.ruler.at("inline", _read_lines)
    parser.core.ruler.after("normalize", "comments", _leave_out_comments)
    parser.core.ruler.before("footnote_tail", "lonely_footnotes", _keep_lonely_footnotes)

    if not bare_addresses:  # in texts of one line, the manifest's reader has decoded entities
        parser.disable("entity")
    parser.linkify = Addresses()
    parser.validateLink = is_allowed if check_links else bool  # type: ignore[method-assign, assignment]
    parser.normalizeLinkText = str  # type: ignore[method-assign, assignment]  # shown as written
    return parser


def _restrict_blocks(parser: MarkdownIt) -> None:
    """Put conditions on the parser's rules for blocks."""
    from markdown_it.rules_block import blockquote, heading, list_block, reference
    from mdit_py_plugins.footnote.index import footnote_def

    headings = block_rules.unless(block_rules.is_heading_without_words, heading)
    quotations = block_rules.unless(block_rules.is_comparison, blockquote)
    lists = block_rules.unless(block_rules.is_not_an_item, list_block)
    addresses = block_rules.unless(block_rules.is_footnote, reference)

    ruler = parser.block.ruler
    inside = ["paragraph", "reference", "blockquote"]
    ruler.at("reference", addresses)
    ruler.at("heading", headings, {"alt": inside})
    ruler.at("blockquote", block_rules.not_too_deep(quotations), {"alt": [*inside, "list"]})
    ruler.at("list", block_rules.not_too_deep(lists), {"alt": inside})
    ruler.before("list", "no_list", block_rules.ends_a_list, {"alt": ["list"]})
    ruler.at("table", block_rules.not_too_deep(read_table), {"alt": inside[:2]})
    ruler.before("blockquote", "picture", read_picture, {"alt": [*inside, "list"]})

    footnotes = block_rules.not_too_deep(block_rules.not_within_itself(footnote_def))
    ruler.at("footnote_def", footnotes, {"alt": ["paragraph", "reference"]})


def _restrict_lines(parser: MarkdownIt) -> None:
    """Put conditions on the parser's rules within a line."""
    from markdown_it.rules_inline import (
        autolink,
        backtick,
        emphasis,
        image,
        link,
        strikethrough,
    )
    from mdit_py_plugins.subscript import tokenize as subscript

    emphasised = inline_rules.not_within_a_word(emphasis.tokenize, "*_")
    struck_out = inline_rules.not_within_a_word(strikethrough.tokenize, "~", shortest=2)

    ruler = parser.inline.ruler
    # The plugin does not export its rule.
    (superscript,) = (rule.fn for rule in ruler.__rules__ if rule.name == "sup")

    ruler.at("emphasis", emphasised)
    ruler.at("strikethrough", struck_out)
    ruler.at("sub", inline_rules.hanging_on(subscript))
    ruler.at("sup", inline_rules.hanging_on(superscript))
    ruler.at("backticks", inline_rules.short_run(backtick))
    ruler.at("link", inline_rules.with_an_address(link))
    ruler.at("autolink", inline_rules.not_within_a_link(autolink))
    ruler.at("image", inline_rules.as_text(image))


def _read_lines(state: StateCore) -> None:
    """Read what is within the lines of each block, as the parser's own rule does."""
    from newsletter.text.markdown.plain_marks import plain_line

    for block in state.tokens:
        if block.type == "inline":
            block.children = plain_line(block.content)
            if block.children is None:
                block.children = _parsed_line(block.content, state)


def _parsed_line(content: str, state: StateCore) -> list[Token]:
    """Return the tokens of a line, none of which is an empty text or has a break in it."""
    tokens: list[Token] = []
    state.md.inline.parse(content, state.md, state.env, tokens)
    for token in tokens:
        token.content = _CONTROLS.sub(" ", token.content)
    return [token for token in tokens if token.type != "text" or token.content]


def _leave_out_comments(state: StateCore) -> None:
    """Delete comments before anything is read; their line breaks stay, so that lines keep their
    numbers.
    """
    source = state.src
    if _COMMENT not in source:
        return

    pieces: list[str] = []
    place = 0
    while match := _CODE_OR_COMMENT.search(source, place):
        end = match.end()
        if match[0] == _COMMENT:
            end = source.find(_END_OF_COMMENT, end)
            if end < 0:  # this comment never ends, so none after it does
                break
            end += len(_END_OF_COMMENT)
            pieces.append(source[place : match.start()])
            pieces.append("\n" * source.count("\n", match.start(), end))
        else:
            pieces.append(source[place:end])
        place = end

    state.src = "".join(pieces) + source[place:]


def _keep_lonely_footnotes(state: StateCore) -> None:
    """Put footnotes that nothing refers to, or whose name is taken, last; the plugin would leave
    them out.
    """
    footnotes = state.env.get("footnotes")
    if not footnotes:
        return

    seen: set[str] = set()
    for token in state.tokens:
        if token.type != "footnote_reference_open":
            continue
        label = token.meta["label"]
        is_referred_to = footnotes["refs"].get(f":{label}", -1) >= 0
        if label in seen or not is_referred_to:
            label = token.meta["label"] = f"{label} {len(seen)}"
            footnotes["list"][len(footnotes["list"])] = {"label": label, "count": 0}
        seen.add(label)
