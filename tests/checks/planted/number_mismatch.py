"""What number-mismatch must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant

FOOT = '<a href="{{ publication.archive }}">{{ words.archive }}</a>'


def _issue(line: str) -> Plant:
    return lambda room: room.change(
        "issues/652/issue.yaml", "date: 2012-04-16\n\n", f"date: 2012-04-16\n{line}\n\n"
    )


def _old_page(room: Newsroom) -> Newsroom:
    page = "https://www.bionews.org.uk/issues/651/"
    room.theme("parts/footer.html.j2", FOOT, f'<a href="{page}">{{{{ words.archive }}}}</a>')
    return room.theme("email.txt.j2", "{{ publication.archive }}", page)


MISTAKES: dict[str, Plant] = {
    "last week's subject": _issue('subject: "BioNews 651: science and its established problems"'),
    "last week's preheader": _issue(
        'preheader: "BioNews 651: donors, embryos, a trial, and a clinic in the news"'
    ),
    "last week's welcome": _issue(
        "welcome: Welcome to BioNews 651, with news of donors and of a trial."
    ),
    "a number in the theme's title": lambda room: room.theme(
        "email.mjml.j2", "{{ issue.number }},", "651,"
    ),
    "a number in the masthead": lambda room: room.theme(
        "parts/masthead.html.j2", "filled(number=issue.number)", "filled(number=651)"
    ),
    "a number in the text part": lambda room: room.theme(
        "email.txt.j2", '" " ~ issue.number', '" 651"'
    ),
    "no number in the text part": lambda room: room.theme(
        "email.txt.j2", ' ~ " " ~ issue.number', ""
    ),
    "last week's page in the theme": _old_page,
}
