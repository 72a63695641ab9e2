"""The publisher's own site: its posts since a moment, field by field; else its feed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from newsletter.errors import UnreadableError
from newsletter.importers import Original, Piece, read
from newsletter.importers.fetching import fetch
from newsletter.importers.own_site import posts_since
from newsletter.importers.wordpress import post_at, posts
from newsletter.model import Publication
from tests.importers.a_publication import publication
from tests.importers.fake_wordpress import PNG, FakeWordPress, Post
from tests.importers.site import Answer, Site, site

MONDAY = datetime.fromisoformat("2012-04-16T17:00")
TUESDAY = MONDAY + timedelta(hours=16)
SITE = "http://news.example.org"


def post(slug: str = "eggs", at: datetime = TUESDAY, **fields: object) -> Post:
    plain = {"title": "Eggs", "content": "<p>Egg donors are wanted.</p>"}
    return Post(slug, at=at, **{**plain, **fields})  # type: ignore[arg-type]


def reading(server: Site) -> Callable[[str], Original]:
    """Read from a site under the name that it would have on the web."""
    network = server.network(proxy=f"http://127.0.0.1:{server.port}")
    return lambda address: fetch(address, network=network)


def pieces(*shown: Post, **fields: object) -> list[Piece]:
    found: list[Piece] = []
    press = publication(site={"wordpress": SITE, **fields})
    with site(by_path(FakeWordPress(*shown))) as server:
        web = reading(server)
        for original in posts_since(press, MONDAY, web):
            found += read(original, press, fetch=web)
    return found


def by_path(answer: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Answer a proxy's client, who names the host as well."""
    return lambda path: answer(path.removeprefix(SITE))


def values(piece: Piece) -> dict[str, object]:
    return {name: found.value for name, found in piece.fields.items()}


def test_all_that_wordpress_knows_of_a_post() -> None:
    (piece,) = pieces(
        post(
            title="Genes &amp; the &#8216;law&#8217;: <em>Brown</em>",
            content="<p>About H<sub>2</sub>O.</p><p><a href='/more/?a=1'>More</a></p>",
            category="Comment",
            tags=("IVF", "Law &amp; ethics"),
            excerpt="<p>Who owns <i>them</i>?</p>",
            picture="lab.png",
            alt="A &quot;lab&quot;",
            caption="<p>The lab in green</p>",
        )
    )
    assert values(piece) == {
        "title": "Genes & the ‘law’: *Brown*",
        "url": f"{SITE}/eggs/",
        "date": date(2012, 4, 17),
        "authors": ["Zoë Testwright"],
        "kind": "comment",
        "topics": ["IVF", "Law & ethics"],
        "teaser": "Who owns *them*?",
        "picture.src": "images/lab.png",
        "picture.alt": 'A "lab"',
        "picture.caption": "The lab in green",
        "body": f"About H~2~O.\n\n[More]({SITE}/more/?a=1)",
    }
    assert [(file.name, file.content) for file in piece.pictures] == [("lab.png", PNG)]
    assert piece.fields["kind"].rule == "WordPress: the category"


def test_what_wordpress_does_not_know_is_missing() -> None:
    (piece,) = pieces(post(author=None, category="Uncategorized", picture="lab.png"))
    assert values(piece).keys() == {"title", "url", "date", "picture.src", "body"}
    assert piece.hints == {"picture.alt": "What does the picture show? The page does not say."}


def test_an_account_is_not_taken_for_a_person() -> None:
    (piece,) = pieces(post(author="admin"))
    assert "authors" not in piece.fields
    assert piece.hints["authors"] == "The post's account is called admin: is that the author?"


def test_a_picture_that_is_not_there_is_named() -> None:
    (piece,) = pieces(post(picture="gone.gif", content="<p>A <img src='/also.gif'> gap.</p>"))
    assert not piece.pictures
    assert not [name for name in piece.fields if name.startswith("picture")]
    assert [sentence for sentence in piece.left_out if "/gone.gif" in sentence]
    assert [sentence for sentence in piece.left_out if "/also.gif" in sentence]


def test_the_day_is_that_of_the_publication() -> None:
    late = post(at=datetime.fromisoformat("2012-04-17T00:30"))
    press = publication(site={"wordpress": SITE}, time_zone="America/New_York")
    with site(by_path(FakeWordPress(late))) as server:
        web = reading(server)
        (original,) = posts(SITE, web)
        (piece,) = read(original, press, fetch=web)
    assert piece.fields["date"].value == date(2012, 4, 16)


def test_only_what_came_after_the_last_issue() -> None:
    times = [MONDAY - timedelta(hours=1), MONDAY, MONDAY + timedelta(seconds=1)]
    found = pieces(*(post(f"post-{number}", at) for number, at in enumerate(times)))
    assert [piece.fields["url"].value for piece in found] == [f"{SITE}/post-2/"]


def test_all_pages_of_posts() -> None:
    many = [post(f"post-{n}", MONDAY + timedelta(hours=n)) for n in range(1, 251)]
    with site(by_path(FakeWordPress(*many))) as server:
        names = [original.name for original in posts(SITE, reading(server))]
    assert names == [f"{SITE}/post-{n}/" for n in range(250, 0, -1)]
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        (f"{SITE}/", "/wp-json/wp/v2/posts"),
        (f"{SITE}/news", "/news/wp-json/wp/v2/posts"),
        (f"{SITE}/wp-json/wp/v2/reviews/", "/wp-json/wp/v2/reviews"),
    ],
)
def test_a_site_and_a_route_of_it(named: str, asked: str) -> None:
    with site(lambda path: Answer(b"[]", "application/json")) as server:
        assert list(posts(named, reading(server))) == []
    assert server.asked[0].startswith(f"news.example.org{SITE}{asked}?_embed=author")


def test_a_post_by_its_slug() -> None:
    with site(by_path(FakeWordPress(post(), post("others")))) as server:
        found = post_at(f"{SITE}/", "others", reading(server))
        assert found is not None
        assert found.address == f"{SITE}/others/"
        assert post_at(SITE, "none", reading(server)) is None


def test_selectors_find_on_its_page_what_wordpress_does_not_know() -> None:
    page = """<article><p class=by>By Dr Ada Sample</p><p class=role>Professor of Testing</p>
        <p>Appears in <a class=no>BioNews 652</a></p><img class=top src=/top.png alt="A top">
        <p class=credit>Photo by Sam Lens</p></article>"""
    selectors = {
        "byline": ".by",
        "affiliation": ".role",
        "number": ".no",
        "image": ".top",
        "credit": ".credit",
    }
    (piece,) = pieces(post(page=page), selectors=selectors)
    found = values(piece)
    assert found["authors"] == [{"name": "Dr Ada Sample", "role": "Professor of Testing"}]
    assert piece.number == "652"
    assert found["picture.src"] == "images/top.png"
    assert found["picture.credit"] == "Photo by Sam Lens"
    assert piece.fields["authors"].rule == "the selector 'byline'"
    assert found["title"] == "Eggs"


def test_a_page_that_is_not_there_leaves_what_wordpress_knows() -> None:
    (piece,) = pieces(post(), selectors={"byline": ".by"})
    assert piece.fields["authors"].value == ["Zoë Testwright"]
    assert "The selectors were not used" in piece.left_out[-1]


def test_a_selector_with_a_slip_is_named() -> None:
    with pytest.raises(UnreadableError, match=r"'p::', after 'byline:' in publication\.yaml"):
        pieces(post(page="<p>A page.</p>"), selectors={"byline": "p::"})


def test_a_post_with_a_password_is_refused_with_advice() -> None:
    with pytest.raises(UnreadableError, match="protected by a password"):
        pieces(post(is_protected=True))


@pytest.mark.parametrize("odd", [None, 5, True, [], {}, [{}], [[5]], "x", {"rendered": 5}])
def test_a_post_with_parts_of_other_types(odd: object) -> None:
    """Plug-ins of WordPress add to posts, and take away from them."""
    post = {"title": {"rendered": "Eggs"}, "content": {"rendered": "<p>A text.</p>"}}
    embedded = dict.fromkeys(("author", "wp:term", "wp:featuredmedia"), odd)
    others = dict.fromkeys(("link", "date", "date_gmt", "excerpt"), odd)
    for fields in ({"_embedded": embedded}, {"_embedded": odd}, others):
        content = json.dumps(post | fields).encode()
        (piece,) = read(Original("post", content), publication())
        assert piece.fields["body"].value == "A text."


@pytest.mark.parametrize("content", [b"<html>", b"{}", b"[1]", b"[" * 100_000, b""])
def test_a_site_that_is_no_wordpress(content: bytes) -> None:
    with (
        site(lambda path: Answer(content, "application/json")) as server,
        pytest.raises(UnreadableError, match="does not answer as WordPress does"),
    ):
        list(posts(SITE, reading(server)))


FEED = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<item><title>Old</title><link>https://news.example.org/old</link><pubDate>Mon, 16 Apr 2012 15:59:00 GMT</pubDate></item>
<item><title>New</title><link>https://news.example.org/new</link><pubDate>Mon, 16 Apr 2012 16:01:00 GMT</pubDate>
<content:encoded>&lt;p&gt;A text.&lt;/p&gt;</content:encoded></item>
<item><title>Whenever</title><link>https://news.example.org/whenever</link></item></channel></rss>"""


def test_the_feed_of_a_site_of_another_kind() -> None:
    """On the publication's clock, which is an hour ahead of Greenwich in April."""
    press: Publication = publication(site={"feed": f"{SITE}/feed/"})
    with site(lambda path: Answer(FEED.encode(), "application/rss+xml")) as server:
        originals = list(posts_since(press, MONDAY, reading(server)))
    names = ["https://news.example.org/new", "https://news.example.org/whenever"]
    assert [original.name for original in originals] == names
    (piece,) = read(originals[0], press)
    assert piece.fields["body"].value == "A text."


def test_a_publication_that_names_no_site() -> None:
    with pytest.raises(UnreadableError, match="Add 'site:' with 'wordpress:' or 'feed:'"):
        list(posts_since(publication(), MONDAY))
