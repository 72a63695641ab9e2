"""A letter as the text in it: without greeting, signature, quotations and forwarded headers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from newsletter.text.printable import printable

_LONGEST_SHOWN = 300
_FEWEST_HEADERS = 3
"""Headers of a mail within a mail, at least."""
_LONGEST_LINE, _MOST_LINES = 100, 14
"""Of a signature."""
_MARKS = re.compile(r"^(?:\\?> ?)+|[*_\\]", re.MULTILINE)
_HEADER = re.compile(
    r"(?P<name>from|sent|date|to|cc|subject|reply-to|von|gesendet|an|betreff):\s*(?P<value>.*)",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"-{2,}\s*forwarded message\s*-{2,}|begin forwarded message:?|-{2,}\s*original message\s*-{2,}",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"[-\s]*(?:on|le|am) .{6,200} (?:wrote|a écrit|schrieb.{0,80}?)\s?:", re.IGNORECASE | re.DOTALL
)
_BEFORE_QUOTATION = re.compile(r"(?=.*@|.*\d:\d\d).{6,200}:", re.DOTALL)
"""The same line in any language, if a quotation is below it."""
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^.!?]{0,50}[,!:–—-]?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:with )?(?:my |very |many )?(?:kind(?:est)?|best|warm(?:est)?)"
    r"(?: regards| wishes)?|regards|all the best|many thanks|thanks(?: again| so much)?|thank you"
    r"|cheers|yours(?: sincerely| faithfully| truly)?|sincerely|bw|kr)[,.!]*(?: and .{3,30})?",
    re.IGNORECASE,
)
_SEPARATOR = "--"
"""The line above a signature (RFC 3676, 4.3)."""
_NOTICE = re.compile(
    r"this (?:e-?mail|message|communication)\b.{0,300}"
    r"(?:confidential|privileged|intended (?:only|solely|recipient|for the))"
    r"|environment before printing|^sent from (?:my|outlook|yahoo|mail for)\b"
    r"|^get outlook for |scanned (?:for|by) .{0,30}virus|virus-free",
    re.IGNORECASE | re.DOTALL,
)


class Letter(NamedTuple):
    """The text of a letter, and what was taken off."""

    text: str
    left_out: tuple[str, ...] = ()
    """Sentences that quote it."""
    sender: str = ""
    """Who has sent the mail that was sent on with it."""


def text_of_letter(markdown: str, *, is_forwarded: bool = False) -> Letter:
    """Return the text that a letter in Markdown has for readers.

    ``is_forwarded`` says that it was sent on: then it is the text below the headers in it.
    """
    letter = _Letter(markdown)
    letter.forwarded(expected=is_forwarded)
    letter.quotations()
    letter.from_the_end("A notice", _is_notice)
    letter.signature()
    letter.from_the_end("A notice", _is_notice)
    letter.greeting()
    return Letter("\n\n".join(letter.paragraphs), tuple(letter.left_out), letter.sender)


class _Letter:
    def __init__(self, markdown: str) -> None:
        self.paragraphs = markdown.split("\n\n") if markdown else []
        self.left_out: list[str] = []
        self.sender = ""

    def forwarded(self, *, expected: bool) -> None:
        """Cut at the headers of another mail: above them if it was sent on, or else below them."""
        while True:
            self.paragraphs = _with_forwarded_unquoted(self.paragraphs)
            place, end = _headers_of_another(self.paragraphs)
            if place == end:
                return

            headers = "\n".join(self.paragraphs[place:end])
            is_sent_on = "forwarded message" in headers.lower() or expected or place == 0
            if not is_sent_on:
                self._cut("The mail that this answers", place, len(self.paragraphs))
                return
            self.sender = _sender_in(headers) or self.sender
            self._cut("The headers of a mail that was sent on", place, end)
            self._cut("The text above a mail that was sent on", 0, place)
            if all(one.startswith(">") for one in self.paragraphs):
                self.paragraphs = _unquoted(self.paragraphs)
            expected = False

    def quotations(self) -> None:
        """Cut what is quoted of another mail, below "On … wrote:"."""
        place = 0
        while place < len(self.paragraphs):
            end = place + 1
            while end < len(self.paragraphs) and self.paragraphs[end].startswith(">"):
                end += 1

            begins = _begins_quotation(self.paragraphs[place], is_above_one=end > place + 1)
            if begins and end == place + 1:
                end = len(self.paragraphs)
            if begins:
                self._cut("The mail that this answers", place, end)
            else:
                place += 1

    def signature(self) -> None:
        """Cut the signature: from its separator, or from "Kind regards", if it can be one."""
        lines = [
            (number, line)
            for number, paragraph in enumerate(self.paragraphs)
            for line in _lines(paragraph)
        ]
        for start, (number, line) in enumerate(lines):
            is_start = line == _SEPARATOR or _CLOSING.fullmatch(line)
            if not (start and is_start):
                continue
            below = [text for _, text in lines[start:]]
            if _can_be_signature(below):
                self._cut_from_line(number, line)
                return

    def from_the_end(self, name: str, is_meant: Callable[[str], bool]) -> None:
        """Cut paragraphs from the end."""
        while len(self.paragraphs) > 1 and is_meant(self.paragraphs[-1]):
            self._cut(name, len(self.paragraphs) - 1, len(self.paragraphs))

    def greeting(self) -> None:
        """Cut a first paragraph that greets."""
        if len(self.paragraphs) > 1 and _GREETING.fullmatch(_plain(self.paragraphs[0])):
            self._cut("The greeting", 0, 1)

    def _cut_from_line(self, number: int, line: str) -> None:
        """Cut from a line of a paragraph to the end."""
        written = self.paragraphs[number].split("\\\n")
        place = next(place for place, one in enumerate(written) if _plain(one) == line)
        kept = "\\\n".join(written[:place])
        rest = "\\\n".join(written[place:])
        self.paragraphs[number : number + 1] = [one for one in (kept, rest) if one]
        self._cut("The signature", number + bool(kept), len(self.paragraphs))

    def _cut(self, name: str, start: int, end: int) -> None:
        if start < end:
            text = " ".join(_plain(one) for one in self.paragraphs[start:end])
            self.left_out.append(f"{name}: '{printable(' '.join(text.split()), _LONGEST_SHOWN)}'.")
            del self.paragraphs[start:end]


def _plain(markdown: str) -> str:
    return _MARKS.sub("", markdown).strip()


def _lines(paragraph: str) -> list[str]:
    return [_plain(line) for line in paragraph.split("\n")]


def _headers_of_another(paragraphs: Sequence[str]) -> tuple[int, int]:
    """Return where the headers of a mail within a mail begin and end, with the line above them;
    twice the end of the text if there are none.
    """
    for place, paragraph in enumerate(paragraphs):
        end = place + _is_above_headers(paragraph)
        headers = 0
        while end < len(paragraphs) and (found := _headers_in(paragraphs[end])):
            headers += found
            end += 1
        if headers >= _FEWEST_HEADERS or (headers and _is_above_headers(paragraph)):
            return place, end
    return len(paragraphs), len(paragraphs)


def _is_above_headers(paragraph: str) -> bool:
    return len(_lines(paragraph)) == 1 and _FORWARDED.match(_plain(paragraph)) is not None


def _headers_in(paragraph: str) -> int:
    """Return how many lines of a paragraph are headers, if it begins with one or has enough."""
    lines = _lines(paragraph)
    headers = sum(_HEADER.match(line) is not None for line in lines)
    begins = _HEADER.match(lines[0]) or _FORWARDED.match(lines[0])
    if begins or headers >= _FEWEST_HEADERS:
        return headers
    return 0


def _with_forwarded_unquoted(paragraphs: Sequence[str]) -> list[str]:
    """Return paragraphs with what was sent on as a quotation, as Apple Mail does, no longer one."""
    written: list[str] = []
    for paragraph in paragraphs:
        is_quoted = paragraph.startswith(">")
        if is_quoted and _FORWARDED.match(_lines(paragraph)[0]):
            written += _unquoted([paragraph])
        else:
            written.append(paragraph)
    return written


def _sender_in(headers: str) -> str:
    """Return who has sent the innermost of the mails that these are the headers of."""
    for line in reversed(_lines(headers)):
        found = _HEADER.match(line)
        if found and found["name"].lower() in ("from", "von"):
            return re.sub(r"[\[(<].*", "", found["value"]).strip(' "')
    return ""


def _begins_quotation(paragraph: str, *, is_above_one: bool) -> bool:
    """Return whether a paragraph says who wrote the text below it, on such and such a day.

    Without a quotation below it, the hour or an address must be in it: a piece may quote too.
    """
    line = _plain(paragraph)
    if paragraph.startswith(">"):
        return _WROTE.match(line) is not None
    if is_above_one:
        return bool(_WROTE.fullmatch(line) or _BEFORE_QUOTATION.fullmatch(line))
    return bool(_WROTE.fullmatch(line) and _BEFORE_QUOTATION.fullmatch(line))


def _unquoted(paragraphs: Sequence[str]) -> list[str]:
    text = "\n\n".join(paragraphs)
    return re.sub(r"^> ?", "", text, flags=re.MULTILINE).split("\n\n")


def _can_be_signature(lines: Sequence[str]) -> bool:
    """Return whether all lines from the closing on are short, few, and no sentences."""
    is_short = all(len(line) <= _LONGEST_LINE for line in lines)
    return is_short and len(lines) <= _MOST_LINES


def _is_notice(paragraph: str) -> bool:
    return _NOTICE.search(_plain(paragraph)) is not None
