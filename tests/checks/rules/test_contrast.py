"""contrast: text that is hard to read against its background."""

from __future__ import annotations

import pytest

from newsletter.checks import manual
from newsletter.checks.galley import galley_of
from tests.checks.newsroom import TESTS, Newsroom
from tests.checks.planted.contrast import DARK_QUIET, QUIET

REAL = (
    "issues/652",
    "issues/596",
    "everything/issues/1268a",
    "right-to-left/issues/7",
    "japanese/issues/40",
)


@pytest.mark.parametrize("name", REAL)
def test_real_issues_can_be_read(name: str) -> None:
    folder = TESTS.parent / name if name.startswith("issues") else TESTS / "golden" / name
    assert list(manual.rule("contrast").check(galley_of(folder))) == []


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color:#767676;background:#ffffff">4.54 to 1</p>',
        '<p style="color:#949494;background:#ffffff;font-size:24px">3.03 to 1, large</p>',
        '<p style="color:#949494;background:#ffffff;font:bold 14pt serif">3.03 to 1, bold</p>',
        '<p style="color:#fff;background:#fff"> · </p>',
        '<p style="color:#fff;background:#fff">—&nbsp;…</p>',
        '<p style="color:#fff;background:#fff">🧬</p>',
        '<p style="color:#fff;background:#fff;display:none">Not seen at all</p>',
        '<p style="color:#fff;background:#fff;font-size:1px">Not seen either</p>',
        '<div style="background:#fff url(https://www.bionews.org.uk/a.jpg)"><p style="color:#fff">A picture</p></div>',
        '<div style="background-image:linear-gradient(#000,#333)"><p style="color:#fff">On a gradient</p></div>',
        '<table role="presentation"><tr><td background="https://www.bionews.org.uk/night.jpg" bgcolor="#ffffff" '
        'style="color:#fff">On a picture of old</td></tr></table>',
        '<div style="background:#ffffff"><p style="color:#000000">Its ground<!-- note --></p></div>',
    ],
)
def test_these_can_be_read_or_are_not_text(newsroom: Newsroom, source: str) -> None:
    assert newsroom.html(source).told("contrast") == []


def test_a_colour_of_the_palette_is_reported_at_its_line(newsroom: Newsroom) -> None:
    findings = newsroom.theme("palette.css", QUIET, "--quiet: #8a9a9f;").told("contrast")
    lines = (newsroom.folder / "templates/bionews/palette.css").read_text("utf-8").split("\n")
    assert {finding.place for finding in findings} == {
        f"templates/bionews/palette.css:{lines.index('  --quiet: #8a9a9f;') + 1}"
    }
    assert len(findings) == 2
    assert findings[0].message.startswith(
        "'By The Author’s Name, What the author does, and where' is #8a9a9f on"
    )
    assert "is #8a9a9f on #e9eeec in light mode" in findings[1].message


def test_a_colour_of_the_dark_scheme_is_reported_at_its_own_line(newsroom: Newsroom) -> None:
    findings = newsroom.theme("palette.css", DARK_QUIET, "--quiet: #4a5558;").told("contrast")
    lines = (newsroom.folder / "templates/bionews/palette.css").read_text("utf-8").split("\n")
    assert {finding.place for finding in findings} == {
        f"templates/bionews/palette.css:{lines.index('    --quiet: #4a5558;') + 1}"
    }
    assert all("in dark mode" in finding.message for finding in findings)


def test_where_two_names_have_the_colour_of_the_text_that_of_the_background_is_reported(
    newsroom: Newsroom,
) -> None:
    findings = newsroom.theme("palette.css", "--masthead: #0b3c47;", "--masthead: #7fb2bd;").told(
        "contrast"
    )
    lines = (newsroom.folder / "templates/bionews/palette.css").read_text("utf-8").split("\n")
    whites = [finding for finding in findings if "is #ffffff on" in finding.message]
    assert [finding.place for finding in whites] == [
        f"templates/bionews/palette.css:{lines.index('  --masthead: #7fb2bd;') + 1}"
    ]


def test_a_colour_that_is_written_out_is_reported_with_the_template(newsroom: Newsroom) -> None:
    newsroom.html('<p style="color:#999998;background:#fefefe">Grey on white</p>')
    (finding,) = newsroom.told("contrast")
    assert (finding.severity, finding.place) == ("error", "templates/bionews/email.mjml.j2")
    assert finding.message == (
        "'Grey on white' is #999998 on #fefefe in both modes: a contrast of 2.82:1, where 4.5:1 is needed."
    )


def test_large_text_needs_less_but_not_nothing(newsroom: Newsroom) -> None:
    newsroom.html('<p style="color:#999998;background:#fefefe;font-size:24px">Grey on white</p>')
    (finding,) = newsroom.told("contrast")
    assert finding.message.endswith("where 3.0:1 is needed for large text.")


def test_a_ratio_just_below_is_not_rounded_up(newsroom: Newsroom) -> None:
    (finding,) = newsroom.html('<p style="color:#777777;background:#ffffff">Nearly</p>').told(
        "contrast"
    )
    assert "a contrast of 4.47:1" in finding.message


def test_one_pair_is_reported_once_with_its_first_text(newsroom: Newsroom) -> None:
    newsroom.html(
        '<p style="color:#999;background:#fff;font-size:24px">· </p><p style="color:#999;background:#fff">First</p>'
        '<p style="background:#fff;color:#999">Second</p>'
    )
    (finding,) = newsroom.told("contrast")
    assert finding.message.startswith("'First' is")


def test_text_that_is_darker_than_its_background_and_the_other_way_round(
    newsroom: Newsroom,
) -> None:
    newsroom.html(
        '<p style="color:#fff;background:#999">One</p><p style="color:#999;background:#fff">Two</p>'
    )
    findings = {
        finding.problem.message[:5]: finding.problem.hint
        for finding in manual.rule("contrast").check(newsroom.galley())
    }
    assert findings == {
        "'One'": "Make the background darker or the text lighter.",
        "'Two'": "Make the text darker or the background lighter.",
    }
