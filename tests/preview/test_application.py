"""The preview over HTTP: the right bytes, to nobody else, and nothing that should not be seen."""

from __future__ import annotations

import json
import re
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from time import monotonic
from urllib.parse import urljoin, urlsplit

import pytest

from newsletter.cli.build import build_one
from newsletter.email.building import draft
from newsletter.preview.policies import picture_source
from newsletter.services import profile_of, with_merge_tags
from tests.preview.conftest import Page, Preview, Save, served

FILES = ("email.html", "email.txt", "email.eml")
PICTURE = "/1268a/pictures/"
"""Where the pictures of that issue are; the name of one follows."""
EVERY_KIND = [
    ("/", 200), ("/1268a", 200), ("/1268a/text", 200), ("/1268a/source", 200), ("/1268a/size", 200),
    *((f"/1268a/{name}", 200) for name in FILES), (f"{PICTURE}none.png", 404), ("/pages/preview.css", 200),
    ("/pages/preview.js", 200), ("/pages/icon.svg", 200), ("/653", 404), ("/1268a/none", 404), ("/pages/none.js", 404),
    ("/a/b/c", 404),
]  # fmt: skip


def policy(preview: Preview, target: str) -> dict[str, list[str]]:
    """Return the Content-Security-Policy of an answer, by its directives."""
    parts = preview.ask(target).headers["Content-Security-Policy"].split(";")
    return {words[0]: words[1:] for words in map(str.split, parts)}


@pytest.mark.parametrize("number", ["652", "596"])
def test_the_files_are_those_that_are_built(preview: Preview, number: str) -> None:
    _, built = build_one(preview.folder / "issues" / number, None)
    for name in FILES:
        assert preview.ask(f"/{number}/{name}").body == (built / name).read_bytes()


def test_the_files_of_an_issue_with_everything_are_those_that_are_built(
    standing: Preview, tmp_path: Path
) -> None:
    _, built = build_one(standing.folder / "issues" / "1268a", tmp_path)
    for name in FILES:
        assert standing.ask(f"/1268a/{name}").body == (built / name).read_bytes()


def test_a_file_is_of_its_kind(standing: Preview) -> None:
    assert [standing.ask(f"/1268a/{name}").headers["Content-Type"] for name in FILES] == [
        "text/html; charset=utf-8",
        "text/plain; charset=utf-8",
        "text/plain; charset=utf-8",
    ]


def test_pictures_and_calendar_files_are_served_as_readers_get_them(standing: Preview) -> None:
    files = draft(standing.folder / "issues" / "1268a").files
    for file in files:
        answer = standing.ask(f"{PICTURE}{file.name}")
        assert (answer.status, answer.body) == (200, file.content)
        assert answer.headers["Content-Type"] == file.media_type
        assert "no-store" not in answer.headers["Cache-Control"]  # its name changes with it
    assert sorted(Path(file.name).suffix for file in files) == [".ics", ".png", ".png"]


@pytest.mark.parametrize("service", with_merge_tags())
def test_the_tags_of_a_service_are_in_the_files(standing: Preview, service: str) -> None:
    for name in FILES[:2]:
        text = standing.ask(f"/1268a/{name}?tags={service}").text
        assert profile_of(service).merge_tags["unsubscribe"] in text
        assert profile_of(service).merge_tags["web-version"] in text
    assert standing.ask(f"/1268a/email.eml?tags={service}").status == 200


def test_no_service_means_sample_values(standing: Preview) -> None:
    assert standing.ask("/1268a/email.html?tags=").body == standing.ask("/1268a/email.html").body


@pytest.mark.parametrize(("target", "status"), EVERY_KIND)
def test_every_answer_says_what_a_browser_may_do_with_it(
    standing: Preview, target: str, status: int
) -> None:
    answer = standing.ask(target)
    assert answer.status == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] in ("no-store", "no-cache")
    assert len(answer.headers.get_all("Content-Security-Policy", [])) == 1


def test_a_refusal_and_a_stream_say_so_too(standing: Preview) -> None:
    with standing.stream() as stream:
        streamed = stream.headers
    for headers in (
        standing.ask("/", host="evil.test").headers,
        standing.ask("/", method="POST").headers,
        streamed,
    ):
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_our_own_pages_may_use_what_is_here_and_be_framed_by_nobody(standing: Preview) -> None:
    allowed = policy(standing, "/1268a")
    assert allowed["script-src"] == allowed["style-src"] == allowed["frame-src"] == ["'self'"]
    assert allowed["frame-ancestors"] == allowed["default-src"] == allowed["base-uri"] == ["'none'"]


@pytest.mark.parametrize("target", ["/1268a/email.html", "/1268a/email.html?pictures=off", PICTURE])
def test_an_email_or_a_picture_can_do_nothing(standing: Preview, target: str) -> None:
    if target == PICTURE:
        target += draft(standing.folder / "issues" / "1268a").files[0].name
    allowed = policy(standing, target)
    assert allowed["sandbox"] == ["allow-same-origin"]
    assert allowed["default-src"] == allowed["form-action"] == allowed["base-uri"] == ["'none'"]
    assert allowed["frame-ancestors"] == ["'self'"]
    assert not {"script-src", "connect-src", "frame-src", "font-src"} & allowed.keys()


def test_an_email_fetches_pictures_from_here_and_from_where_the_issue_has_them(
    standing: Preview,
) -> None:
    assert policy(standing, "/1268a/email.html")["img-src"] == [
        "'self'",
        "https://sample.test/hall.jpg",
    ]
    assert policy(standing, "/1268a/email.html?pictures=off")["img-src"] == ["data:"]


def test_a_frame_gets_the_pictures_from_here_or_none(standing: Preview) -> None:
    own = draft(standing.folder / "issues" / "1268a").files
    built = standing.ask("/1268a/email.html").text
    here = standing.ask("/1268a/email.html?pictures=here").text
    off = standing.ask("/1268a/email.html?pictures=off").text

    for file in own:
        is_linked = not file.is_picture
        assert file.address in built
        assert (file.address in here) == (file.address in off) == is_linked
        assert (f'src="{PICTURE}{file.name}"' in here) == file.is_picture
    assert 'src="https://sample.test/hall.jpg"' in here
    assert set(re.findall(' src="([^"]*)"', off)) == {"data:,"}


def test_an_email_without_pictures_fetches_them_from_nowhere_else(preview: Preview) -> None:
    assert policy(preview, "/596/email.html")["img-src"] == ["'self'"]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1:8596",
        "localhost",
        "localhost:8596",
        "LOCALHOST:1",
        "[::1]",
        "[::1]:8596",
    ],
)
def test_this_machines_own_names_are_answered(standing: Preview, host: str) -> None:
    assert standing.ask("/", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.test", "evil.test:8596", "localhost.evil.test", "127.0.0.1.evil.test", "evil-localhost", "127.0.0.2",
        "192.0.2.1", "localhost.", "", "[", "[::1", "[::2]", ":8596", "evil.test#localhost",
    ],
)  # fmt: skip
def test_another_host_is_refused_and_learns_nothing(standing: Preview, host: str) -> None:
    for target in ("/", "/1268a/email.html", "/changes", "/pages/preview.js"):
        answer = standing.ask(target, host=host)
        assert (answer.status, answer.body) == (400, b"This is not the address of the preview.")


def test_who_names_no_host_is_refused(standing: Preview) -> None:
    assert standing.ask("/1268a", host=None).status == 400


def test_a_host_that_was_asked_for_is_answered_however_it_is_written(everything: Path) -> None:
    with served(everything, hosts=frozenset({"Annas-Mac.local"})) as preview:
        assert preview.ask("/1268a", host="annas-mac.local:8596").status == 200
        assert preview.ask("/1268a", host="Annas-Mac.local").status == 200


@pytest.mark.parametrize(
    "target",
    [
        "/1268a/../publication.yaml", "/1268a/%2e%2e/publication.yaml", "/1268a/..%2fpublication.yaml",
        "/1268a/issue.yaml", "/1268a/first-story.md", "/1268a/images/../issue.yaml", "/1268a/images/",
        "/1268a/images%2f..%2fissue.yaml", "/1268a//etc/hostname", "/1268a/%2fetc%2fhostname", "/publication.yaml",
        "/../publication.yaml", "/..", "/%2e%2e", "/.", "/1268a/.", "/issues/publication.yaml", "//etc/hostname",
        "/pages/../views.py", "/pages/%2e%2e/views.py", "/pages/..%2fviews.py", "/pages/layout.html.j2",
        "/pages/", "/pages", "/pages//etc/hostname", "/pages/%2fetc%2fhostname", "/pages/..%5cviews.py",
        "/pages/preview.css/../layout.html.j2", "/1268a/images/cover.png%00", "/%00", "/pages/%00.js",
        "/1268a/images/cover.png/", "/1268a/./images/cover.png",
    ],
)  # fmt: skip
def test_nothing_else_is_given_out(standing: Preview, target: str) -> None:
    answer = standing.ask(target)
    assert answer.status == 404
    for secret in (
        "postal_address:",
        "kind: reviews",
        "title: ",
        "root:",
        "import ",
        "{% ",
        Path("/etc/hostname").name,
    ):
        assert secret not in re.sub(r"<h1>.*?</h1>", "", answer.text)


@pytest.mark.parametrize(
    "name",
    [
        "images/cover.png",
        "pictures/images/cover.png",
        "pictures/../images/cover.png",
        "pictures/..%2Fissue.yaml",
        "pictures/..%2F..%2Fpublication.yaml",
        "issue.yaml",
        "pictures/",
        "pictures",
    ],
)
def test_no_file_of_the_folder_is_given_out(standing: Preview, name: str) -> None:
    answer = standing.ask(f"/1268a/{name}")
    assert answer.status == 404
    assert "postal_address:" not in answer.text


def test_a_picture_of_the_last_good_email_stays_while_there_is_a_mistake(everything: Path) -> None:
    folder = everything / "issues" / "1268a"
    with served(everything) as preview:
        picture = draft(folder).files[0]
        assert preview.ask("/1268a").status == 200
        (folder / "images" / "cover.png").unlink()
        assert preview.ask(f"{PICTURE}{picture.name}").body == picture.content


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://sample.test:8443/a b/ä.png?x=1;2", "https://sample.test:8443/a%20b/%C3%A4.png"),
        ("https://[2001:db8::1]/c.png", "https://[2001:db8::1]/c.png"),
        ("https://somebody@sample.test/d.png", "https://sample.test/d.png"),
        ("https://sample.test/;script-src *", "https://sample.test/%3Bscript-src%20%2A"),
        ("https://sample.test;script-src/e.png", None),
        ("https://*/f.png", None),
        ("https://sample.test,other.test/g.png", None),
        ("https://sample.test'/h.png", None),
        ("https:///i.png", None),
    ],
)
def test_a_source_of_the_policy_is_one_host_and_one_path(address: str, source: str | None) -> None:
    assert picture_source(address) == source


@pytest.mark.parametrize(
    "written", ["./images/cover.png", "images//cover.png", "images/the cöver & so #1?.png"]
)
def test_a_picture_is_found_under_the_address_that_a_page_gives_it(
    everything: Path, written: str
) -> None:
    folder = everything / "issues" / "1268a"
    if not (folder / written).exists():
        (folder / "images" / "cover.png").rename(folder / written)
    manifest = folder / "issue.yaml"
    text = manifest.read_text("utf-8").replace(
        "src: images/cover.png", f"src: {json.dumps(written)}"
    )
    manifest.write_text(text, "utf-8")
    with served(everything) as preview:
        files = json.loads(Page(preview.ask("/1268a").text).all("main")[0]["data-files"])
        assert len(files) == 3
        for address in files.values():
            asked = urlsplit(urljoin(f"http://127.0.0.1:{preview.port}/1268a", address))
            assert preview.ask(asked.path).status == 200


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("/653", "There is no issue 653."),
        ("/653/email.html", "There is no issue 653."),
        ("/1268a?tags=nobody", "There is no mailing service nobody."),
        ("/1268a/email.html?tags=nobody", "There is no mailing service nobody."),
        ("/1268a/none", "There is no such page."),
        ("/1268a/pictures/none.png", "There is no such page."),
        ("/pages/none.css", "There is no such page."),
        ("/%3Cimg%20onerror=alert(1)%3E", "There is no issue <img onerror=alert(1)>."),
    ],
)
def test_what_does_not_exist_is_named_with_a_way_on(
    standing: Preview, target: str, says: str
) -> None:
    answer = standing.ask(target)
    page = Page(answer.text)
    assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert says in page.words
    assert "/" in page.links()
    assert not page.handlers()


def test_an_issue_that_was_never_sound_has_a_page_but_no_files(
    preview: Preview, save: Save
) -> None:
    save("date: 2012-04-16", "date: 2012-04-31")
    assert "There is no such day as 2012-04-31." in Page(preview.ask("/652").text).words
    for name in FILES:
        answer = preview.ask(f"/652/{name}")
        assert answer.status == 404
        assert "Issue 652 has no email yet." in answer.text
    assert preview.ask("/").status == 200


def test_the_last_good_email_is_shown_while_the_theme_is_broken(preview: Preview) -> None:
    assert preview.ask("/652").status == 200
    (preview.folder / "templates" / "bionews" / "email.mjml.j2").write_text("{% if %}", "utf-8")
    shown = ("", "/text", "/source", "/size", *(f"/{name}" for name in FILES))
    assert {view: preview.ask(f"/652{view}").status for view in shown} == dict.fromkeys(shown, 200)


@pytest.mark.parametrize(("target", "status"), [*EVERY_KIND, ("/changes", 200)])
def test_a_head_is_the_same_without_a_body(standing: Preview, target: str, status: int) -> None:
    answer = standing.ask(target, method="HEAD")
    assert (answer.status, answer.body) == (status, b"")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize(
    "target", ["/", "/1268a", "/1268a/email.html", PICTURE, "/changes", "/pages/preview.js"]
)
def test_nothing_can_be_done_to_it(standing: Preview, method: str, target: str) -> None:
    assert standing.ask(target, method=method).status == 405


def version(preview: Preview, number: str) -> str:
    """What a page that is loaded now knows."""
    return Page(preview.ask(f"/{number}").text).all("main")[0]["data-version"]


def test_the_first_event_is_the_version_that_a_page_knows(preview: Preview) -> None:
    with preview.stream("?issue=652") as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert stream.event() == version(preview, "652") != ""


@pytest.mark.parametrize("query", ["", "?issue=", "?issue=653"])
def test_without_an_issue_there_is_no_version(preview: Preview, query: str) -> None:
    with preview.stream(query) as stream:
        assert stream.event() == ""


def test_a_burst_of_saves_is_one_event_with_the_last_version(preview: Preview) -> None:
    preview.wait_until_it_watches()
    story = preview.folder / "issues" / "652" / "story.md"
    with preview.stream("?issue=652") as stream:
        stream.event()
        saved: list[float] = []
        for count in range(20):
            story.write_text("x" * count, "utf-8")
            saved.append(monotonic())
        last = version(preview, "652")
        events = [stream.event()]
        while events[-1] != last:
            events.append(stream.event())
        # On a busy machine a burst has pauses, and each of them may end an event.
        pauses = sum(later - earlier > 0.01 for earlier, later in pairwise(saved))
        assert len(events) <= 4 + pauses


def test_a_save_of_another_issue_is_not_reported(preview: Preview, save: Save) -> None:
    preview.wait_until_it_watches()
    with (
        preview.stream("?issue=652") as page,
        preview.stream("?issue=596") as other,
        preview.stream() as issues,
    ):
        first, _, _ = other.event(), page.event(), issues.event()
        save("Rome hospital criticised", "A hospital in Rome criticised")
        assert page.event() == version(preview, "652")
        assert issues.event() == ""
        (preview.folder / "issues" / "596" / "note.txt").write_text("note", "utf-8")
        second = other.event()
        assert second == version(preview, "596")
        assert second != first


def test_a_save_of_what_is_shared_is_reported_to_all(preview: Preview) -> None:
    preview.wait_until_it_watches()
    with preview.stream("?issue=652") as page, preview.stream("?issue=596") as other:
        before = (page.event(), other.event())
        (preview.folder / "templates" / "bionews" / "note.txt").write_text("note", "utf-8")
        after = (page.event(), other.event())
    assert all(new != old for new, old in zip(after, before, strict=True))


def test_a_broken_file_and_its_fix_are_reported(preview: Preview, save: Save) -> None:
    preview.wait_until_it_watches()

    def newest() -> str:
        """Wait for the newest version, and return its page."""
        while stream.event() != version(preview, "652"):
            continue
        return preview.ask("/652").text

    with preview.stream("?issue=652") as stream:
        assert "to fix" not in newest()
        save("date: 2012-04-16", "date: 2012-04-31")
        broken = newest()
        assert "There is no such day as 2012-04-31." in broken
        assert "This is the last good email." in broken
        save("date: 2012-04-31", "date: 2012-04-17")
        assert "to fix" not in newest()


def test_a_page_that_is_closed_does_not_hold_up_others(preview: Preview) -> None:
    preview.wait_until_it_watches()
    connections = [HTTPConnection("127.0.0.1", preview.port, timeout=10) for _ in range(20)]
    for connection in connections:
        connection.request("GET", "/changes?issue=652")
        connection.getresponse().close()
        connection.close()
    with preview.stream("?issue=652") as stream:
        stream.event()
        (preview.folder / "issues" / "652" / "note.txt").write_text("note", "utf-8")
        assert stream.event() == version(preview, "652")
