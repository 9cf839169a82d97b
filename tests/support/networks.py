"""Networks for tests: ways to push services that lead where a test wants."""

from __future__ import annotations

from collections.abc import Sequence

from server.push.addresses import Network


def nobody_knows(host: str) -> Sequence[str]:
    """A network without DNS."""
    raise OSError(f"Nobody knows {host}.")


ALONE = Network(resolve=nobody_knows)
