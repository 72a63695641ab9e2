"""What postal-address must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

FOOTER, TEXT = "parts/footer.html.j2", "email.txt.j2"
LISTING = '] | listing("commas") }}'
ADDRESS = f", address{LISTING}"
REASON = (
    "You get this email because you asked for BioNews. It is free, and you can leave at any time."
)
WHY = '<div class="prose">{{ publication.why | markdown }}</div>'
MISTAKES: dict[str, Plant] = {
    "no address in the HTML": lambda room: room.theme(FOOTER, ADDRESS, LISTING),
    "no address in the text": lambda room: room.theme(TEXT, "{{ merge_tag.address }}\n", ""),
    "no reason in the HTML": lambda room: room.theme(FOOTER, WHY, ""),
    "no reason in the text": lambda room: room.publication(why=REASON).theme(
        TEXT, "{{ publication.why | markdown }}\n\n", ""
    ),
}
