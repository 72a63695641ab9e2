"""What unsubscribe must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

FOOTER, TEXT = "parts/footer.html.j2", "email.txt.j2"
LINK = '<a href="{{ merge_tag.unsubscribe }}">{{ words.unsubscribe }}</a>'
LINES = "{{ words.unsubscribe | wrap }}\n-> {{ merge_tag.unsubscribe }}\n"
MISTAKES: dict[str, Plant] = {
    "no link in the HTML": lambda room: room.theme(FOOTER, LINK, ""),
    "no address in the text": lambda room: room.theme(TEXT, LINES, ""),
    "two links in the HTML": lambda room: room.theme(FOOTER, LINK, f"{LINK}<br>{LINK}"),
    "a merge tag that is not an address": lambda room: room.theme(
        FOOTER, LINK, '<span title="{{ merge_tag.unsubscribe }}">{{ words.unsubscribe }}</span>'
    ),
    "a link that is not shown": lambda room: room.theme(
        FOOTER, LINK, LINK.replace("<a ", '<a style="display:none" ')
    ),
    "a link without words": lambda room: room.theme(
        FOOTER,
        LINK,
        '<a href="{{ merge_tag.unsubscribe }}" aria-label="{{ words.unsubscribe }}">→</a>',
    ),
}
