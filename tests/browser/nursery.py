"""One process has the app imported and becomes a school's server as often as it is asked: importing
takes longer than most stories do.

It reads an environment a line (JSON) and answers with the server's process id. It ends with whoever
started it. The server is the same as `python -m tests.browser.moment` in that environment.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cache


class Grown:
    """A server that the nursery started: not our child, so it is looked for by its id."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def lives(self) -> bool:
        """Whether there is still such a process."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, 0)
            return True
        return False

    def kill_all(self) -> None:
        """Kill -9 of the server and its worker."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)


@cache
def _nursery() -> subprocess.Popen[str]:
    command = [sys.executable, "-m", __name__]
    pipe = subprocess.PIPE
    nursery = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, start_new_session=True)
    atexit.register(_end, nursery)
    return nursery


def _end(nursery: subprocess.Popen[str]) -> None:
    nursery.kill()
    nursery.communicate()


def start(environment: dict[str, str]) -> Grown:
    """A server in this environment; whether it answers is the caller's to wait for."""
    nursery = _nursery()
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    print(json.dumps(environment), file=nursery.stdin, flush=True)
    return Grown(int(nursery.stdout.readline()))


def _serve(environment: dict[str, str]) -> None:
    """What the child does."""
    from tests.browser import moment  # noqa: PLC0415

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    os.environ.clear()
    os.environ.update(environment)
    moment.main()


def main() -> None:
    """Import everything once, then fork."""
    import tests.browser.moment_app  # noqa: F401, PLC0415

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _serve(json.loads(line))
            os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
