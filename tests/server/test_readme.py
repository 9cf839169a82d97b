"""The documents say what is so: settings, commands, links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from server.cli import cli
from server.settings import PREFIX, SETTINGS

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
DOCUMENTS = [README, *sorted((ROOT / "docs").glob("*.md"))]


def test_the_readme_lists_every_setting_with_its_default_and_its_purpose() -> None:
    listed = re.findall(
        r"^\| `ROLLBOOK_(\w+)` \| (.+?) \| (.+?) \|$", README.read_text(), re.MULTILINE
    )
    wanted = [
        (name.upper(), f"`{setting.default}`" if setting.default else "none", setting.help)
        for name, setting in SETTINGS.items()
    ]
    assert listed == wanted


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_names_a_setting_that_does_not_exist(document: Path) -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z_]+)", document.read_text()))
    known = {name.upper() for name in SETTINGS} | {"DEMO_DIR"}
    assert {name.removesuffix("_FILE") for name in named} <= known


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_a_document_exists(document: Path) -> None:
    fenced = re.findall(
        r"^(?:.* && )?(?:sudo )?(rollbook .+?)(?:#.*)?$", document.read_text(), re.MULTILINE
    )
    quoted = re.findall(r"`(rollbook [^`]+)`", document.read_text())
    for line in [*fenced, *quoted]:
        _follow(cli, shlex.split(line.split("&&")[0])[1:])


def _follow(command: click.Command, words: list[str]) -> None:
    """Walks down the commands and their options; placeholders in capitals are arguments."""
    if isinstance(command, click.Group) and words and words[0].islower():
        if words[0].startswith("-"):
            return
        assert words[0] in command.commands, f"there is no `{words[0]}`"
        _follow(command.commands[words[0]], words[1:])
        return
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", document.read_text())
    here = [link for link in links if "://" not in link]
    assert [link for link in here if not (document.parent / link).exists()] == []


def test_every_file_that_the_readme_points_to_is_there() -> None:
    named = re.findall(r"`(docs/[\w./-]+\.\w+)`", README.read_text())
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_units_start_commands_that_exist() -> None:
    for unit in (ROOT / "docs/deploy").glob("*.service"):
        command = re.search(r"^ExecStart=\S+/rollbook (.+)$", unit.read_text(), re.MULTILINE)
        assert command
        assert command[1] in cli.commands
