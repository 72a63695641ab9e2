"""What WordPress keeps of a post, as the HTML that readers get."""

from __future__ import annotations

from time import process_time

import pytest

from newsletter.importers.wordpress_html import as_html


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("", ""),
        ("One\nline.\n\nTwo.", "<p>One<br>\nline.</p>\n<p>Two.</p>"),
        ("One.\r\n\r\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("<p>One.</p>\n<p>Two.</p>", "<p>One.</p>\n<p>Two.</p>"),
        ("One.\n<h2>Two</h2>\nThree.", "<p>One.</p>\n<h2>Two</h2>\n<p>Three.</p>"),
        ("One.\n<ul>\n\n<li>Two</li>\n</ul>", "<p>One.</p>\n<ul>\n\n<li>Two</li>\n</ul>"),
        ("<pre>One\n\n two</pre>", "<pre>One\n\n two</pre>"),
        ("<em>One</em>\n\ntwo", "<p><em>One</em></p>\n<p>two</p>"),
        ("One.<!--more-->\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        (
            "<!-- wp:paragraph -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->",
            "<!-- wp:paragraph -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->",
        ),
        (
            '[caption id="a" width="3"]<img src="a.jpg"> A lab[/caption]',
            '<figure><img src="a.jpg">\n<figcaption>A lab</figcaption>\n</figure>',
        ),
        (
            "[embed]https://films.example.org/1[/embed]",
            '<p><a href="https://films.example.org/1">https://films.example.org/1</a></p>',
        ),
    ],
    ids=[
        *("empty", "lines", "crlf", "paragraphs", "heading", "list", "pre", "inline", "more"),
        *("blocks", "caption", "embed"),
    ],
)
def test_content_as_html(content: str, html: str) -> None:
    assert as_html(content) == html


@pytest.mark.parametrize(
    "mark",
    ["<ul>", "<p", "<!--more ", "[caption]", "[caption]<img ", "[embed]", "<", "\n ", "</p"],
)
def test_marks_alone_take_no_longer_than_words(mark: str) -> None:
    content = mark * (1_000_000 // len(mark))
    start = process_time()
    as_html(content)
    assert process_time() - start < 5
