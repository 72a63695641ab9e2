"""What action must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant


def with_item(fields: str) -> Plant:
    """Return how an advert or a notice with these fields is added."""

    def plant(room: Newsroom) -> None:
        start = "# What the checks say"
        room.change("issues/652/issue.yaml", start, f"{fields}\n{start}")

    return plant


MISTAKES: dict[str, Plant] = {
    "a button that leads nowhere": with_item("""  - kind: notices
    items:
      - title: Tell us what you read
        teaser: Our survey has ten questions, and is open until the end of the month.
        action: Take part
"""),
    "a button with a sentence": with_item("""  - kind: advert
    items:
      - title: Notebooks for the laboratory
        url: https://www.bionews.org.uk/notebooks
        advertiser: The paper mill
        teaser: Plain, lined or squared, and bound so that they stay open at the page.
        action: Order a sample of each of our notebooks before the end of the month
"""),
}
