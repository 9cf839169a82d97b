"""Ticks. It holds no state: every job is a function of now that finds out for itself what to do.

Two processes ticking at once do no harm, and one that was down for an hour has missed nothing.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.blocking import BlockingScheduler
from sqlalchemy import Engine

from server.clock import Clock
from server.db import Unavailable
from server.jobs import sweep

log = logging.getLogger("rollbook")


@dataclass(frozen=True)
class Job:
    """What is done and how often; `run` answers how many things it did."""

    name: str
    every: timedelta
    run: Callable[[Engine, datetime], int]


JOBS = (
    Job("extend_layout", timedelta(hours=1), sweep.extend_layout),
    Job("expire_sessions", timedelta(minutes=15), sweep.expire_sessions),
    Job("forget_tablet_words", timedelta(hours=6), sweep.forget_tablet_words),
)


def run_once(engine: Engine, clock: Clock) -> dict[str, int]:
    """Every job once, now; answers what each did. Raises Unavailable."""
    return {job.name: job.run(engine, clock.now()) for job in JOBS}


def tick(engine: Engine, clock: Clock) -> None:
    """Run every job in its time until SIGTERM or Ctrl-C; the job that runs is let end."""
    scheduler = BlockingScheduler(timezone=UTC)
    for job in JOBS:
        scheduler.add_job(
            partial(_run, job, engine, clock),
            "interval",
            seconds=job.every.total_seconds(),
            next_run_time=clock.now(),
            id=job.name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: scheduler.shutdown())
    scheduler.start()


def _run(job: Job, engine: Engine, clock: Clock) -> None:
    """One job, logged. A database that is away is no news: the next tick does it all."""
    try:
        count = job.run(engine, clock.now())
    except Unavailable:
        log.warning("job_not_now", extra={"facts": {"job": job.name}})
        return
    log.info("job", extra={"facts": {"job": job.name, "count": count}})
