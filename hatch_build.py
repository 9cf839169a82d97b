"""Puts the built PWA into the wheel, as server/_pwa, where the server looks for it first."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuiltPwa(BuildHookInterface[Any]):
    """Builds pwa/dist unless it is up to date; an sdist carries it, so it needs no Node then."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Editable installs skip this: the server falls back to pwa/dist in the tree."""
        if version == "editable":
            return
        root = Path(self.root)
        subprocess.run([sys.executable, str(root / "tools" / "build_pwa.py")], check=True)
        if self.target_name == "wheel":
            dist = root / "pwa" / "dist"
            for path in dist.rglob("[!.]*"):
                if path.is_file():
                    name = path.relative_to(dist).as_posix()
                    build_data["force_include"][str(path)] = f"server/_pwa/{name}"
