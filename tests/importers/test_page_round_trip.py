"""A piece written as its page shows it, and read again: it is the same piece."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from newsletter.importers import Original
from newsletter.importers.sources import page_text
from newsletter.text.days import in_words
from newsletter.text.markdown import to_text, tokens
from newsletter.text.normalise import letters
from tests.importers.golden_pages import context

WORDS = st.sampled_from(
    ["cells", "heal", "by", "By", "the", "court", "Dr Lind", "'we'", "“no”", "1,200", "(2)", "IVF",
     "Sources", "Directed by", "from", "Buy", "2 May 2011", "Appeared in", "*", "_x_", "[y]", "<b>",
     "#", "a_b*c", "&amp;", "Review:", "http://a.example/b", "£5", "50%", "–", "Watch"]
)  # fmt: skip
SENTENCES = st.lists(WORDS, min_size=3, max_size=12).map(lambda words: f"The {' '.join(words)}.")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join)
TITLES = st.lists(
    st.sampled_from(["Cells", "heal", "in: Leeds", "'twice'", "IVF", "*", "a_b", "again?"]),
    min_size=2,
    max_size=6,
).map(lambda words: f"Why {' '.join(words)}")
NAMES = st.sampled_from(["Ruth Stone", "Dr Sam Hill", "Zoë van der Berg", "J. R. O'Neill"])
ROLES = st.sampled_from([None, "Lecturer in Law, Anytown University", "Anytown Institute"])
DAYS = st.dates(date(1999, 3, 22), date(2030, 1, 1))
LINES = st.lists(st.sampled_from(["Cells", "heal", "Leeds", "IVF", "3D"]), min_size=1, max_size=4)
SOURCES = st.lists(
    st.builds(
        lambda title, publisher, day: {
            "title": " ".join(title), "publisher": f"The {publisher}", "date": day,
        },
        LINES, st.sampled_from(["Times", "Anytown Post", "Journal of Cells"]), DAYS,
    ),
    max_size=3,
)  # fmt: skip
WORKS = st.sampled_from(
    [
        (None, []),
        ("Film", ["Cells", "Directed by Tom Ferrow", "Starring Una Sykes"]),
        ("Book", ["Cells", "by Hanna Lorre", "Published by Salt Press", "ISBN: 978-0000000016"]),
        ("TV", ["Cells", "BBC2, 9 April 2012", "Presented by Ida Crane"]),
        ("Exhibition", ["Cells", "Museum of Cells, 1 High Street, Anytown", "Until 1 May 2012"]),
    ]
)
RELATED = st.lists(st.tuples(DAYS, NAMES), max_size=2)
END = (
    "to add a Comment.\n\nBy posting a comment you agree to abide by the BioNews terms and"
    " conditions\n\nSyndicate this story - click here to enquire about using this story."
)


@given(
    TITLES, DAYS, st.lists(NAMES, max_size=2, unique=True), ROLES,
    WORKS, st.lists(PARAGRAPHS, min_size=1, max_size=6), SOURCES, RELATED,
)  # fmt: skip
def test_an_item_is_read_again_from_its_page(
    title: str, day: date, authors: list[str], role: str | None, work: tuple[str | None, list[str]],
    body: list[str], sources: list[dict[str, Any]], related: list[tuple[date, str]],
) -> None:  # fmt: skip
    kind, lines = work
    headline = f"{kind} Review: Cells" if kind else title
    shown_sources = [] if kind else sources
    byline = [f"By {' and '.join(authors)}", *([role] if role else [])] if authors else []
    page = [
        "Page URL:\n",
        f"{headline}\n",
        in_words(day),
        *byline,
        "Appeared in BioNews 652\n",
        *(f"{line}\n" for line in lines),
        *(f"{paragraph}\n" for paragraph in body),
        *(f"{s['title']}\n{s['publisher']} |  {in_words(s['date'])}" for s in shown_sources),
        *(f"{in_words(other)} - by {name}\u00a0\nThe related piece..." for other, name in related),
        END,
    ]

    (piece,) = page_text.read(Original("page.txt", "\n".join(page).encode()), context())
    found = {name: value.value for name, value in piece.fields.items()}

    assert letters(found["title"]) == letters(headline)
    assert found["date"] == day
    assert found.get("sources", []) == shown_sources
    assert [(other.date, other.author) for other in piece.related] == related
    expected: list[Any] = list(authors)
    if authors and role:
        expected[-1] = {"name": authors[-1], "role": role}
    assert found.get("authors", []) == expected
    body_shown = to_text(tokens(found["body"]), 10_000)
    assert letters(body_shown) == letters("".join(body))
