"""requirements/*.txt answer to pyproject.toml."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())


def asked(group: str) -> list[Requirement]:
    if group == "runtime":
        return [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    lines = PROJECT["dependency-groups"][group]
    return [Requirement(line) for line in lines if isinstance(line, str)]


@pytest.mark.parametrize("group", ["runtime", "build", "node", "postgres", "kinto", "dev"])
def test_every_requirement_is_pinned_within_its_range(group: str) -> None:
    text = (ROOT / "requirements" / f"{group}.txt").read_text()
    pinned = dict(re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==(\S+)", text, re.MULTILINE))
    unmet = [
        str(requirement)
        for requirement in asked(group)
        if not requirement.specifier.contains(pinned.get(canonicalize_name(requirement.name), "0"))
    ]
    assert unmet == [], "run `make pins`"
