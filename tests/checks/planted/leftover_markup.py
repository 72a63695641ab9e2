"""What leftover-markup must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant


def _planted(markup: str) -> Plant:
    def plant(room: Newsroom) -> None:
        path = room.folder / "issues/652/issue.yaml"
        welcome = (
            "welcome: |\n  The committee met in spring, with "
            + markup.replace("\n", "\n  ")
            + "\n\nsections:"
        )
        path.write_text(path.read_text("utf-8").replace("\nsections:", f"\n{welcome}", 1), "utf-8")

    return plant


MISTAKES: dict[str, Plant] = {
    "an HTML tag": _planted("<em>all</em> of its members."),
    "a link in HTML": _planted('<a href="guidance.html">its guidance</a> at hand.'),
    "a picture": _planted("a photograph: ![The members](images/members.png)"),
    "a table": _planted("these:\n\n| Name | Years |\n| Ann  | 3     |"),
    "stars that make nothing bold": _planted("**every **member there."),
    "an emphasis that does not end": _planted("all of its *members in the room."),
    "a star within an emphasis": _planted("carriers of *CYP3A5*3 among them."),
    "a dividing line": _planted("all.\n\n***\n\nIt will meet again."),
}
