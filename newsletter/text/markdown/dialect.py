"""What is markup in an author's text, and what is text: CommonMark, with fewer rules where newsletters mean text.

Markup is: paragraphs, emphasis, headings, lists, quotations, links, bare addresses, code, struck-out text, sub- and
superscript, footnotes and hard line breaks. Comments are left out. All else, HTML and pictures included, is text.

The differences from CommonMark (https://spec.commonmark.org/) are:

- ``*``, ``_`` and ``~~`` between two letters or digits are text, as in CYP2C19*2, not only ``_``; so is ``*|x|*``;
- a subscript must follow something, so that "~10%" is about ten per cent;
- an ordered list begins with 0 to 99, and not with a day and its month;
- ``>`` before a digit is text, and so are ``***`` and three backticks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsletter.text.markdown.months import MONTHS, WORDS_TOO
from newsletter.text.wrapping import CJK

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

    _InlineRule = Callable[[StateInline, bool], bool]
    _BlockRule = Callable[[StateBlock, int, int, bool], bool]

_BLOCK_RULES = ["heading", "list", "blockquote", "reference"]
_INLINE_RULES = [
    "emphasis",
    "strikethrough",
    "link",
    "autolink",
    "image",
    "backticks",
    "escape",
    "entity",
    "newline",
]
_DEEPEST = 8
"""Levels of quotations and lists (a list has two); anything deeper is text. The parser itself would drop it."""
_ALLOWED_LINK = re.compile(r"(https?://[^/\s]|mailto:[^\s])", re.IGNORECASE)
_COMMENT = "<!--"
_CODE_OR_COMMENT = re.compile(rf"\\.|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)|{_COMMENT}", re.DOTALL)
_WITHOUT_SPACES = re.compile(
    f"[{CJK}ー\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)
"""Letters of languages that put no spaces between words, or, like Korean, put particles straight after them: Chinese,
Japanese, Korean, Thai, Lao, Burmese, Khmer."""
_SCRIPT = {
    marker: re.compile(rf"{re.escape(marker)}((?:\\.|[^\s\\{marker}])+){re.escape(marker)}")
    for marker in "~^"
}
_NUMBER = re.compile(r"(?P<number>\d+)[.)](?:[ \t]+(?P<word>[^\W\d_]+)(?P<year>[ \t]+\d{4}\b)?)?")
_RULE = re.compile(r"([*-])[ \t]*(?:\1[ \t]*){2,}")
_HEADING_WITHOUT_WORDS = re.compile(r"#{1,6}[ \t#]*")


def is_allowed(address: str) -> bool:
    """Return whether a link may lead to an address: http, https or mailto."""
    try:
        urlsplit(address)
    except ValueError:  # brackets in the host without an IP address
        return False
    return bool(_ALLOWED_LINK.match(address))


@lru_cache(maxsize=4)
def parser(*, check_links: bool = True, bare_addresses: bool = True) -> MarkdownIt:
    """Return the parser of a body. Without ``check_links`` a link may lead anywhere; without ``bare_addresses`` an
    address in the text is not a link.
    """
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import blockquote, heading, list_block
    from markdown_it.rules_inline import backtick, emphasis, image, strikethrough
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.footnote.index import footnote_def
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.subscript import tokenize as subscript
    from mdit_py_plugins.superscript import superscript_plugin

    from newsletter.text.markdown.addresses import Addresses

    options = {"html": False, "linkify": bare_addresses, "maxNesting": 20, "store_labels": True}
    parser = MarkdownIt("zero", options)
    parser.use(sub_plugin).use(superscript_plugin).use(footnote_plugin, inline=False)
    parser.enable([*_BLOCK_RULES, *_INLINE_RULES, "linkify"])
    parser.linkify = Addresses()
    parser.core.ruler.disable("text_join")  # keeps escaped text apart from unread text
    parser.core.ruler.after("normalize", "comments", _leave_out_comments)
    parser.core.ruler.before("footnote_tail", "lonely_footnotes", _keep_lonely_footnotes)

    inside = ["paragraph", "reference", "blockquote"]
    block, inline = parser.block.ruler, parser.inline.ruler
    block.at("heading", _with_words(heading), {"alt": inside})
    block.at("blockquote", _not_too_deep(_no_comparison(blockquote)), {"alt": [*inside, "list"]})
    block.at("list", _not_too_deep(_few_numbers(list_block)), {"alt": inside})
    block.before("list", "no_list", _ends_a_list, {"alt": ["list"]})
    block.at("footnote_def", _not_too_deep(footnote_def), {"alt": ["paragraph", "reference"]})
    inline.at("emphasis", _not_within_a_word(emphasis.tokenize, "*_"))
    inline.at("strikethrough", _not_within_a_word(strikethrough.tokenize, "~", shortest=2))
    inline.at("sub", _hanging_on(subscript))
    inline.at("sup", _hanging_on(_rule_of(parser, "sup")))
    inline.at("backticks", _short_run(backtick))
    inline.at("image", _as_text(image))

    if not bare_addresses:
        parser.disable(
            "entity"
        )  # in texts of one line, the manifest's reader has decoded them already

    parser.validateLink = is_allowed if check_links else bool  # type: ignore[method-assign, assignment]
    parser.normalizeLinkText = str  # type: ignore[method-assign, assignment]  # an address is shown as it is written
    return parser


# Rules of the parser, slightly changed. Each function takes a rule and returns it with a condition.


def _not_too_deep(rule: _BlockRule) -> _BlockRule:
    return lambda state, *lines: state.level < _DEEPEST and rule(state, *lines)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _with_words(rule: _BlockRule) -> _BlockRule:
    """Read no heading that is nothing but ``#``."""
    return lambda state, start, *rest: (
        not _HEADING_WITHOUT_WORDS.fullmatch(_line(state, start)) and rule(state, start, *rest)
    )


def _no_comparison(rule: _BlockRule) -> _BlockRule:
    """Read no quotation where a line begins with a comparison, such as ">50% of all"."""
    return lambda state, start, *rest: (
        not re.match(r">\d", _line(state, start)) and rule(state, start, *rest)
    )


def _few_numbers(rule: _BlockRule) -> _BlockRule:
    """Read no list that begins with a year, or with a day and its month; ``* * *`` is not a list either."""
    return lambda state, start, *rest: (
        not _is_no_entry(_line(state, start)) and rule(state, start, *rest)
    )


def _ends_a_list(state: StateBlock, start: int, _: int, silent: bool) -> bool:
    """End a list at any of these lines."""
    return silent and _is_no_entry(_line(state, start))


def _is_no_entry(line: str) -> bool:
    numbered = _NUMBER.match(line)
    is_number = numbered is not None and (len(numbered["number"]) > 2 or _is_date(numbered))
    return is_number or bool(_RULE.fullmatch(line))


def _is_date(numbered: re.Match[str]) -> bool:
    word = (numbered["word"] or "").lower()
    return word in MONTHS and (word not in WORDS_TOO or numbered["year"] is not None)


def _not_within_a_word(rule: _InlineRule, markers: str, shortest: int = 1) -> _InlineRule:
    """Read delimiters between two letters or digits as text: HLA-B*57:01 and 2*3*4 keep their stars."""

    def read(state: StateInline, silent: bool) -> bool:
        marker, start = state.src[state.pos], state.pos
        if silent or marker not in markers:
            return rule(state, silent)
        end = start
        while end < state.posMax and state.src[end] == marker:
            end += 1
        is_text = _splits_a_word(state, start, end) or _is_of_a_tag(state, start, end)
        if end - start < shortest or not is_text:
            return rule(state, silent)
        state.append_pending(state.src[start:end])
        state.pos = end
        return True

    return read


def _splits_a_word(state: StateInline, start: int, end: int) -> bool:
    if start == 0 or end >= state.posMax:
        return False
    around = state.src[start - 1], state.src[end]
    return all(map(_is_in_a_word, around)) and not any(map(_WITHOUT_SPACES.match, around))


def _is_of_a_tag(state: StateInline, start: int, end: int) -> bool:
    """Return whether they are next to a bar, as in ``*|NAME|*``, which another rule must find as it is written."""
    return state.src[end : end + 1] == "|" or state.src[max(start - 1, 0) : start] == "|"


def _is_in_a_word(character: str) -> bool:
    """Return whether it is a letter, a digit or an accent."""
    return unicodedata.category(character)[0] in "LNM"


def _hanging_on(rule: _InlineRule) -> _InlineRule:
    """Read a subscript only after something, so that neither "~10%/~20%" nor "5~10/6~12" has one; end neither
    sub- nor superscript before a digit or between two letters, as it would seem to in "x^2+y^2".
    """

    def read(state: StateInline, silent: bool) -> bool:
        pattern = _SCRIPT.get(state.src[state.pos])
        found = (
            pattern.match(state.src, state.pos, state.posMax) if pattern and not silent else None
        )
        if not found:
            return False
        before = state.src[found.start() - 1] if found.start() else " "
        last, after = found[1][-1], (state.src + " ")[found.end()]
        if found[0][0] == "~" and not (_is_in_a_word(before) or before in ")]}*_`~^>’”'\""):
            return False
        if after.isdigit() or (last.isalpha() and after.isalpha()):
            return False
        return rule(state, silent)

    return read


def _short_run(rule: _InlineRule) -> _InlineRule:
    """Read three backticks as text: they fence a block of code, which is not markup here."""

    def read(state: StateInline, silent: bool) -> bool:
        end = state.pos
        while end < state.posMax and state.src[end] == "`":
            end += 1
        if end - state.pos < 3:
            return rule(state, silent)
        if not silent:
            state.append_pending(state.src[state.pos : end])
        state.pos = end
        return True

    return read


def _as_text(rule: _InlineRule) -> _InlineRule:
    """Read a whole picture as text, and not as an exclamation mark before a link."""

    def read(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not rule(state, silent):
            return False
        if not silent:
            picture = state.tokens[-1]
            picture.type, picture.tag, picture.children = "text", "", None
            picture.content = state.src[start : state.pos]
        return True

    return read


def _rule_of(parser: MarkdownIt, name: str) -> _InlineRule:
    """Return a rule that its plugin does not export."""
    ruler = parser.inline.ruler
    return next(rule.fn for rule in ruler.__rules__ if rule.name == name)


# Rules of our own, over the whole text


def _leave_out_comments(state: StateCore) -> None:
    """Delete comments before anything is read; their line breaks stay, so that lines keep their numbers."""
    if _COMMENT not in state.src:
        return
    source, kept, place = state.src, "", 0
    while found := _CODE_OR_COMMENT.search(source, place):
        end = found.end()
        if found[0] != _COMMENT:
            kept += source[place:end]
        elif (closing := source.find("-->", end)) >= 0:
            end = closing + len("-->")
            kept += source[place : found.start()] + "\n" * source.count("\n", found.start(), end)
        else:  # this comment never ends, so none after it does
            break
        place = end
    state.src = kept + source[place:]


def _keep_lonely_footnotes(state: StateCore) -> None:
    """Put footnotes that nothing refers to, or whose name is taken, last; the plugin would leave them out."""
    footnotes = state.env.get("footnotes")
    if not footnotes:
        return
    seen: set[str] = set()
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
            if label in seen or footnotes["refs"].get(f":{label}", -1) < 0:
                label = token.meta["label"] = f"{label} {len(seen)}"
                footnotes["list"][len(footnotes["list"])] = {"label": label, "count": 0}
            seen.add(label)
