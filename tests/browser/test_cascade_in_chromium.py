"""The cascade that checks compute gives the colours, sizes and weights that Chromium computes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from newsletter.markup import Document, shades
from newsletter.markup.cascade import Scheme

pytestmark = pytest.mark.browser

NAMES = ("652", "596", "everything", "right-to-left", "japanese")
SHADES = """() => {
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const ground = element => {
    for (; element; element = element.parentElement) {
      const rgb = parse(getComputedStyle(element).backgroundColor);
      if (rgb.length < 4 || rgb[3] > 0) return rgb.slice(0, 3);
    }
    return null;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node; node = walker.nextNode();) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    found.push([node.textContent.trim().replace(/\\s+/g, ' '), parse(style.color).slice(0, 3), ground(element),
      Math.round(parseFloat(style.fontSize) * 10) / 10, Number(style.fontWeight) >= 700]);
  }
  return found;
}"""
SPECIMENS = """<!doctype html><html><head><title>T</title><meta name="color-scheme" content="light dark"><style>
:root { color-scheme: light dark }
body { background: #fafafa; color: #222222 }
.a { color: #aa0000; font-size: 1.25em }
p.a { color: #00aa00 !important }
.a .b { font: italic bold 14pt/1.2 Georgia, serif; background: #eeeeee url(none.png) }
#i { color: #0000aa; background-color: rgba(0, 0, 0, 0) }
p::first-line { color: #123123 }
a:hover { color: #321321 }
@media print { p { color: #111111 } }
@media (min-width: 9999px) { p { color: #111111 } }
@media (prefers-color-scheme: dark) {
  body { background: #101010; color: #dddddd }
  .a .b { background: #333333 }
  #i { color: #bbbbff !important }
}
</style></head><body>
<h1>One</h1><h2>Two</h2><h3>Three</h3><h4>Four</h4><h5>Five</h5><h6>Six</h6>
<p class="a" style="color: #999999">Seven <span class="b">eight <small>nine</small></span> ten <!-- note --> eleven</p>
<div class="a"><b>twelve <span style="font-weight: 400">thirteen</span></b>
<span id="i" style="color: #777777">fourteen</span></div>
<p><a href="#x" style="color: #075c6b">fifteen</a> <a href="#y">sixteen</a>
CO<sub>seventeen</sub> <sup>eighteen</sup></p>
<table><tr><th>nineteen</th><td bgcolor="#ffeedd">twenty</td>
<td bgcolor="#ffeedd" style="background: none">twenty-one</td></tr></table>
<p style="font-size: 80%">twenty-two <span style="font-size: 2rem">twenty-three
<i style="font-size: .5em">twenty-four</i></span></p>
<p style="color: inherit; background: none; font-weight: 600">twenty-five <span hidden>none</span></p>
</body></html>"""


def computed(browser: Browser, email: Path, scheme: Scheme) -> list[Any]:
    """Return text, colour, background, size in tenths of a pixel, and whether it is bold, from Chromium."""
    context = browser.new_context(viewport={"width": 1000, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.route("http*://**", lambda route: route.abort())
    page.goto(email.as_uri())
    found: list[Any] = page.evaluate(SHADES)
    context.close()
    return sorted(found)


def ours(email: Path, scheme: Scheme) -> list[Any]:
    """Return the same from the checks."""
    document = Document(email.read_text("utf-8"))
    return sorted(
        [
            shade.text,
            [round(part * 255) for part in shade.colour],
            [round(part * 255) for part in shade.background],
            round(shade.size * 10) / 10,
            shade.is_bold,
        ]
        for shade in shades(document, scheme)
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_an_email_has_the_colours_that_chromium_shows(
    browser: Browser, emails: dict[str, Path], name: str, scheme: Scheme
) -> None:
    found = ours(emails[name], scheme)
    assert len(found) > 10
    assert found == computed(browser, emails[name], scheme)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_specimens_of_all_that_the_cascade_knows(
    browser: Browser, tmp_path: Path, scheme: Scheme
) -> None:
    email = tmp_path / "specimens.html"
    email.write_text(SPECIMENS, "utf-8")
    assert ours(email, scheme) == computed(browser, email, scheme)
