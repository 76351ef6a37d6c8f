"""A feed that is broken as a whole: one sentence, with line and column where there is one."""

from __future__ import annotations

import gzip
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from directory.exchange.feeds import BrokenFeed, read_feed, rows_of


def why_broken(data):
    with pytest.raises(BrokenFeed) as broken:
        rows_of(data)
    return str(broken.value)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The feed is empty."),
        (b"  \n ", "The feed is empty."),
        (b"[]", "The feed is an empty list."),
        (b'{"meetings": []}', "The feed is not a list of meetings"),
        (b'"text"', "The feed is not a list of meetings"),
        (b'[\n  {"name": "a",}\n]', "not valid JSON: line 2, column 16"),
        (b'[{"name": "a"}\n\n oops', "not valid JSON: line 3, column 2"),
        (b'[{"name": "caf\xe9"}]', "not UTF-8: line 1, column 15"),
        ('[{"name": "a"}]'.encode("utf-16"), "not UTF-8: line 1, column 1"),
        (b'[{"name": "a\0b"}]', "holds a NUL byte: line 1, column 13"),
        (b"[" * 200_000, "nested too deeply"),
        (b"[NaN]", "holds a number that is none"),
        (b"[" + b"9" * 5000 + b"]", "holds a number that is none"),
        (b"PK\x03\x04rest", "is a ZIP archive"),
        (json.dumps([{}] * 60_000).encode(), "has 60000 rows; at most 50000"),
    ],
)
def test_a_broken_feed_says_why_in_one_sentence(data, sentence):
    assert sentence in why_broken(data)


def test_a_byte_order_mark_is_no_harm():
    assert rows_of(b'\xef\xbb\xbf[{"name": "a"}]') == [{"name": "a"}]


def test_a_file_is_read_and_a_missing_one_named(tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(b"[1]")
    assert read_feed(str(path)) == b"[1]"
    with pytest.raises(BrokenFeed, match=r"There is no file .*other\.json"):
        read_feed(str(tmp_path / "other.json"))
    with pytest.raises(BrokenFeed, match="cannot be read"):
        read_feed(str(tmp_path))


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(b" " * (3 << 20))
    with pytest.raises(BrokenFeed, match="larger than 2 megabytes"):
        read_feed(str(path), most_bytes=2 << 20)


def test_a_packed_feed_is_unpacked_within_bounds(tmp_path):
    path = tmp_path / "feed.json.gz"
    path.write_bytes(gzip.compress(b"[1]"))
    assert read_feed(str(path)) == b"[1]"
    path.write_bytes(gzip.compress(b"0" * (30 << 20)))
    with pytest.raises(BrokenFeed, match="larger than 2 megabytes"):
        read_feed(str(path), most_bytes=2 << 20)
    path.write_bytes(gzip.compress(b"[1]" * 999)[:-9])
    with pytest.raises(BrokenFeed, match=r"ends too early|cannot be unpacked"):
        read_feed(str(path))


@pytest.mark.parametrize("source", ["ftp://example.org/a", "file:///etc/passwd", "gopher://x/"])
def test_only_the_web_is_asked(source):
    with pytest.raises(BrokenFeed, match="http:// or https://"):
        read_feed(source)


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        code, header, body = {
            "/feed": (200, None, b"[1]"),
            "/large": (200, None, b" " * (3 << 20)),
            "/moved": (302, "/feed", b""),
            "/file": (302, "file:///etc/passwd", b""),
            "/round": (302, "/round", b""),
        }.get(self.path, (404, None, b""))
        self.send_response(code)
        if header:
            self.send_header("Location", header)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_address_is_read_also_behind_a_redirect(site):
    assert read_feed(f"{site}/feed") == b"[1]"
    assert read_feed(f"{site}/moved") == b"[1]"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/large", "larger than 2 megabytes"),
        ("/nothing", "answers with 404"),
        ("/file", "not http or https|answers with 302"),
        ("/round", "answers with 302"),
    ],
)
def test_an_address_that_does_not_serve_a_feed(site, path, sentence):
    with pytest.raises(BrokenFeed, match=sentence):
        read_feed(f"{site}{path}", most_bytes=2 << 20)


def test_an_address_where_nobody_answers():
    with pytest.raises(BrokenFeed, match="cannot be read"):
        read_feed("http://127.0.0.1:9/feed")
