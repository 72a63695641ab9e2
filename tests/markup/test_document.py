"""A finished email as a tree: links and their names, what is seen, headings, faults; and CSS as rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinyhtml5 import inputstream

from newsletter.markup import Declaration, Document, Rule
from newsletter.markup.css import declarations, rules
from newsletter.markup.document import spoken


def page(body: str, head: str = "") -> Document:
    return Document(
        f"<!doctype html><html><head><title>The title</title>{head}</head><body>{body}</body></html>"
    )


# Links


@pytest.mark.parametrize(
    ("inner", "text", "name"),
    [
        ("Words", "Words", "Words"),
        ("  many\n <em>spaces</em>\t ", "many spaces", "many spaces"),
        ('<img src="a.png" alt="The logo">', "", "The logo"),
        ('Read <img src="a.png" alt="this"> now', "Read now", "Read this now"),
        ('<img src="a.png">', "", ""),
        ("One<!-- two --> three", "One three", "One three"),
        ("<em>a<strong>b</strong>c</em>d", "abcd", "abcd"),
        ("", "", ""),
    ],
)
def test_a_link_has_a_text_that_is_seen_and_a_name_that_is_spoken(
    inner: str, text: str, name: str
) -> None:
    (link,) = page(f'<a href=" https://www.bionews.org.uk/ ">{inner}</a>').links
    assert (link.address, link.text, link.name) == ("https://www.bionews.org.uk/", text, name)
    assert link.element.tag == "a"


def test_a_label_is_the_name() -> None:
    (link,) = page('<a href="#x" aria-label="Read on: the story">Read on</a>').links
    assert (link.text, link.name) == ("Read on", "Read on: the story")


def test_an_anchor_without_address_is_not_a_link() -> None:
    document = page('<a name="x">Words</a><A HREF="">Empty</A>')
    assert [link.address for link in document.links] == [""]


# Headings


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ('<a href="x"><em>A</em> link</a>', "A link"),
        ("<a><em>One<b>two</b>three</em>four</a>five", "Onetwothreefourfive"),
        ("CO<sub>2</sub>", "CO2"),
        ("&lt;b&gt; &amp; so on", "<b> & so on"),
        ('<a href="x"><img src="y" alt="The logo"></a>', "The logo"),
        ("<!-- a note -->words", "words"),
        ("&nbsp;", ""),
    ],
)
def test_what_is_spoken_of_a_heading(inner: str, text: str) -> None:
    (heading,) = page(f"<h2>{inner}</h2>").headings
    assert (heading.level, heading.text, heading.element.tag) == (2, text, "h2")


def test_headings_come_in_the_order_of_the_text_however_deep() -> None:
    document = page(
        "<h2>one</h2><table><tr><td><div><h1>two</h1></div></td></tr></table><h6>three</h6>"
    )
    assert [(heading.level, heading.text) for heading in document.headings] == [
        (2, "one"),
        (1, "two"),
        (6, "three"),
    ]


def test_what_is_very_deep_can_be_spoken_and_seen() -> None:
    document = page("<div>" * 3000 + "Words" + "</div>" * 3000)
    assert spoken(document.root) == "The titleWords"
    assert document.text == "Words"


# What is seen


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">Unseen</p>',
        '<p style="color:red; DISPLAY : None !important">Unseen</p>',
        "<p hidden>Unseen</p>",
        '<div style="display:none"><p>Unseen <b>at all</b></p></div>',
        "<template>Unseen</template>",
        "<script>Unseen</script>",
        "<style>Unseen</style>",
        "<noscript>Unseen</noscript>",
        "<!-- Unseen -->",
        "<!--[if mso]><p>Unseen</p><![endif]-->",
    ],
)
def test_what_is_not_seen(hidden: str) -> None:
    document = page(f"<p>Before</p>{hidden}<p>After</p>")
    assert document.text == "Before\nAfter"
    assert [text for _, text in document.texts()] == ["Before", "After"]


@pytest.mark.parametrize(
    "seen", ['<p style="display:block">Seen</p>', '<p style="max-display:none">Seen</p>']
)
def test_what_is_seen(seen: str) -> None:
    assert page(seen).text == "Seen"


def test_what_is_behind_a_hidden_element_is_seen() -> None:
    document = page('<p>One <span style="display:none">two</span> three</p>')
    assert document.text == "One three"
    assert [(element.tag, text.strip()) for element, text in document.texts()] == [
        ("p", "One"),
        ("p", "three"),
    ]


def test_a_text_behind_a_comment_is_a_text() -> None:
    document = page("<p>One <!-- two --> three</p>")
    assert [(element.tag, text.strip()) for element, text in document.texts()] == [
        ("p", "One"),
        ("p", "three"),
    ]


def test_one_line_for_each_block() -> None:
    document = page(
        "<h1>A <b>b</b></h1><p>c<br>d</p><ul><li>e</li><li>f <em>g</em></li></ul><table><tr><td>h</td></tr></table>"
    )
    assert document.text == "A b\nc\nd\ne\nf g\nh"


def test_what_is_seen_of_one_element_is_one_line() -> None:
    document = page("<div><p>One</p>\n<p>two</p></div>")
    (block,) = document.elements("div")
    assert document.visible(block) == "One two"


def test_the_title_and_alt_texts_are_not_seen() -> None:
    assert page('<img src="a.png" alt="A picture">').text == ""


# The tree


def test_elements_come_in_order_without_comments() -> None:
    document = page("<p>a</p><!-- b --><div><p>c</p></div>")
    assert [element.tag for element in document.elements()] == [
        "html",
        "head",
        "title",
        "body",
        "p",
        "div",
        "p",
    ]
    assert [element.text for element in document.elements("p", "nothing")] == ["a", "c"]


def test_ancestors_from_the_nearest_on() -> None:
    document = page("<div><p><b>Words</b></p></div>")
    (bold,) = document.elements("b")
    assert [element.tag for element in document.ancestors(bold)] == ["p", "div", "body", "html"]
    assert list(document.ancestors(document.root)) == []


def test_images() -> None:
    assert [
        image.element.get("alt") for image in page('<img alt="a"><p><IMG ALT="b"></p>').images
    ] == [
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    "source", ["", "Words", "<p", "\x00", "<!-- ", "<table><p>", "&#xD800;", "<p>\ud800</p>"]
)
def test_anything_can_be_read(source: str) -> None:
    document = Document(source)
    assert document.root.tag == "html"
    assert isinstance(document.text, str)


# Faults


def test_a_sound_document_has_no_faults() -> None:
    assert page("<p>One<p>Two<br/>&amp; &nbsp;<ul><li>a<li>b</ul>").errors == ()


@pytest.mark.parametrize(
    ("source", "line", "fault", "tag"),
    [
        ("<html><title>T</title>", 1, "expected-doctype-but-got-start-tag", "html"),
        ("<!doctype html>\n<title>T</title>\n<p>\n</em>", 4, "unexpected-end-tag", "em"),
        ("<!doctype html><title>T</title>\n<p id=a id=b>", 2, "duplicate-attribute", ""),
        ("<!doctype html><title>T</title><div>\n", 2, "expected-closing-tag-but-got-eof", ""),
    ],
)
def test_a_fault_has_its_line_and_its_tag(source: str, line: int, fault: str, tag: str) -> None:
    (error,) = Document(source).errors
    assert (error.line, error.fault, error.tag) == (line, fault, tag)


# CSS


def test_the_rules_of_all_sheets_in_their_order() -> None:
    document = page(
        "<style>c{d:e}</style>", head='<style>a{b:c}</style><style media="print">b{c:d}</style>'
    )
    assert [(rule.selector, rule.within) for rule in document.rules] == [
        ("a", ()),
        ("b", ("@media print",)),
        ("c", ()),
    ]
    assert document.styles == ("a{b:c}", "b{c:d}", "c{d:e}")


def test_styles_in_comments_do_not_count() -> None:
    assert page("<!--[if mso]><style>a{b:c}</style><![endif]-->").rules == ()


def test_the_declarations_of_an_element() -> None:
    document = page(
        '<p style="COLOR: Red !important; margin:0 auto;; /* note */ nonsense; padding: 1px">Words</p>'
    )
    (paragraph,) = document.elements("p")
    assert document.declarations(paragraph) == (
        Declaration("color", "Red", important=True),
        Declaration("margin", "0 auto", important=False),
        Declaration("padding", "1px", important=False),
    )
    assert document.declarations(document.root) == ()


@pytest.mark.parametrize("css", ["", "nonsense", "{", "}", ";;", "color", ":red", "/* a:b */"])
def test_what_is_not_a_declaration_is_ignored(css: str) -> None:
    assert declarations(css) == ()


def test_a_value_keeps_its_semicolons_and_quotes() -> None:
    assert declarations("background: url('a;b.png') ; content: \"x;y\"")[0].value in (
        "url(a;b.png)",
        'url("a;b.png")',
    )
    assert declarations('content: "x;y"') == (Declaration("content", '"x;y"', important=False),)


def test_rules_within_at_rules_know_them_outermost_first() -> None:
    css = "/* note */ a,b>c{d:e} @media (max-width: 480px){f{g:h} @supports (i: j){k{l:m!important}}} n{o:p}"
    assert rules(css) == (
        Rule("a,b>c", (Declaration("d", "e", important=False),), ()),
        Rule("f", (Declaration("g", "h", important=False),), ("@media (max-width: 480px)",)),
        Rule(
            "k",
            (Declaration("l", "m", important=True),),
            ("@media (max-width: 480px)", "@supports (i: j)"),
        ),
        Rule("n", (Declaration("o", "p", important=False),), ()),
    )


def test_the_media_of_a_sheet_come_outermost() -> None:
    (rule,) = rules("@media screen{a{b:c}}", "print")
    assert rule.within == ("@media print", "@media screen")


@pytest.mark.parametrize(
    ("css", "within"),
    [
        ("@font-face{font-family:A}", ("@font-face",)),
        ("@import 'a.css';", ('@import "a.css"',)),
        ("@MEDIA print{}", ("@media print",)),
    ],
)
def test_an_at_rule_without_rules_in_it_has_no_selector(css: str, within: tuple[str, ...]) -> None:
    (rule,) = rules(css)
    assert (rule.selector, rule.within) == ("", within)


@pytest.mark.parametrize("css", ["", "}", "a", "a{", "@", "a{b}", "<!-- -->", "\ud800{a:b}"])
def test_any_css_can_be_read(css: str) -> None:
    assert all(declaration.name for rule in rules(css) for declaration in rule.declarations)


@pytest.mark.parametrize("css", ["a:" + "f(" * 5_000, "width:" + "9" * 5_000 + "px"])
def test_css_that_no_parser_can_read_says_nothing(css: str) -> None:
    assert declarations(css) == ()
    assert rules(f"p{{{css}}}") == ()


def test_the_parser_makes_each_of_its_expressions_once() -> None:
    Document("<p class=lead>Two <b>words</b>.</p>")
    expressions = inputstream.characters_until_regex
    first = dict(expressions)
    assert first, "tinyhtml5 no longer looks here: _Expressions can go"
    Document("<p class=lead>Two other <b>words</b>.</p>")
    assert expressions.keys() == first.keys()


def test_a_text_that_happens_to_be_a_path_is_a_text(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Nobody's business.")
    assert Document(str(secret)).text == str(secret)
