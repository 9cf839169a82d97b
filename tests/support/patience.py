"""By how much every wait for a real process is longer: on a machine that others use, slow is no
fault. `make soak` asks for a lot."""

from __future__ import annotations

import os

PATIENCE = float(os.environ.get("TEST_PATIENCE", "1"))
