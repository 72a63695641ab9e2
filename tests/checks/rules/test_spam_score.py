"""spam-score: SpamAssassin's verdict, by the real program, and without it."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from newsletter.checks.rules import spam_score
from newsletter.checks.rules.spam_score import Hit, Verdict, verdict_in
from tests.checks.newsroom import Newsroom, Reported

GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
"""The line for which every SpamAssassin calls a message spam (https://spamassassin.apache.org/gtube/)."""
GREETING = "Welcome to this week's BioNews:"
REPORT = """\
Subject: a report of long ago (9.9 points, 1.0 required)

Content analysis details:   (2.75 points, 4.5 required)

 pts rule name              description
---- ---------------------- --------------------------------------------------
-0.0 NO_RELAYS              Informational: message was not relayed via SMTP
1000 GTUBE                  BODY: Generic Test
   3 A_RULE_WHOSE_NAME_IS_VERY_LONG Its description
                            goes on in the next line,
                            [score: 0.5000]
-7.5 NO_DESCRIPTION

The original message was not completely plain text.
"""


def told(room: Newsroom) -> list[Reported]:
    """Return what this rule alone reports."""
    return [room.told_of(finding) for finding in spam_score.check(room.galley())]


@pytest.fixture
def spamassassin() -> None:
    """The real program; where it is not installed the test is skipped, but not in CI."""
    if not shutil.which("spamassassin"):
        message = "SpamAssassin is not installed (apt-get install spamassassin)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, the only one in which programs are looked for."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder: Path, source: str) -> None:
    """A program that is called spamassassin."""
    path = folder / "spamassassin"
    path.write_text(source, "utf-8")
    path.chmod(0o755)


# With the real program


@pytest.mark.usefixtures("spamassassin")
@pytest.mark.parametrize("number", ["596", "652"])
def test_the_real_issues_get_no_points(tmp_path: Path, repository: Path, number: str) -> None:
    room = Newsroom(tmp_path / "room", repository / "issues", number, date.today())  # noqa: DTZ011
    (found,) = told(room)
    assert found.severity == "info"
    assert found.place.startswith(f"issues/{number}/issue.yaml:")
    assert found.message.startswith(
        "SpamAssassin gives the email 0.0 points, and 5.0 make it spam. Its rules: "
    )
    assert "HTML_MESSAGE 0.0" in found.message


@pytest.mark.usefixtures("spamassassin")
def test_what_is_spam_everywhere_is_an_error(newsroom: Newsroom) -> None:
    (found,) = newsroom.text(f"{GTUBE}\n").told("spam-score")
    assert (found.severity, found.place) == ("error", "issues/700/issue.yaml:1")
    assert found.message.startswith(
        "SpamAssassin gives the email 1000.0 points, and 5.0 make it spam. Its rules: GTUBE 1000, "
    )


@pytest.mark.usefixtures("spamassassin")
def test_more_than_two_points_are_a_warning_that_names_the_rule(newsroom: Newsroom) -> None:
    newsroom.change(
        "issues/publication.yaml", GREETING, "Dear friend, welcome to this week's BioNews:"
    )
    (finding,) = spam_score.check(newsroom.galley())
    assert finding.severity == "warning"
    assert "Its rules: DEAR_FRIEND 2." in finding.problem.message
    assert "DEAR_FRIEND: BODY: Dear Friend?" in finding.problem.hint


# Without it


@pytest.mark.usefixtures("programs")
def test_without_spamassassin_that_is_all_there_is_to_say(newsroom: Newsroom) -> None:
    (finding,) = spam_score.check(newsroom.galley())
    assert finding.severity == "info"
    assert finding.problem.message.endswith("could not be checked: SpamAssassin is not installed.")
    assert finding.problem.hint == "Install it: apt-get install spamassassin."


@pytest.mark.parametrize(
    "source",
    [
        "no program at all",
        "#!/bin/sh\necho '(0.0 points, 5.0 required)'; exit 3\n",
        "#!/bin/sh\nexit 0\n",
        "#!/bin/sh\necho '(x points, 5.0 required)'\n",
    ],
)
def test_a_program_that_does_not_run_is_reported_and_no_more(
    newsroom: Newsroom, programs: Path, source: str
) -> None:
    program(programs, source)
    what = "Whether the email looks like spam could not be checked: SpamAssassin gave no score."
    assert told(newsroom) == [("info", "issues/700/issue.yaml:1", what)]


@pytest.mark.parametrize(
    ("score", "severity"), [("-3.1", "info"), ("2.0", "info"), ("2.1", "warning"), ("7", "error")]
)
def test_the_points_that_the_installation_requires_decide(
    newsroom: Newsroom, programs: Path, score: str, severity: str
) -> None:
    program(programs, f"#!/bin/sh\necho '({score} points, 7.0 required)'\n")
    (found,) = told(newsroom)
    assert found.severity == severity
    what = f"SpamAssassin gives the email {float(score)} points, and 7.0 make it spam. Its rules: none."
    assert found.message == what


def test_the_last_report_counts_with_every_row_of_its_table() -> None:
    assert verdict_in(REPORT) == Verdict(
        2.75,
        4.5,
        (
            Hit("-0.0", "NO_RELAYS", "Informational: message was not relayed via SMTP"),
            Hit("1000", "GTUBE", "BODY: Generic Test"),
            Hit(
                "3",
                "A_RULE_WHOSE_NAME_IS_VERY_LONG",
                "Its description goes on in the next line, [score: 0.5000]",
            ),
            Hit("-7.5", "NO_DESCRIPTION", ""),
        ),
    )


def test_an_answer_without_a_report_has_no_verdict() -> None:
    assert verdict_in("") is None
    assert verdict_in("X-Spam-Status: No, score=0.0") is None
