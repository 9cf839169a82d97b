"""Beats while a worker of the server lives, so that the next start knows until when one did."""

from __future__ import annotations

import logging
import threading
from weakref import ref

from sqlalchemy import Engine

from server.clock import Clock
from server.db import DATABASE_ERRORS, Unavailable
from server.services.server_runs import BEAT, note_alive

log = logging.getLogger("rollbook")


def begin_heartbeat(engine: Engine, clock: Clock, stop: threading.Event) -> threading.Thread:
    """Notes every minute that the server is alive, until it is told to stop or dies."""
    thread = threading.Thread(
        target=_beat, args=(ref(engine), clock, stop), name="heartbeat", daemon=True
    )
    thread.start()
    return thread


def _beat(held: ref[Engine], clock: Clock, stop: threading.Event) -> None:
    while not stop.wait(BEAT.total_seconds()):
        engine = held()
        if engine is None:
            return
        try:
            note_alive(engine, clock.now())
        except (Unavailable, *DATABASE_ERRORS) as away:
            log.warning("not_noted_alive", extra={"facts": {"why": type(away).__name__}})
