"""Pictures in a frame come from another address, and nothing else changes."""

from __future__ import annotations

from newsletter.preview.sources import with_sources

HTML = '<a href="lab?a&amp;b">src="lab"</a><img alt="" src="lab?a&amp;b" width="1">'


def test_a_picture_gets_another_address_and_a_link_keeps_its_own() -> None:
    addresses = {"lab?a&b": '/652/"lab"?c&d'}
    assert with_sources(HTML, addresses.__getitem__) == (
        '<a href="lab?a&amp;b">src="lab"</a><img alt="" src="/652/&#34;lab&#34;?c&amp;d" width="1">'
    )
    assert with_sources(HTML, str) == HTML
