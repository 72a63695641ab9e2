"""What placeholder must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE, PUBLICATION = "issues/652/issue.yaml", "issues/publication.yaml"
TEASER = "teaser: Mutations in the sperm of older fathers are linked to autism..."
VENUE = "venue: Science Museum, 165 Queen's Gate, South Kensington, London SW7 5HD"
REVIEW = "url: https://www.bionews.org.uk/page_93535"
TAGLINE = "tagline: News, comment and reviews on genetics and fertility"
WELCOME = "  Welcome to this week's BioNews: genetics, assisted conception, embryo and stem cell research, gathered by"
MISTAKES: dict[str, Plant] = {
    "filler text": lambda room: room.change(
        ISSUE, TEASER, "teaser: Lorem ipsum dolor sit amet is what autism means..."
    ),
    "a reminder": lambda room: room.change(
        ISSUE, TEASER, "teaser: Older fathers, TODO add the number, and autism..."
    ),
    "a name to come": lambda room: room.change(
        ISSUE, TEASER, "teaser: Professor XXX says more of fathers and autism..."
    ),
    "a number to come": lambda room: room.change(
        ISSUE, TEASER, "teaser: Of older fathers, ?? per cent worry..."
    ),
    "the mark of a comment": lambda room: room.change(
        ISSUE,
        TEASER,
        "teaser: Mutations in the sperm of older fathers[RF1] are linked to autism...",
    ),
    "a quotation to come": lambda room: room.change(
        ISSUE, TEASER, "teaser: Older fathers [insert quote] and autism..."
    ),
    "what a program prints where it has nothing": lambda room: room.change(
        ISSUE, VENUE, "venue: None"
    ),
    "a test left in": lambda room: room.change(PUBLICATION, TAGLINE, "tagline: Testing"),
    "a subject for a test send": lambda room: room.change(
        ISSUE,
        "date: 2012-04-16\n\n",
        'date: 2012-04-16\nsubject: "[Test] BioNews 652: governing biomedical innovation"\n\n',
    ),
    "an address for examples": lambda room: room.change(
        ISSUE, REVIEW, "url: https://www.example.org/page_93535"
    ),
    "an address that has lost a part": lambda room: room.change(
        ISSUE, REVIEW, "url: https://www.bionews.org.uk/undefined/93535"
    ),
    "a greeting that lost its name": lambda room: room.change(
        PUBLICATION, WELCOME, f"  Dear ,\n\n{WELCOME}"
    ),
    "a link of the theme that leads nowhere": lambda room: room.theme(
        "parts/footer.html.j2",
        "{{ words.archive }}</a>",
        '{{ words.archive }}</a> <a href="#">{{ publication.tagline }}</a>',
    ),
}
