"""Lists that Mailchimp answers page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from newsletter.services.answers.mailchimp import Page

if TYPE_CHECKING:
    from newsletter.services.http.api import Api

RowT = TypeVar("RowT", bound=BaseModel)
_PAGE = 1000


def rows_of(api: Api, path: str, page_type: type[Page[RowT]], **query: str) -> list[RowT]:
    """Return the rows of all pages of a list."""
    rows: list[RowT] = []
    while True:
        page = api.get(path, page_type, count=_PAGE, offset=len(rows), **query)
        rows += page.rows
        if not page.rows or len(rows) >= page.total_items:
            return rows
