"""The preview as a web application: its addresses, and what each answers."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from newsletter.email.building import FILES, PICTURES
from newsletter.model import Email
from newsletter.preview.guard import Guard
from newsletter.preview.live_archive import BASE, LiveArchive
from newsletter.preview.live_issues import LiveIssues, Snapshot
from newsletter.preview.page_templates import PAGES
from newsletter.preview.policies import email_policy, no_picture_policy
from newsletter.preview.site_pages import SitePages
from newsletter.preview.sources import with_pictures_here, without_pictures
from newsletter.preview.views import Views, filled
from newsletter.preview.watching import changes
from newsletter.services import with_merge_tags

_RETRY = 1000
"""Milliseconds after which a page tries again to reach a server that has stopped."""
_FOR_AN_HOUR = "private, max-age=3600"
"""How long a browser keeps a picture: its name holds a part of its content's hash."""
_NO_SUCH_PAGE = "There is no such page."


def application(live: LiveIssues, editor: str, hosts: frozenset[str]) -> ASGIApp:
    """Return the preview of the issues, for requests to one of ``hosts`` (guard.py).

    ``editor`` is the program that opens a file (editors.py).
    """
    preview = _Preview(live, editor)
    app = Starlette(
        routes=preview.routes(),
        lifespan=preview.watching,
        exception_handlers={404: preview.missing},
    )
    return Guard(app, hosts)


class _Preview:
    def __init__(self, live: LiveIssues, editor: str) -> None:
        self.live = live
        self.views = Views(live, editor)
        self.archive = LiveArchive(live.issues, live.templates)
        self.site_pages = SitePages(self.archive, self.views)
        self._open_pages: set[_OpenPage] = set()

    def routes(self) -> list[Route | Mount]:
        views = self.views
        return [
            Route("/", self.issues),
            Mount("/pages", _Pages(directory=PAGES)),
            Route("/changes", self.changes),
            Route(BASE.rstrip("/"), lambda _: RedirectResponse(BASE)),
            Route(f"{BASE}{{path:path}}", self.site_pages.answer),
            Route("/{number}", self._page(views.email)),
            Route("/{number}/text", self._page(views.text)),
            Route("/{number}/source", self._page(views.source)),
            Route("/{number}/size", self._page(views.size)),
            Route("/{number}/checks", self._page(views.checks)),
            Route(f"/{{number}}/{PICTURES}/{{name}}", self.picture),
            Route("/{number}/{name:path}", self.file),
        ]

    @asynccontextmanager
    async def watching(self, _: Starlette) -> AsyncIterator[None]:
        """Report changes to the open pages while the server runs."""
        task = asyncio.create_task(self._watch())
        yield
        task.cancel()

    async def _watch(self) -> None:
        try:
            async for paths in changes(self.live.issues, self.live.templates):
                numbers = self.live.numbers_of(paths)
                for page in self._open_pages:
                    if page.is_concerned(numbers):
                        page.changed.set()
        except (OSError, RuntimeError) as error:  # the system has run out of watches, say
            logging.getLogger(__name__).warning(
                "Files cannot be watched: %s. Reload the page to see changes.", error
            )

    async def changes(self, request: Request) -> Response:
        """Return a stream of the versions of a page's issue: the current one, then each new one.

        For the list, which has no version, it only says that something has changed.
        """
        query = request.query_params
        page = _OpenPage(query.get("issue"), _format(request), shows_archive="archive" in query)
        return EventSourceResponse(
            self._versions(page), shutdown_event=page.ended, shutdown_grace_period=1
        )

    async def _versions(self, page: _OpenPage) -> AsyncIterator[dict[str, Any]]:
        self._open_pages.add(page)
        end = asyncio.create_task(page.end())
        try:
            while not page.ended.is_set():
                version = await run_in_threadpool(self._version, page)
                yield {"data": version, "retry": _RETRY}

                await page.changed.wait()
                page.changed.clear()
        finally:
            end.cancel()
            self._open_pages.discard(page)

    def _version(self, page: _OpenPage) -> str:
        """Return the version of a page's issue, built in the format that the page shows.

        Return nothing if there is no such issue, and for the list.
        """
        if page.shows_archive:
            return self.archive.site().version
        if page.number is None:
            return ""

        snapshot = self.live.snapshot(page.number, page.format)
        if snapshot is None:
            return ""
        return snapshot.version

    # Plain functions: Starlette runs them in threads, so that a slow build holds up nothing else.

    def issues(self, request: Request) -> Response:
        """Return the list of issues."""
        older_than = request.query_params.get("older-than")
        page = self.views.issues(older_than)
        return HTMLResponse(page)

    def _page(self, view: Callable[[Snapshot, str | None], str]) -> Callable[[Request], Response]:
        """Return the function that answers with a view of an issue."""

        def page(request: Request) -> Response:
            snapshot = self._snapshot(request)
            service = _service(request)
            return HTMLResponse(view(snapshot, service))

        return page

    def file(self, request: Request) -> Response:
        """Return one of the three files that are built, or the HTML for a frame of a page.

        ``pictures`` says what the frame shows: those that are "here", or none ("off").
        """
        email = filled(self._email(request), _service(request))
        name = request.path_params["name"]
        if name not in FILES:
            raise HTTPException(404, _NO_SUCH_PAGE)
        if name == "email.html" and not email.format.has_html:
            raise HTTPException(404, f"The format {email.format.name} is plain text alone.")

        policy = email_policy(email.issue)
        match request.query_params.get("pictures"):
            case "here":
                email = with_pictures_here(email)
            case "off":
                email = without_pictures(email)
                policy = no_picture_policy()

        content = FILES[name](email)
        media_type = "text/plain"  # also of a message, which a browser would only offer to save
        if name == "email.html":
            media_type = "text/html"
        return Response(
            content,
            media_type=f"{media_type}; charset=utf-8",
            headers={"Content-Security-Policy": policy},
        )

    def picture(self, request: Request) -> Response:
        """Return a file that the email shows or links to, as readers get it, and no other file."""
        email = self._email(request)
        name = request.path_params["name"]
        file = next((file for file in email.files if file.name == name), None)
        if file is None:
            raise HTTPException(404, _NO_SUCH_PAGE)

        headers = {
            "Content-Security-Policy": no_picture_policy(),
            "Cache-Control": _FOR_AN_HOUR,
        }
        return Response(file.content, media_type=file.media_type, headers=headers)

    async def missing(self, _: Request, error: Exception) -> Response:
        """Return a page that says what does not exist."""
        message = _NO_SUCH_PAGE
        if isinstance(error, HTTPException) and error.detail != "Not Found":
            message = error.detail
        return HTMLResponse(self.views.missing(message), status_code=404)

    def _email(self, request: Request) -> Email:
        snapshot = self._snapshot(request)
        if snapshot.email is None:
            raise HTTPException(404, f"Issue {snapshot.number} has no email yet.")
        return snapshot.email

    def _snapshot(self, request: Request) -> Snapshot:
        number = request.path_params["number"]
        format = _format(request)
        snapshot = self.live.snapshot(number, format)
        if snapshot is None:
            in_format = f" in the format {format}" if format else ""
            raise HTTPException(404, f"There is no issue {number}{in_format}.")
        return snapshot


class _OpenPage:
    """A page that is open in a browser; ``number`` is None for the list and for the archive."""

    def __init__(self, number: str | None, format: str, *, shows_archive: bool) -> None:
        self.shows_archive = shows_archive
        self.number = number
        self.format = format
        self.changed = asyncio.Event()
        self.ended = anyio.Event()
        """Set when the server is about to end."""

    def is_concerned(self, numbers: set[str] | None) -> bool:
        """Return whether the page shows one of these issues; None means all issues."""
        if numbers is None or self.number is None:
            return True
        return self.number in numbers

    async def end(self) -> None:
        """Wake up whatever waits for changes when there will be no more."""
        await self.ended.wait()
        self.changed.set()


class _Pages(StaticFiles):
    """The style, the script and the icon of our pages; not their templates."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        suffix = Path(path).suffix
        if suffix not in (".css", ".js", ".svg"):
            return "", None
        return super().lookup_path(path)


def _format(request: Request) -> str:
    """Return the name of the format to show; empty for the leading one."""
    return request.query_params.get("format", "")


def _service(request: Request) -> str | None:
    """Return the mailing service whose merge tags to show; None for sample values."""
    service = request.query_params.get("tags")
    if not service:
        return None
    if service not in with_merge_tags():
        raise HTTPException(404, f"There is no mailing service {service}.")
    return service
