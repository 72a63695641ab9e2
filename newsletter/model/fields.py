"""The kinds of text an editor writes: what each may hold, and the message if it holds something else.

Every message says what is wrong and then what to do: it is printed as it is, after the file and line.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from newsletter.text import days
from newsletter.text.addresses import host_fault as host_fault
from newsletter.text.addresses import (
    mail_address,
    web_or_bare_mail_address,
    web_or_mail_address,
)
from newsletter.text.addresses import mailbox as mailbox
from newsletter.text.addresses import web_address as web_address
from newsletter.text.mistakes import mistake as mistake
from newsletter.text.printable import printable

DATE_FORM = "Write year-month-day, for example 2012-04-16."
HIDDEN_HINT = "Delete it; typing the words again is the quickest way."
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
"""Control characters except tab and line break, separators that some programs read as a line break, surrogates, and the
noncharacters of Unicode 23.7: code points for a program's own use, which merge tags are made of."""
_BREAK = re.compile("[\n\r\u2028\u2029]")
_OF_THIS_COMPUTER = re.compile(r"localtime|posixrules|posix/|right/")
"""Names of time zones that differ from computer to computer, or that only some computers know."""


def hidden_character(character: str) -> str:
    """Return what is wrong with a hidden character."""
    return f"There is an invisible control character (U+{ord(character):04X}) in this text."


def _no_hidden_characters(text: str) -> str:
    if found := HIDDEN.search(text):
        raise mistake(hidden_character(found[0]), HIDDEN_HINT)
    return text


def one_line(text: str) -> str:
    """Return the text with tabs as spaces, and without spaces around it. Raise PydanticCustomError if it is empty or
    has more than one line.
    """
    text = text.replace("\t", " ")
    if not text.strip():
        raise mistake("This is empty.", "Fill it in, or delete the whole line.")
    text = text.strip(" \n")
    if _BREAK.search(text):
        raise mistake(
            "There is a line break in this text.", "Put it on one line, with spaces between words."
        )
    return _no_hidden_characters(text).strip()


def plain_line(text: str) -> str:
    """Return a line of text that is shown as it is written. Raise PydanticCustomError if there is Markdown in it."""
    from newsletter.text.markdown import markup_in

    text = one_line(text)
    if found := markup_in(text):
        raise mistake(
            f"'{printable(found)}' is Markdown, but this field is plain text: readers would see its marks.",
            "Write only the words, without the marks.",
        )
    return text


def _markdown_of(given: object) -> object:
    """Return what was written for a title that has already been read."""
    from newsletter.text.markdown import Title

    return given.markdown if isinstance(given, Title) else given


def _title(text: str) -> str:
    """Return the title. Raise PydanticCustomError for Markdown that a title cannot have."""
    from newsletter.text.markdown import markup_in, read_title

    if found := markup_in(text, is_title=True):
        raise mistake(
            f"'{printable(found)}' cannot be part of a title.",
            "Only *emphasis*, **strong**, sub~script~ and super^script^ can; put links and all else in the text.",
        )
    title = read_title(text)
    return title or one_line(title)


def _prose(text: str) -> str:
    return _no_hidden_characters(text.replace("\r\n", "\n")).strip("\n")


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
        raise mistake(
            f"'{printable(value)}' is not in the right form for a date.",
            _offer_of_days(value) or DATE_FORM,
        )
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        hint = _offer_of_days(value) or f"Check a calendar. {DATE_FORM}"
        raise mistake(f"There is no such day as {value.strip()}.", hint) from None


def _offer_of_days(value: str) -> str:
    return _offer({f"{day:%Y-%m-%d}": f"{day.day} {day:%B %Y}" for day in days.days_meant(value)})


def _offer(forms: dict[str, str]) -> str:
    """Return what to write: the only form, or each form with its meaning; empty if there is none."""
    if len(forms) == 1:
        return f"Write {next(iter(forms))}."
    return (
        f"Write {', or '.join(f'{form} for {meant}' for form, meant in forms.items())}."
        if forms
        else ""
    )


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.strptime(value.strip(), "%Y-%m-%d %H:%M")
    except ValueError:
        offered = {
            f"{meant:%Y-%m-%d %H:%M}": f"{meant.day} {meant:%B %Y}"
            for meant in days.moments_meant(value)
        }
        hint = _offer(offered) or "Write it in this form: 2012-04-20 18:30."
        raise mistake(f"'{printable(value)}' is not a day and time.", hint) from None


def _clock(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.strptime(value.strip(), "%H:%M").time()
    except ValueError:
        meant = days.time_meant(value)
        hint = f"Write {meant:%H:%M}." if meant else "Write hours and minutes, as in 17:00."
        raise mistake(f"'{printable(value)}' is not a time of day.", hint) from None


def _time_zone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        zone = None if _OF_THIS_COMPUTER.match(text) else ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        zone = None
    if not zone:
        raise mistake(
            f"'{printable(text)}' is not a time zone.", "Write one such as Europe/London."
        )
    return text


def _language(text: str) -> str:
    meant = re.sub("-uk$", "-GB", text.replace("_", "-"), flags=re.IGNORECASE)
    if text == meant and _is_language(text):
        return text
    message = f"'{printable(text)}' is not a known language."
    raise mistake(
        message,
        f"Write {meant}."
        if _is_language(meant)
        else "Write a language tag such as en-GB, fr or he.",
    )


def _is_language(text: str) -> bool:
    from babel import Locale, UnknownLocaleError

    try:
        return bool(
            re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text) and Locale.parse(text, sep="-")
        )
    except (ValueError, UnknownLocaleError):
        return False


def _number(value: Any) -> Any:
    text = str(value).strip()
    if not re.fullmatch(r"[1-9][0-9]{0,8}[a-z]?", text):
        raise mistake(
            f"'{printable(text)}' is not an issue number.",
            "Write digits, and a lower-case letter if needed: 652, 1268a.",
        )
    return text


Line = Annotated[str, AfterValidator(plain_line)]
"""One line of plain text: no line break, tab or control character, so it is safe in a header, and no Markdown."""
TitleLine = Annotated[
    str, BeforeValidator(_markdown_of), AfterValidator(one_line), AfterValidator(_title)
]
"""One line of text whose Markdown emphasis, sub- and superscript are read: a markdown.Title."""
OneLine = Annotated[str, AfterValidator(one_line)]
"""One line of any text that no reader sees, such as the name of a file or a theme."""
Prose = Annotated[str, AfterValidator(_prose)]
"""Markdown of one or more paragraphs."""
WebAddress = Annotated[
    str,
    AfterValidator(one_line),
    AfterValidator(web_address),
    Field(json_schema_extra={"pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}),
]
WebOrMailAddress = Annotated[
    str,
    AfterValidator(one_line),
    AfterValidator(web_or_mail_address),
    Field(json_schema_extra={"pattern": "^(https?://|mailto:)"}),
]
WebOrBareMailAddress = Annotated[
    str,
    AfterValidator(one_line),
    AfterValidator(web_or_bare_mail_address),
    Field(json_schema_extra={"pattern": "^(https?://|mailto:|[^:/]+@)"}),
]
"""A web address, or ``user@host``, which becomes ``mailto:user@host``."""
MailAddress = Annotated[str, AfterValidator(one_line), AfterValidator(mail_address)]
"""``Name <user@host>`` or ``user@host``."""
Day = Annotated[date, BeforeValidator(_date)]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    Field(json_schema_extra={"format": None, "pattern": r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$"}),
]
"""A day and time on the publication's clock."""
Clock = Annotated[
    time,
    BeforeValidator(_clock),
    Field(json_schema_extra={"format": None, "pattern": r"^\d{1,2}:\d{2}$"}),
]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Language = Annotated[str, AfterValidator(_language)]
Number = Annotated[
    str,
    BeforeValidator(_number),
    Field(json_schema_extra={"type": ["integer", "string"], "pattern": "^[1-9][0-9]{0,8}[a-z]?$"}),
]
"""An issue's number: an integer with an optional letter, kept as text, such as '652' or '1268a'."""
