"""unresolved-tag: tags of other systems that were left in the email."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


def what(tag: str) -> str:
    return f"'{tag}' is a tag of another system: nothing here fills it in."


@pytest.mark.parametrize(
    "words",
    [
        "It costs US$5, ${5} or $ {five} a month.",
        "The set {a, b} and the set {{a}, {b}} of genes; { { gap } }.",
        "From 5 % to 10 %, or 5%% or 10%%, of carriers; 50% %of% them.",
        "p<0.05 and n>3, if a <b% and c> %d.",
        "A product of *2* | *3*, or |FST| alone, is *not|one*.",
        "Dear [[first-name]], see [[web-version]].",
        r"A template: \{\{ .",
        "",
    ],
)
def test_what_only_looks_like_a_tag_may_be(newsroom: Newsroom, words: str) -> None:
    assert newsroom.issue(welcome=words).told("unresolved-tag") == []


def test_a_body_that_the_email_does_not_show_is_ignored(newsroom: Newsroom) -> None:
    body = (
        "This sentence is the teaser, and it has as many words as a teaser needs to be one by itself, or more. "
        * 6
    )
    newsroom.item(title="A story", body=f"{body}\n\nWrite {{{{ name }}}} in the template.")
    assert newsroom.told("unresolved-tag") == []


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (
            "title",
            "In this template “{{ name }}” is the reader; '{% if paid %}' asks for more, and ‘*|FNAME|*’ is another's.",
        ),
        ("title", "The old form was '<%= id %>' or « %%id%% »."),
        (
            "teaser",
            "In this template “{{ name }}” is the reader; '{% if paid %}' asks for more, not ‘*|FNAME|*’.",
        ),
        (
            "teaser",
            "Type `{{ user.id }}`, `*|EMAIL|*` or `${HOME}`; the old form was '<%= id %>' or « %%id%% ».",
        ),
    ],
)
def test_an_item_may_be_about_tags(newsroom: Newsroom, field: str, words: str) -> None:
    given = {"title": "A story of cells that keep the time", "teaser": "It is all here."}
    assert newsroom.item(**given | {field: words}).told("unresolved-tag") == []


def test_around_the_items_quotes_do_not_help(newsroom: Newsroom) -> None:
    [told] = newsroom.issue(welcome="Dear '{{ name }}', welcome.").told("unresolved-tag")
    assert told.severity == "error"


def test_an_address_with_percent_signs_may_be(newsroom: Newsroom) -> None:
    newsroom.item(title="A story", url="https://www.bionews.org.uk/?q=100%25%20%7B1%7D&price=$5")
    assert newsroom.told("unresolved-tag") == []


@pytest.mark.parametrize(
    "tag",
    [
        *(
            "{{ first_name }}",
            "{{{unsubscribe}}}"[1:-1],
            "{% if name %}",
            "*|FNAME|*",
            "*|HTML:LIST_ADDRESS|*",
        ),
        *("%%first_name%%", "${contact.name}", "<%= name %>", "<% end %>"),
    ],
)
@pytest.mark.parametrize("field", ["title", "teaser"])
def test_each_kind_is_reported_where_it_is_written(
    newsroom: Newsroom, tag: str, field: str
) -> None:
    given = {"title": "A story of cells that keep the time", "teaser": "It is all here."}
    newsroom.item(**given | {field: f"Dear {tag}, {given[field]}"})
    [told] = newsroom.told("unresolved-tag")
    assert told[:1] + told[2:] == ("info", what(tag))
    line = int(told.place.removeprefix("issues/700/issue.yaml:"))
    assert field in (newsroom.issues / "700" / "issue.yaml").read_text().split("\n")[line - 1]


def test_one_finding_for_each_text(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsubject: For {{ name }}\npreheader: And {{ name }}\nwelcome: |\n"
        "  Dear reader,\n\n  Dear {{ name\n  }}, dear {{ other }},\nsections:\n  - kind: reviews\n    items:\n"
        "      - title: A film\n        picture: {src: https://www.bionews.org.uk/a.png, alt: '%%alt%%', width: 9,"
        " height: 9}\n"
        "        work: {kind: film, title: The film, credits: [By *|NAME|*]}\n        teaser: It was good.\n",
    )
    assert [
        (finding.place.rpartition(":")[2], finding.message)
        for finding in newsroom.told("unresolved-tag")
    ] == [
        ("3", what("{{ name }}")),
        ("4", what("{{ name }}")),
        ("8", what("{{ name }}")),
        ("14", what("%%alt%%")),
        ("15", what("*|NAME|*")),
    ]


def test_an_address_is_reported_once_however_often_it_is_linked(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story\n"
        "        url: https://www.bionews.org.uk/?name=*%7CFNAME%7C*\n        teaser: It is all here...\n",
    )
    assert newsroom.told("unresolved-tag") == [
        ("error", "issues/700/issue.yaml:7", what("*|FNAME|*"))
    ]


def test_a_tag_of_the_themes_is_reported_there(newsroom: Newsroom) -> None:
    newsroom.theme("words.toml", 'archive = "All issues"', 'archive = "All issues, *|UNSUB|*"')
    [told] = newsroom.told("unresolved-tag")
    assert told.place.startswith("templates/bionews/words.toml:")
    assert told.message == what("*|UNSUB|*")


def test_a_tag_in_the_text_part_only_is_reported(newsroom: Newsroom) -> None:
    [told] = newsroom.theme("email.txt.j2", "{{ words.archive | wrap }}", "%%here%%").told(
        "unresolved-tag"
    )
    assert told.place.startswith("templates/bionews/email.txt.j2:")


@pytest.mark.parametrize("left", ["\ufdd0nickname\ufdd1", "\ufdd0first", "name\ufdd1"])
def test_what_is_left_of_a_token_is_reported(newsroom: Newsroom, left: str) -> None:
    [told] = newsroom.html(f"<p>Dear {left}</p>").told("unresolved-tag")
    assert told.place == "templates/bionews/email.mjml.j2"
    assert "�" in told.message
