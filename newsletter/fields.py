"""The kinds of text an editor writes: what each may hold, and what is said when it does not.

Every message says what is wrong and then what to do, because it is printed as it stands behind the file and line.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

DATE_FORM = "Write year-month-day, for example 2012-04-16."
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>\"\\^`{|}]")


def mistake(what: str, hint: str) -> PydanticCustomError:
    """An error whose text goes to the editor unchanged (braces would otherwise be read as a format)."""
    return PydanticCustomError("editor", "{what} {hint}", {"what": what, "hint": hint})


def _no_hidden_characters(text: str) -> str:
    for character in text:
        if character in "\n\t":
            continue
        hidden = unicodedata.category(character) in ("Cc", "Cs") or _is_noncharacter(ord(character))
        if hidden:
            raise mistake(
                f"There is an invisible control character (U+{ord(character):04X}) in this text.",
                "Delete it; typing the words again is the quickest way.",
            )
    return text


def _is_noncharacter(code: int) -> bool:
    """Unicode, section 23.7: code points for a program's own use; merge tags are made of them."""
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def one_line(text: str) -> str:
    """The text without blanks around it. Raises PydanticCustomError if it is empty or holds more than one line."""
    text = _no_hidden_characters(text.strip())
    if not text:
        raise mistake("This is empty.", "Write it, or leave the whole line out.")
    if len(text.splitlines()) > 1 or "\t" in text:
        raise mistake("There is a line break or a tab in this text.", "Put it on one line, with blanks between words.")
    return text


def _prose(text: str) -> str:
    return _no_hidden_characters(text.replace("\r\n", "\n")).strip("\n")


def _web_address(text: str) -> str:
    text = one_line(text)
    try:
        parts = urlsplit(text)
        _ = parts.port
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and not _UNSAFE_IN_ADDRESS.search(text)
    except ValueError:
        sound = False
    if not sound:
        raise mistake(
            f"'{text}' is not a web address.",
            "Write it whole, beginning with https:// and without blanks, as in https://www.bionews.org.uk/.",
        )
    return text


def _web_or_mail_address(text: str) -> str:
    if text.strip().lower().startswith("mailto:"):
        _mail_parts(text.strip()[7:].partition("?")[0])
        return one_line(text)
    return _web_address(text)


@lru_cache(maxsize=64)
def _mail_parts(text: str) -> tuple[str, str]:
    """Display name and address of ``Name <user@host>`` or ``user@host`` (RFC 5322, 3.4)."""
    from email.errors import MessageError
    from email.headerregistry import Address

    name, bracket, rest = text.partition("<")
    address = rest.removesuffix(">") if bracket else text
    try:
        parsed = Address(addr_spec=address.strip())
        sound = bool(parsed.username and parsed.domain) and address.isascii()
    except (MessageError, ValueError, IndexError):
        sound = False
    if not sound:
        raise mistake(f"'{text}' is not an email address.", "Write it as BioNews <editor@bionews.org.uk>.")
    return name.strip().strip('"'), address.strip()


def _mail_address(text: str) -> str:
    _mail_parts(one_line(text))
    return text.strip()


def mailbox(text: str) -> tuple[str, str]:
    """(display name, address) of a checked mail address; the name is empty where none is written."""
    return _mail_parts(text)


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        raise mistake(f"'{value}' is not in the form of a date.", DATE_FORM)
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise mistake(f"There is no such day as {value}.", "Look it up in a calendar. " + DATE_FORM) from None


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.strptime(value.strip(), "%Y-%m-%d %H:%M")
    except ValueError:
        raise mistake(f"'{value}' is not a day and time.", "Write it as 2012-04-20 18:30.") from None


def _clock(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.strptime(value.strip(), "%H:%M").time()
    except ValueError:
        raise mistake(f"'{value}' is not a time of day.", "Write hours and minutes, as in 17:00.") from None


def _time_zone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise mistake(f"'{text}' is not a time zone.", "Write one such as Europe/London.") from None
    return text


def _language(text: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(text, sep="-")
    except (ValueError, UnknownLocaleError):
        raise mistake(f"'{text}' is not a language known here.", "Write a language tag such as en-GB, fr or he.") from None
    return text


def _number(value: Any) -> Any:
    text = str(value).strip()
    if not re.fullmatch(r"[1-9][0-9]{0,8}[a-z]?", text):
        raise mistake(f"'{text}' is not an issue number.", "Write digits, with one small letter if needed: 652, 1268a.")
    return text


Line = Annotated[str, AfterValidator(one_line)]
"""One line of text: no line break, tab or control character, so it is safe in a header."""
Prose = Annotated[str, AfterValidator(_prose)]
"""Markdown of one or more paragraphs."""
WebAddress = Annotated[str, AfterValidator(_web_address), Field(json_schema_extra={"pattern": "^https?://"})]
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
