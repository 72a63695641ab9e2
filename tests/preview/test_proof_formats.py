"""A proof has every format of the issue, and each picture once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsletter.checks.galley import Galley, galley_of
from newsletter.checks.preflight import preflight
from newsletter.email.merge_tags import own_email
from newsletter.preview.proof import proof_page
from tests.preview.conftest import Page, with_formats

FORMATS = """
formats:
  - {name: plain, shows: full, parts: text, audience: "a1:tag-1"}
  - {name: teasers, shows: teasers, audience: "a1:tag-2"}
  - {name: full, shows: full}
"""


@pytest.fixture
def galley(everything: Path) -> Galley:
    with_formats(everything, FORMATS)
    return galley_of(everything / "issues" / "1268a")


@pytest.fixture
def source(galley: Galley) -> str:
    return proof_page(preflight(galley))


@pytest.fixture
def proof(source: str) -> Page:
    return Page(source)


def test_each_format_has_a_section_that_the_switch_leads_to(proof: Page) -> None:
    links = [link for link in proof.links() if link.startswith("#")]
    assert links == ["#format-plain", "#format-teasers", "#format-full"]
    sections = [section["id"] for section in proof.all("section") if "id" in section]
    assert [f"#{section}" for section in sections] == links


def test_each_format_with_html_is_on_every_screen(proof: Page, galley: Galley) -> None:
    titles = [frame["title"] for frame in proof.all("iframe")]
    screens = ("Phone, light", "Phone, dark", "Desktop, light", "Desktop, dark")
    assert titles == [
        f"The email, {format}: {screen}" for format in ("teasers", "full") for screen in screens
    ]
    assert len(set(titles)) == len(titles)


def test_each_format_has_its_plain_text(proof: Page, galley: Galley) -> None:
    for each in galley.every_format:
        assert own_email(each.email).text.strip() in proof.words
    groups = [group["aria-label"] for group in proof.all("div") if "aria-label" in group]
    assert groups == [
        "Plain text, plain",
        *("Screens, teasers", "Plain text, teasers"),
        *("Screens, full", "Plain text, full"),
    ]


def test_each_format_says_what_it_weighs_and_whom_it_is_for(proof: Page, galley: Galley) -> None:
    words = " ".join(proof.words.split())
    for each in galley.others:
        assert f"{len(own_email(each.email).html.encode()):,} bytes of HTML" in words
    assert words.count("plain text alone.") == 1
    assert words.count("For the audience") == 2
    assert "For the audience a1:tag-1." in words


def test_it_shows_the_digest_of_all_formats(proof: Page, galley: Galley) -> None:
    assert f"Content {galley.issue_digest[:12]}." in proof.words
    assert len({each.email.format.name for each in galley.every_format}) == 3


def test_a_picture_is_in_the_first_frame_that_shows_it_and_a_number_in_the_others(
    source: str, proof: Page, galley: Galley
) -> None:
    frames = [Page(frame["srcdoc"]).all("img") for frame in proof.all("iframe")]
    sources = [[picture["src"] for picture in frame] for frame in frames]
    numbers = [
        re.sub("data:[^,]*,(?:[^#]*#)?", "", address) for frame in sources for address in frame
    ]
    own = {
        file.address for each in galley.every_format for file in each.email.files if file.is_picture
    }
    held = re.findall("data:image/[a-z]+;base64,[^#]+#([0-9]+)", source)
    assert sorted(held) == [str(number) for number in range(len(own))]
    assert set(numbers) <= {*held, "https://sample.test/hall.jpg"}
    for number in held:
        first = numbers.index(number)
        flat = [address for frame in sources for address in frame]
        assert flat[first].endswith(f"#{number}")


def test_without_formats_there_is_no_switch(everything: Path) -> None:
    proof = Page(proof_page(preflight(galley_of(everything / "issues" / "1268a"))))
    assert not proof.all("nav")
    assert not proof.all("h3")
    assert "formats" not in " ".join(proof.styles)


def test_pieces_that_are_teasers_to_fit_are_named(newsletter_folder: Path) -> None:
    with_formats(newsletter_folder, "formats: [{name: full, shows: full, at_most: 1%}]\n")
    galley = galley_of(newsletter_folder / "issues" / "596")
    assert galley.email.shortened
    words = " ".join(Page(proof_page(preflight(galley))).words.split())
    count = len(galley.email.shortened)
    assert f"{count} piece is a teaser, since" in words
    assert "more than 1% of what Gmail shows" in words
