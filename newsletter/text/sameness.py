"""When two addresses, titles or texts are the same to a reader."""

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
"""Names of query parameters, in lower case, whose value belongs to one click, one mailing or one person."""


@lru_cache(maxsize=4096)
def bare_address(address: str) -> str:
    """Return what decides where a web address leads: without ``www.``, parameters of clicks and mailings, and the place
    within the page; empty for a home page, and for anything that is not a web address.
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # a host that cannot exist
        return ""
    query = "&".join(sorted(part for part in parts.query.split("&") if part and not _is_mark(part)))
    page = unquote(parts.path).rstrip("/") + (f"?{query}" if query else "")
    if parts.fragment.startswith(("!", "/")):  # its own page, on sites that are one program
        page += f"#{parts.fragment}"
    return (
        parts.netloc.lower().removeprefix("www.") + page
        if page and parts.scheme in ("http", "https")
        else ""
    )


def _is_mark(part: str) -> bool:
    name = part.partition("=")[0].lower()
    return name.startswith("utm_") or name in OF_ONE_CLICK


@lru_cache(maxsize=4096)
def bare_title(title: str) -> str:
    """Return a title without capitals, punctuation and extra spaces."""
    plain = unicodedata.normalize("NFKC", re.sub("['’ʼ]", "", title)).casefold()
    return " ".join(
        "".join(" " if unicodedata.category(one)[0] in "PZC" else one for one in plain).split()
    )


def letters(text: str) -> str:
    """Return the letters and digits of a text, in lower case: the same however it is broken into lines."""
    return re.sub(r"[\W_]", "", text).casefold()
