"""pictures-to: a folder for pictures that is not there."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom

EVENT = {
    "kind": "event",
    "title": "A debate about clocks",
    "place": "The library, London",
    "starts": "2030-01-20 18:30",
    "teaser": "Those who read clocks meet those who make them.",
}
"""An event has a calendar file, which is served beside the pictures."""


@pytest.mark.parametrize("target", ["../website", "s3://bionews/pictures", "file:///nowhere", None])
def test_a_folder_that_is_there_and_stores(newsroom: Newsroom, target: str | None) -> None:
    (newsroom.folder / "website").mkdir()
    assert newsroom.publication(pictures_to=target).item(**EVENT).told("pictures-to") == []


def test_a_whole_path(newsroom: Newsroom) -> None:
    newsroom.publication(pictures_to=str(newsroom.folder)).item(**EVENT)
    assert newsroom.told("pictures-to") == []


def test_an_issue_without_files_needs_no_folder(newsroom: Newsroom) -> None:
    newsroom.publication(pictures_to="../website", calendars=False).item(**EVENT)
    assert newsroom.galley().email.files == ()
    assert newsroom.told("pictures-to") == []


@pytest.mark.parametrize("target", ["x" * 5000, "C:\\website\\pictures", "publication.yaml"])
def test_names_that_no_folder_has(newsroom: Newsroom, target: str) -> None:
    (found,) = newsroom.publication(pictures_to=target).item(**EVENT).told("pictures-to")
    assert found.severity == "info"


def test_a_folder_that_is_not_there(newsroom: Newsroom) -> None:
    newsroom.publication(pictures_to="../website").item(**EVENT)
    assert newsroom.told("pictures-to") == [
        (
            "info",
            newsroom.line("issues/publication.yaml", "pictures_to:"),
            "There is no folder '../website' on this computer to copy pictures to.",
        )
    ]
