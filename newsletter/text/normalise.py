"""Addresses, titles and texts in a form that is the same where they are the same to a reader."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

_CLICK_PARAMETERS = (
    "gclid gclsrc dclid gbraid wbraid srsltid fbclid msclkid twclid ttclid li_fat_id igshid igsh "
    "yclid ysclid _openstat wickedid rb_clickid mc_cid mc_eid _hsenc _hsmi __hssc __hstc __hsfp "
    "hsctatracking mkt_tok vero_id vero_conv oly_anon_id oly_enc_id _ke _kx ck_subscriber_id "
    "ml_subscriber ml_subscriber_hash sfmc_sub trk_contact dm_i __s subscriber_id subscriberid"
)
CLICK_PARAMETERS = frozenset(_CLICK_PARAMETERS.split())
"""Names of query parameters, in lower case, whose value belongs to one click, one mailing or one
person."""
_APOSTROPHES = re.compile("['’ʼ]")
_SPACES = re.compile(r"\s+")
_HYPHENS = re.compile(r"[-–—]+")
_TYPED = str.maketrans(dict.fromkeys('"‘’‚“”„«»‹›', "'") | {"…": "..."})
_BETWEEN_WORDS = "PZC"
"""Categories of Unicode: punctuation, spaces, control characters."""


class _Words(dict[int, str]):
    """Each character as it is, or as a space if it is between words; found when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        is_between_words = unicodedata.category(character)[0] in _BETWEEN_WORDS
        self[code] = " " if is_between_words else character
        return self[code]


_WORDS = _Words()


@lru_cache(maxsize=4096)
def normalised_url(address: str) -> str:
    """Return what decides where a web address leads: without ``www.``, parameters of clicks and
    mailings, and the place within the page; empty for a home page, and for anything that is not a
    web address.
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # a host that cannot exist
        return ""
    page = _page(parts)
    if not page or parts.scheme not in ("http", "https"):
        return ""
    return parts.netloc.lower().removeprefix("www.") + page


def _page(parts: SplitResult) -> str:
    page = unquote(parts.path).rstrip("/")

    parameters = [part for part in parts.query.split("&") if part and not _is_of_a_click(part)]
    if parameters:
        page += "?" + "&".join(sorted(parameters))

    is_a_program = parts.fragment.startswith(("!", "/"))
    if is_a_program:  # on such sites, this is the page
        page += f"#{parts.fragment}"
    return page


def _is_of_a_click(parameter: str) -> bool:
    written, _, _ = parameter.partition("=")
    name = written.lower()
    return name.startswith("utm_") or name in CLICK_PARAMETERS


@lru_cache(maxsize=4096)
def normalised_title(title: str) -> str:
    """Return a title without capitals, punctuation and extra spaces."""
    without_apostrophes = _APOSTROPHES.sub("", title)
    plain = unicodedata.normalize("NFKC", without_apostrophes).casefold()

    return " ".join(plain.translate(_WORDS).split())


@lru_cache(maxsize=4096)
def as_typed(text: str) -> str:
    """Return a text in a form that is the same before and after it is set in type: without spaces,
    with one kind of quotes and of dashes.
    """
    without_spaces = _SPACES.sub("", text)
    return _HYPHENS.sub("-", without_spaces.translate(_TYPED))


def letters(text: str) -> str:
    """Return the letters and digits of a text, in lower case: the same however it is broken into
    lines.
    """
    return re.sub(r"[\W_]", "", text).casefold()
