"""The search of the archive, by its own script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from newsletter.archive.pages import all_pages, search
from newsletter.archive.words.drawers import DRAWERS, drawer_of
from newsletter.archive.words.spelling import folded, parts, words
from newsletter.archive.words.stems import terms_in
from tests.archive.small import BASE, Small
from tests.benchmarks.archive.words import Vocabulary
from tests.browser.preview_server import axe_violations

pytestmark = pytest.mark.browser

KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
SEARCH = f"{BASE}search/"
MODULE = "import(document.querySelector('script[type=module]').src)"


class Site:
    """A site in a browser, without a server."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.files: Mapping[str, bytes] = {}
        self.asked: list[str] = []
        page.route("**/*", self._answer)
        page.set_default_timeout(15_000)

    def show(self, small: Small) -> None:
        self.files = {page.path: page.make() for page in all_pages(small.read())}

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path.lstrip("/")
        path += "index.html" if path.endswith("/") or not path else ""
        self.asked.append(path)
        if path not in self.files:
            route.fulfill(status=404)
            return
        kind = KINDS.get(Path(path).suffix, "application/octet-stream")
        route.fulfill(body=self.files[path], content_type=kind)

    def search(self, text: str, **choices: str) -> list[str]:
        """Return the titles that are shown for an address."""
        more = "".join(f"&{name}={value}" for name, value in choices.items())
        self.page.goto(f"{SEARCH}?q={quote(text)}{more}")
        return self.titles()

    def titles(self) -> list[str]:
        expect(self.page.locator("#status")).not_to_have_text("Searching…")
        expect(self.page.locator("#results li[aria-busy]")).to_have_count(0)
        return self.page.locator("#results h2").all_inner_texts()

    @property
    def status(self) -> str:
        return self.page.locator("#status").inner_text()


@pytest.fixture
def site(browser: Browser) -> Iterator[Site]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Site(page)
    page.close()
    assert errors == []


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


def test_script_and_index_have_the_same_words(site: Site, small: Small) -> None:
    vocabulary = Vocabulary()
    some = sorted({*vocabulary.some(Random(1), 200_000, vocabulary.topics[0])})  # noqa: S311
    assert len(some) > 15_000
    letters = [chr(code) for code in range(0x20, 0x3100) if chr(code).isprintable()]
    texts = [f"{letter}b a{letter}C-{letter}" for letter in letters]
    texts += [
        "PGT-M",
        "O’Neill's",
        "978-0-571-22411-3",
        "体外受精の実施",
        "em\u00adbryo",
        "ＦＵＬＬ",
    ]
    texts += [" ".join(some[start : start + 50]) for start in range(0, len(some), 50)]
    small.write("1", {"title": "A piece"})
    site.show(small)
    site.page.goto(SEARCH)
    found = site.page.evaluate(
        f"""async ([texts, drawers]) => {{
            const {{words, waysOf, drawerOf}} = await {MODULE};
            return texts.map(text => words(text).map(word => {{
                const terms = waysOf(word).flat();
                return [word, terms, terms.map(term => drawerOf(term, drawers))];
            }}));
        }}""",
        [texts, DRAWERS],
    )
    expected = []
    for text in texts:
        terms = {word: [folded(part) for part in parts(word)] for word in words(text)}
        expected.append(
            [[word, terms[word], [*map(drawer_of, terms[word])]] for word in words(text)]
        )
    assert found == expected


POOL = [
    *("donation", "donations", "donated", "donor", "donors", "sky", "skies", "dying", "die"),
    *("embryo", "embryos", "embryonic", "gene", "genes", "genetics", "IVF", "PGT-M", "PGT"),
    *("Zoë", "zoe", "O'Neill", "oneill", "e-mail", "email", "1,000", "1000"),
    *("体外受精", "体外", "受精卵"),
]
TEXTS = st.lists(st.sampled_from(POOL), min_size=1, max_size=6).map(" ".join)
ISSUES = st.lists(st.lists(TEXTS, min_size=1, max_size=3), min_size=1, max_size=3)
ASKED = st.tuples(
    st.lists(st.sampled_from([*POOL, "unknown", "donatist"]), min_size=1, max_size=3).map(" ".join),
    st.sampled_from(["", " ", "s", '"']),
)


class Piece(NamedTuple):
    path: str
    text: str


def found_by_a_scan(pieces: list[Piece], text: str) -> set[str]:
    """Return the paths of the pieces that have the most of the words, without any index."""
    terms_of = terms_in("en")
    terms = {
        piece.path: {term for word in words(piece.text) for term in terms_of(word)}
        for piece in pieces
    }
    known = set().union(*terms.values())

    def stems(term: str, is_beginning: bool) -> set[str]:
        found = {stem for form, stem in known if form == term}
        beginnings = [term] if is_beginning else []
        if not found and not any(character.isdigit() for character in term):
            beginnings += [term[:-cut] for cut in (1, 2, 3)]
        for beginning in beginnings:
            if len(beginning) > 3:
                found |= {stem for form, stem in known if form.startswith(beginning)}
            if found:
                break
        return found

    def has(path: str, way: list[str], is_beginning: bool) -> bool:
        return all(
            stems(term, is_beginning and term == way[-1]) & {stem for _, stem in terms[path]}
            for term in way
        )

    asked = list(dict.fromkeys(words(text)))
    counts = dict.fromkeys(terms, 0)
    for word in asked:
        is_beginning = word == asked[-1] and text[-1].isalnum()
        for path in terms:
            counts[path] += any(has(path, way, is_beginning) for way in ways_of(word))
    most = max(counts.values())
    return {path for path, count in counts.items() if count == most} if most else set()


def ways_of(word: str) -> list[list[str]]:
    """Return the whole, and the parts of a compound; of Japanese, every two characters."""
    found = [folded(part) for part in parts(word)]
    is_compound = any(joint in word for joint in "-',")
    return [found[:1], found[1:]] if is_compound else [found]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(issues=ISSUES, asked=ASKED)
def test_what_is_found_is_what_a_scan_of_all_texts_finds(
    site: Site,
    tmp_path_factory: pytest.TempPathFactory,
    issues: list[list[str]],
    asked: tuple[str, str],
) -> None:
    small = Small(tmp_path_factory.mktemp("small"))
    for number, texts in enumerate(issues, start=1):
        items = [
            {"title": f"The {number}-{place}", "body": text} for place, text in enumerate(texts)
        ]
        small.write(str(number), *items, day=date(2010 + number // 2, 1, number))
    archive = small.read()
    bodies = [text for texts in issues for text in texts]
    pieces = [Piece(piece.path, text) for piece, text in zip(archive.pieces, bodies, strict=True)]
    site.files = {page.path: page.make() for page in search.pages(archive)} | {"style.css": b""}
    site.page.goto(SEARCH)
    text = "".join(asked)
    paths = site.page.evaluate(
        f"""async (text) => {{
            const {{search, pathOf}} = await {MODULE};
            const {{hits}} = await search(text);
            return Promise.all(hits.map(pathOf));
        }}""",
        text,
    )
    assert len(paths) == len(set(paths))
    assert set(paths) == found_by_a_scan(pieces, text)


HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script> &amp; \"quoted\" 'embryo'"


def test_hostile_text_stays_text(site: Site, small: Small) -> None:
    body = f"`{HOSTILE}` and more embryos."
    small.write("1", {"title": HOSTILE, "body": body}, {"title": "Another", "body": "Nothing."})
    site.show(small)
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    site.page.on("dialog", note)
    (title,) = site.search("embryo")
    assert "<img src=x onerror=alert(1)><script>" in title
    assert "><script>alert(2)</script> &amp;" in site.page.locator(".excerpt").inner_text()
    assert site.page.locator("#results :is(img, script)").count() == 0
    assert site.search(HOSTILE) == [title]
    assert site.page.locator("#query").input_value() == HOSTILE
    assert dialogs == []


@pytest.fixture
def many(small: Small) -> Small:
    """Write three years of a dozen pieces each."""
    for year in (2010, 2011, 2012):
        items = [
            {
                "title": f"Donations in {year}, part {part}",
                "body": f"Nothing here. {'Other words. ' * 60} An embryo was seen.",
                "authors": ["Zoë Testwright"],
            }
            for part in range(12)
        ]
        small.write(str(year), *items, day=date(year, 5, 3))
    small.write("2013", {"title": "A kidney", "body": "An embryo."}, day=date(2013, 5, 6))
    return small


def test_a_reader_searches(site: Site, many: Small) -> None:
    site.show(many)
    page = site.page
    page.goto(SEARCH)
    page.keyboard.press("Tab")
    page.locator("#query").focus()
    page.keyboard.type("zoe donated", delay=5)
    expect(page.locator("#status")).to_have_text("Pieces found: 36")
    assert len(site.titles()) == 10
    assert page.url == f"{SEARCH}?q=zoe+donated"
    assert page.locator("#results mark").first.inner_text() == "Donations"

    page.keyboard.press("Enter")
    page.locator("#more").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#results li")).to_have_count(20)
    expect(page.locator("#results li:nth-child(11) a")).to_be_focused()

    page.get_by_label("Year").select_option(label="2011 (12)")
    expect(page.locator("#status")).to_have_text("Pieces found: 12")
    assert page.url == f"{SEARCH}?q=zoe+donated&year=2011"
    assert all("in 2011" in title for title in site.titles())

    page.go_back()
    expect(page.locator("#status")).to_have_text("Pieces found: 36")
    page.go_forward()
    expect(page.locator("#status")).to_have_text("Pieces found: 12")
    page.locator("#results a").first.click()
    page.wait_for_url(f"{BASE}2011/*/")
    page.go_back()
    expect(page.locator("#status")).to_have_text("Pieces found: 12")


def test_an_excerpt_is_of_where_the_words_are(site: Site, many: Small) -> None:
    site.show(many)
    titles = site.search("embryos")
    assert titles[0] == "A kidney", "it has few other words"
    excerpt = site.page.locator(".excerpt").nth(1)
    assert excerpt.inner_text().startswith("…")
    assert excerpt.locator("mark").all_inner_texts() == ["embryo"]


def test_the_newest_are_first_if_asked_for(site: Site, many: Small) -> None:
    site.show(many)
    assert site.search("nothing", order="newest")[0] == "Donations in 2012, part 11"


def test_words_that_no_piece_has_all_of(site: Site, many: Small) -> None:
    site.show(many)
    assert site.search("kidney donations seen unheardof")[0].startswith("Donations")
    assert site.status == "No piece has all of these words. Pieces that have most of them: 36"
    assert site.search("unheardof") == []
    assert site.status == "No piece has any of these words."
    assert site.search(" - ") == []


def test_words_in_quotes_are_found_side_by_side(site: Site, small: Small) -> None:
    apart = "A donation. Mitochondrial disease, and donations."
    beside = f"{apart}\n\nOf *mitochondrial*[^1] donation.\n\n[^1]: A note."
    small.write(
        "1",
        {"title": "Apart", "body": apart},
        {"title": "Other forms", "body": "Mitochondrial donations."},
        {"title": "Beside", "body": beside},
    )
    site.show(small)
    assert len(site.search("mitochondrial donation")) == 3
    assert site.search('"Mitochondrial donation"') == ["Beside"]
    assert site.status == "Pieces found: 1"
    assert site.page.locator(".excerpt").inner_text() == "Of mitochondrial donation."
    assert site.page.locator("option").all_inner_texts()[1:3] == ["News Digest", "All years"]
    assert len(site.search('"mitochondrial donation')) == 3, "the phrase is not whole yet"
    assert site.search('"donation mitochondrial" disease') == ["Beside", "Apart"]


def test_an_excerpt_has_the_phrase(site: Site, small: Small) -> None:
    forms = "Mitochondria: a mitochondrial disease, a donor who donates, donating, a donation. "
    small.write("1", {"title": "Long", "body": f"{forms}{'More. ' * 60}Of mitochondrial donation."})
    site.show(small)
    assert site.search('"mitochondrial donation"') == ["Long"]
    assert "mitochondrial donation" in site.page.locator(".excerpt").inner_text()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("A three-parent embryo.", '"three parent"'),
        ("Three parent embryos.", "“three-parent”"),
        ("It is O'Neill's.", '"is O’Neill’s"'),
        ("Un don\u00a0de gamètes.", "«\u00a0don de gametes\u00a0»"),
        ("By the end", '"the end" "by the"'),
        ("体外受精の実施", "「受精の実」"),
        ('צה"ל באו"ם', 'צה"ל באו"ם'),
    ],
)
@pytest.mark.parametrize("field", ["title", "body"])
def test_what_is_in_quotes_may_be_written_otherwise(
    site: Site, small: Small, field: str, text: str, asked: str
) -> None:
    small.write("1", {"title": "A piece"} | {field: text})
    site.show(small)
    assert len(site.search(asked)) == 1


def test_an_author_can_be_in_quotes(site: Site, many: Small) -> None:
    site.show(many)
    assert len(site.search('"Zoë Testwright"')) == 10
    assert site.status == (
        "Pieces that have exactly what is in quotes: 10. Looked through: 10 of 36"
    )
    assert sum(path.startswith("201") for path in site.asked) == 10, "each page once"
    assert site.search('"Testwright Zoë"') == []
    assert site.status == (
        "No piece has exactly what is in quotes. Pieces that have all of the words: 36"
    )


def test_a_phrase_is_looked_for_in_a_hundred_pages_at_a_time(site: Site, small: Small) -> None:
    apart = [{"title": f"A choice of donor eggs, part {number}"} for number in range(120)]
    small.write("1", {"title": "Eggs of a donor"}, *apart)
    site.show(small)
    assert site.search('"eggs of a donor"', order="newest") == []
    assert site.status == (
        "Pieces that have exactly what is in quotes: 0. Looked through: 100 of 121"
    )
    site.page.get_by_role("button", name="Show more").click()
    expect(site.page.locator("#status")).to_have_text("Pieces found: 1")
    assert site.titles() == ["Eggs of a donor"]
    expect(site.page.locator("#results a")).to_be_focused()
    expect(site.page.locator("#more")).to_be_hidden()


def test_words_that_mean_something_to_scripts(site: Site, small: Small) -> None:
    small.write("1", {"title": "A constructor"}, day=date(2010, 1, 4))
    small.write("2", {"title": "No valueOf, no toString"}, day=date(2011, 1, 3))
    site.show(small)
    assert site.search("constructor") == ["A constructor"]
    assert site.search("valueof tostring") == ["No valueOf, no toString"]


def test_a_page_that_is_gone_leaves_its_link(site: Site, small: Small) -> None:
    small.write("1", {"title": "A kidney"}, {"title": "Kidneys"})
    site.show(small)
    site.files = {path: file for path, file in site.files.items() if "kidneys" not in path}
    assert sorted(site.search("kidney")) == ["/1/kidneys/", "A kidney"]


def test_a_search_that_cannot_be_loaded_says_so_and_can_be_repeated(
    site: Site, many: Small
) -> None:
    site.show(many)
    whole = site.files
    site.files = {path: content for path, content in whole.items() if "earlier" not in path}
    site.page.goto(f"{SEARCH}?q=donations")
    expect(site.page.locator("#status")).to_contain_text("could not be loaded")
    site.files = whole
    site.page.get_by_role("button", name="Search").click()
    expect(site.page.locator("#status")).to_have_text("Pieces found: 36")


def test_without_a_script_the_page_leads_to_lists(site: Site, many: Small) -> None:
    site.show(many)
    page = site.files["search/index.html"].decode()
    without = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "The search needs JavaScript" in without
    assert re.findall('href="([^"]+)"', without) == ["/issues/", "/sections/news/", "/authors/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_search_is_accessible(site: Site, many: Small, scheme: Any, width: int) -> None:
    site.show(many)
    site.page.emulate_media(color_scheme=scheme)
    site.page.set_viewport_size({"width": width, "height": 800})
    site.search("donations")
    assert axe_violations(site.page) == []
    wide = site.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
