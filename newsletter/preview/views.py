"""The pages of the preview: each method returns one page's HTML."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from wcwidth import width as cells

from newsletter.checks.manual import why
from newsletter.checks.report import Report
from newsletter.checks.verdict import counted, verdict
from newsletter.email.building import FILES, email_files
from newsletter.email.merge_tags import own_email
from newsletter.email.summary import GMAIL_CLIPS_AT, minutes, word_count
from newsletter.errors import NewsletterError
from newsletter.files import relative_to_cwd
from newsletter.model import Email
from newsletter.model.addresses import own_pictures
from newsletter.model.fields import mailbox
from newsletter.preview.editors import editor_link
from newsletter.preview.live_issues import LiveIssues, Snapshot
from newsletter.preview.weight import KINDS, ItemWeight, pieces, weigh, weigh_items
from newsletter.problem import Problem
from newsletter.services import profile_of, with_merge_tags
from newsletter.services.tagging import email_with_tags

_Values = Callable[[Email], dict[str, Any]]
PAGES = Path(__file__).parent / "pages"
ISSUES_A_PAGE = 25


def filled(email: Email, service: str | None) -> Email:
    """Return the email with its merge tags as ``newsletter build`` fills them, or as a mailing service writes them.

    Raise ServiceError for an unknown service.
    """
    if service is None:
        return own_email(email)
    return email_with_tags(email, profile_of(service))


class Views:
    """The pages of one preview. ``editor`` is the program that opens a file (editors.py)."""

    def __init__(self, desk: LiveIssues, editor: str) -> None:
        self.desk = desk
        self.editor = editor

    def issues(self, older_than: str | None) -> str:
        """Return a page of the list of issues, newest first; ``older_than`` is the last number of the page before."""
        numbers = self.desk.numbers()
        start = numbers.index(older_than) + 1 if older_than in numbers else 0
        shown = numbers[start : start + ISSUES_A_PAGE]
        rows = [
            (current, self._state(current))
            for number in shown
            if (current := self.desk.current(number))
        ]
        older = shown[-1] if start + ISSUES_A_PAGE < len(numbers) else None
        return self._page("issues", rows=rows, older=older, is_first=start == 0)

    def missing(self, message: str) -> str:
        """Return a page that says what does not exist."""
        return self._page("missing", message=message)

    def email(self, current: Snapshot, service: str | None) -> str:
        """Return the inbox rows, and the email in its frames."""
        return self._of_issue("email", current, service, lambda _: {})

    def text(self, current: Snapshot, service: str | None) -> str:
        """Return the plain-text email."""
        return self._of_issue("text", current, service, text_values)

    def source(self, current: Snapshot, service: str | None) -> str:
        """Return the HTML and the raw message."""
        return self._of_issue("source", current, service, _source_values)

    def size(self, current: Snapshot, service: str | None) -> str:
        """Return the sizes: where the bytes go."""
        return self._of_issue(
            "size", current, service, lambda email: self._size_values(current, email)
        )

    def checks(self, current: Snapshot, service: str | None) -> str:
        """Return what the checks find, and whether the issue is ready."""
        return self._of_issue("checks", current, service, lambda _: {}, self.desk.report(current))

    def _of_issue(
        self,
        view: str,
        current: Snapshot,
        service: str | None,
        values: Callable[[Email], dict[str, Any]],
        report: Report | None = None,
    ) -> str:
        numbers = self.desk.numbers()
        place = numbers.index(current.number) if current.number in numbers else None
        email = filled(current.email, service) if current.email else None
        return self._page(
            view,
            view=view,
            current=current,
            email=email,
            report=report,
            older=numbers[place + 1] if place is not None and place + 1 < len(numbers) else None,
            newer=numbers[place - 1] if place else None,
            service=service,
            services=with_merge_tags(),
            pictures=_pictures(current),
            query=f"?tags={service}" if service else "",
            **(inbox_values(email) | values(email) if email else {}),
        )

    def _size_values(self, current: Snapshot, email: Email) -> dict[str, Any]:
        return {
            "weight": weigh(email.html),
            "items": self._items(current),
            "kinds": KINDS,
        }

    def _items(self, current: Snapshot) -> list[ItemWeight]:
        """Return what each item costs; nothing while the theme is broken."""
        if current.problems or current.email is None:
            return []
        try:
            return weigh_items(current.email, self.desk.templates)
        except NewsletterError:  # it was broken just now
            return []

    def _state(self, current: Snapshot) -> str:
        """Return the state of an issue, in a few words."""
        if current.problems or current.email is None:
            return f"{len(current.problems)} to fix"
        folder = self.desk.build / current.number
        files = email_files(own_email(current.email))
        try:
            built = {name: (folder / name).read_bytes() for name in files}
        except OSError:
            return "not built yet"
        return "built" if built == files else "changed since it was built"

    def _page(self, template: str, **values: Any) -> str:
        return environment().get_template(f"{template}.html.j2").render(opens=self._opens, **values)

    def _opens(self, problem: Problem) -> str:
        return editor_link(self.editor, problem.path, problem.line)


def inbox_values(email: Email) -> dict[str, str]:
    """Return what inboxes show besides subject and preheader."""
    name, address = mailbox(email.issue.publication.sender)
    return {"sender": name or address}


def _pictures(current: Snapshot) -> dict[str, str]:
    """Return the addresses of the issue's own pictures on the web, each with its address here: until the issue is out,
    they may be nowhere else. A changed picture has another address.
    """
    if current.email is None:
        return {}
    own = own_pictures(current.email.issue)
    return {
        address: f"/{current.number}/{quote(file)}?{_stamp(current.folder / file)}"
        for address, file in own.items()
    }


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns if path.is_file() else 0


def text_values(email: Email) -> dict[str, Any]:
    """Return the plain text in lines, each with whether it is too long, and a ruler to measure them by."""
    width = email.issue.publication.text_width
    lines = [(line, cells(line) > width) for line in email.text.rstrip("\n").split("\n")]
    tens = "".join(f"{column:·>10}" for column in range(10, width + 1, 10))
    return {
        "lines": lines,
        "too_long": sum(1 for _, is_long in lines if is_long),
        "width": width,
        "ruler": tens.ljust(width, "·"),
        "words": word_count(email.text),
    }


def _source_values(email: Email) -> dict[str, Any]:
    lines: list[list[tuple[str, str]]] = [[]]
    for kind, piece in pieces(email.html):
        first, *others = piece.split("\n")
        lines[-1].append((kind, first))
        lines.extend([(kind, other)] for other in others)
    return {
        "html_lines": lines,
        "message": FILES["email.eml"](email).decode("ascii"),
        "kinds": KINDS,
    }


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Return the environment for the pages around the email: everything that is put into them is escaped."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals |= {
        "gmail_clips_at": GMAIL_CLIPS_AT,
        "counted": counted,
        "verdict": verdict,
        "why": why,
    }
    filters: dict[str, Callable[..., Any]] = {
        "minutes": minutes,
        "bytes": lambda text: len(text.encode()),
        "number": lambda number: f"{number:,}",
        "day": lambda date: f"{date:%A} {date.day} {date:%B %Y}",
        "short_day": lambda date: f"{date.day} {date:%b}",
        "relative_to_cwd": relative_to_cwd,
    }
    templates.filters |= filters
    return templates
