"""The preview as a web application: its addresses, and who may ask for what."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import anyio
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from newsletter.email.building import FILES
from newsletter.model.addresses import own_pictures, pictures_elsewhere
from newsletter.preview.guard import Guard
from newsletter.preview.live_issues import LiveIssues, Snapshot
from newsletter.preview.pictures import picture_type
from newsletter.preview.views import PAGES, Views, filled
from newsletter.preview.watching import changes
from newsletter.services import with_merge_tags

_EMAIL = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src {pictures}; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
"""For what is not ours: it can show its styles and pictures, and nothing else."""
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?|\[[0-9A-Fa-f:.]+\](:[0-9]+)?")
_RETRY = 1000
"""Milliseconds after which a page tries again to reach a server that has stopped."""


def application(desk: LiveIssues, editor: str, hosts: frozenset[str]) -> ASGIApp:
    """Return the preview of the issues on ``desk``, for requests to one of ``hosts`` (guard.py). ``editor`` is the
    program that opens a file (editors.py).
    """
    preview = _Preview(desk, editor)
    app = Starlette(
        routes=preview.routes(),
        lifespan=preview.watching,
        exception_handlers={404: preview.missing},
    )
    return Guard(app, hosts)


class _Preview:
    def __init__(self, desk: LiveIssues, editor: str) -> None:
        self.desk = desk
        self.views = Views(desk, editor)
        self._open_pages: set[_OpenPage] = set()

    def routes(self) -> list[Route | Mount]:
        views = self.views
        return [
            Route("/", self.issues),
            Mount("/pages", _Pages(directory=PAGES)),
            Route("/changes", self.changes),
            Route("/{number}", self._page(views.email)),
            Route("/{number}/text", self._page(views.text)),
            Route("/{number}/source", self._page(views.source)),
            Route("/{number}/size", self._page(views.size)),
            Route("/{number}/checks", self._page(views.checks)),
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
            async for paths in changes(self.desk.issues, self.desk.templates):
                numbers = self.desk.concerned(paths)
                for page in self._open_pages:
                    if numbers is None or page.number is None or page.number in numbers:
                        page.changed.set()
        except (OSError, RuntimeError) as error:  # the system has run out of watches, say
            logging.getLogger(__name__).warning(
                "Files cannot be watched: %s. Reload the page to see changes.", error
            )

    async def changes(self, request: Request) -> Response:
        """Return a stream of the versions of a page's issue: the current one, then each new one. For the list, which
        has no version, it only says that something has changed.
        """
        page = _OpenPage(request.query_params.get("issue"))
        return EventSourceResponse(
            self._changes(page), shutdown_event=page.ended, shutdown_grace_period=1
        )

    async def _changes(self, page: _OpenPage) -> AsyncIterator[dict[str, Any]]:
        self._open_pages.add(page)
        end = asyncio.create_task(page.end())
        try:
            while not page.ended.is_set():
                yield {"data": await self._version(page.number), "retry": _RETRY}
                await page.changed.wait()
                page.changed.clear()
        finally:
            end.cancel()
            self._open_pages.discard(page)

    async def _version(self, number: str | None) -> str:
        current = await run_in_threadpool(self.desk.current, number) if number else None
        return current.version if current else ""

    # Plain functions: Starlette runs them in threads, so that a slow build does not hold up anything else.

    def issues(self, request: Request) -> Response:
        return HTMLResponse(self.views.issues(request.query_params.get("older-than")))

    def _page(self, view: Callable[[Snapshot, str | None], str]) -> Callable[[Request], Response]:
        return lambda request: HTMLResponse(view(self._current(request), _service(request)))

    def file(self, request: Request) -> Response:
        """Return one of the three files that are built, or a picture of the issue."""
        current, name = self._current(request), request.path_params["name"]
        if current.email is None:
            raise HTTPException(404, f"Issue {current.number} has no email yet.")
        if name not in FILES:
            return _picture(current, name)
        content = FILES[name](filled(current.email, _service(request)))
        allowed = (
            "'none'" if request.query_params.get("pictures") == "off" else _picture_sources(current)
        )
        media_type = (
            "text/html" if name == "email.html" else "text/plain"
        )  # a browser only offers to save a message
        headers = {"Content-Security-Policy": _EMAIL.format(pictures=allowed)}
        return Response(content, media_type=f"{media_type}; charset=utf-8", headers=headers)

    async def missing(self, _: Request, error: Exception) -> Response:
        """Return a page that says what does not exist."""
        detail = error.detail if isinstance(error, HTTPException) else "Not Found"
        message = "There is no such page." if detail == "Not Found" else detail
        return HTMLResponse(self.views.missing(message), status_code=404)

    def _current(self, request: Request) -> Snapshot:
        number = request.path_params["number"]
        current = self.desk.current(number)
        if current is None:
            raise HTTPException(404, f"There is no issue {number}.")
        return current


class _OpenPage:
    """A page that is open in a browser; ``number`` is None for the list of issues."""

    def __init__(self, number: str | None) -> None:
        self.number = number
        self.changed = asyncio.Event()
        self.ended = anyio.Event()
        """Set when the server is about to end."""

    async def end(self) -> None:
        """Wake up whatever waits for changes when there will be no more."""
        await self.ended.wait()
        self.changed.set()


class _Pages(StaticFiles):
    """The style, the script and the icon of our pages; not their templates."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        return (
            super().lookup_path(path)
            if Path(path).suffix in (".css", ".js", ".svg")
            else ("", None)
        )


def _service(request: Request) -> str | None:
    """Return the mailing service whose merge tags to show; None for sample values."""
    service = request.query_params.get("tags") or None
    if service and service not in with_merge_tags():
        raise HTTPException(404, f"There is no mailing service {service}.")
    return service


def _picture(current: Snapshot, name: str) -> Response:
    """Return a picture that the issue names, and no other file."""
    assert current.email is not None  # noqa: S101 - the caller checks it
    if name not in own_pictures(current.email.issue).values():
        raise HTTPException(404, "There is no such page.")
    path = Path(
        os.path.realpath(current.folder / name)
    )  # unlike resolve(), it allows links in circles
    if not (path.is_file() and path.is_relative_to(os.path.realpath(current.folder))):
        raise HTTPException(404, f"There is no file '{name}' in this issue's folder.")
    media_type = picture_type(path)
    if media_type is None:
        raise HTTPException(404, f"'{name}' is not a picture, whatever its name says.")
    headers = {
        "Content-Security-Policy": _EMAIL.format(pictures="'none'"),
        "Cache-Control": "no-cache",
    }
    return FileResponse(path, media_type=media_type, headers=headers)


def _picture_sources(current: Snapshot) -> str:
    """Return where the email may fetch pictures: here, and at the addresses of those that are elsewhere on the web."""
    assert current.email is not None  # noqa: S101 - the caller checks it
    return " ".join(
        ["'self'", *filter(None, map(picture_source, pictures_elsewhere(current.email.issue)))]
    )


def picture_source(address: str) -> str | None:
    """Return a picture's address as one source of a policy (CSP 3, 2.3.1); None if its host would be more than one."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return f"https://{host}{quote(unquote(parts.path))}" if _HOST.fullmatch(host) else None
