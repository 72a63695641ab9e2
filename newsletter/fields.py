"""The kinds of text an editor writes: what each may hold, and what is said when it does not.

Every message says what is wrong and then what to do, because it is printed as it is behind the file and line.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from newsletter import days, hosts

DATE_FORM = "Write year-month-day, for example 2012-04-16."
HIDDEN_HINT = "Delete it; typing the words again is the quickest way."
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
"""Control characters but tab and line break, separators that some programs take for a line break, surrogates, and the
noncharacters of Unicode 23.7: code points for a program's own use, of which merge tags are made."""
_BREAK = re.compile("[\n\r\u2028\u2029]")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>\"\\^`{|}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TO_BE_CODED = re.compile(r"[<>{}|^`\"]")
"""Characters that some addresses have, and that RFC 3986 has as %3C and so on."""
_UNSAFE_IN_MAIL_ADDRESS = re.compile(r"[\s()<>,:;\"\[\]\\]")
_LONGEST_SHOWN = 60
_LONGEST_FIXED = 400
"""Of an address that is to be copied from a message."""
_OF_THIS_COMPUTER = re.compile(r"localtime|posixrules|posix/|right/")
"""Names of time zones that mean something else on each computer, or that only some know."""


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
    """The text without space around it, a tab being a space. Raises PydanticCustomError if it is empty or holds more
    than one line.
    """
    text = text.replace("\t", " ")
    if not text.strip():
        raise mistake("This is empty.", "Write it, or leave the whole line out.")
    text = text.strip(" \n")
    if _BREAK.search(text):
        raise mistake("There is a line break in this text.", "Put it on one line, with spaces between words.")
    return _no_hidden_characters(text).strip()


def _prose(text: str) -> str:
    return _no_hidden_characters(text.replace("\r\n", "\n")).strip("\n")


def web_address(text: str) -> str:
    """The web address in ASCII, its scheme in small letters. Raises PydanticCustomError if it is none."""
    text = one_line(text)
    if fault := host_fault(text):
        raise mistake(*fault)
    try:
        parts = urlsplit(text)
        _ = parts.port
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and not _UNSAFE_IN_ADDRESS.search(text)
        address = _in_ascii(text)
    except ValueError:
        sound = False
    if not sound:
        raise mistake(f"'{shown(text)}' is not a web address.", _remedy(text))
    return address


def host_fault(address: str) -> tuple[str, str] | None:
    """(what is wrong, what to do) if the host in a web address cannot exist; None if it can, or if there is none."""
    found = hosts.host_of(address)
    if not found or not found[1] or re.search(r"\s", found[1]) or hosts.can_exist(found[1]):
        return None
    what = f"'{shown(found[1])}' cannot be the name of a website."
    if fixed := hosts.without_slips(address):
        return what, f"Write {shown(fixed, _LONGEST_FIXED)}."
    return what, "Look for a slip: such a name has letters, digits and hyphens, with one dot between its parts."


def _remedy(text: str) -> str:
    is_web = text.lower().startswith(("http://", "https://"))
    to_be_coded = dict.fromkeys(_TO_BE_CODED.findall(text))
    if is_web and to_be_coded and not re.search(r"\s", text):
        codes = " and ".join(f"{quote(character)} for {character}" for character in to_be_coded)
        return f"Write {codes}: {shown(_percent_encoded(text), _LONGEST_FIXED)}"
    if re.fullmatch(r"[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+", text):
        return "This is an email address; write the address of a web page, beginning with https://."
    return "Write it whole, beginning with https:// and without spaces, as in https://www.bionews.org.uk/."


def _in_ascii(address: str) -> str:
    """The address as RFC 3986 and a mail header have it: scheme in small letters, the host in IDNA, the rest
    percent-encoded. Raises ValueError for a host that cannot exist.
    """
    if found := hosts.host_of(address):
        address = address[: found.start(1)] + hosts.in_ascii(found[1]) + address[found.end(1) :]
    scheme, colon, rest = address.partition(":")
    return _percent_encoded(scheme.lower() + colon + rest)


def _percent_encoded(address: str) -> str:
    return quote(address, safe=":/?#[]@!$&'()*+,;=%-._~")


def _web_or_mail_address(text: str) -> str:
    text = one_line(text)
    if not text.lower().startswith("mailto:"):
        return web_address(text)
    _mail_parts(text[7:].partition("?")[0])
    if _UNSAFE_IN_ADDRESS.search(text):
        raise mistake(
            f"'{shown(text)}' is not a mailto address.", "Write it without spaces, as mailto:editor@bionews.org.uk."
        )
    return _in_ascii(text)


def _web_or_bare_mail_address(text: str) -> str:
    text = one_line(text)
    is_mail = "@" in text and not re.match(r"[a-z]+:|//", text, re.IGNORECASE)
    return _web_or_mail_address(f"mailto:{text}" if is_mail else text)


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
        sound = sound and not _UNSAFE_IN_MAIL_ADDRESS.search(address) and hosts.can_exist(parsed.domain)
    except (MessageError, ValueError, IndexError):
        sound = False
    if not sound:
        raise mistake(f"'{shown(text)}' is not an email address.", _mail_remedy(text, address))
    return (name.strip().strip('"') if bracket else ""), address


def _mail_remedy(text: str, address: str) -> str:
    user, _, host = address.rpartition("@")
    try:
        in_ascii = hosts.in_ascii(host)
    except ValueError:
        in_ascii = host
    if in_ascii != host and user.isascii():
        fixed = text.replace(address, f"{user}@{in_ascii}")
        return f"Its domain must be written in ASCII: {shown(fixed, _LONGEST_FIXED)}."
    return "Write it as BioNews <editor@bionews.org.uk>."


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
        offered = {f"{day:%Y-%m-%d}": f"{day.day} {day:%B %Y}" for day in days.days_meant(value)}
        raise mistake(f"'{shown(value)}' is not in the form of a date.", _offer(offered) or DATE_FORM)
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise mistake(f"There is no such day as {value.strip()}.", "Look it up in a calendar. " + DATE_FORM) from None


def _offer(forms: dict[str, str]) -> str:
    """What to write: the only form, or each with what it means; nothing if there is none."""
    if len(forms) == 1:
        return f"Write {next(iter(forms))}."
    return f"Write {', or '.join(f'{form} for {meant}' for form, meant in forms.items())}." if forms else ""


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.strptime(value.strip(), "%Y-%m-%d %H:%M")
    except ValueError:
        offered = {f"{meant:%Y-%m-%d %H:%M}": f"{meant.day} {meant:%B %Y}" for meant in days.moments_meant(value)}
        hint = _offer(offered) or "Write it as 2012-04-20 18:30."
        raise mistake(f"'{shown(value)}' is not a day and time.", hint) from None


def _clock(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.strptime(value.strip(), "%H:%M").time()
    except ValueError:
        meant = days.time_meant(value)
        hint = f"Write {meant:%H:%M}." if meant else "Write hours and minutes, as in 17:00."
        raise mistake(f"'{shown(value)}' is not a time of day.", hint) from None


def _time_zone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        zone = None if _OF_THIS_COMPUTER.match(text) else ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        zone = None
    if not zone:
        raise mistake(f"'{shown(text)}' is not a time zone.", "Write one such as Europe/London.")
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


Line = Annotated[str, AfterValidator(one_line)]
"""One line of text: no line break, tab or control character, so it is safe in a header."""
Prose = Annotated[str, AfterValidator(_prose)]
"""Markdown of one or more paragraphs."""
WebAddress = Annotated[
    str, AfterValidator(web_address), Field(json_schema_extra={"pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"})
]
WebOrMailAddress = Annotated[
    str, AfterValidator(_web_or_mail_address), Field(json_schema_extra={"pattern": "^(https?://|mailto:)"})
]
WebOrBareMailAddress = Annotated[
    str, AfterValidator(_web_or_bare_mail_address), Field(json_schema_extra={"pattern": "^(https?://|mailto:|[^:/]+@)"})
]
"""A web address, or ``user@host``, which becomes ``mailto:user@host``."""
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
