"""A proof is one file that needs no other, and shows just what readers will see."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from newsletter.building import draft, galley_of
from newsletter.merge_tags import own_email
from newsletter.preview.proof import Scheme, in_scheme, proof_page
from newsletter.proofreading import preflight
from tests.preview.conftest import EVERYTHING, Page

SMALL = EVERYTHING.parents[1] / "smallest" / "issues"
ADDRESS = "https://sample.test/pictures/1268a/images"
HOSTILE = (
    "<script>alert(1)</script>",
    "\"'></iframe><img src=x onerror=alert(1)>",
    "</title></style></pre></textarea><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
)


def proof_of(folder: Path) -> Page:
    return Page(proof_page(preflight(galley_of(folder)), folder))


def data_address(picture: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture.read_bytes()).decode()}"


@pytest.fixture(scope="module")
def proof() -> Page:
    return proof_of(EVERYTHING / "1268a")


@pytest.fixture(scope="module")
def emails(proof: Page) -> list[Page]:
    return [Page(frame["srcdoc"]) for frame in proof.all("iframe")]


def test_the_email_is_shown_on_two_screens_in_two_schemes(proof: Page) -> None:
    frames = proof.all("iframe")
    assert [frame["title"] for frame in frames] == [
        "The email: Phone, light",
        "The email: Phone, dark",
        "The email: Desktop, light",
        "The email: Desktop, dark",
    ]
    assert [frame["style"] for frame in frames] == ["color-scheme: light", "color-scheme: dark"] * 2
    assert {frame["sandbox"] for frame in frames} == {"allow-same-origin"}


def test_each_frame_holds_the_email_and_its_pictures(proof: Page) -> None:
    html = (EVERYTHING.parent / "expected" / "email.html").read_text("utf-8")
    for name in ("cover.png", "wide.png"):
        html = html.replace(f'"{ADDRESS}/{name}"', f'"{data_address(EVERYTHING / "1268a" / "images" / name)}"')
    schemes: tuple[Scheme, ...] = ("light", "dark", "light", "dark")
    assert [frame["srcdoc"] for frame in proof.all("iframe")] == [in_scheme(html, scheme) for scheme in schemes]


def test_every_picture_of_the_folder_is_in_it_and_the_others_stay_on_the_web(emails: list[Page]) -> None:
    images = EVERYTHING / "1268a" / "images"
    for email in emails:
        assert sorted(picture["src"] for picture in email.all("img")) == sorted(
            [data_address(images / "cover.png"), data_address(images / "wide.png"), "https://sample.test/hall.jpg"]
        )


def test_nothing_else_is_fetched(proof: Page, emails: list[Page]) -> None:
    for page in (proof, *emails):
        tags = {element.tag for element in page.elements}
        assert not {"link", "object", "embed", "base", "audio", "video", "source", "input"} & tags
        assert not [script for script in page.all("script") if "src" in script]
        assert not re.search(r"@import|url\(", " ".join(page.styles), re.IGNORECASE)
        assert not [element for element in page.elements if "url(" in element.attributes.get("style", "")]
    assert not proof.all("img")
    assert not [element for element in proof.elements if "src" in element.attributes]


def test_its_policy_lets_only_its_own_script_run(proof: Page) -> None:
    (script,) = proof.scripts
    (policy,) = (meta["content"] for meta in proof.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    directives = {words[0]: words[1:] for words in map(str.split, policy.split(";"))}
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert directives["script-src"] == [f"'sha256-{digest}'"]
    assert directives["default-src"] == directives["form-action"] == directives["base-uri"] == ["'none'"]
    assert directives["img-src"] == ["data:", "https:"]
    assert not proof.handlers()


def test_the_policy_stands_before_all_that_it_is_for(proof: Page) -> None:
    tags = [element.tag for element in proof.elements]
    metas = [element.attributes.get("http-equiv") for element in proof.elements if element.tag == "meta"]
    assert "Content-Security-Policy" in metas[: tags[: tags.index("style")].count("meta")]


def test_it_shows_inbox_text_and_what_is_to_be_signed_off(proof: Page) -> None:
    email = own_email(draft(EVERYTHING / "1268a"))
    assert email.subject in proof.words
    assert email.preheader in proof.words
    assert email.text.strip() in proof.words
    assert "Goes out on Monday 28 October 2024." in proof.words
    assert f"{len(email.html.encode()):,} bytes of HTML" in proof.words
    assert "Gmail, phone" in proof.words


def test_the_same_issue_gives_the_same_proof_and_another_has_another_mark(everything: Path) -> None:
    folder = everything / "issues" / "1268a"
    first = preflight(galley_of(folder))
    assert proof_page(first, folder) == proof_page(preflight(galley_of(folder)), folder)

    def mark(subject: str) -> str:
        page = proof_page(replace(first, email=first.email.model_copy(update={"subject": subject})), folder)
        return page.partition("Content <code>")[2].partition("<")[0]

    assert re.fullmatch("[0-9a-f]{12}", mark("One"))
    assert mark("One") != mark("Two")


def test_a_hostile_issue_does_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "issues" / "1"
    folder.mkdir(parents=True)
    publication = (SMALL / "publication.yaml").read_text("utf-8")
    publication = publication.replace("name: Small", f"name: {json.dumps(HOSTILE[0])}")
    (tmp_path / "issues" / "publication.yaml").write_text(publication, "utf-8")
    items = "".join(f"      - title: {json.dumps(text)}\n        body: words {n}\n" for n, text in enumerate(HOSTILE))
    (folder / "issue.yaml").write_text(
        f"number: 1\ndate: 2026-01-02\nsubject: {json.dumps(HOSTILE[1])}\npreheader: {json.dumps(HOSTILE[2])}\n"
        f"sections:\n  - kind: news\n    items:\n{items}",
        "utf-8",
    )
    proof = proof_of(folder)
    assert (len(proof.all("iframe")), len(proof.all("script")), len(proof.styles)) == (4, 1, 1)
    for page in (proof, *(Page(frame["srcdoc"]) for frame in proof.all("iframe"))):
        assert not page.handlers()
        assert not page.all("img") + page.all("svg") + page.all("textarea")
        assert "{{ 7*7 }}{% raw %}" in page.words
    for text in HOSTILE[:3]:
        assert text in proof.words


@pytest.mark.parametrize("written", ["images/a 'cöver' & so #1?.png", "./images/cover.png"])
@pytest.mark.parametrize("where", ["https://sample.test/pictures", "https://o_sample.test/p'?a=1&b=2"])
def test_a_picture_is_found_whatever_its_name_and_its_address(everything: Path, written: str, where: str) -> None:
    folder = everything / "issues" / "1268a"
    if not (folder / written).exists():
        (folder / "images" / "cover.png").rename(folder / written)
    for file, old, new in (
        (folder / "issue.yaml", "src: images/cover.png", f"src: {json.dumps(written)}"),
        (everything / "issues" / "publication.yaml", "https://sample.test/pictures", where),
    ):
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    for frame in proof_of(folder).all("iframe"):
        sources = [picture["src"] for picture in Page(frame["srcdoc"]).all("img")]
        assert sources.count(data_address(folder / written)) == 1


def test_a_picture_that_cannot_be_read_is_told(everything: Path) -> None:
    folder = everything / "issues" / "1268a"
    report = preflight(galley_of(folder))
    (folder / "images" / "cover.png").unlink()
    with pytest.raises(OSError, match=r"cover\.png"):
        proof_page(report, folder)


@pytest.mark.parametrize(
    ("scheme", "light", "dark"),
    [("light", "(min-width:0)", "(max-width:0)"), ("dark", "(max-width:0)", "(min-width:0)")],
)
def test_the_rules_of_one_scheme_are_in_force(scheme: Scheme, light: str, dark: str) -> None:
    source = (
        "<style>@media (prefers-color-scheme: dark) { a {} } @media screen and ( prefers-color-scheme:light ) { b {} }"
        "@media (min-width:480px) { c {} }</style>"
    )
    assert in_scheme(source, scheme) == (
        f"<style>@media {dark} {{ a {{}} }} @media screen and {light} {{ b {{}} }}"
        "@media (min-width:480px) { c {} }</style>"
    )


def test_the_words_of_an_author_are_no_rules() -> None:
    words = f"<p>{escape('In CSS one writes @media (prefers-color-scheme: dark).')}</p>"
    assert in_scheme(words, "dark") == words
