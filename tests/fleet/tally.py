"""What a test ran, told on the screen and, for `make soak`, as a line of JSON in $FLEET_TALLY."""

from __future__ import annotations

import json
import os
from pathlib import Path

SEED = int(os.environ.get("FLEET_SEED", "0"))
"""Another one for each round of a soak; the same in `make test`."""


def tell(what: str, words: str = "", **counted: int) -> None:
    """`what` ran; of `counted`, ops, kills, restores and the like are summed by the soak."""
    said = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counted.items())
    print(f"{what}: {said}{'; ' if said and words else ''}{words}")
    if place := os.environ.get("FLEET_TALLY"):
        with Path(place).open("a") as file:
            file.write(json.dumps({"what": what, "words": words, **counted}) + "\n")
