"""How fast it is, as ratios against something measured in the same run: ``make benchmark``.

It measures the bytes of issue 652 and of one with 25 such items; an issue rendered warm, against the plain order
(Jinja2, MJML, premailer); the checks, against the rendering; the commands cold, against a Python that does nothing.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight
from newsletter.email import teaser
from newsletter.email.merge_tags import fill, own_values
from newsletter.email.rendering import render
from newsletter.manifest import read_issue
from newsletter.markup import parse
from newsletter.model import Issue
from newsletter.text import markdown, wrapping
from newsletter.theme import Theme, compile_theme
from tests.theme.test_oracle import REPOSITORY, plainly_rendered


def median_ms(action: Callable[[], object], runs: int) -> float:
    """Return the median milliseconds of ``runs`` calls."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


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
        for kept in (
            markdown.tokens,
            markdown.to_text,
            wrapping.wrap,
            teaser._from_body,
            teaser._is_short,
        ):
            kept.cache_clear()
        render(issue, theme)

    warm = median_ms(lambda: render(issue, theme), 200)
    changed = median_ms(with_new_texts, 100)
    plain = median_ms(lambda: plainly_rendered(issue, theme, email.subject, email.preheader), 20)
    print(f"{name}: {size:,} bytes of HTML")
    print(
        f"  plain order {plain:.1f} ms; compiled, every text new {changed:.2f} ms: {plain / changed:.1f} times as fast"
    )
    print(f"  compiled, texts seen before {warm:.2f} ms: {plain / warm:.1f} times as fast")


def measure_checks() -> None:
    """Print how long the checks of 652 take, from its files to the report."""
    folder = REPOSITORY / "issues" / "652"

    def checked() -> None:
        parse.cache_clear()
        preflight(galley_of(folder))

    rendered = median_ms(lambda: galley_of(folder), 50)
    everything = median_ms(checked, 50)
    print(
        f"newsletter check 652, warm: {everything:.1f} ms; only read and rendered {rendered:.1f} ms: "
        f"{everything / rendered:.1f} times"
    )


def measure_cold(verb: str, nothing: float) -> None:
    """Print how long a command takes in its own process."""
    command = [sys.executable, "-m", "newsletter", verb, "652"]
    cold = median_ms(
        lambda: subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL), 10
    )
    print(
        f"newsletter {verb} 652, cold: {cold:.0f} ms; Python doing nothing {nothing:.0f} ms: {cold / nothing:.0f} times"
    )


def main() -> None:
    issue = read_issue(REPOSITORY / "issues" / "652")
    theme = compile_theme("bionews", REPOSITORY / "templates")
    measure_rendering("652, 13 items", issue, theme)
    measure_rendering("25 such items", with_25_items(issue), theme)
    measure_checks()
    nothing = median_ms(lambda: subprocess.run([sys.executable, "-c", ""], check=True), 10)
    measure_cold("build", nothing)
    measure_cold("check", nothing)


if __name__ == "__main__":
    main()
