"""image-page: pictures whose address is that of a page."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


def told(newsroom: Newsroom, src: str) -> list[tuple[str, str]]:
    newsroom.item(title="A first story", picture={"src": src, "alt": "A lab", "width": 1152})
    return [finding[:2] for finding in newsroom.told("image-page")]


@pytest.mark.parametrize(
    "src",
    [
        "https://www.bionews.org.uk/pictures/lab.jpg",
        "https://upload.wikimedia.org/wikipedia/commons/a/a9/Lab.jpg",
        "https://commons.wikimedia.org/wiki/Special:FilePath/Lab.jpg",
        "https://lh3.googleusercontent.com/d/1abc",
        "https://drive.google.com/uc?export=view&id=1abc",
        "https://dl.dropboxusercontent.com/s/1abc/lab.jpg",
        "https://www.dropbox.com/s/1abc/lab.jpg?raw=1",
        "https://www.dropbox.com/scl/fi/1abc/lab.jpg?rlkey=x&dl=1",
        "https://live.staticflickr.com/65535/1_2_b.jpg",
        "https://docs.google.com/drawings/d/e/2PACX/pub?w=1152",
        "https://i.imgur.com/abc.jpg",
        "https://images.unsplash.com/photo-1?w=1152",
        "https://charity.sharepoint.com/sites/public/lab.jpg",
        "https://scontent.xx.fbcdn.net/v/lab.jpg",
        "https://mydropbox.com/lab.jpg",
        "https://www.bionews.org.uk/wiki/lab:bench.jpg",
    ],
)
def test_addresses_of_pictures_are_left_alone(newsroom: Newsroom, src: str) -> None:
    assert told(newsroom, src) == []


@pytest.mark.parametrize(
    "src",
    [
        "https://drive.google.com/file/d/1abc/view?usp=sharing",
        "https://drive.google.com/open?id=1abc",
        "https://photos.app.goo.gl/1abc",
        "https://dropbox.com/scl/fi/1abc/lab.jpg?rlkey=x&dl=0",
        "https://1drv.ms/i/s!abc",
        "https://charity-my.sharepoint.com/:i:/g/personal/a/abc",
        "https://www.flickr.com/photos/somebody/123/",
        "https://imgur.com/a1B2c3",
        "https://unsplash.com/photos/abc",
        "https://en.wikipedia.org/wiki/File:Lab.jpg",
        "https://de.wikipedia.org/wiki/Datei:Labor.JPG",
        "https://www.google.co.uk/imgres?imgurl=https://x.org/a.jpg",
    ],
)
def test_pages_are_reported_where_they_are_written(newsroom: Newsroom, src: str) -> None:
    assert told(newsroom, src) == [("error", "issues/700/issue.yaml:8")]
