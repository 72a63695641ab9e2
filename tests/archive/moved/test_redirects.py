"""Old addresses lead to where their pages are now, on any server, and nothing breaks out of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.adding.old_addresses import (
    OldAddress,
    OldAddresses,
    add_old_addresses,
    read_old_addresses,
)
from newsletter.archive.archive import Archive
from newsletter.archive.moved.pages import moved_pages, subject_of, with_moved
from newsletter.archive.moved.redirect_forms import apache_map, apache_rules, hosts_file, nginx_map
from newsletter.archive.moved.redirects import Asked, Redirect
from newsletter.archive.pages import all_pages, redirects
from newsletter.errors import ManifestError
from newsletter.manifest import Project
from tests.archive.small import Small

OTHERS = ("index.html", "1/index.html", "1/cells/index.html", "1/eggs/index.html", "feed.xml")
"""The other files of the site, as far as they matter here."""


@pytest.fixture
def small(tmp_path: Path) -> Small:
    small = Small(tmp_path)
    small.write("1", {"file": "cells.md", "title": "Cells"}, {"title": "Eggs"})
    return small


def table(small: Small, *rows: str, head: str = "address,issue,file,to") -> Path:
    path = small.issues / "old-addresses.csv"
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return path


def files(archive: Archive) -> dict[str, str]:
    return {page.path: page.make().decode() for page in redirects.pages(archive, OTHERS)}


def led(small: Small) -> dict[str, str]:
    """Return where the page at each old address leads."""
    made = files(small.read())
    return {
        path: re.findall(r'content="0; url=([^"]*)"', text)[0]
        for path, text in made.items()
        if path.endswith(".html")
    }


def problems(small: Small) -> list[str]:
    with pytest.raises(ManifestError) as caught:
        files(small.read())
    return [f"{problem.line}: {problem.message}" for problem in caught.value.problems]


# The table


def test_rows_of_an_import_lead_to_pieces_and_to_issues(small: Small) -> None:
    table(
        small,
        "https://www.example.org/page_1,1,cells.md",
        "/page_2.html,1,",
        "https://example.org/old/page_3/,1,gone.md",
        head="address,issue,file",
    )
    assert led(small) == {
        "page_1/index.html": "/1/cells/",
        "page_2.html": "/1/",
        "old/page_3/index.html": "/1/",
    }


def test_rows_of_an_editor_lead_anywhere(small: Small) -> None:
    table(
        small,
        "/a,,,1/eggs",
        "/b,,,/1/eggs/",
        "/c,,,https://archive.example.org/1/eggs/#text",
        "/d,,,https://example.org/x?y=1&z=2",
        "1/old/,,,1/eggs/",
        "/e,,,feed.xml",
        "/f,,,1/eggs/index.html#text",
    )
    assert led(small) == {
        "a/index.html": "/1/eggs/",
        "b/index.html": "/1/eggs/",
        "c/index.html": "/1/eggs/#text",
        "d/index.html": "https://example.org/x?y=1&amp;z=2",
        "1/old/index.html": "/1/eggs/",
        "e/index.html": "/feed.xml",
        "f/index.html": "/1/eggs/index.html#text",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("above", ["", "sep={}\r\n"])
def test_a_table_may_come_from_excel(
    small: Small, encoding: str, separator: str, above: str
) -> None:
    rows = [["Note", "TO", "Address "], ["Zoë's", " 1/eggs/ ", '"/caf,é;"'], ["", "", ""], [""]]
    text = "\r\n".join(separator.join(row) for row in rows)
    path = small.issues / "old-addresses.csv"
    path.write_bytes((above.format(separator) + text).encode(encoding))
    assert led(small) == {"caf,é;/index.html": "/1/eggs/"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The first line does not name the columns."),
        (b"https://example.org/page_1,1,cells.md\n", "The first line does not name the columns."),
        (b"address,file\n/a,cells.md\n", "The first line does not name the columns."),
        (b'address,to\n"/a,1/eggs\n', "This is no table (unexpected end of data)."),
        (b"address,to\n/a\0,1/eggs\n", "This is no table as text."),
    ],
)
def test_what_is_no_table_is_reported(small: Small, content: bytes, message: str) -> None:
    (small.issues / "old-addresses.csv").write_bytes(content)
    with pytest.raises(ManifestError) as caught:
        small.read()
    assert caught.value.problems[0].message == message


def test_rows_that_lead_to_nothing_are_reported_with_their_lines(small: Small) -> None:
    table(
        small,
        '"/a\n",9,cells.md',
        "/b,,",
        "/c,,,1/sperm/",
        "/d,,,https://exa mple.org/",
        ",1,",
        "/../x,1,",
        "/x//y,1,",
    )
    assert problems(small) == [
        "2: There is no issue '9' in the archive.",
        "4: This address leads to nothing.",
        "5: There is no page '1/sperm/' in the archive.",
        "6: 'https://exa mple.org/' is not a web address. Write it in full, starting with https://"
        " and without spaces, as in https://www.bionews.org.uk/.",
        "7: '' is not the address of a page.",
        "8: '/../x' is not the address of a page.",
        "9: '/x//y' is not the address of a page.",
    ]


def test_an_address_that_is_there_twice_is_reported_if_it_leads_elsewhere(small: Small) -> None:
    table(small, "/a,1,", "https://example.org/A/,1,", "/a,1,cells.md")
    assert problems(small) == ["4: This address is in line 2 already, and leads elsewhere."]
    table(small, "/a?id=B,1,", "/A?ID=b,1,cells.md")
    assert problems(small) == ["3: This address is in line 2 already, and leads elsewhere."]


def test_chains_are_resolved_and_circles_reported_once(small: Small) -> None:
    table(small, "/a,,,b/", "/b,,,c", "/c,,,1/cells/")
    assert set(led(small).values()) == {"/1/cells/"}
    table(small, "/a,,,b/", "/b,,,c", "/c,,,b", "/d,,,d")
    assert problems(small) == [
        "3: Lines 3 and 4 lead in a circle.",
        "5: This address leads to itself.",
    ]


def test_a_row_of_a_draft_waits(small: Small) -> None:
    table(small, "/a,2,eggs.md", "/b,,,2/eggs/")
    folder = small.write("2", {"file": "eggs.md", "title": "Eggs"})
    today = small.read().issues[0].day
    assert files(small.read(today=today)) == {}
    assert folder.name in small.read(today=today).left_out


# What is written


def test_no_file_of_the_site_is_replaced(small: Small) -> None:
    table(
        small,
        "/,1,",
        "/index.html,1,",
        "/1/cells,1,",
        "/1/Cells/index.html,1,",
        "/FEED.xml,1,",
        "/feed.xml/old,1,",
        "/1,,,1/eggs/",
        "/.htaccess,1,",
        "/_redirects/x,1,",
        "/.archive/state.json,1,",
        "/page.html,1,",
        "/page.html/below,1,",
        "/folder.html/within,1,",
        "/folder.html,1,",
    )
    assert set(led(small)) == {"page.html", "folder.html/within/index.html"}
    made = files(small.read())
    assert "/1 " not in made["_redirects"]


@pytest.mark.parametrize(
    "address", ["/con", "/aux.html", "/a:b", "/what%3F", "/a*", "/a.", "/%22", "/" + "x" * 300]
)
def test_what_no_windows_disk_can_hold_is_for_servers_alone(small: Small, address: str) -> None:
    table(small, f'"{address}",1,')
    assert led(small) == {}
    assert "/1/" in files(small.read())["_redirects"]


def test_a_query_is_for_servers_alone(small: Small) -> None:
    table(
        small, "https://example.org/page.asp?obj_id=7&x=1,1,cells.md", "http://example.org?p=2,1,"
    )
    assert led(small) == {}
    made = files(small.read())
    assert "/page.asp obj_id=7 x=1 /1/cells/ 301!\n/ p=2 /1/ 301!\n" in made["_redirects"]
    assert '"/page.asp?obj_id=7&x=1" "/1/cells/";\n"/?p=2" "/1/";\n' in made["redirects.nginx"]
    assert "RewriteCond %{QUERY_STRING} ^obj_id=7\\&x=1$\n" in made[".htaccess"]
    assert "RewriteRule ^page\\.asp/?$ /1/cells/ [R=301,L,NC,NE,QSD]\n" in made[".htaccess"]


def test_a_page_leads_on_and_is_in_no_search_engine(small: Small) -> None:
    table(small, "/a,1,cells.md")
    page = files(small.read())["a/index.html"]
    assert '<link rel="canonical" href="https://archive.example.org/1/cells/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<a href="/1/cells/">This page has moved</a>' in page


def test_without_a_table_there_are_no_files(small: Small) -> None:
    assert files(small.read()) == {}
    assert ".htaccess" not in {page.path for page in all_pages(small.read())}


HOSTILE = st.text(st.sampled_from("ab/ \"'\\$%{}<>;~?#&=*!()[]^|é\n\t"), min_size=1, max_size=20)


@given(HOSTILE, HOSTILE)
def test_no_address_breaks_out_of_a_file(path: str, query: str) -> None:
    row = OldAddress(f"/x{path}?{query}", "", "", "https://example.org/$1%1;é", 2)
    archive = Archive(
        *(None, "https://archive.example.org/", (), None, b"", frozenset()),  # type: ignore[arg-type]
        OldAddresses(Path("old-addresses.csv"), (row,)),
    )
    from newsletter.archive.moved.redirects import redirects as resolved

    try:
        found = resolved(archive, ())
    except ManifestError:
        return
    assert re.fullmatch(r"[!-~]+", found[0].target)
    assert not set(found[0].target) & set('"\\${}<>^|`')

    host = hosts_file(found).splitlines()
    assert len(host) == 2
    assert all(re.fullmatch(r"[!-~]+", word) for word in host[1].split(" "))
    for line in nginx_map(found).splitlines()[6:]:
        assert re.fullmatch(
            r'}|map \S+ \$moved_\w+ {|default \$moved_path;|"(?:[^"\\]|\\")*" "[^"\\$]*";|map_hash.*',
            line,
        )
    for line in apache_rules(found, "/").splitlines()[3:]:
        assert re.fullmatch(
            r"</IfModule>|RewriteCond %\{QUERY_STRING\} \^[^\s\"']*\$"
            r"|RewriteRule \^[^\s\"']*\$ (?:[^\s\\\"'$]|\\%)* \[R=301,L,NC,NE,QSD\]",
            line,
        )


def test_the_front_page_of_the_host_may_lead_on_alone() -> None:
    found = [Redirect(Asked("/", ""), "/issues/1/")]
    assert '"/" "/issues/1/";' in nginx_map(found).splitlines()
    assert "/ /issues/1/" in apache_map(found).splitlines()


def test_a_map_for_apache_has_a_key_and_a_target_in_each_line() -> None:
    found = [
        Redirect(Asked("/café/", ""), "/1/"),
        Redirect(Asked("/a", "p=2"), "/2/"),
        Redirect(Asked("/a b", ""), "/3/"),
        Redirect(Asked("/c", ""), "https://example.org/?p=2"),
    ]
    rows = [line for line in apache_map(found).splitlines() if not line.startswith("#")]
    assert rows == ["/café /1/", "/café/ /1/", "/a?p=2 /2/"]


def test_rules_for_apache_are_few() -> None:
    found = [Redirect(Asked(f"/page_{number}", ""), "/1/") for number in range(1_000)]
    assert apache_rules(found, "/").count("RewriteRule") == 300


def test_many_addresses_have_room_in_nginx() -> None:
    found = [Redirect(Asked(f"/page_{number}", ""), "/1/") for number in range(5_000)]
    [size] = re.findall(r"map_hash_max_size (\d+);", nginx_map(found))
    assert int(size) >= 2 * len(found)


def test_long_addresses_have_room_in_nginx() -> None:
    long = Redirect(Asked("/" + "x" * 500, ""), "/1/")
    assert "map_hash_bucket_size 1024;" in nginx_map([long])


# Pages that have moved


def published(archive: Archive) -> dict[str, str]:
    subjects = {f"{issue.path}index.html": subject_of(issue) for issue in archive.issues}
    for issue in archive.issues:
        subjects |= {f"{piece.path}index.html": subject_of(issue, piece) for piece in issue.pieces}
    return subjects


def moved(small: Small, before: Archive) -> dict[str, str]:
    found = moved_pages(published(before), small.read())
    return {each.row.address: each.now for each in found}


def test_another_slug_another_file_and_another_title_are_found_again(small: Small) -> None:
    before = small.read()
    small.write("1", {"file": "cells.md", "title": "Cells", "slug": "new"}, {"title": "Eggs"})
    assert moved(small, before) == {"1/cells/": "1/new/"}
    (small.issues / "1" / "cells.md").unlink()
    small.write("1", {"file": "other.md", "title": "Cells"}, {"title": "Eggs", "slug": "new"})
    assert moved(small, before) == {"1/cells/": "1/other/", "1/eggs/": "1/new/"}


def test_a_corrected_title_moves_nothing_that_has_a_file(small: Small) -> None:
    before = small.read()
    small.write("1", {"file": "cells.md", "title": "Corrected"}, {"title": "Eggs"})
    assert moved(small, before) == {}


def test_what_was_deleted_leads_to_its_issue_or_to_all(small: Small) -> None:
    small.write("2", {"title": "Sperm"})
    before = small.read()
    small.write("1", {"title": "Eggs"})
    assert moved(small, before) == {"1/cells/": "1/"}
    (small.issues / "2" / "issue.yaml").unlink()
    assert moved(small, before) == {"1/cells/": "1/", "2/": "issues/", "2/sperm/": "issues/"}
    small.write("3", {"title": "Sperm"})
    assert moved(small, before)["2/sperm/"] == "3/sperm/"


def test_a_piece_that_was_put_into_another_issue_is_found_there(small: Small) -> None:
    cells = {"file": "cells.md", "title": "Cells"}
    small.write("2", {"title": "Sperm"})
    before = small.read()
    day = small.read().issues[0].day
    small.write("1", {"title": "Eggs"})
    small.write("2", {"title": "Sperm"}, dict(cells))
    assert moved(small, before) == {"1/cells/": "2/cells/"}
    as_draft = small.read(today=day, drafts=True)
    assert [each.now for each in moved_pages(published(before), as_draft)] == ["1/"]
    small.write("3", dict(cells))
    assert moved(small, before) == {"1/cells/": "1/"}


def test_of_several_pieces_with_a_title_none_is_taken_for_what_was_deleted(small: Small) -> None:
    before = small.read()
    same = [{"file": f"{name}.md", "title": "Cells"} for name in ("one", "two")]
    small.write("1", *same, {"title": "Eggs"})
    assert moved(small, before) == {"1/cells/": "1/"}


def test_a_file_of_the_same_name_in_another_issue_is_another_piece(small: Small) -> None:
    small.write("2", {"file": "lead.md", "title": "Sperm"})
    before = small.read()
    (small.issues / "2" / "issue.yaml").unlink()
    small.write("3", {"file": "lead.md", "title": "Genes"})
    assert moved(small, before) == {"2/": "issues/", "2/lead/": "issues/"}


def test_the_pages_of_drafts_are_nobodys_yet(small: Small) -> None:
    today = small.read().issues[0].day
    small.write("2", {"title": "Sperm"})
    with_drafts = small.read(today=today, drafts=True)
    assert published(with_drafts)["2/sperm/index.html"] == ""
    everything = published(small.read())
    assert moved_pages(everything, small.read(today=today)) == []


def test_what_is_in_the_table_is_not_added_again(small: Small) -> None:
    before = small.read()
    small.write("1", {"title": "Eggs"})
    table(small, "https://archive.example.org/1/cells/,1,")
    assert moved(small, before) == {}


def test_what_has_moved_is_added_to_the_table_and_leads_there(small: Small) -> None:
    before = small.read()
    small.write("1", {"file": "cells.md", "title": "Cells", "slug": "new"}, {"title": "Eggs"})
    archive = small.read()
    found = moved_pages(published(before), archive)
    add_old_addresses(Project(small.issues), [each.row for each in found])
    assert (small.issues / "old-addresses.csv").read_bytes().decode("utf-8-sig") == (
        "address,issue,file,to\r\n1/cells/,1,cells.md,\r\n"
    )
    assert led(small) == {}  # OTHERS has 1/cells/index.html
    there = [page.path for page in redirects.pages(small.read(), ["1/new/index.html"])]
    assert there[0] == "1/cells/index.html"
    assert with_moved(archive, found).old_addresses.rows[0][:4] == ("1/cells/", "1", "cells.md", "")


def test_no_cell_is_a_formula_and_all_are_read_as_they_were(small: Small) -> None:
    rows = [OldAddress("=1+1", "1", "-cells.md", ""), OldAddress("/a", "1", "'=x.md", "")]
    add_old_addresses(Project(small.issues), rows)
    text = (small.issues / "old-addresses.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1] == "'=1+1,1,'-cells.md,"
    assert read_old_addresses(Project(small.issues)).rows[0][:3] == ("=1+1", "1", "-cells.md")


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_table_of_an_editor_stays_as_it_is(small: Small, end: str) -> None:
    path = small.issues / "old-addresses.csv"
    text = f"Note;to;address\r\nZoë;1/eggs/;/a{end}"
    path.write_bytes(text.encode("utf-8-sig"))
    add_old_addresses(Project(small.issues), [OldAddress("1/x/", "", "", "1/eggs/")])
    written = path.read_bytes().decode("utf-8-sig")
    assert written.startswith(text)
    assert written[len(text) :].strip() == ";1/eggs/;1/x/"
    rows = read_old_addresses(Project(small.issues)).rows
    assert [(row.address, row.to) for row in rows] == [("/a", "1/eggs/"), ("1/x/", "1/eggs/")]


def test_a_move_that_was_taken_back_is_no_circle(small: Small) -> None:
    table(small, "1/cells/,1,cells.md", "1/new/,1,cells.md", "/z,,,1/new/")
    assert led(small) == {"1/new/index.html": "/1/cells/", "z/index.html": "/1/cells/"}


def test_an_issue_that_is_gone_takes_what_led_to_it_along(small: Small) -> None:
    small.write("2", {"title": "Sperm"})
    table(small, "2/old/,2,sperm.md", "/page_2,2,", "2/,,,issues/")
    (small.issues / "2" / "issue.yaml").unlink()
    others = ("index.html", "issues/index.html")
    made = {page.path: page.make().decode() for page in redirects.pages(small.read(), others)}
    for path in ("2/old/index.html", "page_2/index.html", "2/index.html"):
        assert "url=/issues/" in made[path]
