"""Ticks. It holds no state: every job is a function of now that finds out for itself what to do.

Two processes ticking at once do no harm, and one that was down for an hour has missed nothing.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from sqlalchemy import Engine

from schemas.words import Way
from server.clock import Clock
from server.db import Unavailable
from server.jobs import sweep
from server.jobs.steady import LOOK_EVERY_S, Steady, put_off
from server.services.deliver import Post, deliver
from server.services.digest import write_digests
from server.services.tick import REMIND, note_tick

A_MINUTE = timedelta(minutes=1)
AT_A_STRETCH_S = 10.0
"""Then whoever wants to end the process gets a turn; the next tick goes on."""
log = logging.getLogger("rollbook")


@dataclass(frozen=True)
class Job:
    """What is done and how often; `run` answers how many things it did. `until_done`: it does a
    lot at a time, and is run again at once until there is nothing left."""

    name: str
    every: timedelta
    run: Callable[[Engine, datetime], int]
    until_done: bool = False


def jobs_of(post: Post) -> tuple[Job, ...]:
    """The jobs, in the order in which one goes before the other; messages leave by `post`."""
    pushes, mails = (partial(_deliver, post, way) for way in (Way.PUSH, Way.MAIL))
    return (
        Job("extend_layout", timedelta(hours=1), sweep.extend_layout),
        Job("lock_rolls", timedelta(minutes=1), sweep.lock_due),
        Job("expire_sessions", timedelta(minutes=15), sweep.expire_sessions),
        Job("forget_tablet_words", timedelta(hours=6), sweep.forget_tablet_words),
        Job(REMIND, timedelta(seconds=10), partial(sweep.remind, mails=post.mails)),
        Job("digest", timedelta(minutes=5), partial(_digest, post)),
        Job("deliver", timedelta(seconds=2), pushes, until_done=True),
        Job("mail", timedelta(seconds=10), mails, until_done=True),
    )


def _deliver(post: Post, way: Way, engine: Engine, now: datetime) -> int:
    return deliver(engine, post, now, way)


def _digest(post: Post, engine: Engine, now: datetime) -> int:
    return write_digests(engine, now) if post.mails else 0


def run_once(engine: Engine, clock: Clock, jobs: Sequence[Job]) -> dict[str, int]:
    """Every job once, now; answers what each did. Raises Unavailable."""
    return {job.name: _do(job, engine, clock) for job in jobs}


def tick(engine: Engine, clock: Clock, jobs: Sequence[Job]) -> None:
    """Run every job in its time until SIGTERM or Ctrl-C; the job that runs is let end."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a job that lasts is no news
    scheduler = BlockingScheduler(timezone=UTC)
    for job in jobs:
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
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(scheduler, clock, jobs, ended), daemon=True)
    watch.start()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: scheduler.shutdown())
    try:
        scheduler.start()
    finally:
        ended.set()


def _watch(
    scheduler: BaseScheduler, clock: Clock, jobs: Sequence[Job], ended: threading.Event
) -> None:
    """Looks whether somebody sets the clock: the scheduler would sleep through an hour set back."""
    steady = Steady(clock)
    while not ended.wait(LOOK_EVERY_S):
        if moved := steady.look():
            after_the_clock_moved(scheduler, clock, jobs, moved)


def after_the_clock_moved(
    scheduler: BaseScheduler, clock: Clock, jobs: Sequence[Job], moved: timedelta
) -> None:
    """Every job runs soon again, whatever the clock says now; reminders not before it is likely
    that the new time is the right one (R5.4)."""
    seconds = round(moved.total_seconds())
    log.warning("clock_moved", extra={"facts": {"count": seconds}})
    for job in jobs:
        wait = put_off(moved) if job.name == REMIND else timedelta(0)
        scheduler.modify_job(job.name, next_run_time=clock.now() + wait)


def _run(job: Job, engine: Engine, clock: Clock) -> None:
    """One job, logged. A database that is away is no news: the next tick does it all."""
    try:
        count = _do(job, engine, clock)
    except Unavailable:
        log.warning("job_not_now", extra={"facts": {"job": job.name}})
        return
    if count or job.every >= A_MINUTE:
        log.info("job", extra={"facts": {"job": job.name, "count": count}})


def _do(job: Job, engine: Engine, clock: Clock) -> int:
    until = monotonic() + AT_A_STRETCH_S
    total = count = job.run(engine, clock.now())
    while job.until_done and count and monotonic() < until:
        count = job.run(engine, clock.now())
        total += count
    note_tick(engine, job.name, clock.now())
    return total
