"""The kinds of text an editor writes: what each may hold, and what readers see of it.

Every message says what is wrong and then what to do: it is printed as it is, after the file and
line.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from newsletter.text.addresses import host_fault as host_fault
from newsletter.text.addresses import (
    mail_address,
    site_address,
    web_or_bare_mail_address,
    web_or_forwarding_address,
    web_or_mail_address,
)
from newsletter.text.addresses import mailbox as mailbox
from newsletter.text.addresses import web_address as web_address
from newsletter.text.mistakes import mistake as mistake
from newsletter.text.printable import printable

HIDDEN_HINT = "Delete it; typing the words again is the quickest way."
_HIDDEN_LOW = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_HIDDEN_HIGH = "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
HIDDEN = re.compile(f"[{_HIDDEN_LOW}{_HIDDEN_HIGH}]")
"""Control characters except tab and line break, separators that some programs read as a line break,
surrogates, and the noncharacters of Unicode 23.7: code points for a program's own use, which merge
tags are made of."""
_HIDDEN_LOW_ONLY = re.compile(f"[{_HIDDEN_LOW}]")
_HIGH = re.compile("[\U00010000-\U0010ffff]")
_BREAK = re.compile("[\n\r\u2028\u2029]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}[a-z]?")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PIECE = re.compile(f"{_NUMBER.pattern}/{_SLUG.pattern}")
_WEB = re.compile("https?://", re.IGNORECASE)
LONGEST_SLUG = 80
"""Characters: Windows allows about 260 for a whole path."""
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(10))
RESERVED_SLUGS = frozenset(("email", "index", "con", "prn", "aux", "nul", *_PORTS))
"""Names that a piece's page cannot have: ours, and those that Windows keeps for devices."""


class Seen(Enum):
    """What readers see of a field. Its type says it; if it says nothing, they do not see it."""

    LINE = "a line of plain text"
    MARKDOWN = "paragraphs of Markdown"
    ADDRESS = "where a link leads, or where a picture is"
    MAILBOX = "an email address, often with a name"


def hidden_character(character: str) -> str:
    """Return what is wrong with a hidden character."""
    return f"There is an invisible control character (U+{ord(character):04X}) in this text."


def hidden_in(text: str) -> str | None:
    """Return the first character of a text that HIDDEN matches; ten times as fast.

    A set of characters is slow to search for if it has some above U+FFFF. Few texts have any.
    """
    if text.isprintable():  # as most lines are
        return None
    found = _HIDDEN_LOW_ONLY.search(text)
    if found:
        return found[0]

    has_high = not text.isascii() and _HIGH.search(text)
    found = HIDDEN.search(text) if has_high else None
    return found[0] if found else None


def _no_hidden_characters(text: str) -> str:
    """Return the text. Raise PydanticCustomError if it has a hidden character."""
    if character := hidden_in(text):
        raise mistake(hidden_character(character), HIDDEN_HINT)
    return text


def one_line(text: str) -> str:
    """Return the text with tabs as spaces, and without spaces around it.

    Raise PydanticCustomError if it is empty or has more than one line.
    """
    text = text.replace("\t", " ")
    if not text.strip():
        raise mistake("This is empty.", "Fill it in, or delete the whole line.")

    text = text.strip(" \n")
    if _BREAK.search(text):
        hint = "Put it on one line, with spaces between words."
        raise mistake("There is a line break in this text.", hint)
    return _no_hidden_characters(text).strip()


def plain_line(text: str) -> str:
    """Return a line of text that is shown as it is written.

    Raise PydanticCustomError if there is Markdown in it.
    """
    from newsletter.text.markdown import markup_in

    text = one_line(text)
    if found := markup_in(text):
        message = (
            f"'{printable(found)}' is Markdown, but this field is plain text: "
            "readers would see its marks."
        )
        raise mistake(message, "Write only the words, without the marks.")
    return text


def _plain_line_or_nothing(text: str) -> str:
    if not text.strip():
        return ""
    return plain_line(text)


def _markdown_of(title: object) -> object:
    """Return what was written for a title that has already been read."""
    from newsletter.text.markdown import Title

    if isinstance(title, Title):
        return title.markdown
    return title


def _title(text: str) -> str:
    """Return the title. Raise PydanticCustomError for Markdown that a title cannot have."""
    from newsletter.text.markdown import markup_in, read_title

    if found := markup_in(text, is_title=True):
        hint = (
            "Only *emphasis*, **strong**, sub~script~ and super^script^ can; "
            "put links and all else in the text."
        )
        raise mistake(f"'{printable(found)}' cannot be part of a title.", hint)
    title = read_title(text)
    return title or one_line(title)  # which refuses a title of marks alone


def _markdown(text: str) -> str:
    return _no_hidden_characters(text.replace("\r\n", "\n")).strip("\n")


def _picture_address(text: str) -> str:
    """Return the name of a file as it is, or the web address of a picture elsewhere."""
    if text.lower().startswith("https://"):
        return web_address(text)
    return text


def _language(text: str) -> str:
    """Return a language tag (RFC 5646). Raise PydanticCustomError with what may be meant."""
    meant = re.sub("-uk$", "-GB", text.replace("_", "-"), flags=re.IGNORECASE)
    if text == "UK":  # uk is Ukrainian
        meant = "en-GB"
    if text == meant and is_language(text):
        return text

    hint = "Write a language tag such as en-GB, fr or he."
    if is_language(meant):
        hint = f"Write {meant}."
    raise mistake(f"'{printable(text)}' is not a known language.", hint)


def is_language(text: str) -> bool:
    """Return whether a text is the tag of a language that the Unicode CLDR knows."""
    from babel import Locale, UnknownLocaleError

    if not _LANGUAGE.fullmatch(text):
        return False
    try:
        return bool(Locale.parse(text, sep="-"))
    except (ValueError, UnknownLocaleError):
        return False


def _number(value: Any) -> Any:
    """Return an issue's number as text. Raise PydanticCustomError if it is none."""
    text = str(value).strip()
    if not _NUMBER.fullmatch(text):
        message = f"'{printable(text)}' is not an issue number."
        raise mistake(message, "Write digits, and a lower-case letter if needed: 652, 1268a.")
    return text


def _slug(text: str) -> str:
    """Return a part of an address. Raise PydanticCustomError if it may not be one everywhere."""
    if _SLUG.fullmatch(text) and len(text) <= LONGEST_SLUG and text not in RESERVED_SLUGS:
        return text

    message = f"'{printable(text)}' cannot be part of an address."
    hint = "Write small letters a-z, digits and hyphens, such as never-let-me-go."
    if len(text) > LONGEST_SLUG:
        hint = f"Write at most {LONGEST_SLUG} characters; it has {len(text)}."
    if text in RESERVED_SLUGS:
        hint = "It has a meaning of its own. Write another, such as never-let-me-go."
    raise mistake(message, hint)


def _piece(text: str) -> str:
    """Return the address of a piece, or number and slug: 652/palaces. Raise PydanticCustomError."""
    short = text.removesuffix("/").removeprefix("/")
    if _PIECE.fullmatch(short):
        return short
    if _WEB.match(text):
        return web_address(text)

    message = f"'{printable(text)}' names no piece."
    hint = "Write its issue and the last part of its address, such as 652/palaces."
    raise mistake(message, hint)


PlainLine = Annotated[str, AfterValidator(plain_line)]
"""One line of plain text that no reader sees, without control characters and Markdown."""
Line = Annotated[PlainLine, Seen.LINE]
"""One line of plain text, which is safe in a header."""
LineOrNothing = Annotated[str, AfterValidator(_plain_line_or_nothing), Seen.LINE]
"""A line that may be empty."""
QuotedTitle = Annotated[
    str, BeforeValidator(_markdown_of), AfterValidator(one_line), AfterValidator(_title)
]
"""The title of something, written once more to name it."""
TitleLine = Annotated[QuotedTitle, Seen.LINE]
"""One line of text whose Markdown emphasis, sub- and superscript are read: a markdown.Title."""
OneLine = Annotated[str, AfterValidator(one_line)]
"""One line of any text that no reader sees, such as the name of a file or a theme."""
Markdown = Annotated[str, AfterValidator(_markdown), Seen.MARKDOWN]
"""Markdown of one or more paragraphs."""
WebAddress = Annotated[
    str,
    AfterValidator(one_line),
    AfterValidator(web_address),
    Field(json_schema_extra={"pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}),
    Seen.ADDRESS,
]
SiteAddress = Annotated[WebAddress, AfterValidator(site_address)]
"""A web address that others are below."""
WebOrMailAddress = Annotated[
    str,
    AfterValidator(one_line),
    AfterValidator(web_or_mail_address),
    Field(json_schema_extra={"pattern": "^(https?://|mailto:)"}),
    Seen.ADDRESS,
]
ForwardingAddress = Annotated[
    str,
    AfterValidator(one_line),
    AfterValidator(web_or_forwarding_address),
    Field(json_schema_extra={"pattern": "^(https?://|mailto:)"}),
    Seen.ADDRESS,
]
"""A web address, or a ``mailto:`` that may leave the recipient to the reader."""
WebOrBareMailAddress = Annotated[
    str,
    AfterValidator(one_line),
    AfterValidator(web_or_bare_mail_address),
    Field(json_schema_extra={"pattern": "^(https?://|mailto:|[^:/]+@)"}),
    Seen.ADDRESS,
]
"""A web address, or ``user@host``, which becomes ``mailto:user@host``."""
PictureAddress = Annotated[
    str, AfterValidator(one_line), AfterValidator(_picture_address), Seen.ADDRESS
]
"""A file in the issue's folder, or an address that begins with https://."""
MailAddress = Annotated[str, AfterValidator(one_line), AfterValidator(mail_address), Seen.MAILBOX]
"""``Name <user@host>`` or ``user@host``."""
Language = Annotated[str, AfterValidator(_language)]
Slug = Annotated[
    str,
    AfterValidator(one_line),
    AfterValidator(_slug),
    Field(json_schema_extra={"pattern": f"^{_SLUG.pattern}$"}),
]
"""The last part of the address of a piece's page."""
PieceName = Annotated[
    str,
    AfterValidator(one_line),
    AfterValidator(_piece),
    Field(json_schema_extra={"pattern": f"^(https?://|/?{_PIECE.pattern}/?$)"}),
]
"""A piece of the archive: the number of its issue and its slug, or its address."""
Number = Annotated[
    str,
    BeforeValidator(_number),
    Field(json_schema_extra={"type": ["integer", "string"], "pattern": "^[1-9][0-9]{0,8}[a-z]?$"}),
]
"""An issue's number: an integer with an optional letter, kept as text: '652', '1268a'."""
