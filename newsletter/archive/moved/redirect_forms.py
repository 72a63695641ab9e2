"""Redirects in the languages of servers and hosts: what a page with a refresh cannot do.

Such a page stands only for a path; a server looks at queries too, and answers at once. Whatever in
an address a language could read as its own is quoted or encoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from newsletter.archive.moved.redirects import Redirect

_BUCKET = 64
"""Bytes: nginx puts the keys of a map into buckets of such a size, or of twice that, and so on."""
_OF_A_KEY = 24
"""Bytes that a key takes in a bucket besides its own."""
_MOST_RULES = 300
"""Rules for Apache in the folder of the site: 15,000 cost 200 ms for each request, 300 five."""
_FEWEST = 2048
"""The keys that nginx has room for if nothing is said."""


def hosts_file(redirects: Iterable[Redirect]) -> str:
    """Return the file ``_redirects`` of Netlify and Cloudflare Pages.

    Cloudflare takes 2,000 lines, none with a query, and leaves out the others. With the "!" that
    Cloudflare does not know, Netlify redirects also where there is a file, as for ``/?p=7``.
    """
    lines = ["# Where pages are now. For Netlify and Cloudflare Pages."]
    for asked, target in redirects:
        query = list(filter(None, asked.query.split("&")))
        status = "301!" if query else "301"
        lines.append(" ".join([asked.encoded_path, *query, target, status]))
    return _text(lines)


def nginx_map(redirects: Sequence[Redirect]) -> str:
    """Return a file that nginx includes (ngx_http_map_module)."""
    paths: list[str] = []
    queries: list[str] = []
    for asked, target in redirects:
        if asked.query:
            queries.append(_nginx_line(asked.address, target))
        else:
            paths += [_nginx_line(path, target) for path in _with_and_without_slash(asked.path)]
    lines = [*paths, *queries]
    bucket = _BUCKET
    while bucket < max(len(line.encode()) for line in lines) + _OF_A_KEY:
        bucket *= 2

    return _text(
        [
            "# Where pages are now. For nginx, in the block http:",
            "#     include /path/to/redirects.nginx;",
            "# and in the block server:",
            "#     if ($moved_to) { return 301 $moved_to; }",
            f"map_hash_max_size {_FEWEST + 2 * len(lines)};",
            f"map_hash_bucket_size {bucket};",
            "map $uri $moved_path {",
            *paths,
            "}",
            "map $uri?$args $moved_to {",
            "default $moved_path;",
            *queries,
            "}",
        ]
    )


def _nginx_line(key: str, target: str) -> str:
    return f"{_quoted(key)} {_quoted(target)};"


def _with_and_without_slash(path: str) -> Iterator[str]:
    """Yield a path in each way in which a server may be asked for it."""
    bare = path.rstrip("/")
    if bare:
        yield bare
    yield f"{bare}/"


def apache_map(redirects: Iterable[Redirect]) -> str:
    """Return a map for the configuration of Apache (mod_rewrite), which looks a key up at once.

    A key has no spaces, and Apache takes no query out of a map: such addresses are left out.
    """
    lines = [
        "# Where pages are now. For Apache, in the configuration of the server:",
        "#     RewriteEngine On",
        '#     RewriteMap moved "txt:/path/to/redirects.apache"',
        "#     RewriteCond ${moved:%{REQUEST_URI}?%{QUERY_STRING}|${moved:%{REQUEST_URI}}} ^(.+)$",
        "#     RewriteRule ^ %1 [R=301,L,NE,QSD]",
    ]
    for asked, target in redirects:
        if "?" in target:
            continue
        keys = [asked.address] if asked.query else _with_and_without_slash(asked.path)
        lines += [f"{key} {target}" for key in keys if " " not in key]
    return _text(lines)


def apache_rules(redirects: Iterable[Redirect], root: str) -> str:
    """Return the file ``.htaccess`` of Apache (mod_rewrite), for the folder of the site, whose path
    is ``root``. Apache reads all of it whenever it is asked for anything: it has rules for some
    hundred addresses, and no more.
    """
    lines = ["# Where pages are now. For Apache.", "<IfModule mod_rewrite.c>", "RewriteEngine On"]
    below = (redirect for redirect in redirects if redirect.asked.path.startswith(root))
    for asked, target in islice(below, _MOST_RULES):
        if asked.query:
            lines.append(f"RewriteCond %{{QUERY_STRING}} ^{_pattern(asked.query)}$")
        path = asked.path.removeprefix(root).rstrip("/")
        to = target.replace("%", r"\%")
        lines.append(f"RewriteRule ^{_pattern(path)}/?$ {to} [R=301,L,NC,NE,QSD]")
    return _text([*lines, "</IfModule>"])


def _pattern(text: str) -> str:
    """Return a regular expression for a text, without spaces and quotes, which end it in Apache."""
    return re.escape(text).replace(r"\ ", r"\x20").replace('"', r"\x22").replace("'", r"\x27")


def _quoted(text: str) -> str:
    escaped = text.replace('"', r"\"")
    return f'"{escaped}"'


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
