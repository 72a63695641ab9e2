"""Rules of other distributions: they run like ours, and a faulty one is never left out silently."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from newsletter.checks import manual
from newsletter.checks.preflight import preflight
from newsletter.errors import PluginError
from tests.checks.galleys import FULL, TEASERS, in_format, with_others
from tests.checks.newsroom import Newsroom
from tests.checks.test_manual import example
from tests.plugins import EXAMPLE, installed, write_plugin

SOUND = (EXAMPLE / "newsletter_extra" / "shouted_title.py").read_text("utf-8")
Install = Callable[..., AbstractContextManager[None]]


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Return a function that installs the rule ``shouted-title``, given its source."""

    def install(source: str, name: str = "shouted-title") -> AbstractContextManager[None]:
        entry_points = f"[newsletter.checks]\n{name} = extra_rule\n"
        site = tmp_path / "site"
        return installed(
            write_plugin(site, "newsletter-extra", entry_points, {"extra_rule": source})
        )

    return install


@pytest.fixture
def shouting(newsroom: Newsroom) -> Newsroom:
    return newsroom.item(title="NEW RULES FOR CLINICS")


@pytest.fixture
def with_rule(install: Install) -> Iterator[None]:
    with install(SOUND):
        yield


@pytest.mark.usefixtures("with_rule")
def test_it_runs_with_all_others_and_alone(shouting: Newsroom) -> None:
    (finding,) = shouting.told("shouted-title")
    assert finding.severity == "warning"
    assert finding.message == "The title 'NEW RULES FOR CLINICS' is in capitals."
    report = preflight(shouting.galley())
    assert "shouted-title" in report.seconds
    assert "shouted-title" in {each.check for each in report.findings}


@pytest.mark.usefixtures("with_rule")
def test_it_can_be_skipped_and_ignored_and_an_ignore_of_it_is_stale(newsroom: Newsroom) -> None:
    shouting = newsroom.item(title="NEW RULES FOR CLINICS")
    assert preflight(shouting.galley(), skip=["shouted-title"]).left_out == ("shouted-title",)
    shouting.issue(ignore=[{"rule": "shouted-title", "reason": "It is a name."}])
    report = preflight(shouting.galley())
    assert [finding.check for finding in report.ignored] == ["shouted-title"]
    assert not [finding for finding in report.findings if finding.check == "stale-ignore"]

    sound = newsroom.item(title="New rules for clinics")
    (stale,) = sound.told("stale-ignore")
    assert stale.message == "'shouted-title' finds nothing that could be ignored."


@pytest.mark.usefixtures("with_rule")
def test_its_manual_page_is_like_ours(newsroom: Newsroom) -> None:
    page = manual.page("shouted-title")
    assert page.summary == "A title is written in capitals."
    assert page.why.startswith("capitals are slow to read")
    assert (page.severities, page.needs) == (("warning",), None)
    assert manual.suggestion("shouted-titel") == "Did you mean 'shouted-title'?"
    assert newsroom.apply(example("shouted-title", "wrong")).told("shouted-title") != []
    assert newsroom.apply(example("shouted-title", "right")).told("shouted-title") == []


def test_it_may_look_at_the_report(newsroom: Newsroom, install: Install) -> None:
    source = SOUND + '\n\ndef after(report):\n    yield report.galley.in_theme().info("So.", "")\n'
    with install(source):
        report = preflight(newsroom.galley())
    assert [finding.problem.message for finding in report.findings] == ["So."]
    assert report.findings[0].check == "shouted-title"


@pytest.mark.parametrize(
    ("about", "formats"), [("", [()]), ('ABOUT = "email"\n', [("full",), ("teasers",)])]
)
def test_it_reads_the_issue_once_or_each_of_its_formats(
    shouting: Newsroom, install: Install, about: str, formats: list[tuple[str, ...]]
) -> None:
    galley = shouting.galley()
    in_two = with_others(in_format(galley, TEASERS), in_format(galley, FULL))
    source = SOUND.replace("is in capitals.", "is in capitals in {galley.email.format.name}.")
    with install(f"{source}\n{about}"):
        findings = preflight(in_two, only=["shouted-title"]).findings
    assert [finding.formats for finding in findings] == formats


def test_it_may_need_the_network(newsroom: Newsroom, install: Install) -> None:
    with install(SOUND + '\n\nNEEDS = "network"\n'):
        assert "shouted-title" not in preflight(newsroom.galley()).seconds
        assert manual.page("shouted-title").needs == "network"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import missing_module", "cannot be loaded (ModuleNotFoundError: "),
        (SOUND.replace("def check", "def look"), "has no 'check'."),
        (SOUND.replace("SEVERITIES =", "KINDS ="), "has no 'SEVERITIES'."),
        (SOUND[SOUND.index("from __future__") :], "has no '__doc__'."),
        (SOUND + 'NEEDS = "a database"\n', "needs 'a database', which is not known here."),
        (SOUND + 'ABOUT = "spelling"\n', "is about 'spelling', which is not known here."),
        (SOUND + "\n\ndef check(galley):\n    1 / 0\n", "failed (ZeroDivisionError: "),
        (SOUND + '\n\ndef check(galley):\n    yield "no"\n', "reports a str, not a finding."),
    ],
)
def test_a_faulty_one_stops_the_check_with_its_distribution_named(
    newsroom: Newsroom, install: Install, source: str, message: str
) -> None:
    galley = newsroom.galley()
    with install(source):
        with pytest.raises(PluginError) as caught:
            preflight(galley)
        start = f"newsletter-extra 1.0: The rule 'shouted-title' {message}"
        assert str(caught.value).startswith(start)
        assert str(caught.value).endswith("Update or uninstall it.")
        assert preflight(galley, skip=["shouted-title"]).left_out == ("shouted-title",)
    assert importlib.util.find_spec("extra_rule") is None


def test_one_with_the_name_of_one_of_ours_is_not_used_and_named(
    shouting: Newsroom, install: Install
) -> None:
    ours = manual.page("far-date")
    with install(SOUND, "far-date"):
        assert manual.page("far-date") == ours
        with pytest.raises(PluginError, match="'far-date' has the same name as the built-in one"):
            preflight(shouting.galley())
