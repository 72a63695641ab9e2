"""What the pages say: links, states, escaping, and all that a glance in a browser does not show."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from newsletter.cli.build import build_one
from newsletter.manifest import IssueFolder
from newsletter.manifest.references import encoded
from newsletter.preview.editors import EDITORS, editor_link
from newsletter.preview.live_issues import LiveIssues, Snapshot
from newsletter.preview.views import Views
from newsletter.problem import Problem
from newsletter.services import profile_of, with_merge_tags
from tests.preview.conftest import Page, Preview, Save

VIEWS = ("email", "text", "source", "size", "checks")
HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</title></iframe></textarea></style></pre><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "<!- &lt &b; & ->",
)
SMALL = Path(__file__).resolve().parents[1] / "golden" / "smallest" / "issues"


@pytest.fixture
def views(newsletter_folder: Path) -> Views:
    return Views(LiveIssues(newsletter_folder / "issues"), "vscode")


def seen(views: Views, number: str) -> Snapshot:
    current = views.live.snapshot(number)
    assert current is not None
    return current


def shown(views: Views, view: str, number: str = "652", service: str | None = None) -> str:
    page = getattr(views, view)(seen(views, number), service)
    assert isinstance(page, str)
    return page


def states(views: Views) -> dict[str, str]:
    """Return what the list says of each issue."""
    row = re.compile(r'href="/(\w+)">.*?<span class="(?:bad|good|open)">(.*?)</span>', re.DOTALL)
    return dict(row.findall(views.issues(None)))


@pytest.mark.parametrize(
    ("editor", "link"),
    [
        ("vscode", "vscode://file/news/652/issue.yaml:6"),
        ("cursor", "cursor://file/news/652/issue.yaml:6"),
        ("vscodium", "vscodium://file/news/652/issue.yaml:6"),
        ("zed", "zed://file/news/652/issue.yaml:6"),
        ("pycharm", "pycharm://open?file=/news/652/issue.yaml&line=6"),
        ("textmate", "txmt://open?url=file:///news/652/issue.yaml&line=6"),
        (
            "subl://open?url=file://{path}&line={line}",
            "subl://open?url=file:///news/652/issue.yaml&line=6",
        ),
        ("mine:{path}", "mine:/news/652/issue.yaml"),
    ],
)
def test_each_editor_is_called_in_its_own_way(editor: str, link: str) -> None:
    assert editor_link(editor, Path("/news/652/issue.yaml"), 6) == link


def test_every_editor_by_name_gets_path_and_line() -> None:
    assert all("{path}" in address and "{line}" in address for address in EDITORS.values())


def test_a_path_is_percent_encoded_and_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (
        editor_link("vscode", Path("/my news/Ü&?#.yaml"), 3)
        == "vscode://file/my%20news/%C3%9C%26%3F%23.yaml:3"
    )
    monkeypatch.chdir(tmp_path)
    assert editor_link("mine:{path}", Path("issue.yaml"), 1) == f"mine:{tmp_path}/issue.yaml"


def test_without_a_line_the_file_opens_at_its_first() -> None:
    assert editor_link("vscode", Path("/a"), None) == "vscode://file/a:1"


@pytest.mark.parametrize("view", VIEWS)
def test_a_problem_is_shown_with_a_link_to_its_line(views: Views, save: Save, view: str) -> None:
    shown(views, view)
    save("date: 2012-04-16", "date: 2012-04-31")
    page = Page(shown(views, view))
    assert f"vscode://file{views.live.issues}/652/issue.yaml:6" in page.links()
    assert "There is no such day as 2012-04-31." in page.words
    assert "This is the last good email." in page.words
    assert "Not ready: 1 to fix" in page.words


@pytest.mark.parametrize("view", VIEWS)
def test_an_issue_that_was_never_sound_has_a_page_with_its_problems(
    views: Views, save: Save, view: str
) -> None:
    save("date: 2012-04-16", "date: 2012-04-31")
    page = Page(shown(views, view))
    assert "There is no email yet." in page.words
    assert "There is no such day as 2012-04-31." in page.words


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_the_last_good_email_while_the_theme_is_broken(
    views: Views, view: str
) -> None:
    shown(views, view)
    (views.live.templates / "bionews" / "parts" / "item.html.j2").write_text("{% if %}", "utf-8")
    page = Page(shown(views, view))
    assert "This is the last good email." in page.words
    assert "item.html.j2" in page.words


def test_of_many_problems_twenty_are_shown_and_the_rest_counted(views: Views) -> None:
    good = seen(views, "652")
    problems = tuple(
        Problem(Path("issue.yaml"), line, f"Wrong {line}.", "") for line in range(1, 31)
    )
    page = Page(views.email(replace(good, problems=problems), None))
    assert "Wrong 20." in page.words
    assert "Wrong 21." not in page.words
    assert "… and 10 more." in page.words


def test_an_issue_is_not_built_then_built_then_changed(views: Views, save: Save) -> None:
    assert states(views) == {"652": "not built yet", "596": "not built yet"}
    build_one(views.live.issues / "652", None)
    assert states(views) == {"652": "built", "596": "not built yet"}
    save("Rome hospital criticised", "A hospital in Rome criticised")
    assert states(views)["652"] == "changed since it was built"
    save("date: 2012-04-16", "date: 2012-04-31")
    assert states(views)["652"] == "1 to fix"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("issues/publication.yaml", "bionews@bionews.org.uk", "editor@bionews.org.uk"),
        ("templates/bionews/email.txt.j2", "{{", "Hello\n{{"),
    ],
    ids=["sender", "plain text"],
)
def test_a_change_that_only_one_of_the_three_files_shows_counts_too(
    views: Views, name: str, old: str, new: str
) -> None:
    build_one(views.live.issues / "652", None)
    file = views.live.issues.parent / name
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert states(views)["652"] == "changed since it was built"


def test_a_newsletter_without_issues_says_how_to_begin(views: Views) -> None:
    for number in ("596", "652"):
        shutil.rmtree(views.live.issues / number)
    assert "There are no issues yet." in Page(views.issues(None)).words


@pytest.fixture
def many(tmp_path: Path) -> Views:
    """Return the pages of a newsletter with the issues 1 to 60."""
    issues = tmp_path / "issues"
    for number in range(1, 61):
        (issues / str(number)).mkdir(parents=True)
        text = (
            (SMALL / "1" / "issue.yaml")
            .read_text("utf-8")
            .replace("number: 1\n", f"number: {number}\n")
        )
        (issues / str(number) / "issue.yaml").write_text(text, "utf-8")
    shutil.copyfile(SMALL / "publication.yaml", issues / "publication.yaml")
    return Views(LiveIssues(issues), "vscode")


@pytest.mark.parametrize(
    ("older_than", "first", "last", "further"),
    [
        (None, 60, 36, ["/?older-than=36"]),
        ("36", 35, 11, ["/", "/?older-than=11"]),
        ("11", 10, 1, ["/"]),
        ("60", 59, 35, ["/", "/?older-than=35"]),
        ("26", 25, 1, ["/"]),
        ("nothing", 60, 36, ["/?older-than=36"]),
    ],
)
def test_the_list_has_pages_of_25(
    many: Views, older_than: str | None, first: int, last: int, further: list[str]
) -> None:
    links = Page(many.issues(older_than)).links()
    numbers = [f"/{number}" for number in range(first, last - 1, -1)]
    assert [link for link in links if link not in ("#main", "/archive/")] == numbers + further


def test_each_page_leads_to_its_neighbours_in_the_same_view(many: Views) -> None:
    newest, middle, oldest = (
        Page(shown(many, "text", number)).links() for number in ("60", "36", "1")
    )
    assert {"/35/text", "/37/text"} <= set(middle)
    assert [link for link in newest if link.endswith("/text")] == ["/59/text", "/60/text"]
    assert [link for link in oldest if link.endswith("/text")] == ["/2/text", "/1/text"]


def test_links_to_other_pages_keep_the_service(views: Views) -> None:
    links = Page(shown(views, "size", service="brevo")).links()
    assert {
        "/596/size?tags=brevo",
        "/652?tags=brevo",
        "/652/source?tags=brevo",
        "/652/email.eml?tags=brevo",
    } <= set(links)


@pytest.mark.parametrize("service", with_merge_tags())
@pytest.mark.parametrize("view", ["text", "source"])
def test_the_tags_of_a_service_can_be_read(everything: Path, service: str, view: str) -> None:
    page = Page(shown(Views(LiveIssues(everything / "issues"), "vscode"), view, "1268a", service))
    assert profile_of(service).merge_tags["unsubscribe"] in page.words
    assert {"value": service, "selected": ""} in page.all("option")
    assert f"Tags of {profile_of(service).title}" in page.words


def test_the_ruler_is_as_long_as_a_line_may_be(everything: Path) -> None:
    source = shown(Views(LiveIssues(everything / "issues"), "vscode"), "text", "1268a")
    ruler = source.partition('class="ruler" aria-hidden="true">')[2].partition("<")[0]
    assert len(ruler) == 66
    assert [column for column in range(66) if ruler[column : column + 2].isdigit()] == [
        8,
        18,
        28,
        38,
        48,
        58,
    ]
    assert "Lines end at 66 characters" in source


def test_lines_that_are_too_long_are_marked_and_counted(views: Views, save: Save) -> None:
    before = shown(views, "text").count('class="text-line long"')
    address = f"https://www.bionews.org.uk/{'page' * 20}"
    save("https://www.bionews.org.uk/page_93535", address)
    source = shown(views, "text")
    assert f'<span class="text-line long">-&gt; {address}' in source
    assert source.count('class="text-line long"') == before + 1
    assert f"{before + 1} are longer" in source


def test_wide_characters_count_as_two(views: Views, save: Save) -> None:
    before = shown(views, "text").count('class="text-line long"')
    save("https://www.bionews.org.uk/page_93535", f"https://www.bionews.org.uk/{'p' * 42}")
    assert shown(views, "text").count('class="text-line long"') == before
    snapshot = seen(views, "652")
    assert snapshot.email
    email = snapshot.email.model_copy(update={"text": "遺" * 37 + "\n" + "遺" * 36})
    source = views.text(replace(snapshot, email=email), None)
    assert source.count('class="text-line long"') == 1


def test_the_sizes_add_up(views: Views) -> None:
    page = Page(shown(views, "size"))
    email = seen(views, "652").email
    assert email
    html_bytes = int(page.words.partition(" bytes, ")[0].split()[-1].replace(",", ""))
    widths = [int(rect["width"]) for rect in page.all("rect")]
    assert sum(widths[:5]) == html_bytes
    assert all(width >= 0 for width in widths)
    assert len(widths) == 5 * (1 + len(list(email.issue.items)))


def test_the_emails_own_files_are_here_and_others_after_a_change(
    everything: Path,
) -> None:
    views = Views(LiveIssues(everything / "issues"), "vscode")

    def addresses() -> dict[str, str]:
        found: dict[str, str] = json.loads(
            Page(shown(views, "email", "1268a")).all("main")[0]["data-files"]
        )
        return found

    def contents() -> set[bytes]:
        email = seen(views, "1268a").email
        assert email
        assert addresses() == {file.address: f"/1268a/pictures/{file.name}" for file in email.files}
        return {file.content for file in email.files}

    before = contents()
    assert len(before) == 3

    images = everything / "issues" / "1268a" / "images"
    shutil.copyfile(images / "wide.png", images / "cover.png")
    assert len(before & contents()) == 2


@pytest.fixture
def hostile(tmp_path: Path) -> Views:
    """Return the pages of an issue whose every text is an attack."""
    issues = tmp_path / "hostile" / "issues"
    (issues / "1").mkdir(parents=True)
    publication = (SMALL / "publication.yaml").read_text("utf-8")
    name, sender = json.dumps(HOSTILE[0]), json.dumps('"Eve \'& {{ 7*7 }}" <eve@small.test>')
    publication = publication.replace("name: Small", f"typography: false\nname: {name}").replace(
        "from: small@small.test", f"from: {sender}"
    )
    (issues / "publication.yaml").write_text(publication, "utf-8")
    items = "".join(
        f"      - title: {json.dumps(encoded(text))}\n        body: words {n}\n"
        for n, text in enumerate(HOSTILE)
    )
    (issues / "1" / "issue.yaml").write_text(
        f"number: 1\ndate: 2026-01-02\nsubject: {json.dumps(HOSTILE[1])}\npreheader: {json.dumps(HOSTILE[2])}\n"
        f"sections:\n  - kind: news\n    title: {json.dumps(HOSTILE[3])}\n    items:\n{items}",
        "utf-8",
    )
    return Views(LiveIssues(issues), "vscode")


def assert_harmless(source: str) -> Page:
    page = Page(source)
    assert [script.get("src") for script in page.all("script")] == ["/pages/preview.js"]
    assert not page.scripts
    assert not page.handlers()
    assert not page.all("iframe") + page.all("textarea") + page.all("img")
    assert "4949" not in page.words
    return page


@pytest.mark.parametrize("view", VIEWS)
def test_a_hostile_issue_does_nothing_in_any_view(hostile: Views, view: str) -> None:
    page = assert_harmless(shown(hostile, view, "1"))
    texts = {
        "email": HOSTILE[:3],
        "text": HOSTILE[:4],
        "source": map(escape_as_emails_do, HOSTILE),
        "size": HOSTILE,
        "checks": HOSTILE[:1],
    }[view]
    for text in texts:
        assert " ".join(text.split()) in " ".join(page.words.split())


def escape_as_emails_do(text: str) -> str:
    return escape(text).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")


def test_a_hostile_issue_does_nothing_in_the_list(hostile: Views) -> None:
    assert HOSTILE[1] in assert_harmless(hostile.issues(None)).words


@pytest.mark.parametrize("view", VIEWS)
def test_a_hostile_file_name_does_nothing_where_problems_are_shown(
    hostile: Views, view: str
) -> None:
    manifest = hostile.live.issues / "1" / "issue.yaml"
    name = f"{HOSTILE[1]}.md"
    manifest.write_text(
        manifest.read_text("utf-8") + f"      - file: {json.dumps(name)}\n", "utf-8"
    )
    assert name in assert_harmless(shown(hostile, view, "1")).words


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_missing_is_named_harmlessly(views: Views, text: str) -> None:
    assert text in assert_harmless(views.missing(text)).words


def test_a_page_needs_nothing_but_what_the_server_has(standing: Preview) -> None:
    for view in ("", "/text", "/source", "/size"):
        page = Page(standing.ask(f"/1268a{view}").text)
        needed = [link["href"] for link in page.all("link")] + [
            script["src"] for script in page.all("script")
        ]
        styles = ["/pages/preview.css", "/pages/formats.css"]
        assert needed == ["/pages/icon.svg", *styles, "/pages/preview.js"]
        assert [standing.ask(address).status for address in needed] == [200] * 4
        assert not page.styles
        assert not [element for element in page.elements if "style" in element.attributes]


def test_a_page_looks_only_at_the_issues_that_it_names(
    views: Views, monkeypatch: pytest.MonkeyPatch
) -> None:
    issues = views.live.issues
    for number in range(700, 760):
        shutil.copytree(issues / "652", issues / str(number))
    looks: list[str] = []

    def exists(folder: IssueFolder) -> bool:
        looks.append(folder.path.name)
        return folder.manifest.is_file()

    monkeypatch.setattr(IssueFolder, "exists", property(exists))
    page = Page(shown(views, "email"))
    assert {"/596", "/700"} <= set(page.links())
    assert set(looks) == {"652", "596", "700"}
