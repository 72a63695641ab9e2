"""Pages that are in the way of a piece, and pieces that only have such a title."""

from __future__ import annotations

import pytest

from newsletter.errors import UnreadableError
from newsletter.importers import Original, read
from tests.importers.a_publication import publication


def page(title: str, text: str) -> Original:
    html = f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{text}</p>"
    return Original("page.html", html.encode())


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("We value your privacy", "We and our 843 partners store cookies on your device."),
        ("404 Not Found", "nginx"),
        ("Sign in - The Daily Cell", "Email Password"),
        ("Just a moment...", "Checking your browser."),
        ("The Daily Cell", "You need to enable JavaScript to run this app."),
    ],
)
def test_a_page_in_the_way_is_no_piece(title: str, text: str) -> None:
    with pytest.raises(UnreadableError, match=r"^page\.html: This is not the piece"):
        read(page(title, text), publication())


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Access denied: a clinic closes its doors", "It closed on Monday."),
        ("Not found", "A gene that was looked for is not there. " * 20),
    ],
)
def test_a_piece_of_such_a_title_is_one(title: str, text: str) -> None:
    assert read(page(title, text), publication())
