"""A site on a web server of this machine, as any host would serve its files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from newsletter.archive.pages import all_pages
from newsletter.archive.reading import read_archive
from newsletter.files import write_atomically
from newsletter.manifest import Project

HERE = "127.0.0.1"


class _Handler(SimpleHTTPRequestHandler):
    def send_error(self, code: int, *details: str | None) -> None:
        """Answer with the 404.html of the site that the path is in, as hosts do."""
        above = Path(self.translate_path(self.path)).parents
        page = next(filter(Path.is_file, (folder / "404.html" for folder in above)), None)
        if page is None:
            super().send_error(code, *details)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder; yield the address of its root, with a slash at its end."""
    server = ThreadingHTTPServer((HERE, 0), partial(_Handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://{HERE}:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def write(newsletter: Path, out: Path, base: str) -> None:
    """Write the site of a newsletter into a folder."""
    archive = read_archive(Project.containing(newsletter), base=base)
    for page in all_pages(archive):
        write_atomically(out, {page.path: page.make()})
