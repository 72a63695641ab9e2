"""Beside other programs that make emails: ``make benchmark-peers``.

All make the same issues of 12 items, each item a title, a teaser and a link, and are measured in
turns. The peers get the issues as JSON, which costs less to read than our YAML, and read one file
where our command looks for the newest issue among 1,300. Every email is checked for all its titles
and links. Their templates are in ``peers/``.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

from newsletter.manifest import read_issue
from tests.benchmarks.commands import (
    REPOSITORY,
    Command,
    Measured,
    measure,
    newsletter,
    run_at_once,
)
from tests.benchmarks.many import write_newsletter

SCRIPTS = REPOSITORY / "tests" / "benchmarks" / "peers"
RUNS = 9
WARM_ISSUES = 200
WARM_RUNS = 3
NOTES = f"""
Medians of {RUNS} cold builds in turns; a ratio is that of processor times, theirs divided by ours.
Warm: a render of texts that are new, in a program that runs already. All issues: in two processes,
from nothing. Ours builds with all rules when it is cold, and without them when it builds all; its
times include the plain text, which of the others only emailmd writes.
"""
WITHOUT_RULES = """
import gc, sys
gc.disable()
from pathlib import Path
from newsletter.cli import main
from newsletter.email.built import build_issue
build_issue(Path("issues") / sys.argv[1], Path("templates"), Path("without-rules"))
gc.freeze()
"""

OUR_FILE = "{}/email.html"
"""Where our command puts the email of an issue."""
Issues = Sequence[dict[str, Any]]


class Peer(NamedTuple):
    """A program beside ours: its name, and its script with options."""

    name: str
    script: str
    options: tuple[str, ...] = ()


OURS = Peer("newsletter", "ours.py")
PEERS = (
    Peer("Jinja2, mjml-python, css-inline", "with_css_inline.py"),
    Peer("  with markdown-it-py", "with_css_inline.py", ("markdown",)),
    Peer("Jinja2, premailer", "with_premailer.py"),
    Peer("Inkletter (Markdown)", "with_inkletter.py"),
    Peer("emailmd (Markdown)", "with-emailmd.mjs"),
    Peer("MJML, juice", "with-mjml.mjs"),
    Peer("React Email", "with-react-email.mjs"),
    Peer("jsx-email", "with-jsx-email.mjs"),
    Peer("Maizzle", "with-maizzle.mjs"),
)


@dataclass
class Row:
    """What was measured of one program."""

    name: str
    cold: Measured
    warm: float | None = None
    """Milliseconds of processor time to render an issue whose texts are new."""
    many: Measured | None = None
    missing: set[str] = field(default_factory=set)
    """The titles and links of issues that are not in their emails."""


@dataclass(frozen=True)
class Workplace:
    """Where the peers are installed, and where they read and write."""

    installed: Path
    folder: Path

    def command(self, peer: Peer, issues: Issues, output: str) -> Command:
        """Return the command by which a peer renders these issues into the folder ``output``."""
        target = self.folder / output
        target.mkdir(parents=True, exist_ok=True)
        source = self.folder / f"{issues[0]['number']}-{issues[-1]['number']}.json"
        source.write_text(json.dumps(issues), "utf-8")

        script = str(self.installed / peer.script)
        arguments = (script, str(source), str(target), *peer.options)
        return Command(peer.name, arguments, self.installed, self.environment, self.program(peer))

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables that name our cache."""
        return {"NEWSLETTER_CACHE": str(self.folder / "cache")}

    def program(self, peer: Peer) -> str:
        """Return what runs a peer's script."""
        if peer is OURS:
            return sys.executable
        if peer.script.endswith(".py"):
            return str(self.installed / "python" / "bin" / "python")
        return "node"


def issues_of(folder: Path) -> Issues:
    """Return the issues of a newsletter, oldest first, as our peers get them."""
    folders = [path for path in (folder / "issues").iterdir() if path.is_dir()]
    return [as_plain(path) for path in sorted(folders, key=lambda path: int(path.name))]


def as_plain(folder: Path) -> dict[str, Any]:
    """Return an issue as plain data, with the folder that we read it from ourselves."""
    issue = read_issue(folder)
    items = [
        {"title": item.title, "url": item.url, "teaser": item.teaser}
        for section in issue.sections
        for item in section.items
    ]
    return {
        "number": issue.number,
        "date": issue.date.isoformat(),
        "items": items,
        "folder": str(folder),
    }


def missing_in(email: Path, issue: dict[str, Any]) -> set[str]:
    """Return the titles and links of an issue that are not in its email."""
    titles = {item["title"] for item in issue["items"]}
    links = {item["url"] for item in issue["items"]}
    if not email.is_file():
        return titles | links

    page = html.fromstring(email.read_bytes())
    words = " ".join(page.body.text_content().split())
    missing_titles = {title for title in titles if title not in words}
    return missing_titles | (links - set(page.xpath("//a/@href")))


def missing(folder: Path, issues: Iterable[dict[str, Any]], name: str = "{}.html") -> set[str]:
    """Return the titles and links of issues that are not in their emails."""
    found: set[str] = set()
    for issue in issues:
        found |= missing_in(folder / name.format(issue["number"]), issue)
    return found


def measure_cold(place: Workplace, issues: Issues, many: Path) -> list[Row]:
    """Return rows with the time of building the newest issue, each in a process of its own."""
    newest = issues[-1:]
    number = newest[0]["number"]
    commands = [
        newsletter(OURS.name, "build", folder=many, cache=place.folder / "cache"),
        Command("  without its rules", ("-c", WITHOUT_RULES, number), many, place.environment),
    ]
    commands += [place.command(peer, newest, f"cold/{peer.name}") for peer in PEERS]

    rows = [Row(name, measured) for name, measured in measure(commands, RUNS).items()]
    with_rules, without_rules, *peers = rows
    with_rules.missing |= missing(many / "build", newest, OUR_FILE)
    without_rules.missing |= missing(many / "without-rules", newest, OUR_FILE)
    for row in peers:
        row.missing |= missing(place.folder / "cold" / row.name, newest)

    return rows


def measure_warm(place: Workplace, issues: Issues, rows: Mapping[str, Row]) -> None:
    """Measure a render, of texts that are new, in a program that runs already."""
    times: dict[str, list[float]] = {}
    for _ in range(WARM_RUNS):
        for peer in (OURS, *PEERS):
            command = place.command(peer, issues, f"warm/{peer.name}")
            process = command.start(subprocess.PIPE)
            output, _ = process.communicate()
            if process.returncode:
                raise SystemExit(
                    f"{peer.name} cannot render these issues: {' '.join(command.arguments)}"
                )

            milliseconds = float(output.split()[-1])
            times.setdefault(peer.name, []).append(milliseconds)

    for name, taken in times.items():
        rows[name].warm = statistics.median(taken)
        rows[name].missing |= missing(place.folder / "warm" / name, issues)


def measure_many(place: Workplace, issues: Issues, many: Path, rows: Mapping[str, Row]) -> None:
    """Measure how long all issues take from nothing, in two processes at once."""
    ours = rows[OURS.name].many = Measured()
    shutil.rmtree(many / "build")
    cache = place.folder / "cache-of-all"
    newsletter(OURS.name, "build", "--all", folder=many, cache=cache).run(ours)
    rows[OURS.name].missing |= missing(many / "build", issues, OUR_FILE)

    half = len(issues) // 2
    for peer in PEERS:
        output = f"many/{peer.name}"
        first = place.command(peer, issues[:half], output)
        second = place.command(peer, issues[half:], output)

        row = rows[peer.name]
        row.many = Measured()
        run_at_once([first, second], row.many)
        row.missing |= missing(place.folder / output, issues)


def print_rows(rows: Sequence[Row], count: int) -> None:
    """Print all that was measured, and divided by ours."""
    ours = rows[0]
    many = f"{count:,} issues"
    times = f"{'CPU':>9}{'clock':>10}{'ratio':>8}"
    print(f"{'':<31}{'cold build':^27}  {'warm render':^17}  {many:^27}")
    print(f"{'':<31}{times}  {'CPU':>9}{'ratio':>8}  {times}  emails")

    for row in rows:
        cold = columns(row.cold, ours.cold, "ms")
        warm = many = ""
        if row.warm and ours.warm:
            ratio = row.warm / ours.warm
            warm = f"{row.warm:>6.2f} ms{ratio:>8.2f}"
        if row.many and ours.many:
            many = columns(row.many, ours.many, "s")
        print(f"{row.name:<31}{cold}  {warm:<17}  {many:<27}  {complete(row)}")

    print(NOTES)


def columns(measured: Measured, ours: Measured, unit: str) -> str:
    """Return processor time, time on the clock, and the ratio of the processor times."""
    processor = statistics.median(measured.processor)
    clock = statistics.median(measured.clock)
    ratio = processor / statistics.median(ours.processor)
    if unit == "s":
        return f"{processor / 1000:>7.1f} s{clock / 1000:>8.1f} s{ratio:>8.2f}"

    return f"{processor:>6.0f} ms{clock:>7.0f} ms{ratio:>8.2f}"


def complete(row: Row) -> str:
    """Return whether all titles and links are in a program's emails."""
    if row.missing:
        return f"{len(row.missing)} TITLES OR LINKS MISSING, such as {min(row.missing)}"
    return "complete"


def main(installed: Path, count: int = 1300) -> None:
    """Measure all programs, and print the table."""
    if not (installed / "ready").is_file():
        print("No other program was measured: 'make benchmark-peers' installs them first.")
        return

    shutil.copytree(SCRIPTS, installed, dirs_exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        place = Workplace(installed, Path(name))
        many = write_newsletter(place.folder / "newsletter", count)
        issues = issues_of(many)
        rows = measure_cold(place, issues, many)
        by_name = {row.name: row for row in rows}
        measure_warm(place, issues[:WARM_ISSUES], by_name)
        measure_many(place, issues, many, by_name)
    print_rows(rows, count)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), *map(int, sys.argv[2:]))
