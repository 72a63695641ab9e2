"""Anything that an issue can have in it, for tests of what must be true of every issue."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from hypothesis import strategies as st

from newsletter.manifest import read_issue
from newsletter.model import (
    ITEM_OF_SECTION,
    Advert,
    Image,
    Issue,
    Link,
    LinkGroup,
    Person,
    Publication,
    Section,
    SectionKind,
    Source,
    Work,
    WorkKind,
)
from newsletter.model.fields import HIDDEN
from newsletter.text.markdown import markup_in, read_title

ISSUES = Path(__file__).resolve().parents[1] / "issues"
PUBLICATION = read_issue(ISSUES / "652").publication
TRAPS = (
    "No", "null", "~", "1984", "1.0", "2012-04-16", "12:30", "0x10", "=", "<<", "- a hyphen first", "-",
    "# a hash first",
    "Campaign #5", "Film Review: Palaces", "a: b: c", "ends with a colon:", '"quoted"', "'single'", "it's", '5" disk',
    "[brackets]", "{{ 7*7 }}", "{% raw %}", "*1/*2", "&amp; & so on", "!tag", "!!python/object:os.system x", "| pipe",
    "> more", "%percent", "@at", "`tick", "? why", "...", "---", "🧬👩‍🔬", "שלום עולם",
    "\u200fمرحبا\u200f", "遺伝子", "e\u0301",
    "back\\slash", "\\n", "a\u00a0b", "\ufeffmark", "x" * 300, "long words " * 30, "[[first-name]]", "*|UNSUB|*",
)  # fmt: skip
CHARACTERS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]).filter(
    lambda one: not HIDDEN.search(one)
)
LINE = (
    st.one_of(
        st.sampled_from(TRAPS),
        st.text(CHARACTERS, min_size=1, max_size=40),
        st.text("ab:#-'\"[]{}|>&*!%@` ", min_size=1),
    )
    .map(str.strip)
    .filter(lambda line: bool(line) and not markup_in(line))
)
TITLE = (
    LINE
    | st.tuples(
        LINE, st.sampled_from(["*Emphasis*", "**strong**", "H~2~O", "10^-5^", "x~ij~"])
    ).map(" ".join)
).filter(lambda title: not markup_in(title, is_title=True) and bool(read_title(title)))
ADDRESS = st.text("abcäö遺0189-_/?=&;%~.'()#+,:", max_size=60).map(
    lambda path: f"https://a.org/{path}"
)
LINK = st.tuples(st.text("abc ", min_size=1, max_size=9), ADDRESS).map(
    lambda link: f"[{link[0]}](<{link[1]}>)"
)
PROSE = st.lists(
    LINE | LINK | st.sampled_from(["", "    code", "---", "\ttab", "- ", "> ", "1. "]), max_size=8
).map("\n".join)
DAY = st.dates()
DAY_OF_ISSUE = st.dates(min_value=date(1973, 1, 1))
SAME_DAY = date(2012, 4, 16)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def some(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


PERSON = st.builds(Person, name=LINE, role=maybe(LINE))
SIZE = maybe(st.integers(1, 10_000))
PICTURE = st.builds(
    Image,
    src=ADDRESS,
    alt=LINE | st.just(""),
    credit=maybe(LINE),
    caption=maybe(LINE),
    width=SIZE,
    height=SIZE,
)
LINKS = st.lists(st.builds(Link, name=LINE, url=ADDRESS), min_size=1, max_size=2).map(tuple)
SOURCE = st.builds(Source, title=TITLE, publisher=maybe(LINE), date=maybe(DAY), url=maybe(ADDRESS))
WORK = st.builds(
    Work, kind=st.sampled_from(get_args(WorkKind)), title=TITLE, credits=some(LINE), publisher=maybe(LINE),
    isbn=some(LINE), channel=maybe(LINE), broadcast=maybe(DAY), venue=maybe(LINE), dates=maybe(LINE),
    links=some(st.builds(LinkGroup, label=LINE, links=LINKS), 1),
)  # fmt: skip
DAY_OF_EVENT = st.dates(min_value=date(1973, 1, 1), max_value=date(2199, 12, 31))
MINUTES = st.builds(datetime.combine, DAY_OF_EVENT, st.times()).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
EVENINGS = st.lists(MINUTES, min_size=2, max_size=2, unique=True).map(sorted)
OWN_FIELDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "news": st.fixed_dictionaries({"sources": some(SOURCE)}),
    "review": st.fixed_dictionaries({"work": WORK}),
    "advert": st.fixed_dictionaries({"advertiser": LINE}),
    "event": st.builds(
        lambda place, both: {"place": place, "starts": both[0], "ends": both[1]}, LINE, EVENINGS
    ),
}


@st.composite
def items(draw: st.DrawFn, noun: type[Any], number: int) -> Any:
    kind = noun.model_fields["kind"].default
    teaser, body = draw(maybe(PROSE)), draw(st.just("") | PROSE)
    return noun(
        # no item appears twice in an issue, so each title and address gets its own number
        title=f"{draw(TITLE)} {number}",
        url=draw(maybe(ADDRESS.map(lambda address: f"{address}?{number}"))),
        authors=draw(some(PERSON)),
        date=draw(maybe(DAY | st.just(SAME_DAY))),
        teaser=teaser,
        body=body,
        whole=teaser is None and bool(body.strip()) and draw(st.booleans()),
        picture=draw(maybe(PICTURE)),
        topics=draw(some(LINE)),
        **draw(OWN_FIELDS.get(kind, st.just({}))),
    )


@st.composite
def publications(draw: st.DrawFn) -> Publication:
    """Draw BioNews with other words, widths and teasers."""
    changed = {
        "publisher": draw(LINE),
        "tagline": draw(maybe(LINE)),
        "why": draw(PROSE),
        "postal_address": draw(LINE),
        "preferences": draw(maybe(st.sampled_from(["https://a.org/p", "mailto:change@a.org"]))),
        "text_width": draw(st.sampled_from([40, 60, 72, 78])),
        "teasers": draw(st.sampled_from(["sentences", {"words": 9}])),
    }
    return Publication.model_validate(PUBLICATION.model_dump() | changed)


@st.composite
def issues(draw: st.DrawFn, of: st.SearchStrategy[Publication]) -> Issue:
    """Draw any issue of a publication: every kind of item, every field, texts that are traps."""
    number = 0
    sections = []
    for kind in draw(st.lists(st.sampled_from(get_args(SectionKind)), min_size=1, max_size=3)):
        nouns: list[Any] = draw(
            st.lists(st.sampled_from((ITEM_OF_SECTION[kind], Advert)), min_size=1, max_size=2)
        )
        members = []
        for noun in nouns:
            number += 1
            members.append(draw(items(noun, number)))
        sections.append(Section(kind=kind, title=draw(maybe(TITLE)), items=tuple(members)))
    return Issue(
        publication=draw(of),
        number=draw(st.sampled_from(["1", "652", "1268a"])),
        date=draw(DAY_OF_ISSUE | st.just(SAME_DAY)),
        subject=draw(maybe(LINE)),
        preheader=draw(maybe(LINE)),
        welcome=draw(maybe(PROSE)),
        sections=tuple(sections),
    )
