"""The pages of the preview: an issue from several sides, and the list of all issues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from newsletter.checks.report import Report
from newsletter.email.building import email_files
from newsletter.email.merge_tags import own_email
from newsletter.errors import NewsletterError
from newsletter.manifest import IssueFolder
from newsletter.model import Email
from newsletter.pictures.unusable import Unusable
from newsletter.preview.editors import editor_link
from newsletter.preview.email_values import inbox_values, source_values, text_values
from newsletter.preview.live_archive import BASE
from newsletter.preview.live_issues import LiveIssues, Snapshot
from newsletter.preview.page_templates import render_page
from newsletter.preview.pictures import Row, rows
from newsletter.preview.sources import files_here, query_of
from newsletter.preview.weight import (
    KINDS,
    FormatWeight,
    ItemWeight,
    weigh,
    weigh_format,
    weigh_items,
)
from newsletter.problem import Problem
from newsletter.services import profile_of, with_merge_tags
from newsletter.services.tagging import email_with_tags

ISSUES_A_PAGE = 25
_BUILT = "built"


def filled(email: Email, service: str | None) -> Email:
    """Return the email with its merge tags filled as ``newsletter build`` does it.

    With a service, return it with the tags that this service replaces. Raise ServiceError if
    there is no such service.
    """
    if service is None:
        return own_email(email)
    return email_with_tags(email, profile_of(service))


class Views:
    """The pages of one preview. ``editor`` is the program that opens a file (editors.py)."""

    def __init__(self, live: LiveIssues, editor: str) -> None:
        self.live = live
        self.editor = editor

    def issues(self, older_than: str | None) -> str:
        """Return a page of the list of issues, newest first.

        ``older_than`` is the last number of the page before.
        """
        project = self.live.project()
        folders = project.newest_first()
        is_first = True
        if older_than and self.live.exists(older_than):
            folders = project.before(older_than)
            is_first = False

        on_this_page = list(islice(folders, ISSUES_A_PAGE))
        has_more = next(folders, None) is not None
        rows = self._rows(on_this_page)
        older = on_this_page[-1].path.name if has_more else None
        return self._page("issues", rows=rows, older=older, is_first=is_first)

    def _rows(self, folders: list[IssueFolder]) -> list[tuple[Snapshot, str]]:
        """Return each issue with its state."""
        rows: list[tuple[Snapshot, str]] = []
        for folder in folders:
            snapshot = self.live.snapshot(folder.path.name)
            if snapshot:
                state = self._state(snapshot)
                rows.append((snapshot, state))
        return rows

    def missing(self, message: str) -> str:
        """Return a page that says what does not exist."""
        return self._page("missing", message=message)

    def archive(
        self, path: str, number: str | None, version: str, problems: Sequence[Problem]
    ) -> str:
        """Return what is around a page of the archive; ``number`` is that of its issue."""
        return self._page(
            "archive",
            base=BASE,
            address=BASE + path,
            number=number,
            version=version,
            problems=problems,
        )

    def no_site_page(
        self, message: str, problems: Sequence[Problem] = (), near: Sequence[str] = ()
    ) -> str:
        """Return what is shown in place of a page of the archive; ``near`` are paths of others."""
        links = [(BASE + path, path or "the front page") for path in near]
        return self._page("no_site_page", message=message, problems=problems, near=links)

    def email(self, snapshot: Snapshot, service: str | None) -> str:
        """Return the inbox rows, and the email in its frames; plain text alone as it is."""

        def email_values(email: Email) -> dict[str, Any]:
            if email.format.has_html:
                return {}
            return text_values(email)

        return self._of_issue("email", snapshot, service, email_values)

    def text(self, snapshot: Snapshot, service: str | None) -> str:
        """Return the plain-text email."""
        return self._of_issue("text", snapshot, service, text_values)

    def source(self, snapshot: Snapshot, service: str | None) -> str:
        """Return the HTML and the raw message."""
        return self._of_issue("source", snapshot, service, source_values)

    def size(self, snapshot: Snapshot, service: str | None) -> str:
        """Return the sizes: where the bytes go."""

        def size_values(email: Email) -> dict[str, Any]:
            return {
                "formats": self._format_weights(snapshot),
                "weight": weigh(email.html),
                "picture_bytes": [len(file.content) for file in email.files if file.is_picture],
                "pictures": _pictures(snapshot),
                "items": self._item_weights(snapshot),
                "kinds": KINDS,
            }

        return self._of_issue("size", snapshot, service, size_values)

    def checks(self, snapshot: Snapshot, service: str | None) -> str:
        """Return what the checks find, and whether the issue is ready."""
        report = self.live.report(snapshot)
        return self._of_issue("checks", snapshot, service, report=report)

    def _of_issue(
        self,
        view: str,
        snapshot: Snapshot,
        service: str | None,
        values_of: Callable[[Email], dict[str, Any]] | None = None,
        report: Report | None = None,
    ) -> str:
        """Return a page about an issue. ``values_of`` returns what this view needs besides."""
        values: dict[str, Any] = {"query": query_of("", service)}
        email: Email | None = None
        if snapshot.email:
            email = filled(snapshot.email, service)
            values = {**_addresses(email, service), **inbox_values(email)}
            if values_of:
                values |= values_of(email)

        project = self.live.project()
        return self._page(
            view,
            view=view,
            snapshot=snapshot,
            email=email,
            report=report,
            older=_number_of(next(project.before(snapshot.number), None)),
            newer=_number_of(next(project.after(snapshot.number), None)),
            service=service,
            services=_services(),
            files=_files(snapshot),
            **values,
        )

    def _format_weights(self, snapshot: Snapshot) -> list[FormatWeight]:
        """Return what each format weighs; nothing if the publication names none."""
        if snapshot.email is None or not snapshot.email.issue.publication.formats:
            return []
        emails = [each.email for each in self.live.every_format(snapshot)]
        return [weigh_format(email) for email in emails if email]

    def _item_weights(self, snapshot: Snapshot) -> list[ItemWeight]:
        """Return what each item costs; nothing while the theme is broken, or without HTML."""
        email = snapshot.email
        if snapshot.problems or email is None or not email.format.has_html:
            return []
        try:
            return weigh_items(email, self.live.templates, snapshot.pictures)
        except NewsletterError:  # it was broken just now
            return []

    def _state(self, snapshot: Snapshot) -> str:
        """Return the state of an issue in a few words: of its first format that is not built."""
        if snapshot.email is None:
            return _to_fix(snapshot)

        states = map(self._state_in_format, self.live.every_format(snapshot))
        return next((state for state in states if state != _BUILT), _BUILT)

    def _state_in_format(self, snapshot: Snapshot) -> str:
        if snapshot.problems or snapshot.email is None:
            return _to_fix(snapshot)

        folder = self.live.build / snapshot.number / snapshot.email.further_format
        files = email_files(own_email(snapshot.email))
        try:
            built = {name: (folder / name).read_bytes() for name in files}
        except OSError:
            return "not built yet"

        if built != files:
            return "changed since it was built"
        return _BUILT

    def _page(self, template: str, **values: Any) -> str:
        return render_page(template, opens=self._link, **values)

    def _link(self, problem: Problem) -> str:
        """Return the link that opens the file at the problem."""
        return editor_link(self.editor, problem.path, problem.line)


def _to_fix(snapshot: Snapshot) -> str:
    return f"{len(snapshot.problems)} to fix"


def _addresses(email: Email, service: str | None) -> dict[str, Any]:
    """Return what follows the addresses of this format, and of each format, here."""
    leading, *further = email.issue.publication.every_format
    names = {leading.name: "", **{format.name: format.name for format in further}}
    return {
        "query": query_of(email.further_format, service),
        "query_of": {name: query_of(further, service) for name, further in names.items()},
    }


def _services() -> dict[str, str]:
    """Return the names of the services that have merge tags, each with its title."""
    return {name: profile_of(name).title for name in with_merge_tags()}


def _number_of(folder: IssueFolder | None) -> str | None:
    if folder is None:
        return None
    return folder.path.name


def _pictures(snapshot: Snapshot) -> list[Row]:
    """Return what was made of each picture of the email; nothing while a file is missing."""
    email = snapshot.email
    if email is None:
        return []
    try:
        of_issue = list(rows(email.issue, snapshot.pictures, snapshot.folder))
    except (OSError, Unusable):
        return []
    return [row for row in of_issue if row.picture.file in email.files]


def _files(snapshot: Snapshot) -> dict[str, str]:
    """Return the addresses of the email's own files on the web, each with its address here."""
    if snapshot.email is None:
        return {}
    return files_here(snapshot.email)
