"""What link-text must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

_LAST = "Mutations in the sperm of older fathers are linked to autism..."
LABEL = ' aria-label="{{ words.labelled | filled(label=says, text=item.title) }}"'
MISTAKES: dict[str, Plant] = {
    "a link on the word 'here'": lambda room: room.change(
        "issues/652/issue.yaml",
        _LAST,
        "Mutations are linked to autism, as reported [here](https://www.bionews.org.uk/page_1)...",
    ),
    "the address of another page": lambda room: room.change(
        "issues/652/issue.yaml",
        _LAST,
        "Mutations are linked to autism, as reported at [www.bionews.org.uk/page_2](https://www.bionews.org.uk/page_1)...",
    ),
    "a link on nothing": lambda room: room.change(
        "issues/652/issue.yaml",
        _LAST,
        "Mutations are linked to autism[](https://www.bionews.org.uk/page_1)...",
    ),
    "two links of one name": lambda room: room.change(
        "issues/652/issue.yaml",
        _LAST,
        "On fathers, [a study](https://www.bionews.org.uk/page_1), [a study](https://www.bionews.org.uk/page_2)...",
    ),
    "a theme whose read-more links all sound the same": lambda room: room.theme(
        "words.toml", 'news = "Read the story"', 'news = "Read more"'
    ).theme("parts/more.html.j2", LABEL, ""),
}
