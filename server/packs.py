"""The rule packs that travel with Rollbook, read once."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources

from schemas.pack import read_pack
from sync.pack import Pack

FOLDER = "packs"
SUFFIX = ".json"


class UnusablePack(Exception):
    """A pack that does not say what a pack has to say; carries the sentences."""


def shipped() -> tuple[str, ...]:
    """The names of the packs that are there."""
    files = (file.name for file in resources.files("sync").joinpath(FOLDER).iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in files if name.endswith(SUFFIX)))


@lru_cache(maxsize=8)
def load_pack(name: str) -> Pack:
    """One of the packs that are there. Raises UnusablePack for one that is not, or is not sound."""
    if name not in shipped():
        raise UnusablePack(f"There is no rule pack {name}; there are {', '.join(shipped())}.")
    text = resources.files("sync").joinpath(FOLDER, f"{name}{SUFFIX}").read_text("utf-8")
    pack, faults = read_pack(json.loads(text))
    if pack is None or faults:
        raise UnusablePack(" ".join(one.sentence for one in faults))
    return pack
