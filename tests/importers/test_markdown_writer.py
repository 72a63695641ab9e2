"""HTML becomes Markdown that is read as the same HTML, with no word lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.importers.html.tree import parsed
from newsletter.importers.markdown_writer import markdown_of
from newsletter.text.markdown import to_html, tokens

TEXT = st.text("ab *_~^`[]()<>!#&;:.|\\-+=1\"'", min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "a"
)
PAGE = "https://www.example.org/news/page"


WORDS = st.lists(
    st.sampled_from(
        [
            "a",
            "bc",
            "2*3",
            "x_y",
            "#",
            "~10%",
            "1.",
            "(b)",
            "&lt;b&gt;",
            "&amp;amp;",
            "C:\\",
            "“q”",
            "e.g.",
            "É",
            "-",
            "+",
            "|",
            "`",
            "[x]",
            "*a*",
            "[a](b)",
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
LINE = st.recursive(
    WORDS
    | st.sampled_from(["H<sub>2</sub>O", "x<sup>2</sup>", '<a href="https://x.org/a_b">y</a>']),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(" ".join)
        | st.builds("x <{0}>b {1} c</{0}>".format, st.sampled_from(["em", "strong", "s"]), WORDS)
    ),
    max_leaves=4,
)
PARAGRAPH = st.builds("<p>{}</p>\n".format, LINE) | st.builds(
    "<p>{}<br>\n{}</p>\n".format, LINE, LINE
)


def list_of(tag: str, items: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' + chr(10) for item in items)}</{tag}>\n"


LIST = st.builds(list_of, st.sampled_from(["ul", "ol"]), st.lists(LINE, min_size=1, max_size=3))
NESTED = st.builds("{}{}".format, LINE, LIST)
BLOCK = st.recursive(
    PARAGRAPH
    | LIST
    | st.builds(list_of, st.just("ul"), st.lists(LINE | NESTED, min_size=1, max_size=3)),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=2)
        .map("".join)
        .map("<blockquote>{}</blockquote>\n".format)
    ),
    max_leaves=3,
)
HEADINGS = st.builds("<h4>{}</h4>\n<p>x</p>\n<h5>{}</h5>\n".format, WORDS, WORDS)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def seen(markdown: str) -> str:
    html = to_html(tokens(markdown), {})
    text = re.sub(r"<[^>]*>", " ", html)
    return " ".join(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").split())


@given(st.lists(BLOCK | HEADINGS, min_size=1, max_size=3).map("".join))
def test_the_html_of_markdown_becomes_the_same_html_again(html: str) -> None:
    written = markdown_of(html)
    assert to_html(tokens(written.markdown), {}) == html
    assert not written.repairs


TAGS = [
    "p",
    "div",
    "b",
    "i",
    "a",
    "sup",
    "sub",
    "s",
    "u",
    "span",
    "ul",
    "li",
    "ol",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "h1",
    "h3",
    "blockquote",
    "pre",
    "q",
    "code",
    "br",
]
SOUP = st.lists(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS] + ["", " ", "."]),
    max_size=40,
)


@given(SOUP)
def test_no_word_is_lost_doubled_or_reordered_whatever_the_tags(soup: list[str]) -> None:
    html = "".join(f"{tag}w{number}" for number, tag in enumerate(soup))
    words = re.compile(r"w\d+")
    written = markdown_of(html).markdown
    assert words.findall(written) == words.findall(parsed(html).text)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a <b>b </b>c</p>", "a **b** c"),
        ("<b>a</b><b>b</b>", "**ab**"),
        ("<p><strong><em>x</em></strong> <em><strong>y</strong></em></p>", "**_x_** _**y**_"),
        ("<b>Title:</b>text", "**Title**:text"),
        ("un<b>believ</b>able", "unbelievable"),
        ("H<sub>2</sub>O and 10<sup>5</sup>", "H~2~O and 10^5^"),
        ("<p>a<br>b<br><br>c", "a\\\nb\n\nc"),
        ("<p><b>a</b><br><br>bcd <i>e</i><br><br><br>f", "**a**\n\nbcd *e*\n\nf"),
        ("<pre><code>if x:\n    y[z]()  \n</code></pre>", "`if x:`\\\n`    y[z]()`"),
        ("<p>a <code>b `c</code> <code>`d`</code></p>", "a ``b `c`` `` `d` ``"),
        ("<h2>1.\u00a0 A</h2>", "## 1.\u00a0 A"),
        ('<ol><li dir="ltr"><p dir="ltr">a</p></li><li><p dir="ltr">b</p></li></ol>', "1. a\n2. b"),
        ("<h2>A</h2><h3><b>B</b></h3>", "## A\n\n### B"),
        ("<h1>Title</h1><h2>A</h2><h4>B</h4>", "## Title\n\n## A\n\n### B"),
        ("<blockquote><p>q</p><ul><li>a</li></ul></blockquote>", "> q\n>\n> - a"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c"),
        ("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "- a\n  - b\n- c"),
        ('<ol start="3"><li>a<li>b</ol><ol><li>c</ol>', "3. a\n4. b\n\n1) c"),
        ("<table><tr><th>a<th>b<tr><td>1|2<td><b>c</b></table>",
         "| a | b |\n| --- | --- |\n| 1\\|2 | **c** |"),
        ("<table><tr><td><p>a<p>b<td>c<tr><td>d<td>e</table>", "a\n\nb\n\nc\n\nd\n\ne"),
        ('<a href="https://x.org/a_(b)">y</a>', "[y](https://x.org/a_(b))"),
        ('<a href="https://x.org/a)b">y</a>', "[y](<https://x.org/a)b>)"),
        ('<a href="/x">y</a>', "[y](https://www.example.org/x)"),
        ('<a href="https://x.org/a_b">https://x.org/a_b</a>', "https://x.org/a_b"),
        ('<a href="https://x.org/a_b">https://x.org/a_b</a>c', "<https://x.org/a_b>c"),
        ("1984. That was <b>x</b>*y* _z_ &lt;b> # [a](b) 2*3*4 ~10%",
         "1984. That was **x**\\*y* \\_z_ <b> # [a](b) 2*3*4 ~10%"),
        ("<p># a<p>1. b<p>- c<p>&gt; d", "\\# a\n\n1\\. b\n\n\\- c\n\n\\> d"),
        ("a &lt;!-- b --&gt; [^1]", "a \\<!-- b --> \\[^1]"),
        ('<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:700">x'
         '</span><span style="font-style:italic"> y</span></p></b>', "**x** *y*"),
    ],
)  # fmt: skip
def test_html_is_written_as_an_editor_would(html: str, markdown: str) -> None:
    assert markdown_of(html, address=PAGE).markdown == markdown


@given(TEXT)
def test_text_that_looks_like_markup_is_read_as_text(text: str) -> None:
    written = markdown_of(f"<p>{escaped(text)}</p><p>x --&gt;</p>").markdown
    assert seen(written) == f"{text} x -->"


WORD = """<html><head><style>.b1 {font-weight: 700}</style></head><body>
<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->
<p class=MsoNormal>In <st1:place w:st="on"><span class=b1>Leeds</span></st1:place><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>First</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span><![endif]>Within</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span>Second</p>
<p>Last <ins datetime=2>new</ins><del datetime=2>old</del><span style="mso-hide:all">x</span></p>
</body></html>"""


def of_word_online(tag: str, level: int, text: str, start: int = 1) -> str:
    return (
        f'<div class="ListContainerWrapper"><{tag} start="{start}"><li data-listid="3" '
        f'data-aria-level="{level}"><p class="Paragraph">{text}</p></li></{tag}></div>'
    )


NOTES = {
    "mammoth": """<p>A<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup>.</p>
        <ol><li id="footnote-1"><p> Note <a href="#footnote-ref-1">↑</a></p></li></ol>""",
    "Google Docs": """<p>A<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>.</p><hr>
        <div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> Note</span></p></div>""",
    "LibreOffice": """<p>A<a name="n1anc" href="#n1sym"><sup>1</sup></a>.</p>
        <div id="n1"><p><a name="n1sym" href="#n1anc">1</a> Note</p></div>""",
    "Word": """<p>A<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>.</p>
        <div><hr><div id=ftn1><p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Note</p>""",
    "WordPress": """<p>A<sup class="fn"><a href="#u-1" id="u-1-link">1</a></sup>.</p>
        <ol><li id="u-1">Note <a href="#u-1-link">↩</a></li></ol>""",
}


def test_a_paste_from_word_is_what_word_showed() -> None:
    written = markdown_of(WORD)
    assert written.markdown == ("In **Leeds**\n\n- First\n  - Within\n- Second\n\nLast new")
    assert written.left_out == ("Deleted text: 'old'.", "Hidden text: 'x'.")


def test_lists_of_word_on_the_web_are_lists() -> None:
    items = [("ul", 1, "a"), ("ul", 2, "b"), ("ul", 2, "c"), ("ul", 1, "d")]
    html = "".join(of_word_online(*item) for item in items)
    html += "<p>x</p>" + of_word_online("ol", 1, "e") + of_word_online("ol", 1, "f", start=2)
    assert markdown_of(html).markdown == "- a\n  - b\n  - c\n- d\n\nx\n\n1. e\n2. f"


@pytest.mark.parametrize("origin", NOTES)
def test_footnotes_are_footnotes(origin: str) -> None:
    assert markdown_of(NOTES[origin]).markdown == "A[^1].\n\n[^1]: Note"


def test_links_there_and_back_between_headings_are_no_footnotes() -> None:
    contents = '<p><a href="#c" id="t">One</a></p><h2 id="c">One <a href="#t">up</a></h2><p>x</p>'
    assert markdown_of(contents).markdown == "One\n\n## One up\n\nx"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (f"<ol start={'9' * 5000}><li>a</ol>", "1. a"),
        ("<img src='http://[x'><a href='http://[x'>a</a>", "a"),
        ("<ol start=120><li>a<li>b</ol>", "120. a\n\n121. b"),
        ("<ol><li>May 2012<li>b</ol>", "1. May 2012\n\n2\\. b"),
        ("<ol>" + "<li>a" * 101 + "</ol>", "\n".join(["1. a"] * 101)),
    ],
    ids=["huge", "no host", "large", "date", "long"],
)
def test_numbers_that_are_no_list_in_markdown_are_kept(html: str, markdown: str) -> None:
    written = markdown_of(html).markdown
    assert written == markdown
    assert seen(written) == seen(markdown)


def test_a_link_without_words_is_named() -> None:
    written = markdown_of('<p>Text <a href="#x"><img src=lab.jpg></a></p>')
    assert written.repairs == ("A link had no words: '#x' is not on the web.",)


def test_what_is_left_out_is_named() -> None:
    written = markdown_of(
        '<form><input type=hidden><p>Text <a href="#x">here</a> <u>under</u> un<b>d</b>er</p><input>'
        '<iframe src="https://v.org/1"></iframe></form><script>x</script><img alt="A lab" src=lab.jpg>'
    )
    assert written.markdown == "Text here under under"
    assert written.repairs == (
        "'here' is no longer a link: '#x' is not on the web.",
        "'under' is no longer underlined.",
        "Bold in 'd' is not possible there, and was left off.",
    )
    assert written.left_out == (
        "A form.", "A page within the page: https://v.org/1.", "A script.", "A picture: 'A lab'.",
    )  # fmt: skip


def test_a_picture_is_a_paragraph_with_its_caption() -> None:
    figure = (
        '<figure><img src="a.jpg" alt="A [lab]"><figcaption>In <i>Leeds</i></figcaption></figure>'
    )
    asked: list[str] = []

    def picture(address: str) -> str:
        asked.append(address)
        return "images/a.jpg"

    written = markdown_of(figure, address=PAGE, picture=picture)
    assert written.markdown == '![A \\[lab\\]](images/a.jpg "In *Leeds*")'
    assert asked == ["https://www.example.org/news/a.jpg"]


@pytest.mark.parametrize("tag", ["div", "ul><li", "table><tr><td", "b", "blockquote"])
def test_a_hundred_thousand_tags_within_each_other_are_read(tag: str) -> None:
    assert "x" in markdown_of(f"<{tag}>" * 100_000 + "x").markdown


def test_an_element_with_a_hundred_thousand_attributes_is_read() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(100_000))
    assert markdown_of(f"<p {attributes}>x</p>").markdown == "x"
