"""The built pages keep what their budget and the content security policy promise."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "pwa" / "dist"
PAGES = [DIST / "index.html", DIST / "office" / "index.html"]


def test_the_teachers_page_weighs_less_than_60_kb() -> None:
    command = [sys.executable, ROOT / "tools" / "bundle_size.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_no_page_holds_a_script_or_style_of_its_own() -> None:
    for page in PAGES:
        html = page.read_text()
        assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", html) == []
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=", html) == []


def test_the_worker_carries_all_that_the_teachers_page_needs() -> None:
    worker = (DIST / "sw.js").read_text()
    needed = re.findall(r'(?:src|href)="(/[^"]+)"', (DIST / "index.html").read_text())
    assert needed
    # A long list is written as one string that is split at its commas.
    carried = [rf"[`\"',]{re.escape(url)}[`\"',]" for url in [*needed, "/"]]
    assert [form for form in carried if not re.search(form, worker)] == []
    assert "__PRECACHE__" not in worker
    assert "__BUILD__" not in worker


def test_what_is_fetched_later_is_on_the_tablet_too() -> None:
    """A code is shown and scanned when the network is gone."""
    command = [sys.executable, ROOT / "tools" / "bundle_size.py"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    later = re.findall(r"later +[\d.]+  (\S+)", listed)
    assert any("decode" in name for name in later)
    worker = (DIST / "sw.js").read_text()
    assert [name for name in later if f"/{name}" not in worker] == []


def test_the_worker_is_one_plain_script() -> None:
    assert re.search(r"^\s*(import|export)\b", (DIST / "sw.js").read_text(), re.MULTILINE) is None
