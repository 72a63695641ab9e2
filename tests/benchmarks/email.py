"""How fast it is, as ratios to something measured in the same run: ``make benchmark``.

It measures the commands cold, against a Python that imports only the libraries we stand on; a
newsletter of 1,300 issues; reading, rendering and checking warm, against the plain order (Jinja2,
MJML, premailer). Processor time is what counts: other programs make the clock's time longer.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import get_args

from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight
from newsletter.email import teaser
from newsletter.email.merge_tags import fill, own_values
from newsletter.email.rendering import render
from newsletter.manifest import read_issue
from newsletter.markup import parse
from newsletter.model import Format, Issue
from newsletter.model.formats import Shows
from newsletter.text import markdown, wrapping
from newsletter.text.typography import setting
from newsletter.theme import Theme, compile_theme
from tests.benchmarks.commands import (
    REPOSITORY,
    Command,
    Measured,
    measure,
    median_ms,
    newsletter,
    print_table,
)
from tests.benchmarks.many import write_newsletter
from tests.theme.test_oracle import plainly_rendered

RUNS = 9
FLOOR = "imports"
"""The command that only imports the libraries."""
LIBRARIES = """
import click, jinja2, yaml
from pydantic import BaseModel
class Noun(BaseModel):
    title: str
Noun(title="A model that is built and used")
"""
WITHOUT_RULES = """
import gc
gc.disable()
from pathlib import Path
from newsletter.cli import main
from newsletter.email.built import build_issue
build_issue(Path("issues/652"), Path("templates"), Path("build"))
gc.freeze()
"""
IN_A_SHELL = {"_NEWSLETTER_COMPLETE": "bash_complete"}


def measure_cold(folder: Path) -> None:
    """Print how long commands take in a process of their own, also among 1,300 issues."""
    many = write_newsletter(folder / "many", 1300)
    cache = folder / "cache"
    completion = IN_A_SHELL | {"NEWSLETTER_CACHE": str(cache)}
    commands = [
        Command("nothing", ["-c", ""]),
        Command(FLOOR, ["-c", "import pydantic, jinja2, yaml"]),
        Command("imports, and one model used", ["-c", LIBRARIES]),
        newsletter("--version", "--version", cache=cache),
        newsletter("--help", "--help", cache=cache),
        newsletter("check --help", "check", "--help", cache=cache),
        Command(
            "TAB behind newsletter",
            ["-m", "newsletter"],
            environment=completion | {"COMP_CWORD": "1", "COMP_WORDS": "newsletter "},
        ),
        Command(
            "TAB behind newsletter check --",
            ["-m", "newsletter"],
            environment=completion | {"COMP_CWORD": "2", "COMP_WORDS": "newsletter check --"},
        ),
        Command(
            "build 652, without rules",
            ["-c", WITHOUT_RULES],
            environment={"NEWSLETTER_CACHE": str(cache)},
        ),
        newsletter("build 652", "build", "652", cache=cache),
        newsletter("build, newest of 1,300", "build", folder=many, cache=folder / "cache-many"),
    ]
    print_table(measure(commands, RUNS), FLOOR)
    print()

    first, second = Measured(), Measured()
    build_all = newsletter("", "build", "--all", folder=many, cache=folder / "cache-many")
    build_all.run(first)
    build_all.run(second)
    print_seconds("build --all, 1,300 issues", first)
    print_seconds("  again, nothing changed", second)


def print_seconds(name: str, measured: Measured) -> None:
    """Print what a command took that runs for seconds, on all cores."""
    processor = statistics.median(measured.processor) / 1000
    clock = statistics.median(measured.clock) / 1000
    print(
        f"{name:<34}{processor:>6.1f} s CPU{clock:>7.1f} s on the clock"
        f"{measured.megabytes:>7.0f} MB in the largest process"
    )


def measure_check_all(folder: Path) -> None:
    """Print whether the time of an issue, and the memory, grow with the number of issues."""
    for count in (100, 1000):
        many = write_newsletter(folder / f"check-{count}", count)
        measured = Measured()
        cache = folder / f"cache-{count}"
        newsletter("", "check", "--all", folder=many, cache=cache).run(measured)
        print_seconds(f"check --all, {count:,} issues", measured)
        print(f"  {measured.processor[0] / count:.1f} ms CPU an issue")


def with_25_items(issue: Issue) -> Issue:
    """Return the issue with its news repeated under different titles, up to 25 items."""
    news = next(section for section in issue.sections if section.kind == "news")
    others = sum(len(section.items) for section in issue.sections if section is not news)
    items = [
        item.model_copy(update={"title": f"{item.title} ({turn})"})
        for turn in "abc"
        for item in news.items
    ][: 25 - others]
    sections = [
        news.model_copy(update={"items": tuple(items)}) if s is news else s for s in issue.sections
    ]
    return issue.model_copy(update={"sections": tuple(sections)})


def measure_rendering(name: str, issue: Issue, theme: Theme) -> None:
    """Print size and times of one issue."""
    email = render(issue, theme)
    size = len(fill(email, own_values(issue)).html.encode())

    def with_new_texts() -> None:
        for kept in KEPT_OF_TEXTS:
            kept.cache_clear()
        render(issue, theme)

    warm = median_ms(lambda: render(issue, theme), 200)
    changed = median_ms(with_new_texts, 100)
    plain = median_ms(lambda: plainly_rendered(email, theme), 20)
    print(f"{name}: {size:,} bytes of HTML")
    print(
        f"  plain order {plain:.1f} ms; compiled, every text new {changed:.2f} ms: "
        f"{plain / changed:.1f} times as fast"
    )
    print(f"  compiled, texts seen before {warm:.2f} ms: {plain / warm:.1f} times as fast")


def with_bodies(issue: Issue) -> Issue:
    """Return the issue with about 550 words in each of its pieces, as BioNews's have."""
    sections = []
    for section in issue.sections:
        items = []
        for item in section.items:
            paragraph = f"{item.teaser} {item.title}.\n\n"
            body = paragraph * (550 // len(paragraph.split()))
            items.append(item.model_copy(update={"body": body, "teaser": None}))
        sections.append(section.model_copy(update={"items": tuple(items)}))
    return issue.model_copy(update={"sections": tuple(sections)})


def measure_formats(name: str, issue: Issue, theme: Theme, at_most: int = 95) -> None:
    """Print how long three formats take, as a ratio to the leading one alone."""
    formats = [Format(name=shows, shows=shows, at_most=at_most) for shows in get_args(Shows)]

    def in_three() -> None:
        for format in formats:
            render(issue, theme, format)

    shortened = len(render(issue, theme, formats[-1]).shortened)
    one = median_ms(lambda: render(issue, theme), 100)
    three = median_ms(in_three, 100)
    print(
        f"{name}, teasers {one:.2f} ms; teasers, headlines and full {three:.2f} ms: "
        f"{three / one:.1f} times as long; {shortened} pieces become teasers"
    )


def measure_checks() -> None:
    """Print how long reading and checking take, from the files of 652 to the report."""
    folder = REPOSITORY / "issues" / "652"
    everything = REPOSITORY / "tests" / "golden" / "everything" / "issues" / "1268a"

    def checked() -> None:
        parse.cache_clear()
        preflight(galley_of(folder))

    print(
        f"reading: 652 {median_ms(lambda: read_issue(folder), 50):.1f} ms, "
        f"with whole texts {median_ms(lambda: read_issue(everything), 50):.1f} ms"
    )
    rendered = median_ms(lambda: galley_of(folder), 50)
    whole = median_ms(checked, 50)
    print(
        f"checking 652, warm: {whole:.1f} ms; only read and rendered {rendered:.1f} ms: "
        f"{whole / rendered:.1f} times"
    )


KEPT_OF_TEXTS = (
    markdown.tokens,
    markdown.to_text,
    wrapping.wrap,
    teaser._from_body,
    teaser._is_short,
    setting.set_line,
    setting._set_title,
    markdown.html._emphasised,
    setting.set_blocks,
)
"""Functions that remember texts that they have seen."""


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measure_cold(folder)
        measure_check_all(folder)
    print()

    issue = read_issue(REPOSITORY / "issues" / "652")
    theme = compile_theme("bionews", REPOSITORY / "templates")
    measure_checks()
    measure_rendering("652, 13 items", issue, theme)
    measure_rendering("25 such items", with_25_items(issue), theme)
    measure_formats("652", issue, theme)
    long = with_bodies(with_25_items(issue))
    measure_formats("25 pieces of 550 words", long, theme)
    measure_formats("  in half of what Gmail shows", long, theme, at_most=50)


if __name__ == "__main__":
    main()
