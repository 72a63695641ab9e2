"""Web and mail addresses, each on one line: which are allowed, and the messages for the others."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from newsletter.text import hosts
from newsletter.text.mistakes import mistake
from newsletter.text.printable import printable

_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>\"\\^`{|}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TO_BE_CODED = re.compile(r"[<>{}|^`\"]")
"""Characters that some addresses have, and that RFC 3986 writes as %3C and so on."""
_UNSAFE_IN_MAIL_ADDRESS = re.compile(r"[\s()<>,:;\"\[\]\\]")
_IN_MARKS = re.compile(
    r"(?:\[[^\[\]]*\]\s*)?[<(\[]\s*(https?://[^\s<>()\[\]]+)\s*[>)\]]", re.IGNORECASE
)
_NEARLY_A_BEGINNING = re.compile(r"(h?tt?t?ps?|hptts?|htpps?)[:;]?[/\\]{1,3}", re.IGNORECASE)
_LONGEST_FIXED = 400
"""Characters of an address that an editor will copy from a message."""


def web_address(text: str) -> str:
    """Return the web address in ASCII, its scheme in lower case. Raise PydanticCustomError if it is not one."""
    if fault := host_fault(text):
        raise mistake(*fault)
    try:
        parts = urlsplit(text)
        _ = parts.port
        sound = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and not _UNSAFE_IN_ADDRESS.search(text)
        )
        address = _in_ascii(text)
    except ValueError:
        sound = False
    if not sound:
        raise mistake(f"'{printable(text)}' is not a web address.", _remedy(text))
    return address


def host_fault(address: str) -> tuple[str, str] | None:
    """Return (what is wrong, what to do) if the host of a web address cannot exist; otherwise None."""
    found = hosts.host_of(address)
    if not found or not found[1] or re.search(r"\s", found[1]) or hosts.can_exist(found[1]):
        return None
    message = f"'{printable(found[1])}' cannot be the name of a website."
    if fixed := hosts.without_slips(address):
        return message, f"Write {printable(fixed, _LONGEST_FIXED)}."
    return (
        message,
        "Check the spelling: such a name has letters, digits and hyphens, with one dot between its parts.",
    )


def _remedy(text: str) -> str:
    if fixed := _fixed(text):
        return f"Write {printable(fixed, _LONGEST_FIXED)}"
    is_web = text.lower().startswith(("http://", "https://"))
    to_be_coded = dict.fromkeys(_TO_BE_CODED.findall(text))
    if is_web and to_be_coded and not re.search(r"\s", text):
        codes = " and ".join(f"{quote(character)} for {character}" for character in to_be_coded)
        return f"Write {codes}: {printable(_percent_encoded(text), _LONGEST_FIXED)}"
    if re.fullmatch(r"(?:mailto:)?[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+", text):
        return "This is an email address; write the address of a web page, starting with https://."
    if re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", text):
        return f"Write it in full: https://{printable(text, _LONGEST_FIXED)}."
    return "Write it in full, starting with https:// and without spaces, as in https://www.bionews.org.uk/."


def _fixed(text: str) -> str | None:
    """The one address within the marks of Markdown or an email, or one whose beginning has a slip (htps:/, https//)."""
    inside = _IN_MARKS.fullmatch(text)
    if not inside:
        beginning = _NEARLY_A_BEGINNING.match(text)
        rest = text[beginning.end() :].replace("\\", "/") if beginning else ""
        fixed = f"http{'s' if beginning and 's' in beginning[1].lower() else ''}://{rest}"
    else:
        fixed = inside[1]
    is_sound = (
        fixed != text
        and (found := hosts.host_of(fixed))
        and "." in found[1]
        and hosts.can_exist(found[1])
    )
    return fixed if is_sound and not _UNSAFE_IN_ADDRESS.search(fixed) else None


def _in_ascii(address: str) -> str:
    """Return the address as RFC 3986 and mail headers require it: the scheme in lower case, the host in IDNA, the rest
    percent-encoded. Raise ValueError for a host that cannot exist.
    """
    if found := hosts.host_of(address):
        address = address[: found.start(1)] + hosts.in_ascii(found[1]) + address[found.end(1) :]
    scheme, colon, rest = address.partition(":")
    return _percent_encoded(scheme.lower() + colon + rest)


def _percent_encoded(address: str) -> str:
    return quote(address, safe=":/?#[]@!$&'()*+,;=%-._~")


def web_or_mail_address(text: str) -> str:
    """Return the web address or ``mailto:user@host`` in ASCII. Raise PydanticCustomError if it is neither."""
    if not text.lower().startswith("mailto:"):
        return web_address(text)
    _mail_parts(text[7:].partition("?")[0])
    if _UNSAFE_IN_ADDRESS.search(text):
        raise mistake(
            f"'{printable(text)}' is not a mailto address.",
            "Write it without spaces, as mailto:editor@bionews.org.uk.",
        )
    return _in_ascii(text)


def web_or_bare_mail_address(text: str) -> str:
    """Do the same, but also accept ``user@host``. Raise PydanticCustomError."""
    is_mail = "@" in text and not re.match(r"[a-z]+:|//", text, re.IGNORECASE)
    return web_or_mail_address(f"mailto:{text}" if is_mail else text)


@lru_cache(maxsize=64)
def _mail_parts(text: str) -> tuple[str, str]:
    """Return the display name and address of ``Name <user@host>`` or ``user@host`` (RFC 5322, 3.4)."""
    from email.errors import MessageError
    from email.headerregistry import Address

    name, bracket, rest = text.partition("<")
    address = (rest[:-1] if bracket and rest.endswith(">") else text).strip()
    try:
        parsed = Address(addr_spec=address)
        sound = bool(parsed.username and parsed.domain) and address.isascii()
        sound = (
            sound and not _UNSAFE_IN_MAIL_ADDRESS.search(address) and hosts.can_exist(parsed.domain)
        )
    except (MessageError, ValueError, IndexError):
        sound = False
    if not sound:
        raise mistake(f"'{printable(text)}' is not an email address.", _mail_remedy(text, address))
    return (name.strip().strip('"') if bracket else ""), address


def _mail_remedy(text: str, address: str) -> str:
    user, _, host = address.rpartition("@")
    try:
        in_ascii = hosts.in_ascii(host)
    except ValueError:
        in_ascii = host
    if in_ascii != host and user.isascii():
        fixed = text.replace(address, f"{user}@{in_ascii}")
        return f"Its domain must be written in ASCII: {printable(fixed, _LONGEST_FIXED)}."
    return "Write it as BioNews <editor@bionews.org.uk>."


def mail_address(text: str) -> str:
    """Return ``Name <user@host>`` or ``user@host`` unchanged. Raise PydanticCustomError if it is neither."""
    _mail_parts(text)
    return text


def mailbox(text: str) -> tuple[str, str]:
    """Return (display name, address) of a checked mail address; the name is empty if there is none."""
    return _mail_parts(text)
