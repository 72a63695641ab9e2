"""What write_issue writes, read_issue reads: the same issue, whatever is in its texts."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.fields import HIDDEN
from newsletter.manifest import read_issue, write_issue
from newsletter.model import (
    ITEM_OF_SECTION,
    Advert,
    Image,
    Issue,
    Link,
    LinkGroup,
    News,
    Person,
    Publication,
    Section,
    SectionKind,
    Source,
    Work,
    WorkKind,
)

ISSUES = Path(__file__).resolve().parents[2] / "issues"
PUBLICATION = read_issue(ISSUES / "652").publication
TRAPS = (
    "No", "null", "~", "1984", "1.0", "2012-04-16", "12:30", "0x10", "=", "<<", "- a hyphen first", "-",
    "# a sign first",
    "Campaign #5", "Film Review: Palaces", "a: b: c", "ends with a colon:", '"quoted"', "'single'", "it's", '5" disk',
    "[brackets]", "{{ 7*7 }}", "{% raw %}", "*star*", "&amp; & so on", "!tag", "!!python/object:os.system x", "| pipe",
    "> more", "%percent", "@at", "`tick`", "? why", "...", "---", "🧬👩‍🔬", "שלום עולם",
    "\u200fمرحبا\u200f", "遺伝子", "e\u0301",
    "back\\slash", "\\n", "a\u00a0b", "\ufeffmark", "x" * 300, "long words " * 30, "[[first-name]]", "*|UNSUB|*",
)  # fmt: skip
SIGNS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]).filter(lambda sign: not HIDDEN.search(sign))
LINE = (
    (st.sampled_from(TRAPS) | st.text(SIGNS, min_size=1, max_size=40) | st.text("ab:#-'\"[]{}|>&*!%@` ", min_size=1))
    .map(str.strip)
    .filter(bool)
)
PROSE = st.lists(LINE | st.sampled_from(["", "    code", "---", "\ttab"]), max_size=6).map("\n".join)
ADDRESS = st.text("abcäö0189-_/?=&;%~.'()#+,:", max_size=20).map(lambda path: f"https://a.org/{path}")
DAY = st.dates()
SAME_DAY = date(2012, 4, 16)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def some(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


PERSON = st.builds(Person, name=LINE, role=maybe(LINE))
SIZE = maybe(st.integers(1, 10_000))
PICTURE = st.builds(
    Image, src=ADDRESS, alt=LINE | st.just(""), credit=maybe(LINE), caption=maybe(LINE), width=SIZE, height=SIZE
)
LINKS = st.lists(st.builds(Link, name=LINE, url=ADDRESS), min_size=1, max_size=2).map(tuple)
SOURCE = st.builds(Source, title=LINE, publisher=maybe(LINE), date=maybe(DAY), url=maybe(ADDRESS))
WORK = st.builds(
    Work, kind=st.sampled_from(get_args(WorkKind)), title=LINE, credits=some(LINE), publisher=maybe(LINE),
    isbn=some(LINE), channel=maybe(LINE), broadcast=maybe(DAY), venue=maybe(LINE), dates=maybe(LINE),
    links=some(st.builds(LinkGroup, label=LINE, links=LINKS), 1),
)  # fmt: skip
MINUTES = st.builds(datetime.combine, DAY, st.times()).map(lambda moment: moment.replace(second=0, microsecond=0))
EVENINGS = st.lists(MINUTES, min_size=2, max_size=2, unique=True).map(sorted)
OWN_FIELDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "news": st.fixed_dictionaries({"sources": some(SOURCE)}),
    "review": st.fixed_dictionaries({"work": WORK}),
    "advert": st.fixed_dictionaries({"advertiser": LINE}),
    "event": st.builds(lambda place, both: {"place": place, "starts": both[0], "ends": both[1]}, LINE, EVENINGS),
}


@st.composite
def items(draw: st.DrawFn, noun: type[Any], number: int) -> Any:
    kind = noun.model_fields["kind"].default
    return noun(
        # no item stands in an issue twice, so each title and address gets a number of its own
        title=f"{draw(LINE)} {number}",
        url=draw(maybe(ADDRESS.map(lambda address: f"{address}?{number}"))),
        authors=draw(some(PERSON)),
        date=draw(maybe(DAY | st.just(SAME_DAY))),
        teaser=draw(maybe(PROSE)),
        body=draw(st.just("") | PROSE),
        picture=draw(maybe(PICTURE)),
        topics=draw(some(LINE)),
        **draw(OWN_FIELDS.get(kind, st.just({}))),
    )


@st.composite
def issues(draw: st.DrawFn) -> Issue:
    number = 0
    sections = []
    for kind in draw(st.lists(st.sampled_from(get_args(SectionKind)), min_size=1, max_size=3)):
        nouns: list[Any] = draw(st.lists(st.sampled_from((ITEM_OF_SECTION[kind], Advert)), min_size=1, max_size=2))
        members = []
        for noun in nouns:
            number += 1
            members.append(draw(items(noun, number)))
        sections.append(Section(kind=kind, title=draw(maybe(LINE)), items=tuple(members)))
    return Issue(
        publication=PUBLICATION,
        number=draw(st.sampled_from(["1", "652", "1268a"])),
        date=draw(DAY | st.just(SAME_DAY)),
        subject=draw(maybe(LINE)),
        preheader=draw(maybe(LINE)),
        welcome=draw(maybe(PROSE)),
        sections=tuple(sections),
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("issues")
    (folder / "publication.yaml").write_bytes((ISSUES / "publication.yaml").read_bytes())
    return folder


def _has_no_refused_link(issue: Issue) -> bool:
    texts = [issue.welcome, *(text for item in issue.items for text in (item.teaser, item.body))]
    return not any("](" in (text or "") or "<" in (text or "") for text in texts)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(issues().filter(_has_no_refused_link))
def test_an_issue_that_is_written_and_read_is_the_same(home: Path, issue: Issue) -> None:
    write_issue(issue, home / issue.number)
    assert read_issue(home / issue.number) == issue


def sample(*members: Any) -> Issue:
    section = Section(kind="news", items=members)
    return Issue(publication=PUBLICATION, number="652", date=SAME_DAY, sections=(section,))


def test_every_trap_can_be_a_title_a_teaser_and_a_body(home: Path) -> None:
    members = [News(title=f"{trap} {n}", teaser=trap, body=trap, date=SAME_DAY) for n, trap in enumerate(TRAPS)]
    issue = sample(*members)
    write_issue(issue, home / "652")
    assert read_issue(home / "652") == issue


def test_the_shipped_issues_survive_a_round_trip(home: Path) -> None:
    for number in ("652", "596"):
        issue = read_issue(ISSUES / number)
        write_issue(issue, home / number)
        assert read_issue(home / number) == issue


def test_a_body_goes_into_a_markdown_file_that_reads_well(home: Path) -> None:
    write_issue(sample(News(title="Palaces: a review", body="One.\n\nTwo.")), home / "652")
    assert (home / "652" / "palaces-a-review.md").read_text(encoding="utf-8") == (
        "---\ntitle: 'Palaces: a review'\n---\nOne.\n\nTwo.\n"
    )
    assert yaml.safe_load((home / "652" / "issue.yaml").read_text(encoding="utf-8"))["sections"] == [
        {"kind": "news", "items": [{"file": "palaces-a-review.md"}]}
    ]


def test_titles_that_differ_only_in_signs_get_files_of_their_own(home: Path) -> None:
    bodies = {"Same 3": "first", "Same": "second", "Same!": "third", "Same?": "fourth"}
    issue = sample(*(News(title=title, body=body) for title, body in bodies.items()))
    write_issue(issue, home / "652")
    assert {item.title: item.body for item in read_issue(home / "652").items} == bodies


def test_the_publication_is_left_as_it_is(home: Path) -> None:
    before = (home / "publication.yaml").read_bytes()
    other = PUBLICATION.model_copy(update={"name": "Another name"})
    assert isinstance(other, Publication)
    write_issue(sample(News(title="Palaces")).model_copy(update={"publication": other}), home / "652")
    assert (home / "publication.yaml").read_bytes() == before


def test_an_issue_that_cannot_be_written_leaves_nothing_behind(home: Path) -> None:
    folder = home / "700"
    (folder / "palaces.md").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        write_issue(sample(News(title="Palaces", body="Text.")), folder)
    assert [path.name for path in folder.rglob("*")] == ["palaces.md"]
