"""Web and mail addresses, each on one line: which are allowed, and the messages for the others."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from newsletter.text import hosts
from newsletter.text.mistakes import mistake
from newsletter.text.printable import printable

_UNSAFE = re.compile(r"[\s<>\"\\^`{|}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_UNSAFE_IN_MAIL_ADDRESS = re.compile(r"[\s()<>,:;\"\[\]\\]")
_TO_BE_ENCODED = re.compile(r"[<>{}|^`\"]")
"""Characters that some addresses have, and that RFC 3986 writes as %3C and so on."""
_IN_BRACKETS = re.compile(
    r"(?:\[[^\[\]]*\]\s*)?[<(\[]\s*(https?://[^\s<>()\[\]]+)\s*[>)\]]", re.IGNORECASE
)
"""An address with the marks of Markdown or of an email around it (group 1 is the address)."""
_MISSPELT_SCHEME = re.compile(r"(h?tt?t?ps?|hptts?|htpps?)[:;]?[/\\]{1,3}", re.IGNORECASE)
_MAIL_ADDRESS = re.compile(r"(?:mailto:)?[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+")
_HOST_AND_PATH = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?")
_SCHEME = re.compile(r"[a-z]+:|//", re.IGNORECASE)
_UNSURE_STEP = re.compile(r"/(?=/)|/\.{1,2}(?:/|$)")
"""A step of a path that browsers and servers do not agree on: none, "." or ".."."""
_OF_A_PAGE = re.compile(r"/[^/]+\.html?/?$", re.IGNORECASE)
_MAILTO = "mailto:"
_LONGEST_FIXED = 400
"""Characters of an address that an editor will copy from a message."""


def web_address(text: str) -> str:
    """Return the web address in ASCII, its scheme in lower case. Raise PydanticCustomError if it is
    not one.
    """
    if fault := host_fault(text):
        raise mistake(*fault)

    try:
        is_sound = _is_sound(text)
        address = _in_ascii(text)
    except ValueError:
        is_sound = False
    if not is_sound:
        raise mistake(f"'{printable(text)}' is not a web address.", _hint(text))
    return address


def site_address(text: str) -> str:
    """Return the web address in ASCII of a place that has pages below it. Raise PydanticCustomError
    if it is none.
    """
    address = web_address(text)
    parts = urlsplit(address)
    if re.search("[?#]", address):
        message = "This address cannot have a '?' or '#': each issue's number is added to it."
        raise mistake(message, "Write only what comes before it.")
    if "@" in parts.netloc:
        message = "There is a user name in this address, which everybody would see."
        raise mistake(message, "Take out all between // and @, and the @.")
    if _UNSURE_STEP.search(parts.path):
        message = "There is '//', '/./' or '/../' in this address: not all browsers read it alike."
        raise mistake(message, "Write it as the browser shows it.")
    if _OF_A_PAGE.search(parts.path):
        folder = _OF_A_PAGE.sub("/", address)
        message = "This is the address of a page: each issue's number is added to it."
        raise mistake(message, f"Write the folder it is in: {printable(folder, _LONGEST_FIXED)}")
    return address


def _is_sound(text: str) -> bool:
    """Return whether a text is a web address. Raise ValueError if its host or port cannot be
    read.
    """
    parts = urlsplit(text)
    _ = parts.port
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    return not _UNSAFE.search(text)


def host_fault(address: str) -> tuple[str, str] | None:
    """Return (what is wrong, what to do) if the host of a web address cannot exist; otherwise
    None.
    """
    match = hosts.host_of(address)
    if not match or not match[1]:
        return None
    host = match[1]
    if re.search(r"\s", host) or hosts.can_exist(host):
        return None

    message = f"'{printable(host)}' cannot be the name of a website."
    if fixed := hosts.without_slips(address):
        return message, f"Write {printable(fixed, _LONGEST_FIXED)}."
    return (
        message,
        "Check the spelling: such a name has letters, digits and hyphens, "
        "with one dot between its parts.",
    )


def _hint(text: str) -> str:
    """Return what an editor can do about a text that is not a web address."""
    if fixed := _fixed(text):
        return f"Write {printable(fixed, _LONGEST_FIXED)}"

    to_be_encoded = dict.fromkeys(_TO_BE_ENCODED.findall(text))
    is_web = text.lower().startswith(("http://", "https://"))
    if is_web and to_be_encoded and not re.search(r"\s", text):
        codes = " and ".join(f"{quote(character)} for {character}" for character in to_be_encoded)
        return f"Write {codes}: {printable(_percent_encoded(text), _LONGEST_FIXED)}"

    if _MAIL_ADDRESS.fullmatch(text):
        return "This is an email address; write the address of a web page, starting with https://."
    if _HOST_AND_PATH.fullmatch(text):
        return f"Write it in full: https://{printable(text, _LONGEST_FIXED)}."
    return (
        "Write it in full, starting with https:// and without spaces, "
        "as in https://www.bionews.org.uk/."
    )


def _fixed(text: str) -> str | None:
    """Return the one address within the marks of Markdown or an email, or one whose beginning has a
    slip (htps:/, https//); None if that gives no sound address.
    """
    if in_brackets := _IN_BRACKETS.fullmatch(text):
        fixed = in_brackets[1]
    elif beginning := _MISSPELT_SCHEME.match(text):
        scheme = "https" if "s" in beginning[1].lower() else "http"
        rest = text[beginning.end() :].replace("\\", "/")
        fixed = f"{scheme}://{rest}"
    else:
        return None

    host = hosts.host_of(fixed)
    if fixed == text or not host or _UNSAFE.search(fixed):
        return None
    is_sound = "." in host[1] and hosts.can_exist(host[1])
    return fixed if is_sound else None


def _in_ascii(address: str) -> str:
    """Return the address as RFC 3986 and mail headers require it: the scheme in lower case, the
    host in IDNA, the rest percent-encoded. Raise ValueError for a host that cannot exist.
    """
    match = hosts.host_of(address)
    if match:
        host = hosts.in_ascii(match[1])
        before, after = address[: match.start(1)], address[match.end(1) :]
        address = before + host + after

    scheme, colon, rest = address.partition(":")
    return _percent_encoded(scheme.lower() + colon + rest)


def _percent_encoded(address: str) -> str:
    return quote(address, safe=":/?#[]@!$&'()*+,;=%-._~")


def web_or_mail_address(text: str) -> str:
    """Return the web address or ``mailto:user@host`` in ASCII. Raise PydanticCustomError if it is
    neither.
    """
    if not text.lower().startswith(_MAILTO):
        return web_address(text)

    recipient = text[len(_MAILTO) :].partition("?")[0]
    _mail_parts(recipient)
    _require_no_unsafe_character(text)
    return _in_ascii(text)


def _require_no_unsafe_character(text: str) -> None:
    if _UNSAFE.search(text):
        raise mistake(
            f"'{printable(text)}' is not a mailto address.",
            "Write it without spaces, as mailto:editor@bionews.org.uk.",
        )


def web_or_forwarding_address(text: str) -> str:
    """Do the same, but also accept a ``mailto:`` whose recipient the reader fills in (RFC 6068, 2).
    Raise PydanticCustomError.
    """
    if text.lower().startswith(f"{_MAILTO}?"):
        _require_no_unsafe_character(text)
        return _in_ascii(text)
    return web_or_mail_address(text)


def web_or_bare_mail_address(text: str) -> str:
    """Do the same, but also accept ``user@host``. Raise PydanticCustomError."""
    is_bare = "@" in text and not _SCHEME.match(text)
    if is_bare:
        return web_or_mail_address(f"{_MAILTO}{text}")
    return web_or_mail_address(text)


@lru_cache(maxsize=64)
def _mail_parts(text: str) -> tuple[str, str]:
    """Return the display name and address of ``Name <user@host>`` or ``user@host`` (RFC 5322,
    3.4).
    """
    name, address = "", text.strip()
    before, bracket, after = text.partition("<")
    if bracket:
        name = before.strip().strip('"')
    if bracket and after.endswith(">"):
        address = after[:-1].strip()

    if not _is_mail_address(address):
        raise mistake(f"'{printable(text)}' is not an email address.", _mail_hint(text, address))
    return name, address


def _is_mail_address(address: str) -> bool:
    from email.errors import MessageError
    from email.headerregistry import Address

    try:
        parsed = Address(addr_spec=address)
    except (MessageError, ValueError, IndexError):
        return False
    if not parsed.username or not parsed.domain or not address.isascii():
        return False
    return not _UNSAFE_IN_MAIL_ADDRESS.search(address) and hosts.can_exist(parsed.domain)


def _mail_hint(text: str, address: str) -> str:
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
    """Return ``Name <user@host>`` or ``user@host`` unchanged. Raise PydanticCustomError if it is
    neither.
    """
    _mail_parts(text)
    return text


def mailbox(text: str) -> tuple[str, str]:
    """Return (display name, address) of a checked mail address; the name is empty if there is
    none.
    """
    return _mail_parts(text)
