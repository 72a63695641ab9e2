"""What each kind of text may hold, and the message if it holds something else."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime, time
from typing import Any

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from newsletter.model.dates import Clock, Day, Moment, TimeZone
from newsletter.model.fields import (
    HIDDEN,
    ForwardingAddress,
    Language,
    Line,
    MailAddress,
    Markdown,
    Number,
    TitleLine,
    WebAddress,
    WebOrBareMailAddress,
    WebOrMailAddress,
    mailbox,
)
from newsletter.text.markdown import as_written
from newsletter.text.printable import printable


def read(kind: Any, given: Any) -> Any:
    return TypeAdapter(kind).validate_python(given)


def said(kind: Any, given: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        read(kind, given)
    return str(refusal.value.errors()[0]["msg"])


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        (Line, "  No ", "No"),
        (Line, "One\n", "One"),
        (Line, "One\ttwo\t", "One two"),
        (Line, "\u200fשלום 🧬", "\u200fשלום 🧬"),
        (Markdown, "\nOne\r\n\n\ttwo\n", "One\n\n\ttwo"),
        (WebAddress, " https://www.bionews.org.uk/page_93535?a=1&b=2#c ", "https://www.bionews.org.uk/page_93535?a=1&b=2#c"),
        (WebAddress, "HTTP://a.org:8080", "http://a.org:8080"),
        (WebAddress, "https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        (WebAddress, "https://me:you@my_lab.bücher.example:81/", "https://me:you@my_lab.xn--bcher-kva.example:81/"),
        (WebAddress, "https://r3---sn-4g.example/", "https://r3---sn-4g.example/"),
        (WebAddress, "http://intranet/", "http://intranet/"),
        (WebAddress, "https://[2001:db8::1]:8080/", "https://[2001:db8::1]:8080/"),
        (WebAddress, "https://192.0.2.1./", "https://192.0.2.1./"),
        (WebOrBareMailAddress, "post@a.org", "mailto:post@a.org"),
        (WebOrBareMailAddress, "mailto:post@a.org", "mailto:post@a.org"),
        (WebOrBareMailAddress, "https://a.org/@post", "https://a.org/@post"),
        (ForwardingAddress, "mailto:?subject=BioNews", "mailto:?subject=BioNews"),
        (ForwardingAddress, "https://a.org/", "https://a.org/"),
        (WebOrMailAddress, "https://a.org/", "https://a.org/"),
        (WebOrMailAddress, "mailto:leave@a.org?subject=leave", "mailto:leave@a.org?subject=leave"),
        (MailAddress, "BioNews <a@a.org>", "BioNews <a@a.org>"),
        (MailAddress, "a.b+c@a.org", "a.b+c@a.org"),
        (Day, "2012-02-29", date(2012, 2, 29)),
        (Moment, "2012-04-20 18:30", datetime.fromisoformat("2012-04-20 18:30")),
        (Clock, "17:00", time(17)),
        (TimeZone, "Europe/London", "Europe/London"),
        (Language, "en-GB", "en-GB"),
        (Language, "zh-Hant-TW", "zh-Hant-TW"),
        (Number, 652, "652"),
        (Number, " 1268a ", "1268a"),
    ],
)  # fmt: skip
def test_what_is_right_is_taken(kind: Any, given: str, expected: Any) -> None:
    assert read(kind, given) == expected


@pytest.mark.parametrize("address", [
    "", "a.org", "//a.org", "/page", "page.html", "ftp://a.org", "javascript:alert(1)", "data:text/html,x", "file:///x",
    "https://", "https:///x", "https://?x", "http:a.org", "https://a b.org", "https://a.org/a b", "https://a.org/<x>",
    'https://a.org/"x', "https://a.org\\@b.org", "https://a.org:port/", "https://[::1", "https://a.org/\u200bx",
    "https://a.org/\u202ex", "https://a.org/\nBcc: x", "https://a.org/\r\nx", "https://a.org/\tx", "https://a.org/{{x}}",
    " javascript:https://a.org", "mailto:a@a.org",
])  # fmt: skip
def test_other_addresses_are_refused(address: str) -> None:
    assert said(WebAddress, address)


@pytest.mark.parametrize("address", [
    "", "BioNews", "a@", "@a.org", "a@a.org, b@a.org", "a@a.org\nBcc: b@a.org", "BioNews <a@a.org> x", "a b@a.org",
    "BioNews <a@a.org", "<>", "ä@a.org", "a(b)@a.org", "BioNews\r\n <a@a.org>", "a@a.org>", "A <b> <a@a.org>",
])  # fmt: skip
def test_other_mail_addresses_are_refused(address: str) -> None:
    assert said(MailAddress, address)


@pytest.mark.parametrize("address", ["mailto:", "mailto:x", "mailto:a@a.org?subject=a b", "mailto:a@a.org?>,<x",
                                     "mailto:a@a.org\r\nBcc: x", "tel:123"])  # fmt: skip
def test_other_ways_to_unsubscribe_are_refused(address: str) -> None:
    assert said(WebOrMailAddress, address)


DATE_FORM = "Write year-month-day, for example 2012-04-16."


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        (Day, "2012-02-31", f"There is no such day as 2012-02-31. Check a calendar. {DATE_FORM}"),
        (Day, "2012-13-01", "There is no such day as 2012-13-01. Write 2012-01-13."),
        (Day, "2012-13-32", f"There is no such day as 2012-13-32. Check a calendar. {DATE_FORM}"),
        (Day, "31/04/2012", f"'31/04/2012' is not in the right form for a date. {DATE_FORM}"),
        (Day, "2012-04-16 17:00", f"'2012-04-16 17:00' is not in the right form for a date. {DATE_FORM}"),
        (Day, "\u0662\u0660\u0661\u0662-\u0660\u0664-\u0661\u0666",
         "'\u0662\u0660\u0661\u0662-\u0660\u0664-\u0661\u0666' is not in the right form for a date. Write 2012-04-16."),
        (Moment, "2012-04-20", "'2012-04-20' is not a day and time. Write it in this form: 2012-04-20 18:30."),
        (Clock, "25:00", "'25:00' is not a time of day. Write hours and minutes, as in 17:00."),
        (TimeZone, "../etc/passwd", "'../etc/passwd' is not a time zone. Write one such as Europe/London."),
        (TimeZone, "localtime", "'localtime' is not a time zone. Write one such as Europe/London."),
        (TimeZone, "posixrules", "'posixrules' is not a time zone. Write one such as Europe/London."),
        (TimeZone, "Europe", "'Europe' is not a time zone. Write one such as Europe/London."),
        (Language, "english", "'english' is not a known language. Write a language tag such as en-GB, fr or he."),
        (Language, "en-GB.x\r\nBcc", "'en-GB.x��Bcc' is not a known language. "
         "Write a language tag such as en-GB, fr or he."),
        (Language, "en_GB", "'en_GB' is not a known language. Write en-GB."),
        (Language, "en-UK", "'en-UK' is not a known language. Write en-GB."),
        (Language, "", "'' is not a known language. Write a language tag such as en-GB, fr or he."),
        (Number, "0652", "'0652' is not an issue number. Write digits, and a lower-case letter if needed: 652, 1268a."),
        (Number, "652A", "'652A' is not an issue number. Write digits, and a lower-case letter if needed: 652, 1268a."),
        (Number, "../1", "'../1' is not an issue number. Write digits, and a lower-case letter if needed: 652, 1268a."),
        (Line, "\u00a0 ", "This is empty. Fill it in, or delete the whole line."),
    ],
)  # fmt: skip
def test_a_refusal_says_what_to_do(kind: Any, given: str, expected: str) -> None:
    assert said(kind, given) == expected


@given(st.characters().filter(lambda character: bool(HIDDEN.search(character))))
def test_a_line_and_a_text_hold_no_hidden_character(character: str) -> None:
    assert said(Line, f"a{character}b")
    assert said(Markdown, f"a{character}b")


@pytest.mark.parametrize(
    "character", ["\x00", "\x0b", "\x85", "\ud800", "\ufdd0", "\ufdef", "\ufffe", "\U0010ffff"]
)
def test_what_is_hidden(character: str) -> None:
    assert HIDDEN.search(character)
    assert said(Markdown, character).startswith(
        f"There is an invisible control character (U+{ord(character):04X}) in this text."
    )


@given(st.text())
def test_a_line_is_safe_in_a_header(text: str) -> None:
    try:
        line = read(Line, text)
    except ValidationError:
        return
    assert line == line.strip() != ""
    assert line.splitlines() == [line]


@given(st.text(max_size=100))
def test_what_is_shown_of_a_text_is_short_and_has_no_control_characters(text: str) -> None:
    assert printable(text).isprintable()
    assert len(printable(text * 10)) <= 60


def test_braces_in_a_refused_text_are_shown_as_they_are() -> None:
    assert said(WebAddress, "{what}").startswith("'{what}' is not a web address.")


def test_a_mailbox_is_a_name_and_an_address() -> None:
    assert mailbox('"BioNews, weekly" <a@a.org>') == ("BioNews, weekly", "a@a.org")
    assert mailbox("a@a.org") == ("", "a@a.org")


@pytest.mark.parametrize(
    ("given", "what", "hint"),
    [
        ("https://news,example.org/1", "'news,example.org' cannot be the name of a website.",
         "Write https://news.example.org/1."),
        ("http://news.,example..org:80?a,b..c", "'news.,example..org' cannot be the name of a website.",
         "Write http://news.example.org:80?a,b..c."),
        *((f"https://{host}/", f"'{host}' cannot be the name of a website.",
           "Check the spelling: such a name has letters, digits and hyphens, with one dot between its parts.")
          for host in ("-news.org", "news-.org", "it's.org", "n%65ws.org", "news;org", "a" * 64, ".org", "n,-.org")),
        ("https://a.org/(SICI)<1::2>3", "'https://a.org/(SICI)<1::2>3' is not a web address.",
         "Write %3C for < and %3E for >: https://a.org/(SICI)%3C1::2%3E3"),
        ("post@a.org", "'post@a.org' is not a web address.",
         "This is an email address; write the address of a web page, starting with https://."),
    ],
)  # fmt: skip
def test_a_slip_in_an_address_is_shown(given: str, what: str, hint: str) -> None:
    assert said(WebAddress, given) == f"{what} {hint}".replace("a" * 64, "a" * 59 + "…")


@pytest.mark.parametrize("address", ["post@a..org", "post@-a.org", "Us <post@a,org>"])
def test_a_mail_address_has_a_host_that_can_exist(address: str) -> None:
    assert said(MailAddress, address)


def test_a_mail_address_with_other_letters_in_its_domain_is_shown_in_ascii() -> None:
    assert said(MailAddress, "Wir <post@bücher.example>").endswith(
        "Its domain must be written in ASCII: Wir <post@xn--bcher-kva.example>."
    )


LABELS = st.text("ab0-_éß遺יア.。", min_size=1, max_size=20)


@given(LABELS)
def test_a_host_that_the_standard_allows_is_not_refused(host: str) -> None:
    try:
        encoded = idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return
    assert read(WebAddress, f"https://{host}/") == f"https://{host if host.isascii() else encoded}/"


@pytest.mark.parametrize(
    ("kind", "given", "hint"),
    [
        (Day, "23/6/2014", "Write 2014-06-23."),
        (Day, "6/23/2014", "Write 2014-06-23."),
        (Day, "23.6.14", "Write 2014-06-23."),
        (Day, "23/6/98", "Write 1998-06-23."),
        (Day, "5/6/2014", "Write 2014-06-05 for 5 June 2014, or 2014-05-06 for 6 May 2014."),
        (Day, "5/5/2014", "Write 2014-05-05."),
        (Day, "Monday 23rd of June, 2014", "Write 2014-06-23."),
        (Day, "Sept. 3, 2014", "Write 2014-09-03."),
        (Day, "2014/6/23", "Write 2014-06-23."),
        (Day, "20140623", "Write 2014-06-23."),
        (Day, "31 June 2014", DATE_FORM),
        (Day, "23 June", DATE_FORM),
        (Moment, "23 June 2014, 6.30pm", "Write 2014-06-23 18:30."),
        (Moment, "2014-06-23T18:30:00", "Write 2014-06-23 18:30."),
        (Moment, "noon, 23 June 2014", "Write it in this form: 2012-04-20 18:30."),
        (Moment, "12am, 5/6/2014", "Write 2014-06-05 00:00 for 5 June 2014, or 2014-05-06 00:00 for 6 May 2014."),
        (Clock, "5pm", "Write 17:00."),
        (Clock, "17.45", "Write 17:45."),
        (Clock, "13pm", "Write hours and minutes, as in 17:00."),
    ],
)  # fmt: skip
def test_the_form_of_this_very_day_or_time_is_offered(kind: Any, given: str, hint: str) -> None:
    assert said(kind, given).endswith(f". {hint}")


@given(
    st.dates(date(1970, 1, 1), date(2069, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%d.%m.%y", "%Y/%m/%d"]),
)
def test_the_day_that_was_written_is_among_those_offered(day: date, form: str) -> None:
    assert f"{day:%Y-%m-%d}" in said(Day, f"{day:{form}}")


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Film Review: *Never Let Me Go*", "Film Review: Never Let Me Go"),
        ("**All** of _it_", "All of it"),
        ("H~2~O at 10^-3^ m^3^, x~ij~", "H₂O at 10⁻³ m³, xᵢⱼ"),
        ("x~qz~ and m^abc^", "xqz and mabc"),
        ("HLA-B*57:01 and 2*3*4", "HLA-B*57:01 and 2*3*4"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("R\\*D \\[1\\]", "R*D [1]"),
        ("A title <!-- to be checked -->", "A title"),
        ("Visit www.a.org or https://a.org", "Visit www.a.org or https://a.org"),
        ("No", "No"),
    ],
)
def test_a_title_is_plain_text_and_keeps_its_emphasis(written: str, plain: str) -> None:
    title = read(TitleLine, written)
    assert title == plain
    assert as_written(title) == written
    again = read(TitleLine, title)
    assert (again, as_written(again)) == (plain, written)


def test_a_title_keeps_its_emphasis_in_copies() -> None:
    title = read(TitleLine, "*a* b")
    for copied in (pickle.loads(pickle.dumps(title)), copy.deepcopy(title)):  # noqa: S301
        assert (copied, as_written(copied)) == ("a b", "*a* b")


@pytest.mark.parametrize(
    "written",
    ["[a](b)", "[a](https://b.org)", "`a`", "~~a~~", "<https://a.org>", "*[a](b)*", "<!-- a -->"],
)
def test_a_title_has_nothing_else(written: str) -> None:
    assert said(TitleLine, written)


@pytest.mark.parametrize(
    "written",
    ["*a*", "_a_ b", "**a**", "H~2~O", "10^5^", "[a](b)", "~~a~~", "<!--a", "[a](https://b c)"],
)
def test_a_line_has_no_markdown(written: str) -> None:
    assert "plain text" in said(Line, written)


@pytest.mark.parametrize(
    "written",
    [
        "HLA-B*57:01",
        "2*3*4",
        "5 * 3",
        "a_b_c",
        "~10%",
        "*a",
        "[a]",
        "[a] (b)",
        "`a`",
        "a < b > c",
        "<b>",
        "<a@b.org>",
        "C:\\*",
        "* a *",
        "#1",
    ],
)
def test_a_line_may_have_the_characters_of_markdown(written: str) -> None:
    assert read(Line, written) == written
