"""What write_issue writes, read_issue reads: the same issue, whatever is in its texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.manifest import read_issue
from newsletter.manifest.writing import write_issue
from newsletter.model import Issue, News, Publication, Section, Source
from newsletter.text.markdown import as_written, faulty_links
from tests.strategies import ISSUES, PUBLICATION, SAME_DAY, TRAPS, issues


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("issues")
    (folder / "publication.yaml").write_bytes((ISSUES / "publication.yaml").read_bytes())
    return folder


def _has_no_refused_link(issue: Issue) -> bool:
    texts = [issue.welcome, *(text for item in issue.items for text in (item.teaser, item.body))]
    return not any(list(faulty_links(text or "")) for text in texts)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(issues(st.just(PUBLICATION)).filter(_has_no_refused_link))
def test_an_issue_that_is_written_and_read_is_the_same(home: Path, issue: Issue) -> None:
    write_issue(issue, home / issue.number)
    assert read_issue(home / issue.number) == issue


def sample(*members: Any) -> Issue:
    section = Section(kind="news", items=members)
    return Issue(publication=PUBLICATION, number="652", date=SAME_DAY, sections=(section,))


def test_every_trap_can_be_a_title_a_teaser_and_a_body(home: Path) -> None:
    members = [
        News(title=f"{trap} {n}", teaser=trap, body=trap, date=SAME_DAY)
        for n, trap in enumerate(TRAPS)
    ]
    issue = sample(*members)
    write_issue(issue, home / "652")
    assert read_issue(home / "652") == issue


def test_titles_keep_their_emphasis(home: Path) -> None:
    source = Source(title="*C. elegans* at 10^-5^ mol")
    issue = sample(
        News(title="**All** of *it*: H~2~O and HLA-B*57:01", sources=[source], body="Words.")
    )
    write_issue(issue, home / "652")
    (item,) = read_issue(home / "652").items
    assert isinstance(item, News)
    assert (item.title, as_written(item.title)) == (
        "All of it: H₂O and HLA-B*57:01",
        "**All** of *it*: H~2~O and HLA-B*57:01",
    )
    assert as_written(item.sources[0].title) == "*C. elegans* at 10^-5^ mol"


def test_the_shipped_issues_survive_a_round_trip(home: Path) -> None:
    for number in ("652", "596"):
        issue = read_issue(ISSUES / number)
        write_issue(issue, home / number)
        assert read_issue(home / number) == issue


def test_a_body_goes_into_a_markdown_file_that_reads_well(home: Path) -> None:
    write_issue(sample(News(title="Palaces: a review", body="One.\n\nTwo.")), home / "652")
    assert (home / "652" / "palaces-a-review.md").read_text(encoding="utf-8") == (
        '---\ntitle: "Palaces: a review"\n---\nOne.\n\nTwo.\n'
    )
    assert yaml.safe_load((home / "652" / "issue.yaml").read_text(encoding="utf-8"))[
        "sections"
    ] == [{"kind": "news", "items": [{"file": "palaces-a-review.md"}]}]


def test_titles_that_differ_only_in_punctuation_get_files_of_their_own(home: Path) -> None:
    bodies = {"Same 3": "first", "Same": "second", "Same!": "third", "Same?": "fourth"}
    issue = sample(*(News(title=title, body=body) for title, body in bodies.items()))
    write_issue(issue, home / "652")
    assert {item.title: item.body for item in read_issue(home / "652").items} == bodies


def test_the_publication_is_left_as_it_is(home: Path) -> None:
    before = (home / "publication.yaml").read_bytes()
    other = PUBLICATION.model_copy(update={"name": "Another name"})
    assert isinstance(other, Publication)
    write_issue(
        sample(News(title="Palaces")).model_copy(update={"publication": other}), home / "652"
    )
    assert (home / "publication.yaml").read_bytes() == before


def test_an_issue_that_cannot_be_written_leaves_nothing_behind(home: Path) -> None:
    folder = home / "700"
    (folder / "palaces.md").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        write_issue(sample(News(title="Palaces", body="Text.")), folder)
    assert [path.name for path in folder.rglob("*")] == ["palaces.md"]
