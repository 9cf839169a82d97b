"""By how much every wait for a real process is longer: on a machine that others use, slow is no
fault. Twice as long where tests run beside each other, and as much longer as more wants to run
here than can, when the tests start; `make soak` asks for a lot."""

from __future__ import annotations

import os

MOST = 4.0


def _usual() -> float:
    beside = 2.0 if "PYTEST_XDIST_WORKER" in os.environ else 1.0
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1)
    return min(MOST, max(beside, waiting))


PATIENCE = float(os.environ.get("TEST_PATIENCE") or _usual())
