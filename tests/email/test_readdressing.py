"""An email with other addresses for its files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from newsletter.email.building import draft
from newsletter.email.readdressing import with_addresses
from newsletter.model import Email, File

OLD = "https://pictures.example.org/652/lab-3f9a61c2.png"
NEW = "https://files.example.net/a?b=1&c=lab"


@pytest.fixture(scope="module")
def email(repository: Path) -> Email:
    """An email that has one file."""
    file = File(
        name="lab-3f9a61c2.png", address=OLD, media_type="image/png", content=b"", source="lab.png"
    )
    return draft(repository / "issues" / "652").model_copy(update={"files": (file,)})


def readdressed(
    email: Email, html: str = "", text: str = "", to: Mapping[str, str] | None = None
) -> Email:
    changed = email.model_copy(update={"html": html, "text": text})
    return with_addresses(changed, to or {"lab-3f9a61c2.png": NEW})


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f'<img src="{OLD}">', '<img src="https://files.example.net/a?b=1&amp;c=lab">'),
        (f"<a href='{OLD}'>", "<a href='https://files.example.net/a?b=1&amp;c=lab'>"),
        (f"url({OLD})", "url(https://files.example.net/a?b=1&amp;c=lab)"),
        (f"{OLD} {OLD}.", f"{NEW} {NEW}.".replace("&", "&amp;")),
        (f'<img src="{OLD}.png">', f'<img src="{OLD}.png">'),
        (f'<img src="{OLD}2">', f'<img src="{OLD}2">'),
        (OLD.replace(".", "-"), OLD.replace(".", "-")),
    ],
)
def test_the_address_of_a_file_is_replaced_and_no_other(
    email: Email, html: str, expected: str
) -> None:
    assert readdressed(email, html=html).html == expected


def test_an_address_with_an_ampersand_is_found_as_html_has_it(email: Email) -> None:
    there = readdressed(email, html=f'<img src="{OLD}">')
    back = with_addresses(there, {"lab-3f9a61c2.png": OLD})
    assert back.html == f'<img src="{OLD}">'


def test_in_the_text_it_is_as_it_is(email: Email) -> None:
    assert readdressed(email, text=f"-> {OLD}\n").text == f"-> {NEW}\n"


def test_the_files_have_the_addresses_too(email: Email) -> None:
    (file,) = readdressed(email).files
    assert (file.name, file.address) == ("lab-3f9a61c2.png", NEW)


@pytest.mark.parametrize("addresses", [{}, {"another.png": NEW}])
def test_without_one_of_its_files_the_email_is_the_same(
    email: Email, addresses: dict[str, str]
) -> None:
    assert with_addresses(email, addresses) is email


def test_backslashes_in_an_address_are_nothing_special(email: Email) -> None:
    address = r"https://files.example.net/\1\g<0>"
    made = readdressed(email, html=OLD, to={"lab-3f9a61c2.png": address})
    assert made.html == address.replace("<", "&lt;").replace(">", "&gt;")
