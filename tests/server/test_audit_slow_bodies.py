"""Tablets that walk out of the Wi-Fi in the middle of a request do not stop the school."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore

from server.arrival import most
from server.current import settings
from tests.support.api import OURS, School, Tablet


class Stalled(io.RawIOBase):
    """A body of which nothing more comes until somebody lets go."""

    def __init__(self, begun: Semaphore, go_on: Event) -> None:
        """Say when somebody began to wait, and wait for this event."""
        super().__init__()
        self.begun, self.go_on = begun, go_on

    def readable(self) -> bool:
        """It is a body."""
        return True

    def readinto(self, _buffer: object) -> int:
        """Nothing, and that late."""
        self.begun.release()
        assert self.go_on.wait(60)
        return 0


def stall(tablet: Tablet, begun: Semaphore, go_on: Event) -> int:
    stalled = {"wsgi.input": Stalled(begun, go_on), "wsgi.input_terminated": True}
    headers = {**OURS, "Content-Type": "application/json", "Content-Length": "1000"}
    where = f"{tablet.path}/ops"
    return tablet.client.post(where, environ_overrides=stalled, headers=headers).status_code


def test_bodies_that_stop_coming_leave_threads_for_the_others(school: School) -> None:
    """The push behind them is told to come again, the feed goes on, and then all is well."""
    with school.app.app_context():
        seats = most(settings().threads)
        assert seats < settings().threads
    stuck = [school.tablet(school.cast.ruiz) for _ in range(seats)]
    tablet = school.tablet(school.cast.ruiz)
    begun, go_on = Semaphore(0), Event()
    with ThreadPoolExecutor(seats) as threads:
        waiting = [threads.submit(stall, one, begun, go_on) for one in stuck]
        try:
            for _ in waiting:
                assert begun.acquire(timeout=60)
            busy = tablet.send(tablet.op(school.cast.eight_a))
            assert (busy.status_code, busy.get_json()["code"]) == (503, "busy")
            assert busy.headers["Retry-After"]
            assert tablet.bootstrap()["rolls"]
        finally:
            go_on.set()
        assert {one.result() for one in waiting} == {400}
    (result,) = tablet.push(tablet.op(school.cast.eight_a))
    assert result["outcome"] == "accepted"
