"""Feeds of all kinds: entry by entry, the newest first; nothing hostile is reached."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from newsletter.errors import UnreadableError
from newsletter.importers import Original, Piece, importer_of, read
from newsletter.importers.sources import feed
from tests.importers.a_publication import publication

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title>
<item><title>The older &lt;em&gt;one&lt;/em&gt;</title><link>https://news.example.org/older</link>
<pubDate>Wed, 11 Apr 2012 23:30:00 GMT</pubDate><dc:creator>Zoë Testwright</dc:creator>
<category>Comment</category><description>What it says.</description>
<content:encoded><![CDATA[<p>All of <a href="https://x.example.org/a?b=1&amp;c=2">it</a>.</p>]]></content:encoded></item>
<item><title>The newer one</title><link>https://news.example.org/newer</link>
<pubDate>Mon, 16 Apr 2012 09:00:00 +0100</pubDate><dc:creator>newsdesk</dc:creator>
<description>A summary alone.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example.org/">
<title>News</title><entry><title type="html">Cells &amp;amp; &lt;i&gt;genes&lt;/i&gt;</title>
<link href="/cells"/><id>tag:1</id><published>2012-04-12</published><updated>2012-05-01T00:00:00Z</updated>
<author><name>Ada Sample</name></author><author><name>Ben Trial</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>H<sub>2</sub>O <a href="far">far</a>.</p></div>
</content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item rdf:about="https://news.example.org/a"><title>An item</title><link>https://news.example.org/a</link></item>
</rdf:RDF>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "News",
        "items": [
            {
                "id": "1",
                "url": "https://news.example.org/1",
                "title": "A <b> & more",
                "content_text": "One & two.\n\nThree.",
                "summary": "In short",
                "date_published": "2012-04-16T23:30:00Z",
                "authors": [{"name": "Zoë Testwright"}],
                "tags": ["News"],
            }
        ],
    }
)


def original(text: str, name: str = "feed") -> Original:
    return Original(name, text.encode())


def nothing_is_fetched(address: str) -> Original:
    raise AssertionError(address)


def pieces(text: str, **options: object) -> list[Piece]:
    options = {"fetch": nothing_is_fetched, **options}
    return read(original(text), publication(), **options)  # type: ignore[arg-type]


def values(piece: Piece) -> dict[str, object]:
    return {name: found.value for name, found in piece.fields.items()}


@pytest.mark.parametrize("text", [RSS, ATOM, RDF, JSON_FEED, f"\ufeff {RSS}"])
def test_a_feed_is_known_by_its_beginning(text: str) -> None:
    assert importer_of(original(text)) is feed


@pytest.mark.parametrize(
    "text", ["<html><body><rss>", "A text about <rss>.", '{"items": []}', "", "{", "<p>A feed.</p>"]
)
def test_what_is_no_feed(text: str) -> None:
    assert not feed.fit(original(text))


def test_rss_with_all_its_fields_the_newest_first() -> None:
    newer, older = pieces(RSS)
    assert values(older) == {
        "title": "The older *one*",
        "url": "https://news.example.org/older",
        "date": date(2012, 4, 12),
        "authors": ["Zoë Testwright"],
        "kind": "comment",
        "teaser": "What it says.",
        "body": "All of [it](https://x.example.org/a?b=1&c=2).",
    }
    assert newer.fields["title"].value == "The newer one"


def test_a_summary_is_a_teaser_and_no_body() -> None:
    newer, _ = pieces(RSS)
    assert newer.fields["teaser"].value == "A summary alone."
    assert "body" not in newer.fields
    assert "The feed has a summary of this piece alone" in newer.left_out[-1]
    assert newer.hints["authors"] == "The feed names newsdesk: is that the author?"


def test_atom_with_relative_links_and_several_authors() -> None:
    (piece,) = pieces(ATOM)
    assert values(piece) == {
        "title": "Cells & *genes*",
        "url": "https://news.example.org/cells",
        "date": date(2012, 4, 12),
        "authors": ["Ada Sample", "Ben Trial"],
        "body": "H~2~O [far](https://news.example.org/far).",
    }


def test_a_change_is_not_the_date_of_a_piece() -> None:
    (piece,) = pieces(ATOM.replace("<published>2012-04-12</published>", ""))
    assert "date" not in piece.fields
    assert piece.hints["date"] == "The feed says that it was changed on 2012-05-01."


def test_json_feed_as_text() -> None:
    (piece,) = pieces(JSON_FEED)
    assert values(piece) == {
        "title": "A <b> & more",
        "url": "https://news.example.org/1",
        "date": date(2012, 4, 17),
        "authors": ["Zoë Testwright"],
        "kind": "news",
        "teaser": "In short",
        "body": "One & two.\n\nThree.",
    }


def test_one_entry_is_chosen_by_its_number_or_date() -> None:
    (first,) = pieces(RSS, is_wanted=lambda number, moment: number == 1)
    assert first.fields["title"].value == "The newer one"

    day = datetime.fromisoformat("2012-04-13")
    (later,) = pieces(RSS, is_wanted=lambda number, moment: moment and moment > day)
    assert later.fields["title"].value == "The newer one"


def test_a_feed_that_is_not_well_formed() -> None:
    (piece,) = pieces("<rss><channel><item><title>A & B <x</title><description>Cut")
    assert "A & B" in str(piece.fields["title"].value)


def test_scripts_and_files_of_this_computer_are_not_reached() -> None:
    entity = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    body = "&lt;script&gt;steal()&lt;/script&gt;&lt;p onclick='x()'&gt;Text.&lt;/p&gt;"
    item = f"<item><title>/etc/passwd</title><description>&x;</description>{body}</item>"
    text = f"<?xml version='1.0'?>{entity}<rss><channel>{item}</channel></rss>"
    (piece,) = pieces(text)
    assert piece.fields["title"].value == "/etc/passwd"
    assert "root" not in repr(piece)
    assert "steal" not in repr(piece)


@pytest.mark.parametrize(
    "text", ['{"version": "https://jsonfeed.org/version/1", "items": 5}', RDF[:98] + "</rdf:RDF>"]
)
def test_a_feed_without_anything(text: str) -> None:
    with pytest.raises(UnreadableError):
        pieces(text)


def test_a_feed_that_its_parser_stumbles_over() -> None:
    item = "<item><title>&#x110000;</title><description>&lt;p>&#x110000;</description></item>"
    with pytest.raises(UnreadableError, match="This feed is damaged"):
        pieces(f"<rss><channel>{item}")


def test_an_entry_that_leads_nowhere() -> None:
    (piece,) = pieces(JSON_FEED.replace("https://news.example.org/1", "http://["))
    assert piece.fields["title"].value == "A <b> & more"


def test_entities_that_grow_without_end() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    item = "<item><title>&l9;</title><link>https://news.example.org/</link></item>"
    doctype = f'<!DOCTYPE rss [<!ENTITY l0 "laugh">{entities}]>'
    text = f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel>{item}</channel></rss>'
    (piece,) = pieces(text)
    assert len(repr(piece)) < 10_000


def test_a_feed_without_end() -> None:
    with pytest.raises(UnreadableError, match="larger than 10 MB"):
        pieces(f"<rss>{' ' * 11_000_000}</rss>")
