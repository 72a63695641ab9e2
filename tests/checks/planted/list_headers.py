"""What list-headers must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

PAGE = "https://www.bionews.org.uk/unsubscribe"
ONE_CLICK = "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
MISTAKES: dict[str, Plant] = {
    "no List-Unsubscribe": lambda room: room.headers("List-Unsubscribe:"),
    "two of them": lambda room: room.headers(
        f"List-Unsubscribe: <{PAGE}>\nList-Unsubscribe: <{PAGE}/>"
    ),
    "two addresses in one": lambda room: room.headers(
        f"List-Unsubscribe: <{PAGE}>, <{PAGE}/again>"
    ),
    "no address at all": lambda room: room.headers("List-Unsubscribe: write to us"),
    "a List-Unsubscribe-Post": lambda room: room.headers(ONE_CLICK),
    "no List-Id": lambda room: room.headers("List-Id:"),
    "a List-Id without a label": lambda room: room.headers("List-Id: BioNews"),
    "an encoded List-Id": lambda room: room.headers(
        "List-Id: =?utf-8?q?BioNews?= <news.bionews.org.uk>"
    ),
}
