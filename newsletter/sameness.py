"""When two addresses, two titles or two texts are the same to a reader."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urlsplit

_CLICKS = (
    "gclid gclsrc dclid gbraid wbraid srsltid fbclid msclkid twclid ttclid li_fat_id igshid igsh yclid ysclid "
    "_openstat wickedid rb_clickid mc_cid mc_eid _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok vero_id "
    "vero_conv oly_anon_id oly_enc_id _ke _kx ck_subscriber_id ml_subscriber ml_subscriber_hash sfmc_sub trk_contact "
    "dm_i __s subscriber_id subscriberid"
)
OF_ONE_CLICK = frozenset(_CLICKS.split())
"""Names of marks in an address, in small letters, whose value is a click's, a mailing's or a person's own."""


@lru_cache(maxsize=4096)
def bare_address(address: str) -> str:
    """What decides on where a web address leads, without ``www.``, marks of clicks and mailings, and the place within
    the page; empty for a home page, and for what is no web address.
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # a host that there cannot be
        return ""
    query = "&".join(sorted(part for part in parts.query.split("&") if part and not _is_mark(part)))
    page = unquote(parts.path).rstrip("/") + (f"?{query}" if query else "")
    if parts.fragment.startswith(("!", "/")):  # a page of its own on sites that are one program
        page += f"#{parts.fragment}"
    return parts.netloc.lower().removeprefix("www.") + page if page and parts.scheme in ("http", "https") else ""


def _is_mark(part: str) -> bool:
    name = part.partition("=")[0].lower()
    return name.startswith("utm_") or name in OF_ONE_CLICK


@lru_cache(maxsize=4096)
def bare_title(title: str) -> str:
    """A title without capitals, punctuation and needless blanks."""
    plain = unicodedata.normalize("NFKC", re.sub("['’ʼ]", "", title)).casefold()
    return " ".join("".join(" " if unicodedata.category(sign)[0] in "PZC" else sign for sign in plain).split())


def letters(text: str) -> str:
    """Letters and digits of a text, small: the same however it is broken into lines."""
    return re.sub(r"[\W_]", "", text).casefold()
