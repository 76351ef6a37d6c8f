"""The benchmark itself: what it says of figures and plans, and how it asks a server."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.test import Client

from tests.bench import plans
from tests.bench.client import Asking
from tests.bench.figures import Figure, report, spread_of
from tests.bench.mix import questions

PLAN = """\
Limit (actual time=0.1..0.2 rows=20.00 loops=1)
  ->  Index Scan using meeting_by_start on directory_meeting (actual time=0.1 rows=20.00 loops=1)
  ->  Bitmap Heap Scan on directory_finderentry (actual time=0.1..0.2 rows=9.00 loops=1)
        ->  Bitmap Index Scan on finder_lookup (actual time=0.1..0.2 rows=9.00 loops=1)
  ->  Seq Scan on directory_group (actual time=0.1..0.2 rows=10.00 loops=1)
        Filter: (status = 'published')
        Rows Removed by Filter: {removed}
        Buffers: shared hit=3
"""


class TestFigures:
    @pytest.mark.parametrize(
        ("name", "n", "value", "said"),
        [
            ("find_page_minus_sql_ms", 10_000, 12.0, "within the bound (at most 12)"),
            ("find_page_minus_sql_ms", 10_000, 12.1, "OVER the bound (at most 12)"),
            ("find_rps_over_bare_view", None, 0.05, "within the bound (at least 0.04)"),
            ("find_rps_over_bare_view", None, 0.03, "OVER the bound (at least 0.04)"),
            ("first_visit_script_kb", "results", 18.0, "within the bound (at most 20)"),
            ("first_visit_script_kb", "home", 18.0, "OVER the bound (at most 15)"),
            ("find_page_ms", 10_000, 900.0, ""),
        ],
    )
    def test_each_is_within_its_bound_or_over_it(self, name, n, value, said) -> None:
        assert Figure(name, n, value, "").verdict == said

    def test_they_are_written_as_a_list(self, tmp_path: Path) -> None:
        report([Figure("find_queries", 100_000, 6, "queries")], tmp_path / "bench.json")
        assert json.loads((tmp_path / "bench.json").read_text()) == [
            {
                "name": "find_queries",
                "n": 100_000,
                "value": 6,
                "unit": "queries",
                "spread": None,
            }
        ]

    def test_the_spread_is_that_of_the_middle_half(self) -> None:
        assert spread_of([1, 2, 3, 4, 5, 6, 7]) == 4


class TestPlans:
    def test_indexes_are_named_and_a_table_read_through_is_in_capitals(self) -> None:
        used = plans._used(PLAN.format(removed=900), most=200)
        assert used == {"meeting_by_start", "finder_lookup", "DIRECTORY_GROUP"}

    def test_a_look_at_some_rows_is_none(self) -> None:
        used = plans._used(PLAN.format(removed=100), most=200)
        assert used == {"meeting_by_start", "finder_lookup"}

    @pytest.fixture(autouse=True)
    def kept(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(plans, "KEPT", tmp_path / "plans.txt")
        used = {"one word": ["finder_lookup", "meeting_by_start"], "nothing": ["meeting_by_start"]}
        assert plans.compare_plans(1000, used, keep=True) == []

    def test_an_index_that_serves_no_page_any_more_is_told(self) -> None:
        used = {"one word": ["meeting_by_start", "TOWN"], "nothing": []}
        assert plans.compare_plans(1000, used, keep=False) == [
            "finder_lookup serves no page any more",
            "one word: all of town is read",
        ]

    def test_another_good_way_is_no_matter(self) -> None:
        used = {"one word": ["meeting_by_start"], "nothing": ["finder_lookup"]}
        assert plans.compare_plans(1000, used, keep=False) == []


class Page(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        is_known = self.headers.get("If-None-Match") == '"mark"'
        self.send_response(304 if is_known else 200)
        self.send_header("ETag", '"mark"')
        if not is_known:
            self.send_header("Content-Length", "3")
        self.end_headers()
        if not is_known:
            self.wfile.write(b"abc")
        self.server.told.append(is_known)

    def log_message(self, *args: object) -> None:
        """Be silent."""


@pytest.mark.parametrize("has_pages", [False, True])
def test_the_client_asks_again_as_one_who_has_the_page(has_pages: bool) -> None:
    # A port of this machine alone, for as long as this takes.
    server = HTTPServer(("127.0.0.1", 0), Page)
    server.told = []
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    # It answers one connection at a time.
    asking = Asking(server.server_port, ["/"], has_pages=has_pages, connections=1)
    assert asking.requests_a_second(0.05) > 1
    server.shutdown()
    server.server_close()
    assert any(server.told) == has_pages


@pytest.mark.django_db
def test_each_question_of_the_mix_has_an_answer(client: Client) -> None:
    for question in questions():
        assert client.get(question.paths[0]).status_code == 200
