"""What encoded-words must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

WORD = "=?utf-8?q?{}?="
MISTAKES: dict[str, Plant] = {
    "a word that is too long": lambda room: room.headers(
        f"Subject: {WORD.format('BioNews_652' * 7)}"
    ),
    "a line that is too long": lambda room: room.headers(
        f"Subject: {WORD.format('x' * 50)} {WORD.format('y')}"
    ),
    "a word that cannot be read": lambda room: room.headers("Subject: =?utf-8?b?QmlvTmV3cw?="),
    "a charset that does not exist": lambda room: room.headers("Subject: =?utf-88?q?BioNews?="),
    "a word in an address": lambda room: room.headers(
        "From: BioNews <=?utf-8?q?news?=@bionews.org.uk>"
    ),
    "words that touch": lambda room: room.headers(
        f"Subject: {WORD.format('Bio')}{WORD.format('News')}"
    ),
}
