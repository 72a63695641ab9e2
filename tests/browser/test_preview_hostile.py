"""Whatever is in the files, the browser runs nothing of it: not on the pages, in the frames or in the proof."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight
from newsletter.manifest.references import encoded
from newsletter.preview.proof import proof_page
from tests.browser.preview_server import Preview, Visit, served, visiting

pytestmark = pytest.mark.browser

EVIL = (
    "</iframe></script></title></textarea></style>--></pre><script>top.hit=1;alert(1)</script>"
    "<img src=x onerror='top.hit=1;alert(1)'><svg onload=alert(1)>{{ 7*7 }}{% raw %}{# #}${7*7}\" onfocus=\"top.hit=1"
)
PICTURE = "images/\"'><img src=x onerror=top.hit=1>{{ 7*7 }}&amp;.png"
LINKS = (
    "[one](javascript:top.hit=1) [two](JaVaScRiPt:top.hit=1) [three](data:text/html,<script>top.hit=1</script>) "
    "<javascript:top.hit=1> [four](java&#115;cript:top.hit=1) [five](vbscript:top.hit=1)"
)
INJECTED = """() => {
  const ours = element => element.matches(
    'script[src="/pages/preview.js"], [data-screen] iframe, img[src^="/666/pictures/"]');
  const strange = [...document.querySelectorAll("script, iframe, img, object, embed, style, base")].filter(
    element => !ours(element));
  const emails = [...document.querySelectorAll("iframe")].map(frame => frame.contentDocument);
  const inEmails = emails.flatMap(
    email => [...email.querySelectorAll("script, iframe, object, embed, base, svg, [href^='javascript' i]")]);
  const documents = [document, ...emails];
  const handlers = documents.flatMap(page => [...page.querySelectorAll("*")]).filter(
    element => element.getAttributeNames().some(name => name.startsWith("on")));
  const hits = documents.map(page => page.defaultView.hit).filter(hit => hit !== undefined);
  return [...strange, ...inEmails, ...handlers].map(element => element.outerHTML).concat(hits);
}"""
"""What is on the page or in a frame that did not come from our templates, and what has run."""
SCHEMES = """() => {
  const documents = [document, ...[...document.querySelectorAll("iframe")].map(frame => frame.contentDocument)];
  return [...new Set(documents.flatMap(page => [...page.links]).map(link => link.protocol))].sort();
}"""


@pytest.fixture(scope="module")
def evil(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Serve a newsletter with such words wherever there can be some; all of 666 is good, all of 667 is refused."""
    folder = tmp_path_factory.mktemp("evil")
    shutil.copytree(repository / "templates", folder / "templates")
    golden = repository / "tests" / "golden" / "everything" / "issues"
    for number in ("666", "667"):
        (folder / "issues" / number / "images").mkdir(parents=True)
    shutil.copy(golden / "1268a" / "images" / "wide.png", folder / "issues" / "666" / PICTURE)
    publication = {
        "typography": False,
        "name": EVIL,
        "publisher": EVIL,
        "home_page": "https://sample.test/?a='onclick=alert(1)",
        "tagline": EVIL,
        "from": encoded("' onfocus=top.hit=1 {{ 7*7 }} &lt;script> <editor@sample.test>"),
        "time_zone": "Europe/London",
        "day": "Monday",
        "time": "9:30",
        "postal_address": EVIL,
        "why": EVIL,
        "unsubscribe": "mailto:leave@sample.test",
        "archive": "https://sample.test/issues",
        "pictures": "https://sample.test/pictures",
        "merge_tag_samples": {"first-name": EVIL},
    }
    item = {
        "title": EVIL,
        "authors": [{"name": EVIL, "role": EVIL}],
        "teaser": EVIL,
        "picture": {"src": encoded(PICTURE), "alt": EVIL, "caption": EVIL, "credit": EVIL},
        "topics": [EVIL],
        "sources": [{"title": EVIL, "publisher": EVIL}],
    }
    issue = {
        "number": "666",
        "date": "2024-10-28",
        "subject": EVIL,
        "preheader": EVIL,
        "welcome": f"Dear [[first-name]],\n\n{EVIL}",
        "sections": [
            {"kind": "news", "title": EVIL, "items": [item, {"title": "Plain", "teaser": "Plain."}]}
        ],
    }
    refused = {
        EVIL: EVIL,
        "number": EVIL,
        "date": EVIL,
        "sections": [
            {"kind": EVIL, "items": [{"title": "Refused", "teaser": LINKS}]},
            {
                "kind": "news",
                "items": [
                    {"file": f"{EVIL.replace('/', '')}.md"},
                    {
                        "title": "Refused",
                        "url": "javascript:top.hit=1//" + EVIL,
                        "picture": {"src": PICTURE, "alt": ""},
                    },
                ],
            },
        ],
    }
    (folder / "issues" / "publication.yaml").write_text(json.dumps(publication), "utf-8")
    for number, content in (("666", issue), ("667", refused)):
        (folder / "issues" / number / "issue.yaml").write_text(
            json.dumps(content, indent=1), "utf-8"
        )
    with served(folder) as preview:
        yield preview


@pytest.fixture(scope="module")
def visit(browser: Browser, evil: Preview) -> Iterator[Visit]:
    """Open a window on it, with the web outside closed."""
    with visiting(browser, evil, pictures={"https://sample.test/none.png": b""}) as window:
        yield window


@pytest.fixture(autouse=True)
def _nothing_runs(visit: Visit) -> Iterator[None]:
    visit.begin()
    yield
    assert visit.page.evaluate(INJECTED) == []
    assert set(visit.page.evaluate(SCHEMES)) <= {"http:", "https:", "mailto:", "vscode:"}
    assert visit.blocked == []
    visit.expect_nothing_odd()


def test_words_in_an_email_stay_words_with_every_switch_and_after_a_save(
    visit: Visit, evil: Preview
) -> None:
    visit.open("/666")
    assert visit.page.evaluate(INJECTED) == []
    assert EVIL in visit.frame("doc => doc.querySelector('h2').textContent")
    assert visit.frame("doc => doc.images[0].alt") == EVIL
    visit.until("doc => doc.images[0].naturalWidth > 1")
    assert f"Dear {EVIL}," in visit.frame("doc => doc.body.textContent")
    assert EVIL in visit.page.title()
    for name in ("large", "links", "outline", "screen-320", "screen-free"):
        visit.switch(name)
    for scheme in ("dark", "inverted", "light"):
        visit.switch("scheme", scheme)
    visit.until("(doc, style) => style(doc.querySelector('a')).outlineStyle === 'solid'", "free")
    visit.settled()
    expect(
        visit.page.get_by_role("complementary").get_by_role("button", name="{{ 7*7 }}")
    ).to_have_count(3)
    assert visit.page.evaluate(INJECTED) == []
    manifest = evil.issues / "666" / "issue.yaml"
    manifest.write_text(
        manifest.read_text("utf-8").replace("Plain.", f"Saved {json.dumps(EVIL)[1:-1]}"), "utf-8"
    )
    visit.until("doc => doc.body.textContent.includes('Saved ')", "free")


@pytest.mark.parametrize("view", ["text", "source", "size"])
def test_words_in_other_views_stay_words(visit: Visit, view: str) -> None:
    visit.open(f"/666/{view}?tags=mailchimp")
    expect(visit.page.get_by_role("main")).to_contain_text("{{ 7*7 }}")
    expect(visit.page.get_by_role("main")).to_contain_text("top.hit=1;alert(1)")


def test_words_in_the_list_stay_words(visit: Visit) -> None:
    visit.open("/")
    expect(visit.page.get_by_role("row").filter(has_text=EVIL)).to_have_count(1)


def test_words_in_messages_about_mistakes_stay_words(visit: Visit) -> None:
    visit.open("/667")
    banner = visit.page.get_by_role("region", name="Mistakes to fix")
    expect(banner.get_by_role("listitem").first).to_be_visible()
    for said in (
        "<script>",
        "'javascript:top.hit=1",
        "'JaVaScRiPt:top.hit=1'",
        "no file '<iframe><script>",
    ):
        expect(banner).to_contain_text(said)
    for link in banner.get_by_role("link").all():
        assert (link.get_attribute("href") or "").startswith("vscode://file/")


@pytest.mark.parametrize("path", [EVIL.replace("/", ""), f"666/{EVIL}", f"666/{PICTURE}x"])
def test_words_in_an_address_stay_words(visit: Visit, path: str) -> None:
    visit.open(f"/{quote(path)}")
    expect(visit.page.get_by_role("heading", name="There is no")).to_be_visible()


def test_the_proof_runs_nothing_either(visit: Visit, evil: Preview, tmp_path: Path) -> None:
    proof = tmp_path / "proof.html"
    proof.write_text(proof_page(preflight(galley_of(evil.issues / "666"))), "utf-8")
    visit.page.goto(proof.as_uri())
    expect(visit.page.locator("iframe")).to_have_count(4)
    strange = """[...document.querySelectorAll("script, img, style, iframe:not([srcdoc]), object, base")].map(
      element => element.localName)"""
    assert visit.page.evaluate(strange) == ["style", "script"]
    assert (
        visit.page.evaluate("document.querySelectorAll('[onerror], [onload], [onfocus]').length")
        == 0
    )
    for frame in visit.page.frames[1:]:
        assert (
            frame.evaluate(
                "[...document.querySelectorAll('script, iframe, svg, [onerror], [onfocus]')].length"
            )
            == 0
        )
        assert EVIL in (frame.locator("h2").first.text_content() or "")
        assert frame.evaluate("[...document.images].map(image => image.naturalWidth > 1)") == [True]
    assert [frame.evaluate("window.hit") for frame in visit.page.frames] == [None] * 5
    visit.open("/666")
