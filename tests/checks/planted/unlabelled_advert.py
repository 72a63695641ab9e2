"""What unlabelled-advert must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant

ISSUE = "issues/652/issue.yaml"
LAST = """      - title: Genetic mutations in older fathers' sperm linked to autism
        teaser: Mutations in the sperm of older fathers are linked to autism...
"""
ADVERT = """      - kind: advert
        title: A course in genetic counselling
        url: https://www.bionews.org.uk/page_100009
        advertiser: The Advertiser's Name
        teaser: The course runs for two years, in the evenings, and there are places left for this autumn.
"""
HTML_LABEL = "{{ words.paid_by | filled(advert=words.advert, advertiser=item.advertiser) }}"
TEXT_LABEL = "{{ words.paid_by | filled(advert=words.advert, advertiser=item.advertiser) | wrap }}"
TITLE = "title: Genetic mutations in older fathers' sperm linked to autism\n"


def with_advert(room: Newsroom) -> Newsroom:
    return room.change(ISSUE, LAST, LAST + ADVERT)


MISTAKES: dict[str, Plant] = {
    "no label in the HTML": lambda room: with_advert(room).theme(
        "parts/advert.html.j2", HTML_LABEL, ""
    ),
    "no label in the text part": lambda room: with_advert(room).theme(
        "parts/item.txt.j2", TEXT_LABEL, ""
    ),
    "an advert among the news": lambda room: room.change(
        ISSUE,
        TITLE,
        'title: "Advertisement: A course on mutations in older fathers\' sperm, and on autism"\n',
    ),
}
