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
from PIL import Image, ImageChops, ImageFilter

from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight
from newsletter.email.building import draft
from newsletter.email.merge_tags import own_email
from newsletter.manifest import Project
from newsletter.model import File
from newsletter.preview.proof import Scheme, in_scheme, proof_page
from tests.preview.conftest import EVERYTHING, Page

SMALL = EVERYTHING.parents[1] / "smallest" / "issues"
OTHER_SCREENS: tuple[Scheme, ...] = ("dark", "light", "dark")
HOSTILE = (
    "<script>alert(1)</script>",
    "\"'></iframe><img src=x onerror=alert(1)>",
    "</title></style></pre></textarea><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
)


def proof_of(folder: Path) -> Page:
    return Page(proof_page(preflight(galley_of(folder))))


def pictures_of(folder: Path) -> list[File]:
    return [file for file in draft(folder).files if file.is_picture]


def data_address(picture: File, number: int) -> str:
    """Return the address that holds a picture, with its number in the proof."""
    content = base64.b64encode(picture.content).decode()
    return f"data:{picture.media_type};base64,{content}#{number}"


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


def test_each_frame_holds_the_email_and_the_first_one_its_pictures(proof: Page) -> None:
    email = own_email(draft(EVERYTHING / "1268a"))
    first = others = email.html
    pictures = pictures_of(EVERYTHING / "1268a")
    in_order = sorted(pictures, key=lambda file: first.index(f'"{file.address}"'))
    for number, file in enumerate(in_order):
        first = first.replace(f'"{file.address}"', f'"{data_address(file, number)}"')
        others = others.replace(f'"{file.address}"', f'"data:,{number}"')
    expected = [in_scheme(first, "light"), *(in_scheme(others, scheme) for scheme in OTHER_SCREENS)]
    assert [frame["srcdoc"] for frame in proof.all("iframe")] == expected


def test_every_picture_of_the_folder_is_in_it_and_the_others_stay_on_the_web(
    emails: list[Page],
) -> None:
    own = pictures_of(EVERYTHING / "1268a")
    first, *others = ({picture["src"] for picture in email.all("img")} for email in emails)
    hall = "https://sample.test/hall.jpg"
    assert first == {data_address(own[0], 0), data_address(own[1], 1), hall}
    assert others == [{"data:,0", "data:,1", hall}] * 3


def test_nothing_else_is_fetched(proof: Page, emails: list[Page]) -> None:
    for page in (proof, *emails):
        tags = {element.tag for element in page.elements}
        assert not {"link", "object", "embed", "base", "audio", "video", "source", "input"} & tags
        assert not [script for script in page.all("script") if "src" in script]
        assert not re.search(r"@import|url\(", " ".join(page.styles), re.IGNORECASE)
        assert not [
            element for element in page.elements if "url(" in element.attributes.get("style", "")
        ]
    assert not proof.all("img")
    assert not [element for element in proof.elements if "src" in element.attributes]


def test_its_policy_lets_only_its_own_script_run(proof: Page) -> None:
    (script,) = proof.scripts
    (policy,) = (
        meta["content"]
        for meta in proof.all("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )
    directives = {words[0]: words[1:] for words in map(str.split, policy.split(";"))}
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert directives["script-src"] == [f"'sha256-{digest}'"]
    assert (
        directives["default-src"]
        == directives["form-action"]
        == directives["base-uri"]
        == ["'none'"]
    )
    assert directives["img-src"] == ["data:", "https:"]
    assert not proof.handlers()


def test_the_policy_comes_before_all_that_it_applies_to(proof: Page) -> None:
    tags = [element.tag for element in proof.elements]
    metas = [
        element.attributes.get("http-equiv") for element in proof.elements if element.tag == "meta"
    ]
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
    assert proof_page(first) == proof_page(preflight(galley_of(folder)))

    def mark(subject: str) -> str:
        page = proof_page(
            replace(
                first,
                galley=replace(
                    first.galley, email=first.email.model_copy(update={"subject": subject})
                ),
            )
        )
        return page.partition("Content <code>")[2].partition("<")[0]

    assert re.fullmatch("[0-9a-f]{12}", mark("One"))
    assert mark("One") != mark("Two")


def test_a_hostile_issue_does_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "issues" / "1"
    folder.mkdir(parents=True)
    publication = (SMALL / "publication.yaml").read_text("utf-8")
    name = json.dumps(HOSTILE[0])
    publication = publication.replace("name: Small", f"typography: false\nname: {name}")
    (tmp_path / "issues" / "publication.yaml").write_text(publication, "utf-8")
    items = "".join(
        f"      - title: {json.dumps(text)}\n        body: words {n}\n"
        for n, text in enumerate(HOSTILE)
    )
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
@pytest.mark.parametrize("where", ["https://sample.test/pictures", "https://o_sample.test/p'&b=2"])
def test_a_picture_is_found_whatever_its_name_and_its_address(
    everything: Path, written: str, where: str
) -> None:
    folder = everything / "issues" / "1268a"
    if not (folder / written).exists():
        (folder / "images" / "cover.png").rename(folder / written)
    for file, old, new in (
        (folder / "issue.yaml", "src: images/cover.png", f"src: {json.dumps(written)}"),
        (everything / "issues" / "publication.yaml", "https://sample.test/pictures", where),
    ):
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    first = proof_of(folder).all("iframe")[0]
    sources = [picture["src"] for picture in Page(first["srcdoc"]).all("img")]
    for number, picture in enumerate(pictures_of(folder)):
        assert sources.count(data_address(picture, number)) == 1


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


def test_the_words_of_an_author_are_not_rules() -> None:
    words = f"<p>{escape('In CSS one writes @media (prefers-color-scheme: dark).')}</p>"
    assert in_scheme(words, "dark") == words


def photograph() -> Image.Image:
    """Return a picture as rich in detail as a photograph of a meadow."""
    grain = Image.effect_noise((1_600, 1_200), 40).filter(ImageFilter.GaussianBlur(1.5))
    channels = [ImageChops.offset(grain, 100 * channel) for channel in range(3)]
    return Image.merge("RGB", channels)


@pytest.fixture
def ten_photographs(newsletter_folder: Path) -> Path:
    """Return the folder of an issue with ten photographs, of half a megabyte each."""
    folder = newsletter_folder / "issues" / "652"
    (folder / "images").mkdir()
    manifest = (folder / "issue.yaml").read_text("utf-8")
    pieces = manifest.split("      - title: ")
    photo = photograph()
    for number in range(10):
        ImageChops.offset(photo, number).save(folder / "images" / f"{number}.jpg", quality=90)
        title, *rest = pieces[number + 1].split("\n", 1)
        picture = f"        picture: {{src: images/{number}.jpg, alt: A meadow}}"
        pieces[number + 1] = "\n".join([title, picture, *rest])
    (folder / "issue.yaml").write_text("      - title: ".join(pieces), "utf-8")
    return folder


def test_ten_photographs_are_in_it_once_each_and_it_can_be_mailed(ten_photographs: Path) -> None:
    report = preflight(galley_of(ten_photographs))
    page = proof_page(report)
    pictures = report.email.files
    assert len(pictures) == 10
    for picture in pictures:
        encoded = base64.b64encode(picture.content).decode()
        assert page.count(encoded) == 1
    assert len(page.encode()) < 1_000_000


def test_a_picture_that_two_items_share_is_in_it_once(everything: Path) -> None:
    folder = everything / "issues" / "1268a"
    manifest = folder / "issue.yaml"
    text = manifest.read_text("utf-8")
    shared = "teaser: Come and see.\n        picture: {src: images/wide.png, alt: A gel}\n"
    start, event, rest = text.partition("teaser: Come and see.\n")
    assert event
    rest = rest[rest.index("  - kind: jobs") :]
    start, advert, other = f"{start}{shared}{rest}".rpartition("advertiser: Sample Ink\n")
    assert advert
    manifest.write_text(
        f"{start}{advert}        picture: {{src: images/wide.png, alt: A gel}}\n{other}", "utf-8"
    )
    page = proof_page(preflight(galley_of(folder)))
    for picture in pictures_of(folder):
        assert page.count(base64.b64encode(picture.content).decode()) == 1


def test_a_proof_without_pictures_says_nothing_of_them() -> None:
    (folder,) = Project(SMALL).issue_folders()
    proof = proof_of(folder.path)
    assert "has pictures" not in proof.words
