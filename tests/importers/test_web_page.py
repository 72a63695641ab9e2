"""Web pages: what they say of themselves, field by field; their text; nothing of what is around it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from newsletter.errors import UnreadableError
from newsletter.importers import Original, Piece, importer_of, read, unreadable
from newsletter.importers.pages import reader
from newsletter.importers.pages.saved import decoded
from newsletter.importers.sources import web_page
from tests.importers.a_publication import publication
from tests.importers.fake_wordpress import PNG, FakeWordPress, Post

ADDRESS = "https://paper.example.com/genes/"
TEXT = (
    "<p>A team in Leeds has found how a cell repairs itself after the third day of its life.</p>"
    "<p>Until now, <a href='/earlier'>nobody</a> had seen that in any animal, or in H<sub>2</sub>O.</p>"
    "<p>It was tried on 94 embryos, of which 12 were healthy, and on none that was older than that.</p>"
)
BODY = (
    "A team in Leeds has found how a cell repairs itself after the third day of its life.\n\n"
    "Until now, [nobody](https://paper.example.com/earlier) had seen that in any animal, or in H~2~O.\n\n"
    "It was tried on 94 embryos, of which 12 were healthy, and on none that was older than that."
)


def page(text: str = TEXT, head: str = "", around: str = "<article>{}</article>") -> str:
    body = around.format(text)
    return f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def structured(**thing: object) -> str:
    value = json.dumps({"@context": "https://schema.org", **thing})
    return f'<script type="application/ld+json">{value}</script>'


def not_there(address: str) -> Original:
    raise unreadable(Original(address, b""), f"{address} is not there (404).", "")


def web(*pictures: str) -> Callable[[str], Original]:
    def fetch(address: str) -> Original:
        return Original(address, PNG) if address in pictures else not_there(address)

    return fetch


def piece(html: str | bytes, address: str | None = ADDRESS, **options: object) -> Piece:
    content = html if isinstance(html, bytes) else html.encode()
    press = options.pop("press", publication())
    original = Original(address or "page.html", content, address=address)
    fetch = options.pop("fetch", not_there)
    (found,) = read(original, press, fetch=fetch)  # type: ignore[arg-type]
    return found


def values(found: Piece) -> dict[str, object]:
    return {name: field.value for name, field in found.fields.items()}


# Which importer


@pytest.mark.parametrize(
    "content",
    [b"<!DOCTYPE html><p>A", b"\xef\xbb\xbf<html>", b"<!-- saved -->\n<html lang=en>", b"<?xml version='1.0'?><html>",
     b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\n"],
)  # fmt: skip
def test_a_page_is_known_by_its_beginning(content: bytes) -> None:
    assert web_page.fit(Original("whatever", content)) == 2


@pytest.mark.parametrize(
    "content",
    [b"<rss>", b"{}", b"A text.", b"From: a@example.org\r\nContent-Type: multipart/related"],
)
def test_what_is_no_page(content: bytes) -> None:
    assert web_page.fit(Original("whatever", content)) == 0


def test_a_page_by_its_name_alone() -> None:
    assert web_page.fit(Original("page.htm", b"<script>x</script><p>A text.</p>")) == 2
    assert importer_of(Original("page.html", page().encode())) is web_page
    assert web_page.fit(Original("piece.docx", page().encode())) == 1


# Fields


def test_json_ld_of_an_article() -> None:
    head = structured(
        **{
            "@type": "NewsArticle",
            "headline": "Cells &amp; how they heal",
            "datePublished": "2012-04-11T23:30:00+02:00",
            "author": [
                {"@type": "Person", "name": "Zoë Testwright", "jobTitle": "Science writer"},
                {"@type": "Person", "name": "Dr Ben Trial"},
            ],
            "description": "What repairs a cell.",
            "articleSection": "Comment",
            "image": {
                "@type": "ImageObject",
                "url": "https://paper.example.com/lab.png",
                "caption": "The lab",
                "creditText": "Sam Lens",
            },
        }
    )
    found = piece(page(head=head), fetch=web("https://paper.example.com/lab.png"))
    assert values(found) == {
        "title": "Cells & how they heal",
        "url": ADDRESS,
        "date": date(2012, 4, 11),
        "authors": [{"name": "Zoë Testwright", "role": "Science writer"}, "Dr Ben Trial"],
        "teaser": "What repairs a cell.",
        "kind": "comment",
        "picture.src": "images/lab.png",
        "picture.caption": "The lab",
        "picture.credit": "Sam Lens",
        "body": BODY,
    }
    assert found.fields["date"].rule == "JSON-LD of the page"
    assert found.hints.keys() == {"picture.alt"}
    assert [file.name for file in found.pictures] == ["lab.png"]


def test_a_graph_whose_things_name_each_other() -> None:
    head = structured(
        **{
            "@graph": [
                {"@type": "WebSite", "name": "The Paper"},
                {
                    "@type": "Article",
                    "headline": "Cells",
                    "author": {"@id": "#zoe"},
                    "image": {"@id": "#lab"},
                },
                {"@type": "Person", "@id": "#zoe", "name": "Zoë Testwright"},
                {"@type": "ImageObject", "@id": "#lab", "url": "https://paper.example.com/lab.png"},
            ]
        }
    )
    found = values(piece(page(head=head), fetch=web("https://paper.example.com/lab.png")))
    assert found["authors"] == ["Zoë Testwright"]
    assert found["picture.src"] == "images/lab.png"


@pytest.mark.parametrize(
    "author",
    [
        {"@type": "Organization", "name": "The Paper Group"},
        {"@type": "Person", "name": "newsdesk"},
        {"@type": "Person", "name": "BBC News"},
        {"@type": "Person", "name": "No Author"},
        {"@type": "Person", "name": "Example Paper"},
    ],
)
def test_an_organisation_is_no_author(author: dict[str, str]) -> None:
    head = structured(
        **{"@type": "Article", "author": author, "publisher": {"name": "Example Paper"}}
    )
    found = piece(page(head=head))
    assert "authors" not in found.fields
    assert found.hints["authors"] == f"The page names {author['name']}: is that the author?"


def test_a_review_and_what_it_reviews() -> None:
    work = {
        "@type": "Movie",
        "name": "Cells",
        "director": {"@type": "Person", "name": "Ada Sample"},
        "actor": [{"name": "Ben Trial"}, {"name": "Cy Proof"}],
    }
    head = structured(**{"@type": "Review", "name": "A film about cells", "itemReviewed": work})
    found = values(piece(page(head=head)))
    assert found["kind"] == "review"
    assert (found["work.kind"], found["work.title"]) == ("film", "Cells")
    assert found["work.credits"] == ["Directed by Ada Sample", "Starring Ben Trial and Cy Proof"]


def test_an_event_on_the_publications_clock() -> None:
    place = {
        "@type": "Place",
        "name": "Science Hall",
        "address": {
            "streetAddress": "1 High Street",
            "addressLocality": "Anytown",
            "postalCode": "AA1 1AA",
        },
    }
    head = structured(
        **{
            "@type": "Event",
            "name": "Cells in law",
            "startDate": "2012-04-20T17:30:00Z",
            "endDate": "2012-04-20T20:00:00+01:00",
            "location": place,
        }
    )
    found = values(piece(page(head=head)))
    assert found["kind"] == "event"
    assert (found["starts"], found["ends"]) == ("2012-04-20 18:30", "2012-04-20 20:00")
    assert found["place"] == "Science Hall, 1 High Street, Anytown, AA1 1AA"


def test_a_day_alone_is_not_the_hour_of_an_event() -> None:
    head = structured(**{"@type": "Event", "name": "Cells", "startDate": "2012-04-20"})
    assert "starts" not in piece(page(head=head)).fields


def test_a_job() -> None:
    head = structured(
        **{
            "@type": "JobPosting",
            "title": "Embryologist",
            "name": "Embryologist",
            "hiringOrganization": {"@type": "Organization", "name": "A Clinic"},
            "jobLocation": {"@type": "Place", "address": {"addressLocality": "Leeds"}},
            "validThrough": "2012-05-11",
        }
    )
    found = values(piece(page(head=head)))
    assert (found["kind"], found["employer"], found["place"]) == ("job", "A Clinic", "Leeds")
    assert found["closes"] == date(2012, 5, 11)


def test_several_events_are_none() -> None:
    events = [{"@type": "Event", "name": name, "startDate": "2012-04-20T18:30"} for name in "AB"]
    assert "starts" not in piece(page(head=structured(**{"@graph": events}))).fields


def test_open_graph_and_meta() -> None:
    head = """<meta property="og:title" content="Cells – The Paper"><meta property="og:site_name" content="The Paper">
        <meta property="og:description" content="What *repairs* them"><meta name="author" content="By Zoë Testwright and Ben Trial">
        <meta property="article:published_time" content="2012-04-11T09:00:00Z"><meta property="article:section" content="News">
        <meta property="og:image" content="/lab.png"><meta property="og:image:alt" content="A lab">"""
    found = piece(page(head=head), fetch=web("https://paper.example.com/lab.png"))
    assert values(found) == {
        "title": "Cells",
        "url": ADDRESS,
        "date": date(2012, 4, 11),
        "authors": ["Zoë Testwright", "Ben Trial"],
        "kind": "news",
        "teaser": r"What \*repairs* them",
        "picture.src": "images/lab.png",
        "picture.alt": "A lab",
        "body": BODY,
    }


def test_the_heading_that_readers_see_is_the_title() -> None:
    head = "<title>Cells and how they heal | The Paper</title>" + structured(
        **{"@type": "Article", "headline": "You will not believe this"}
    )
    found = piece(page(f"<h1>Cells and how <i>they</i> heal</h1>{TEXT}", head))
    assert found.fields["title"].value == "Cells and how *they* heal"
    assert found.fields["body"].value == BODY


def test_the_time_and_the_author_that_elements_name() -> None:
    facts = (
        "<time class=entry-date datetime='2012-04-11T10:00:00+01:00'>a week ago</time>"
        "<span>By <a rel=author href=/zoe>Zoë Testwright</a></span>"
        "<a href=/x>Related</a><time datetime='2011-01-01'>old</time>"
    )
    found = piece(page(around=f"<header>{facts}</header><article>{{}}</article>"))
    assert found.fields["date"].value == date(2012, 4, 11)
    assert found.fields["authors"].value == ["Zoë Testwright"]


@pytest.mark.parametrize(
    "times",
    ["<time datetime='2012-04-11'>a</time>", "<time pubdate datetime='2012-04-11'></time><time pubdate datetime='2012-04-12'></time>",
     "<time pubdate datetime='soon'></time>", "<meta name=date content='last week'>"],
)  # fmt: skip
def test_a_date_in_doubt_is_missing(times: str) -> None:
    assert "date" not in piece(page(around=times + "<article>{}</article>")).fields


@pytest.mark.parametrize(
    "teaser", ["A team in Leeds has found how a cell repairs itself after…", "Read more [...]"]
)
def test_the_beginning_of_the_text_is_no_teaser(teaser: str) -> None:
    head = f'<meta property="og:description" content="{teaser}">'
    assert "teaser" not in piece(page(head=head)).fields


def test_the_address_that_the_page_names() -> None:
    head = '<link rel="canonical" href="/genes?id=1">'
    assert piece(page(head=head)).fields["url"].value == "https://paper.example.com/genes?id=1"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "http://[", ""])
def test_no_other_address_is_taken(href: str) -> None:
    head = f'<link rel="canonical" href="{href}">'
    assert piece(page(head=head)).fields["url"].value == ADDRESS


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[" * 100_000,
        "null",
        "[[]]",
        '{"@type": 5, "author": 5}',
        '{"@graph": {"@type": ["Article"]}}',
    ],
)
def test_json_ld_that_says_nothing(script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'
    assert piece(page(head=head)).fields["body"].value == BODY


# Text


def test_what_is_around_and_within_the_text_is_left_out() -> None:
    chrome = "<nav>Home</nav><div class=cookie-banner>We use cookies.</div>{}<footer>Terms</footer>"
    inner = (
        TEXT
        + "<div class='share-buttons'>Share this</div><aside>Buy now</aside>"
        + "<div class=advertisement>An advert</div><div id=comments>First!</div>"
        + "<div class='related-posts'><a href=/x>Another piece</a></div><script>x()</script>"
    )
    found = piece(page(inner, around=chrome.replace("{}", "<article>{}</article>")))
    assert found.fields["body"].value == BODY
    (words,) = [sentence for sentence in found.left_out if sentence.startswith("Of the page")]
    for name in ("share buttons", "advertisements", "comments", "a list of other pieces"):
        assert name in words


def test_text_behind_what_is_left_out_stays() -> None:
    inner = TEXT.replace("</p>", " <span class=ad>Buy</span>now.</p>", 1)
    assert "of its life. now." in str(piece(page(inner)).fields["body"].value)


def test_a_text_is_not_taken_for_what_its_names_say() -> None:
    """A theme may call all of a page by such a name."""
    inner = f"<div class='related'>{TEXT}</div>"
    assert piece(page(inner)).fields["body"].value == BODY


def test_a_quotation_is_not_the_text_whatever_its_class() -> None:
    quotation = f"<blockquote class=entry-content><p>{'To quote. ' * 15}</p></blockquote>"
    body = str(piece(page(TEXT * 4 + quotation)).fields["body"].value)
    assert body.startswith(BODY)
    assert "> To quote." in body


def test_captions_and_a_standfirst_are_kept() -> None:
    inner = (
        "<p class=standfirst>In short.</p>"
        + "<figure><img src=/lab.png alt='A lab'><figcaption>The lab in green</figcaption></figure>"
        + TEXT
    )
    found = piece(page(inner), fetch=web("https://paper.example.com/lab.png"))
    expected = f'In short.\n\n![A lab](images/lab.png "The lab in green")\n\n{BODY}'
    assert found.fields["body"].value == expected


def test_the_picture_above_the_text_is_the_piece_s() -> None:
    figure = (
        "<figure><img src=/lab.png alt='A lab'><figcaption>The lab in green</figcaption></figure>"
    )
    lab = web("https://paper.example.com/lab.png")
    shown = {
        "picture.src": "images/lab.png",
        "picture.alt": "A lab",
        "picture.caption": "The lab in green",
    }
    found = piece(page(f"<h1>Cells</h1>{figure}{TEXT}"), fetch=lab)
    assert shown.items() <= values(found).items()
    assert found.fields["body"].value == BODY
    assert found.fields["picture.alt"].rule == "the picture above the text"

    head = '<meta property="og:image" content="/lab.png">'
    assert shown.items() <= values(piece(page(figure + TEXT, head), fetch=lab)).items()


def test_another_picture_above_the_text_stays_there() -> None:
    head = '<meta property="og:image" content="/other.png">'

    def other(address: str) -> Original:
        return Original(address, PNG + address.encode())

    found = piece(page(f"<img src=/lab.png alt='A lab'>{TEXT}", head), fetch=other)
    assert found.fields["picture.src"].value == "images/other.png"
    assert str(found.fields["body"].value).startswith("![A lab](images/lab.png)")


def test_sources_below_the_text() -> None:
    inner = f"{TEXT}<h2>Sources and References</h2><ul><li><a href='https://t.example/a'>Eggs are up</a></li></ul>"
    found = piece(page(inner))
    assert found.fields["sources"].value == [{"title": "Eggs are up", "url": "https://t.example/a"}]
    assert found.fields["body"].value == BODY


def test_a_page_without_a_certain_place_is_read_by_trafilatura() -> None:
    pytest.importorskip("trafilatura")
    found = piece(page(around="<div class=x><div>{}</div></div>"))
    assert "It was tried on 94 embryos" in str(found.fields["body"].value)


def test_without_trafilatura_there_is_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "find_spec", lambda name: None)
    with pytest.raises(UnreadableError, match=r"pip install 'newsletter-issue-builder\[web\]'"):
        piece(page(around="<div class=x>{}</div>"))


def test_a_page_without_a_text() -> None:
    with pytest.raises(UnreadableError, match="no text of a piece"):
        piece("<!doctype html><html><body></body></html>")


@pytest.mark.parametrize("tag", ["<div>", "<b>"])
def test_a_page_that_is_nested_without_end(tag: str) -> None:
    with pytest.raises(UnreadableError, match="too intricate"):
        piece(page(around="<article>" + tag * 20_000 + "{}</article>"))


def test_a_tag_with_endless_attributes() -> None:
    with pytest.raises(UnreadableError, match="too intricate"):
        piece(page(around=f"<article {' '.join(map('a{}'.format, range(20_000)))}>{{}}</article>"))


# Saved pages


def test_a_page_saved_with_its_pictures(tmp_path: Path) -> None:
    folder = tmp_path / "Genes_files"
    folder.mkdir()
    (folder / "lab.png").write_bytes(PNG)
    (tmp_path / "secret.png").write_bytes(PNG)
    comment = "<!-- saved from url=(0032)https://paper.example.com/genes/ -->"
    inner = f"{TEXT}<img src='./Genes_files/lab.png' alt='A lab'><img src='../secret.png' alt=''>"
    head = '<meta property="og:image" content="https://cdn.example.com/big/lab.png">'
    path = tmp_path / "Genes.html"
    path.write_text(comment + page(inner, head), encoding="utf-8")

    (found,) = read(Original(path.name, path.read_bytes(), path=path), publication())
    assert found.fields["url"].value == ADDRESS
    assert found.fields["picture.src"].value == "images/lab.png"
    assert [file.name for file in found.pictures] == ["lab.png"]
    assert "![A lab](images/lab.png)" in str(found.fields["body"].value)
    assert any("secret.png" in sentence for sentence in found.left_out)


def test_a_link_in_the_folder_of_a_saved_page_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "page_files"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "lab.png").symlink_to(tmp_path / "secret.png")
    path = tmp_path / "page.html"
    path.write_text(page(f"{TEXT}<img src='page_files/lab.png' alt='A lab'>"), encoding="utf-8")
    (found,) = read(Original(path.name, path.read_bytes(), path=path), publication())
    assert not found.pictures


def test_a_saved_page_asks_nothing_of_the_web(tmp_path: Path) -> None:
    def never(address: str) -> Original:
        raise AssertionError(address)

    press = publication(site={"wordpress": "https://paper.example.com/"})
    head = '<meta property="og:image" content="https://cdn.example.com/lab.png">'
    path = tmp_path / "page.html"
    path.write_text(page(head=head), encoding="utf-8")
    (found,) = read(Original(path.name, path.read_bytes(), path=path), press, fetch=never)
    assert "picture.src" not in found.fields


MHTML = b"""From: <Saved by Blink>\r
Snapshot-Content-Location: https://paper.example.com/genes/\r
Subject: Genes\r
MIME-Version: 1.0\r
Content-Type: multipart/related; type="text/html"; boundary="--x"\r
\r
----x\r
Content-Type: text/html; charset=utf-8\r
Content-Transfer-Encoding: quoted-printable\r
Content-Location: https://paper.example.com/genes/\r
\r
%s\r
----x\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
Content-Location: https://cdn.example.com/lab.png\r
\r
%s\r
----x--\r
"""


def test_a_page_saved_as_one_file() -> None:
    import base64
    import quopri

    inner = f"{TEXT}<img src='https://cdn.example.com/lab.png' alt='A lab'>"
    content = MHTML % (quopri.encodestring(page(inner).encode()), base64.b64encode(PNG))
    original = Original("genes.mhtml", content)
    assert importer_of(original) is web_page
    (found,) = read(original, publication())
    assert found.fields["url"].value == ADDRESS
    assert str(found.fields["body"].value).endswith("![A lab](images/lab.png)")


def test_a_page_in_one_file_without_a_page() -> None:
    content = MHTML.replace(b"text/html; charset", b"text/css; charset") % (b"x", b"x")
    with pytest.raises(UnreadableError, match="There is no page in this file"):
        read(Original("genes.mhtml", content), publication())


def test_a_page_in_one_file_that_is_nested_without_end() -> None:
    begin = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b0"\r\n\r\n'
    part = b'--b%d\r\nContent-Type: multipart/related; boundary="b%d"\r\n\r\n'
    content = begin + b"".join(part % (number, number + 1) for number in range(2000))
    with pytest.raises(UnreadableError, match="too intricate"):
        read(Original("genes.mhtml", content), publication())


@pytest.mark.parametrize("charset", ["hex", "punycode", "undefined", "utf-7", "unicode_escape"])
def test_an_encoding_that_is_none_of_pages(charset: str) -> None:
    assert decoded("‘Zoë’".encode("cp1252"), charset) == "‘Zoë’"


@pytest.mark.parametrize(
    "src", ["http://[", "data:image/gif;base64,R0lGODlhAQABAAAAACw=", "%00", "../x"]
)
def test_a_picture_that_is_nowhere(src: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(f"{TEXT}<img src='{src}' alt='A lab'>"), encoding="utf-8")
    (found,) = read(Original(path.name, path.read_bytes(), path=path), publication())
    assert not found.pictures
    assert "![" not in str(found.fields["body"].value)


def test_a_picture_that_a_script_would_load() -> None:
    image = "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src=/lab.png alt='A lab'>"
    found = piece(page(TEXT + image), fetch=web("https://paper.example.com/lab.png"))
    assert str(found.fields["body"].value).endswith("![A lab](images/lab.png)")


def test_no_more_pictures_are_asked_for_than_a_piece_may_have() -> None:
    asked: list[str] = []

    def fetch(address: str) -> Original:
        asked.append(address)
        return not_there(address)

    images = "".join(f"<img src=/{number}.png alt=''>" for number in range(30))
    found = piece(page(TEXT + images), fetch=fetch)
    assert len(asked) == 20
    assert sum("are read at most" in sentence for sentence in found.left_out) == 10


def test_a_picture_within_its_own_address() -> None:
    import base64

    content = PNG + b"\0" * 2000
    src = f"data:image/png;base64,{base64.b64encode(content).decode()}"
    found = piece(page(f"{TEXT}<img src='{src}' alt='A lab'>"))
    assert [(file.name, file.content) for file in found.pictures] == [("picture.png", content)]


@pytest.mark.parametrize(
    ("content", "charset", "expected"),
    [
        ("‘Zoë’".encode(), "windows-1252", "‘Zoë’"),
        ("<meta charset=utf-8>‘Zoë’".encode("cp1252"), "utf-8", "‘Zoë’"),
        ("<meta charset=iso-8859-1>‘Zoë’".encode("cp1252"), "", "‘Zoë’"),
        ("<meta charset=windows-1251>Зоя".encode("cp1251"), "", "Зоя"),
        ("Зоя".encode("koi8-r"), "koi8-r", "Зоя"),
        ("Zoë".encode("utf-16"), "", "Zoë"),
        ("\ufeffZoë".encode(), "", "Zoë"),
        (b"\x81\xff", "no-such-charset", "\ufffdÿ"),
    ],
)
def test_the_encoding_that_a_page_has_whatever_it_says(
    content: bytes, charset: str, expected: str
) -> None:
    assert decoded(content, charset).rpartition(">")[2] == expected


# The publisher's own site


def test_a_page_of_the_own_wordpress_is_read_by_its_api() -> None:
    from datetime import datetime
    from urllib.parse import urlsplit

    press = FakeWordPress(
        Post("genes", "Genes", "<p>All of it.</p>", datetime.fromisoformat("2012-04-17T09:00"))
    )

    def fetch(address: str) -> Original:
        parts = urlsplit(address)
        answer = press(f"{parts.path}?{parts.query}")
        return Original(address, answer.content, address=address)

    found = piece(
        page(),
        "http://news.example.org/genes/",
        press=publication(site={"wordpress": "http://news.example.org"}),
        fetch=fetch,
    )
    assert found.fields["title"].rule == "WordPress: the title"
    assert found.fields["body"].value == "All of it."


def test_where_the_api_is_switched_off_the_page_is_read() -> None:
    press = publication(site={"wordpress": "https://www.paper.example.com"})
    assert piece(page(), press=press).fields["body"].value == BODY


def test_selectors_win_over_all_else_on_the_own_site_and_nowhere_else() -> None:
    head = structured(**{"@type": "Article", "headline": "Another", "datePublished": "2012-01-01"})
    inner = (
        f"<div class=b>{TEXT}</div><h1>Cells</h1><p class=w>By Ada Sample</p>"
        "<p class=d>Published 11 April 2012</p><p class=n>appears in BioNews 652</p>"
        "<p class=s>Comment</p><p class=t>In <i>short</i>.</p>"
    )
    selectors = {"title": "h1", "byline": ".w", "date": ".d", "number": ".n", "section": ".s", "teaser": ".t", "body": ".b"}  # fmt: skip
    press = publication(site={"selectors": selectors}, home_page="https://paper.example.com/")
    found = piece(page(inner, head), press=press)
    assert values(found) == {
        "title": "Cells",
        "url": ADDRESS,
        "date": date(2012, 4, 11),
        "authors": ["Ada Sample"],
        "kind": "comment",
        "teaser": "In *short*.",
        "body": BODY,
    }
    assert found.number == "652"

    elsewhere = piece(page(inner, head), "https://other.example.com/genes/", press=press)
    assert elsewhere.fields["date"].value == date(2012, 1, 1)
