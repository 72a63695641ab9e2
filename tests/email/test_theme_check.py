"""``newsletter theme check`` finds each fault at its line, and nothing in a sound theme."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from newsletter.email.theme_check import check_theme
from newsletter.errors import ThemeError
from newsletter.theme import compile_theme

PAGE = "email.mjml.j2"


@pytest.fixture
def templates(repository: Path, tmp_path: Path) -> Path:
    """A folder of themes with a copy of the default one, named ``mine``."""
    shutil.copytree(repository / "templates" / "bionews", tmp_path / "mine")
    return tmp_path


def test_the_default_theme_is_sound(repository: Path) -> None:
    assert check_theme("bionews", repository / "templates") == []


@pytest.mark.parametrize(
    "rule",
    [
        "h3 a:hover { color: var(--link); }",
        ".prose a:hover { text-decoration: none; }",
        ".x { background-color: transparent; color: inherit; border: 0; }",
        "#outlook a { color: currentColor; }",
        "@media (max-width: 300px) { .x { margin: 0 !important; } }",
    ],
)
def test_what_needs_no_dark_partner_is_sound(templates: Path, rule: str) -> None:
    with (templates / "mine" / "style.css").open("a", encoding="utf-8") as style:
        style.write(rule)
    assert check_theme("mine", templates) == []


def test_braces_of_css_end_no_tag(templates: Path) -> None:
    style = "@media (max-width:300px){.x{width:100%}}"
    page = templates / "mine" / PAGE
    text = page.read_text("utf-8")
    head = f"<mj-style>{style}</mj-style><mj-raw><style>{style}</style><!-- {style} --></mj-raw>"
    page.write_text(text.replace("</mj-head>", f"{head}</mj-head>", 1), "utf-8")
    assert check_theme("mine", templates) == []


def test_a_theme_of_colours_alone_is_sound(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    shutil.copy(repository / "templates" / "bionews" / "palette.css", tmp_path / "mine")
    assert check_theme("mine", tmp_path) == []


class Fault(NamedTuple):
    """A change to a theme's file, and what must then be found, and where."""

    file: str
    old: str
    new: str
    found_in: str
    at: str | None
    what: str


FAULTS = {
    "a colour by its name": Fault(
        *("style.css", "color: var(--quiet)", "color: white", "style.css", "color: white;"),
        what="The colour white is fixed, so it has no partner in the dark scheme.",
    ),
    "a fixed colour within a border": Fault(
        *(
            "style.css",
            "1px solid var(--rule)",
            "1px solid rgb(1, 2, 3)",
            "style.css",
            "rgb(1, 2, 3)",
        ),
        what="The colour rgb(1, 2, 3) is fixed, so it has no partner in the dark scheme.",
    ),
    "a colour by its name in an MJML attribute": Fault(
        *(
            PAGE,
            'background-color="var(--page)"',
            'background-color="white"',
            PAGE,
            'background-color="white"',
        ),
        what="The colour white is fixed, so it has no partner in the dark scheme.",
    ),
    "a fixed colour in a media query": Fault(
        *("style.css", "font-size: 27px !important", "color: red", "style.css", "color: red"),
        what="The colour red is fixed, so it has no partner in the dark scheme.",
    ),
    "a colour of the palette in a media query": Fault(
        *(
            "style.css",
            "font-size: 27px !important",
            "color: var(--ink)",
            "style.css",
            "    color: var(--ink)",
        ),
        what="The colour var(--ink) is fixed, so it has no partner in the dark scheme.",
    ),
    "a faulty selector": Fault(
        "style.css",
        "\n.more {",
        "\n.mo..re {",
        "style.css",
        ".mo..re {",
        "CSS: '.mo..re' is not a selector",
    ),
    "an imported style sheet": Fault(
        "palette.css",
        ":root {",
        '@import "a.css"; :root {',
        "palette.css",
        "@import",
        "Mail clients do not fetch style sheets.",
    ),
    "an unknown element": Fault(
        PAGE,
        "<mj-column>",
        "<mj-colum>",
        PAGE,
        "<mj-colum>",
        "There is no element 'mj-colum' in MJML.",
    ),
    "an unknown attribute": Fault(
        PAGE, 'width="640px"', 'widht="640px"', PAGE, "widht", "'mj-body' has no attribute 'widht'."
    ),
    "an element in the wrong place": Fault(
        PAGE,
        "<mj-column>",
        "<mj-column><mj-section></mj-section>",
        PAGE,
        "<mj-section></mj",
        "'mj-section' cannot be inside 'mj-column'.",
    ),
    "an element that is not closed": Fault(
        PAGE,
        "</mj-column>",
        "",
        PAGE,
        "</mj-section>",
        "'mj-column' is not closed before '</mj-section>'.",
    ),
    "a tag that decides on an attribute": Fault(
        PAGE,
        "<mj-column>",
        '<mj-column {% if issue %}width="50%"{% endif %}>',
        PAGE,
        "{% if issue %}",
        "A Jinja2 tag cannot decide which attributes there are.",
    ),
    "a width that is not fixed": Fault(
        PAGE,
        "<mj-column>",
        '<mj-column width="{{ issue.number }}">',
        PAGE,
        "{{ issue.number }}",
        "'width' is used while the theme is compiled, before there is an issue.",
    ),
    "a class that is not fixed": Fault(
        "parts/title.html.j2",
        "<span id",
        '<span class="{{ item.kind }}" id',
        "parts/title.html.j2",
        "item.kind }}",
        "'class' is used while the theme is compiled, before there is an issue.",
    ),
    "a macro": Fault(
        PAGE,
        "<mj-column>",
        "{% macro m() %}{% endmacro %}<mj-column>",
        PAGE,
        "macro",
        "'macro' cannot be compiled.",
    ),
    "a tag between columns": Fault(
        PAGE,
        "</mj-column>",
        "</mj-column>{% if issue %}<mj-column></mj-column>{% endif %}",
        PAGE,
        "{% if issue %}",
        "A tag between columns cannot be compiled: MJML has counted them already.",
    ),
    "a fault of Jinja2": Fault(
        PAGE, "{{ preheader }}", "{{ preheader }", PAGE, "{{ preheader }", "Jinja2: unexpected '}'"
    ),
    "a tag that begins with one brace": Fault(
        PAGE,
        '{% include "parts/masthead',
        '{ include "parts/masthead',
        PAGE,
        "{ include",
        "'%}' ends a Jinja2 tag that does not begin.",
    ),
    "a tag that begins with one brace in an attribute": Fault(
        "parts/masthead.html.j2",
        'href="{{ publication',
        'href="{ publication',
        "parts/masthead.html.j2",
        'href="{ publication',
        "'}}' ends a Jinja2 tag that does not begin.",
    ),
    "a tag that begins with one brace in the text": Fault(
        "email.txt.j2",
        "{{ words.archive | wrap }}",
        "{ line }}",
        "email.txt.j2",
        "{ line }}",
        "'}}' ends a Jinja2 tag that does not begin.",
    ),
    "an include that is missing": Fault(
        PAGE,
        "parts/contents",
        "parts/contens",
        PAGE,
        "parts/contens",
        "The theme has no file 'parts/contens.html.j2'.",
    ),
    "a circle of includes": Fault(
        "parts/more.html.j2",
        "{% endif %}",
        '{% include "parts/more.html.j2" %}{% endif %}',
        "parts/more.html.j2",
        "include",
        "The parts include one another in a circle.",
    ),
    "an unknown name": Fault(
        PAGE,
        "{% if welcome %}",
        "{% if welcom %}",
        PAGE,
        "welcom %}",
        "Templates have no 'welcom'.",
    ),
    "an unknown filter": Fault(
        PAGE, "| markdown", "| markdwn", PAGE, "markdwn", "Templates have no 'markdwn'."
    ),
    "an unknown filter in the text": Fault(
        "email.txt.j2",
        "{{ words.archive | wrap }}",
        "{{ words.contents | trimm }}",
        "email.txt.j2",
        "trimm",
        "Templates have no 'trimm'.",
    ),
    "an unknown test in the text": Fault(
        "email.txt.j2",
        "{{ words.archive | wrap }}",
        "{{ words.contents if words.contents is strng }}",
        "email.txt.j2",
        "strng",
        "Templates have no 'strng'.",
    ),
    "an unknown name in the text": Fault(
        "email.txt.j2",
        "{{ words.archive | wrap }}",
        "{{ lines }}",
        "email.txt.j2",
        "{{ lines }}",
        "Templates have no 'lines'.",
    ),
    "an unknown colour": Fault(
        "style.css",
        "var(--page)",
        "var(--pag)",
        "style.css",
        "--pag)",
        "There is no colour 'pag' in palette.css.",
    ),
    "a fixed colour": Fault(
        "style.css",
        "color: var(--quiet)",
        "color: #777777",
        "style.css",
        "#777777",
        "The colour #777777 is fixed, so it has no partner in the dark scheme.",
    ),
    "a fixed colour in a part": Fault(
        "parts/more.html.j2",
        "<p class",
        '<p style="color:#123456" class',
        "parts/more.html.j2",
        "#123456",
        "The colour #123456 is fixed, so it has no partner in the dark scheme.",
    ),
    "a background without a dark partner": Fault(
        PAGE,
        'css-class="page"',
        "",
        PAGE,
        "<mj-body",
        "The colour #e9eeec (of the background) has no partner in the dark scheme.",
    ),
    "a rule within authors' texts": Fault(
        "style.css",
        ".prose sub {",
        ".prose p sub {",
        "style.css",
        ".prose p sub {",
        "'.prose p sub' cannot be compiled: authors' texts are styled tag by tag.",
    ),
    "a rule that reaches into authors' texts": Fault(
        "style.css",
        ".imprint {",
        ".footer p {",
        "parts/footer.html.j2",
        "publication.why",
        "A rule of style.css reaches the <p> of authors' texts here, where it cannot be compiled.",
    ),
    "a fault of CSS": Fault(
        "style.css", "max-height: 0;", "max-height 0;", "style.css", "max-height 0;", "CSS: "
    ),
    "a bare ampersand and an open tag": Fault(
        "parts/footer.html.j2",
        "</td></tr>",
        "</td></tr",
        PAGE,
        None,
        "MJML: ",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_at_its_line(templates: Path, fault: str) -> None:
    name, old, new, found_in, at, what = FAULTS[fault]
    file = templates / "mine" / name
    text = file.read_text("utf-8")
    assert old in text, f"the theme no longer has {old!r}"
    file.write_text(text.replace(old, new, 1), "utf-8")
    problems = check_theme("mine", templates)
    found = [problem for problem in problems if problem.message.startswith(what)]
    assert found, f"found instead: {problems}"
    assert found[0].path == templates / "mine" / found_in
    if at:
        lines = (templates / "mine" / found_in).read_text("utf-8").splitlines()
        assert at in lines[(found[0].line or 0) - 1]
    assert all(problem.hint for problem in problems)


def test_words_that_are_not_toml_are_reported(templates: Path) -> None:
    (templates / "mine" / "words.toml").write_text("contents = In", "utf-8")
    problems = check_theme("mine", templates)
    assert [problem.path.name for problem in problems] == ["words.toml"]


@pytest.mark.parametrize("name", ["style.css", "palette.css", PAGE, "parts/more.html.j2"])
def test_a_link_to_no_file_is_not_taken_for_the_default_file(templates: Path, name: str) -> None:
    file = templates / "mine" / name
    file.unlink()
    file.symlink_to("gone")
    with pytest.raises(ThemeError) as raised:
        compile_theme("mine", templates)
    assert raised.value.problems[0].path == file
    assert raised.value.problems[0].message == "This link leads to no file."


def test_an_unknown_theme_is_reported_with_a_list_of_the_known_ones(templates: Path) -> None:
    (problem,) = check_theme("other", templates)
    assert str(problem).endswith(
        "There is no theme 'other'. The themes are: bionews, mine. 'newsletter theme new other' starts a new one."
    )


@pytest.mark.parametrize(
    "tag",
    [
        '{{ "".__class__ }}',
        '{{ ""["__mro__"] }}',
        '{{ [1] | map(attribute="__doc__") | list }}',
        '{{ "{0.__init__}" }}',
    ],
)
@pytest.mark.parametrize("file", [PAGE, "email.txt.j2"])
def test_a_name_of_pythons_own_is_found_at_its_line(templates: Path, file: str, tag: str) -> None:
    page = templates / "mine" / file
    source = page.read_text("utf-8")
    page.write_text(
        source.replace("{% if welcome %}", f"{{% if welcome %}}\n{tag if file != PAGE else ''}", 1),
        "utf-8",
    )
    if file == PAGE:
        page.write_text(
            source.replace("{{ welcome | markdown }}", f"{{{{ welcome | markdown }}}}\n{tag}", 1),
            "utf-8",
        )
    problems = [
        problem
        for problem in check_theme("mine", templates)
        if "one of Python's own names" in problem.message
    ]
    assert {problem.path for problem in problems} == {page}
    assert all(
        "__" in page.read_text("utf-8").splitlines()[(problem.line or 0) - 1]
        for problem in problems
    )


def line_of(path: Path, text: str) -> int:
    """Return the number of the line that has this text."""
    return next(
        number
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if text in line
    )


@pytest.mark.parametrize(
    "value",
    [
        *(
            "rde",
            "#1b2a3",
            "#12",
            "blue blue",
            "12px",
            "inherit",
            "currentColor",
            "var(--page)",
            "",
            "1",
        ),
        *(
            "url(https://evil.test/x)",
            "red url(https://evil.test/x)",
            "expression(alert(1))",
            "rgb(300)",
            "none",
        ),
    ],
)
@pytest.mark.parametrize("before", ["--ink: #1b2a30", "--ink: #e3eae9"], ids=["light", "dark"])
def test_what_is_not_a_colour_is_found_at_its_line(
    templates: Path, before: str, value: str
) -> None:
    palette = templates / "mine" / "palette.css"
    line = line_of(palette, before)
    palette.write_text(palette.read_text("utf-8").replace(before, f"--ink: {value}"), "utf-8")
    problems = check_theme("mine", templates)
    assert problems
    assert {(problem.path, problem.line) for problem in problems} == {(palette, line)}
    with pytest.raises(ThemeError):
        compile_theme("mine", templates)


def test_every_value_that_is_not_a_colour_is_reported_with_what_to_write(templates: Path) -> None:
    palette = templates / "mine" / "palette.css"
    wrong = (
        palette.read_text("utf-8")
        .replace("#1b2a30", "rde")
        .replace("--quiet: #52636a", "-quiet: #52636a", 1)
    )
    palette.write_text(wrong, "utf-8")
    messages = [f"{problem.message} {problem.hint}" for problem in check_theme("mine", templates)]
    assert messages == [
        "--ink: 'rde' is not a colour. Write it as #1b2a3c, or as a name such as navy.",
        "'-quiet' is not the name of a colour. Write --quiet, with two hyphens before it.",
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("--ink: #1b2a30", "--ink: a semicolon is missing at the end. Write --ink: #1b2a30;"),
        ("--ink: 1b2a30;", "--ink: '1b2a30' is not a colour: its # is missing. Write #1b2a30."),
    ],
)
def test_a_slip_in_a_colour_is_shown_as_it_should_be(
    templates: Path, wrong: str, said: str
) -> None:
    palette = templates / "mine" / "palette.css"
    palette.write_text(palette.read_text("utf-8").replace("--ink: #1b2a30;", wrong, 1), "utf-8")
    assert [f"{problem.message} {problem.hint}" for problem in check_theme("mine", templates)] == [
        said
    ]


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (
            "rgba(20, 40, 60, .5)",
            "Write the colour that readers are to see, not how much shines through it, as in",
        ),
        (
            "hsla(120, 50%, 50%, 0.2)",
            "Write the colour that readers are to see, not how much shines through it, as in",
        ),
        ("rgba(20, 40, 60, 1)", "Write #14283c."),
        ("HSL(120, 100%, 25%)", "Write #008000."),
        ("rgb(20 40 60 / 50%)", "Write it as #1b2a3c, or as a name such as navy."),
        ("oklch(50% .1 200)", "Write it as #1b2a3c, or as a name such as navy."),
    ],
)
@pytest.mark.parametrize("before", ["--link: #075c6b", "--link: #84cfd8"], ids=["light", "dark"])
def test_a_colour_that_some_mail_clients_do_not_know_is_found_at_its_line(
    templates: Path, before: str, value: str, hint: str
) -> None:
    palette = templates / "mine" / "palette.css"
    line = line_of(palette, before)
    palette.write_text(palette.read_text("utf-8").replace(before, f"--link: {value}"), "utf-8")
    (problem,) = check_theme("mine", templates)
    assert (problem.path, problem.line) == (palette, line)
    assert problem.message == f"--link: '{value}' is not a colour that every mail client knows."
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    "value", ["navy", "NAVY", "#123", "#1B2A3C", "rgb(1, 2, 3)", "transparent"]
)
def test_what_is_a_colour_is_sound(templates: Path, value: str) -> None:
    palette = templates / "mine" / "palette.css"
    palette.write_text(palette.read_text("utf-8").replace("#075c6b", value), "utf-8")
    assert check_theme("mine", templates) == []


@pytest.mark.parametrize(
    ("file", "css", "named"),
    [
        (
            "style.css",
            "h1 { background-image: url(https://evil.test/a.png); }",
            "url(https://evil.test/a.png)",
        ),
        ("style.css", 'h1 { background: url("https://evil.test/a.png") no-repeat; }', "url("),
        ("style.css", "h1 { list-style: image-set(url(a.png) 1x); }", "image-set("),
        ("style.css", "h1 { width: expression(alert(1)); }", "expression("),
        ("style.css", "@media (min-width: 1px) { h1 { background: url(//evil.test/a); } }", "url("),
        ("style.css", "@font-face { font-family: x; src: url(https://evil.test/x.woff); }", "url("),
        ("style.css", "@media all { @import 'https://evil.test/x.css'; }", "@import"),
        (PAGE, '<style>@import "https://evil.test/x.css";</style>', "@import"),
        (PAGE, '<b style="background:url(https://evil.test/x.png)">x</b>', "url("),
    ],
)
def test_what_a_style_would_fetch_is_found_at_its_line(
    templates: Path, file: str, css: str, named: str
) -> None:
    path = templates / "mine" / file
    source = path.read_text("utf-8")
    path.write_text(
        source.replace("<mj-raw>", f"<mj-raw>\n{css}", 1) if file == PAGE else f"{source}\n{css}",
        "utf-8",
    )
    (problem,) = [
        found for found in check_theme("mine", templates) if "would be fetched" in found.message
    ]
    assert (problem.path, problem.line) == (path, line_of(path, css))
    assert named in problem.message


def test_words_about_what_is_fetched_are_sound(templates: Path) -> None:
    with (templates / "mine" / "style.css").open("a", encoding="utf-8") as style:
        style.write("/* no url(x) and no @import here */ .x::before { content: 'url(x)'; }")
    assert check_theme("mine", templates) == []


@pytest.mark.parametrize(
    ("toml", "what"),
    [
        ("since = 2012-04-16", "'since' is a date or a time, not text."),
        ("since = 07:30:00", "'since' is a date or a time, not text."),
        ("since = 2012-04-16T07:30:00Z", "'since' is a date or a time, not text."),
        ('issue = " "', "'issue' is empty."),
        ("issue = 652", "'issue' is a number, not text."),
        ("issue = 1.5", "'issue' is a number, not text."),
        ("issue = nan", "'issue' is a number, not text."),
        ("by = true", "'by' is true or false, not text."),
        ('by = ["By", "From"]', "'by' is a list, not text."),
        ('by = {a = "By"}', "'by' is a group of words, not text."),
        ('by.a = "By"', "'by' is a group of words, not text."),
        ('[months]\nmay = "May"', "'months' is a group of words, not text."),
        ('[[by]]\na = "By"', "'by' is a list, not text."),
        ('sections = "News"', "'sections' is not a group of words."),
        ("sections = 1", "'sections' is not a group of words."),
        ('[[sections]]\nnews = "News"', "'sections' is not a group of words."),
        ("[sections]\n\nnews = 1", "'news' is a number, not text."),
        ('[sections.news]\na = "b"', "'news' is a group of words, not text."),
        ("sections = {news = 1}", "'news' is a number, not text."),
        ('[sections]\nnwes = "News"', "There is no word 'nwes' in [sections]."),
        ('issue = "No <b>{number}</b>"', "'issue' has HTML, which readers would see"),
        ('by = "By"', "'by' has no {names}, so readers would not see it."),
        ('by = "By {name}, {names}"', "'by' has a hole that nothing fills: {name}."),
        ('by = "By {names"', "'by' has a brace that is part of no hole."),
        ('by = "By {names.x} {names}"', "'by' has a brace that is part of no hole."),
        ('by = "By {names!r}"', "'by' has a brace that is part of no hole."),
        ('archive = "All {}"', "'archive' has a brace that is part of no hole."),
        ('archive = "All {issues}"', "'archive' has a hole that nothing fills: {issues}."),
        ('by = "By', "TOML: "),
        ("by: By", "TOML: "),
    ],
)
def test_what_is_not_a_word_is_found_at_its_line(templates: Path, toml: str, what: str) -> None:
    words = templates / "mine" / "words.toml"
    words.write_text(f'read_more = "On"\n\n{toml}\n', "utf-8")
    (problem,) = check_theme("mine", templates)
    assert problem.message.startswith(what)
    assert problem.path == words
    assert problem.line == (toml.count("\n") + 3 if toml.startswith("[sections]") else 3)
    assert problem.hint
    with pytest.raises(ThemeError):
        compile_theme("mine", templates)


@pytest.mark.parametrize(
    ("file", "tag"),
    [
        ("parts/masthead.html.j2", "{{ words.issue }} {{ issue.number }}"),
        ("email.txt.j2", "{{ (words.issue ~ issue.number)\n | wrap }}"),
    ],
)
def test_a_word_whose_hole_is_left_open_stops_the_theme(
    templates: Path, file: str, tag: str
) -> None:
    path = templates / "mine" / file
    text = path.read_text("utf-8")
    path.write_text(f"{{# {{{{ words.issue }}}}\n #}}\n{tag}{text}", "utf-8")
    (problem,) = check_theme("mine", templates)
    assert (problem.path, problem.line) == (path, 3)
    assert str(problem).endswith(
        "Nothing fills the hole of 'words.issue': readers would see 'Issue {number}'. "
        "Write {{ words.issue | filled(number=…) }}."
    )
    with pytest.raises(ThemeError):
        compile_theme("mine", templates)


def test_the_hint_for_a_date_can_be_copied(templates: Path) -> None:
    (templates / "mine" / "words.toml").write_text("since = 2012-04-16", "utf-8")
    (problem,) = check_theme("mine", templates)
    assert problem.hint == 'Put it in quotation marks: since = "2012-04-16".'


def test_words_of_a_themes_own_and_those_of_windows_are_sound(templates: Path) -> None:
    words = templates / "mine" / "words.toml"
    words.write_bytes(
        b'\xef\xbb\xbfby = "Von {names}"\r\nour_own = "Word"\r\n[sections]\r\nnews = "Neues"\r\n'
    )
    with (templates / "mine" / "parts" / "more.html.j2").open("a", encoding="utf-8") as more:
        more.write("{{ words.our_own }}")
    assert check_theme("mine", templates) == []
    assert compile_theme("mine", templates).words["our_own"] == "Word"


def test_a_file_too_large_for_a_theme_is_refused(templates: Path) -> None:
    with (templates / "mine" / "style.css").open("a", encoding="utf-8") as style:
        style.write("/*" + "x" * 250_000 + "*/")
    (problem,) = check_theme("mine", templates)
    assert problem.message == "The file cannot be read ('style.css' is larger than 250,000 bytes)."


COLOURS = ":root {\n  --link: #006600;\n  --inck: #111111;\n}\n"
DARK = "@media (prefers-color-scheme: dark) {\n  :root { --inck: #eeeeee; }\n}\n"


@pytest.mark.parametrize(
    ("file", "text", "line", "said"),
    [
        (
            "palette.css",
            COLOURS,
            3,
            "Nothing in this theme uses the colour '--inck'. Did you mean '--ink'?",
        ),
        (
            "palette.css",
            DARK,
            2,
            "Nothing in this theme uses the colour '--inck'. Did you mean '--ink'?",
        ),
        (
            "palette.css",
            ":root { --zzz: red; }",
            1,
            "Nothing in this theme uses the colour '--zzz'. Write var(--zzz) where it belongs, or delete the line.",
        ),
        (
            "words.toml",
            'by = "Von {names}"\nreadmore = "Weiter"\n',
            2,
            "Nothing in this theme uses the word 'readmore'. Did you mean 'read_more'?",
        ),
        (
            "words.de.toml",
            'by = "Von {names}"\nreadmore = "Weiter"\n',
            2,
            "Nothing in this theme uses the word 'readmore'. Did you mean 'read_more'?",
        ),
        (
            "words.pt-BR.toml",
            'by = "Por"\n',
            1,
            "'by' has no {names}, so readers would not see it. Write it as in 'By\u00a0{names}'.",
        ),
        (
            "words.toml",
            '[action]\nnews = "More"\n',
            1,
            "'action' is a group of words, not text. Did you mean [actions]?",
        ),
        (
            "words.toml",
            'read_more = "More"\nlanguage = "english"\n',
            2,
            "'english' is not a known language. Write a language tag such as en, de or pt-BR.",
        ),
        (
            "words.toml",
            'events = "Dates"\n',
            1,
            "Nothing in this theme uses the word 'events'. Write it below a line [sections], or delete it.",
        ),
        (
            "words_de.toml",
            'read_more = "Mehr"\n',
            None,
            "Nothing reads this file of words. Call it words.toml; or words.de.toml, with the tag of its language.",
        ),
        (
            "words.toml",
            'zzz = "Zzz"\n[sections]\nnews = "Neues"\n',
            1,
            "Nothing in this theme uses the word 'zzz'. Use it in a template, or delete the line.",
        ),
    ],
)
def test_a_name_that_nothing_uses_is_found_at_its_line(
    tmp_path: Path, file: str, text: str, line: int | None, said: str
) -> None:
    (tmp_path / "mine").mkdir()
    own = tmp_path / "mine" / file
    own.write_text(text, "utf-8")
    (problem,) = check_theme("mine", tmp_path)
    assert (problem.path, problem.line, f"{problem.message} {problem.hint}") == (own, line, said)


@pytest.mark.parametrize(
    ("file", "text", "user", "use"),
    [
        (
            "palette.css",
            ":root { --inck: #111111; }\n",
            "style.css",
            "\nh4 { color: var(--inck); }",
        ),
        ("words.toml", 'readmore = "More"\n', "parts/more.html.j2", "{{ words.readmore }}"),
        ("words.toml", 'read-on = "More"\n', "parts/more.html.j2", '{{ words["read-on"] }}'),
        ("words.toml", 'job = "A job"\n', "parts/more.html.j2", "{{ words[item.kind] }}"),
    ],
)
def test_a_name_that_the_theme_uses_itself_is_sound(
    templates: Path, file: str, text: str, user: str, use: str
) -> None:
    for name, more in ((file, text), (user, use)):
        path = templates / "mine" / name
        written = path.read_text("utf-8")
        path.write_text(more + written if name == "words.toml" else written + more, "utf-8")
    assert check_theme("mine", templates) == []
