"""An importer of another distribution: found, weighed fairly, and named when it is at fault."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter.errors import PluginError, UnreadableError
from newsletter.importers import Original, importer_of, read
from newsletter.importers.sources import text as text_importer
from tests.conftest import REPOSITORY
from tests.importers.a_publication import publication
from tests.plugins import install_example, installed, write_plugin

GROUP = "newsletter.importers"
INVITATION = b"""BEGIN:VCALENDAR\r
BEGIN:VEVENT\r
SUMMARY:Cells on stage\\, an evening\r
DTSTART:20120420T173000Z\r
DTEND;TZID=Europe/London:20120420T200000\r
LOCATION:The Old Hall\\, 1 Mill\r
  Lane\r
DESCRIPTION:Three short plays.\\n\\nThe door opens at six.\r
END:VEVENT\r
END:VCALENDAR\r
"""
HEAD = "from newsletter.importers import Fit, Found, Piece, unreadable\nTITLE = 'dots'\n"
FIT_YES = "def fit(original): return Fit.YES\n"
FIT_PERHAPS = "def fit(original): return Fit.PERHAPS\n"
READ = "def read(original, context): yield Piece({'title': Found('Dots', 'a dot')})\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the example is installed."""
    return install_example(tmp_path_factory.mktemp("site"))


@pytest.fixture
def with_dots(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """Have an importer installed, whose module has the text that the test names."""
    entry = f"[{GROUP}]\ndots = dotted\n"
    write_plugin(tmp_path, "newsletter-dots", entry, {"dotted": request.param})
    with installed(tmp_path):
        yield


def test_the_example_reads_what_we_do_not(site: Path) -> None:
    original = Original("invitation.ics", INVITATION)
    with installed(site):
        (piece,) = read(original, publication())

    assert {name: found.value for name, found in piece.fields.items()} == {
        "kind": "event",
        "title": "Cells on stage, an evening",
        "starts": "2012-04-20 18:30",
        "ends": "2012-04-20 20:00",
        "place": "The Old Hall, 1 Mill Lane",
        "body": "Three short plays.\n\nThe door opens at six.",
    }


def test_the_example_leaves_to_us_what_we_read(site: Path) -> None:
    with installed(site):
        assert importer_of(Original("piece.md", b"Cells that heal")) is text_importer


def test_it_is_added_by_the_command(site: Path, newsletter_folder: Path) -> None:
    (newsletter_folder / "invitation.ics").write_bytes(INVITATION)
    program = f"import sys; sys.path.append({str(site)!r}); from newsletter.cli import main; main()"
    command = [sys.executable, "-c", program, "add", "652", "invitation.ics", "--dry-run"]

    done = subprocess.run(
        command,
        cwd=newsletter_folder,
        env={"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
    )

    assert "Cells on stage, an evening" in done.stdout, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("with_dots", "name", "title"),
    [
        (HEAD + FIT_YES + READ, "piece.md", "dots"),
        (HEAD + FIT_PERHAPS + READ, "piece.md", text_importer.TITLE),
        (HEAD + FIT_PERHAPS + READ, "piece", "dots"),
    ],
    indirect=["with_dots"],
    ids=["as-sure", "less-sure", "both-unsure"],
)
@pytest.mark.usefixtures("with_dots")
def test_the_surest_wins_and_of_equals_the_one_that_was_installed(name: str, title: str) -> None:
    assert title == importer_of(Original(name, b"Cells that heal")).TITLE


@pytest.mark.parametrize(
    ("with_dots", "said"),
    [
        ("1 / 0", "cannot be loaded (ZeroDivisionError: division by zero)"),
        (HEAD + FIT_YES, "has no 'read'"),
        ("TITLE = ''\ndef fit(_): 1\ndef read(*_): 1\n", "has no 'TITLE'"),
        (HEAD + "def fit(_): return {}['x']\n" + READ, "failed in 'fit' (KeyError: 'x')"),
        (HEAD + "def fit(_): return True\n" + READ, "answers bool in 'fit', not a Fit"),
        (HEAD + FIT_YES + "def read(*_): return 1\n", "failed in 'read' (TypeError: "),
        (
            HEAD + FIT_YES + "def read(*_):\n yield Piece({})\n {}['x']\n",
            "failed in 'read' (KeyError: 'x')",
        ),
        (HEAD + FIT_YES + "def read(*_): yield 'Dots'\n", "reads a str, not a Piece"),
        (
            HEAD + FIT_YES + "def read(*_): yield Piece({'title': 'Dots'})\n",
            "gives 'title' without the rule that found it",
        ),
    ],
    indirect=["with_dots"],
    ids=[
        "cannot-be-loaded",
        "no-read",
        "no-title",
        "fit-raises",
        "fit-answers-true",
        "read-returns",
        "read-raises-later",
        "reads-texts",
        "fields-without-rules",
    ],
)
@pytest.mark.usefixtures("with_dots")
def test_one_at_fault_is_named(said: str) -> None:
    with pytest.raises(PluginError) as raised:
        read(Original("piece.md", b"Cells that heal"), publication())

    message = str(raised.value)
    assert message.startswith(f"newsletter-dots 1.0: The importer 'dots' {said}")
    assert message.endswith("Update or uninstall it.")


@pytest.mark.parametrize(
    "with_dots",
    [HEAD + FIT_YES + "def read(original, _): raise unreadable(original, 'It is torn.', 'Ask.')\n"],
    indirect=True,
    ids=["torn"],
)
@pytest.mark.usefixtures("with_dots")
def test_what_it_cannot_read_is_the_original_s_fault() -> None:
    with pytest.raises(UnreadableError, match=r"piece\.md: It is torn\. Ask\."):
        read(Original("piece.md", b"Cells that heal"), publication())


def test_two_of_one_name_are_reported(tmp_path: Path) -> None:
    entries = f"[{GROUP}]\ndots = dotted\nword = dotted\n"
    write_plugin(tmp_path / "one", "one", entries, {"dotted": HEAD + FIT_YES + READ})
    write_plugin(tmp_path / "two", "two", f"[{GROUP}]\ndots = dotted\n")

    with installed(tmp_path / "one", tmp_path / "two"), pytest.raises(PluginError) as raised:
        importer_of(Original("piece.md", b"Cells that heal"))

    hint = "Update or uninstall it."
    assert str(raised.value).splitlines() == [
        f"one 1.0: The importer 'word' has the same name as the built-in one. {hint}",
        f"two 1.0: The importer 'dots' has the same name as the one in one 1.0. {hint}",
    ]
