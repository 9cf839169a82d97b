"""By how much every wait for a real process is longer: on a machine that others use, slow is no
fault. As much longer as more wants to run here than can, when the tests start; `make soak` asks
for a lot."""

from __future__ import annotations

import os

MOST = 4.0


def _waiting_here() -> float:
    return os.getloadavg()[0] / (os.cpu_count() or 1)


PATIENCE = float(os.environ.get("TEST_PATIENCE") or min(MOST, max(1.0, _waiting_here())))
