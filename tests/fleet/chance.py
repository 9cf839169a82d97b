"""What the operating system gives as random, given by a seed: so that ids, tokens, salts, keys and
epochs that the server makes are the same in every process that runs the same seed."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric import ec


@contextmanager
def chance(seed: object) -> Iterator[None]:
    """While it lasts `uuid4`, `secrets` and new key pairs are functions of the seed."""
    drawn = random.Random(f"chance/{seed}").randbytes

    def key_pair(curve: ec.EllipticCurve, *_: Any) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(1 + int.from_bytes(drawn(31), "big"), curve)

    with (
        patch.object(os, "urandom", drawn),
        patch.object(random, "_urandom", drawn),
        patch.object(ec, "generate_private_key", key_pair),
    ):
        yield
