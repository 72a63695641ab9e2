"""The kinds of text an editor writes: what each may hold, and what is said when it does not.

Every message says what is wrong and then what to do, because it is printed as it stands behind the file and line.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

DATE_FORM = "Write year-month-day, for example 2012-04-16."
HIDDEN_HINT = "Delete it; typing the words again is the quickest way."
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
"""Control characters but tab and line break, separators that some programs take for a line break, surrogates, and the
noncharacters of Unicode 23.7: code points for a program's own use, of which merge tags are made."""
_BREAK = re.compile("[\t\n\r\u2028\u2029]")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>\"\\^`{|}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_UNSAFE_IN_MAIL_ADDRESS = re.compile(r"[\s()<>,:;\"\[\]\\]")
_LONGEST_SHOWN = 60


def shown(given: object, longest: int = _LONGEST_SHOWN) -> str:
    """What an editor wrote, as a message can show it: short, on one line, without characters that steer a terminal."""
    text = str(given)
    short = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(character if character.isprintable() else "�" for character in short)


def mistake(what: str, hint: str) -> PydanticCustomError:
    """An error whose text goes to the editor unchanged (braces would otherwise be read as a format)."""
    return PydanticCustomError("editor", "{what} {hint}", {"what": what, "hint": hint})


def hidden_character(character: str) -> str:
    """What is said of it."""
    return f"There is an invisible control character (U+{ord(character):04X}) in this text."


def _no_hidden_characters(text: str) -> str:
    if found := HIDDEN.search(text):
        raise mistake(hidden_character(found[0]), HIDDEN_HINT)
    return text


def one_line(text: str) -> str:
    """The text without blanks around it. Raises PydanticCustomError if it is empty or holds more than one line."""
    if not text.strip():
        raise mistake("This is empty.", "Write it, or leave the whole line out.")
    text = text.strip(" \n")
    if _BREAK.search(text):
        raise mistake("There is a line break or a tab in this text.", "Put it on one line, with blanks between words.")
    return _no_hidden_characters(text).strip()


def plain_line(text: str) -> str:
    """Return a line of text that is shown as it is written. Raises PydanticCustomError for Markdown in it."""
    from newsletter.markdown import markup_in

    text = one_line(text)
    if found := markup_in(text):
        raise mistake(
            f"'{shown(found)}' is Markdown, but this field is plain text: readers would see it as it is written.",
            "Write the words alone, without the marks.",
        )
    return text


def _markdown_of(given: object) -> object:
    """What was written, of a title that was read already."""
    from newsletter.markdown import Title

    return given.markdown if isinstance(given, Title) else given


def _title(text: str) -> str:
    """The title that is written. Raises PydanticCustomError for Markdown that a title cannot have."""
    from newsletter.markdown import markup_in, read_title

    if found := markup_in(text, is_title=True):
        raise mistake(
            f"'{shown(found)}' cannot be part of a title.",
            "Only *emphasis*, **strong**, sub~script~ and super^script^ can; put links and the rest into the text.",
        )
    title = read_title(text)
    return title or one_line(title)


def _prose(text: str) -> str:
    return _no_hidden_characters(text.replace("\r\n", "\n")).strip("\n")


def web_address(text: str) -> str:
    """The web address in ASCII. Raises PydanticCustomError if it is none."""
    text = one_line(text)
    try:
        parts = urlsplit(text)
        _ = parts.port
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and not _UNSAFE_IN_ADDRESS.search(text)
        address = _in_ascii(text)
    except ValueError:
        sound = False
    if not sound:
        raise mistake(
            f"'{shown(text)}' is not a web address.",
            "Write it whole, beginning with https:// and without blanks, as in https://www.bionews.org.uk/.",
        )
    return address


def _in_ascii(address: str) -> str:
    """The address as RFC 3986 and a mail header want it: the host in IDNA, the rest percent-encoded. Raises ValueError
    for a host that there cannot be.
    """
    host = re.match(r"https?://([^/?#:]*)", address, re.IGNORECASE)
    if host and not host[1].isascii():
        import idna

        address = address[: host.start(1)] + idna.encode(host[1], uts46=True).decode() + address[host.end(1) :]
    return quote(address, safe=":/?#[]@!$&'()*+,;=%-._~")


def _web_or_mail_address(text: str) -> str:
    text = one_line(text)
    if not text.lower().startswith("mailto:"):
        return web_address(text)
    _mail_parts(text[7:].partition("?")[0])
    if _UNSAFE_IN_ADDRESS.search(text):
        raise mistake(
            f"'{shown(text)}' is not a mailto address.", "Write it without blanks, as mailto:editor@bionews.org.uk."
        )
    return _in_ascii(text)


@lru_cache(maxsize=64)
def _mail_parts(text: str) -> tuple[str, str]:
    """Display name and address of ``Name <user@host>`` or ``user@host`` (RFC 5322, 3.4)."""
    from email.errors import MessageError
    from email.headerregistry import Address

    name, bracket, rest = text.partition("<")
    address = (rest[:-1] if bracket and rest.endswith(">") else text).strip()
    try:
        parsed = Address(addr_spec=address)
        sound = bool(parsed.username and parsed.domain) and address.isascii()
        sound = sound and not _UNSAFE_IN_MAIL_ADDRESS.search(address)
    except (MessageError, ValueError, IndexError):
        sound = False
    if not sound:
        raise mistake(f"'{shown(text)}' is not an email address.", "Write it as BioNews <editor@bionews.org.uk>.")
    return (name.strip().strip('"') if bracket else ""), address


def _mail_address(text: str) -> str:
    text = one_line(text)
    _mail_parts(text)
    return text


def mailbox(text: str) -> tuple[str, str]:
    """(display name, address) of a checked mail address; the name is empty where none is written."""
    return _mail_parts(text)


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
        raise mistake(f"'{shown(value)}' is not in the form of a date.", DATE_FORM)
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise mistake(f"There is no such day as {value.strip()}.", "Look it up in a calendar. " + DATE_FORM) from None


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.strptime(value.strip(), "%Y-%m-%d %H:%M")
    except ValueError:
        raise mistake(f"'{shown(value)}' is not a day and time.", "Write it as 2012-04-20 18:30.") from None


def _clock(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.strptime(value.strip(), "%H:%M").time()
    except ValueError:
        raise mistake(f"'{shown(value)}' is not a time of day.", "Write hours and minutes, as in 17:00.") from None


def _time_zone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise mistake(f"'{shown(text)}' is not a time zone.", "Write one such as Europe/London.") from None
    return text


def _language(text: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        known = re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text) and Locale.parse(text, sep="-")
    except (ValueError, UnknownLocaleError):
        known = None
    if not known:
        what = f"'{shown(text)}' is not a language known here."
        raise mistake(what, "Write a language tag such as en-GB, fr or he.")
    return text


def _number(value: Any) -> Any:
    text = str(value).strip()
    if not re.fullmatch(r"[1-9][0-9]{0,8}[a-z]?", text):
        raise mistake(
            f"'{shown(text)}' is not an issue number.", "Write digits, with one small letter if needed: 652, 1268a."
        )
    return text


Line = Annotated[str, AfterValidator(plain_line)]
"""One line of plain text: no line break, tab or control character, so it is safe in a header, and no Markdown."""
TitleLine = Annotated[str, BeforeValidator(_markdown_of), AfterValidator(one_line), AfterValidator(_title)]
"""One line of text in which Markdown's emphasis, sub- and superscript are read: a markdown.Title."""
OneLine = Annotated[str, AfterValidator(one_line)]
"""One line of any text, such as the name of a file or of a theme, which no reader sees."""
Prose = Annotated[str, AfterValidator(_prose)]
"""Markdown of one or more paragraphs."""
WebAddress = Annotated[str, AfterValidator(web_address), Field(json_schema_extra={"pattern": "^https?://"})]
WebOrMailAddress = Annotated[
    str, AfterValidator(_web_or_mail_address), Field(json_schema_extra={"pattern": "^(https?://|mailto:)"})
]
MailAddress = Annotated[str, AfterValidator(_mail_address)]
"""``Name <user@host>`` or ``user@host``."""
Day = Annotated[date, BeforeValidator(_date)]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    Field(json_schema_extra={"format": None, "pattern": r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$"}),
]
"""A day and time on the publication's clock."""
Clock = Annotated[
    time, BeforeValidator(_clock), Field(json_schema_extra={"format": None, "pattern": r"^\d{1,2}:\d{2}$"})
]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Language = Annotated[str, AfterValidator(_language)]
Number = Annotated[
    str,
    BeforeValidator(_number),
    Field(json_schema_extra={"type": ["integer", "string"], "pattern": "^[1-9][0-9]{0,8}[a-z]?$"}),
]
"""An issue's number: an integer with an optional letter, kept as text: '652', '1268a'."""
