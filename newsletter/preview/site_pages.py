"""The archive in the preview: each page as it will be, in a frame of ours that follows saves."""

from __future__ import annotations

from mimetypes import guess_type

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from newsletter.archive.page import Page
from newsletter.manifest.project import is_number
from newsletter.preview.live_archive import BASE, LiveArchive, Site
from newsletter.preview.policies import site_policy
from newsletter.preview.views import Views
from newsletter.text.printable import printable

_TYPES = {".xml": "text/xml", ".js": "text/javascript", ".webp": "image/webp"}
"""Types that not every system knows, or knows by a name that browsers only offer to save."""


class SitePages:
    """Answers for all addresses of the archive."""

    def __init__(self, live: LiveArchive, views: Views) -> None:
        self.live = live
        self.views = views

    def answer(self, request: Request) -> Response:
        """Return a page of the archive; around it a page of ours, if it is opened by itself."""
        path: str = request.path_params["path"]
        site = self.live.site()
        page = site.page(path)
        if page is None and site.page(f"{path}/"):
            return RedirectResponse(f"{BASE}{path}/")

        if _is_opened_by_itself(request):
            return self._around(site, path, page)
        if page is None:
            return self._missing(site, path)
        return self._page(path, page)

    def _around(self, site: Site, path: str, page: Page | None) -> Response:
        number, *_ = path.split("/")
        problems = site.problems
        if page:
            _, of_page = self.live.content(page)
            problems += of_page
        content = self.views.archive(
            path, number if is_number(number) else None, site.version, problems
        )
        return HTMLResponse(content, status_code=200 if page else 404)

    def _page(self, path: str, page: Page) -> Response:
        content, problems = self.live.content(page)
        if problems and not content:
            return self._in_frame(self.views.no_site_page("Fix these mistakes:", problems))

        headers = {"Content-Security-Policy": site_policy(path)}
        return Response(content, media_type=_type_of(page.path), headers=headers)

    def _missing(self, site: Site, path: str) -> Response:
        if site.archive is None:
            return self._in_frame(self.views.no_site_page("Fix these mistakes:", site.problems))

        message = f"There is no page '{printable(path)}' in the archive."
        content = self.views.no_site_page(message, near=site.near(path))
        return self._in_frame(content, 404)

    @staticmethod
    def _in_frame(content: str, status: int = 200) -> Response:
        headers = {"Content-Security-Policy": site_policy("")}
        return HTMLResponse(content, status_code=status, headers=headers)


def _is_opened_by_itself(request: Request) -> bool:
    """Return whether a page is opened in a window, not in a frame (W3C Fetch Metadata), or whether
    our script asks for what is around it.
    """
    return request.headers.get("Sec-Fetch-Dest") == "document" or "around" in request.query_params


def _type_of(path: str) -> str:
    _, dot, ending = path.rpartition(".")
    guessed, _ = guess_type(path)
    return _TYPES.get(dot + ending) or guessed or "application/octet-stream"
