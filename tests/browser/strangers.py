"""Others who answer in the school's place: a captive portal, a proxy that cuts replies short."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORTAL = (200, "text/html", b"<html><title>Welcome to School Guest Wi-Fi</title></html>")
LIAR = (200, "application/json", b'{"status": "ok", "results": []}')
NOTHING = (204, "", b"")
SIGN_ON = (511, "text/html", b"<html>Network authentication required</html>")


def cut_short(op_id: str) -> tuple[int, str, bytes]:
    """The beginning of a true answer."""
    whole = {"protocol": 1, "epoch": "e", "results": [{"id": op_id, "outcome": "accepted"}]}
    return 200, "application/json", json.dumps(whole).encode()[:-9]


def for_another(op_id: str) -> tuple[int, str, bytes]:
    """A well-formed answer, of another shape than ours, to this very op."""
    told = {"epoch": "e", "results": [{"id": op_id, "outcome": "accepted"}]}
    return 200, "application/json", json.dumps(told).encode()


def about_nothing(epoch: str) -> tuple[int, str, bytes]:
    """An answer of our own shape that settles none of the ops that were sent."""
    told = {
        "protocol": 1,
        "epoch": epoch,
        "server_time": "2026-11-23T16:05:00.000Z",
        "backoff_s": 0,
        "safe_before": None,
        "results": [],
    }
    return 200, "application/json", json.dumps(told).encode()


@contextmanager
def answering(port: int, reply: tuple[int, str, bytes]) -> Iterator[list[str]]:
    """Somebody on the school's port who gives everyone the same reply; yields what was asked."""
    asked: list[str] = []

    class Stranger(BaseHTTPRequestHandler):
        def reply(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, kind, body = reply
            self.send_response(status)
            if kind:
                self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = reply  # noqa: N815 - http.server looks for these names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own word
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Stranger)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
