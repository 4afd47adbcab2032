"""The report in a browser: its marks are there, and drawn."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from pathlib import Path
from typing import Any

import muster as ms
import pytest

QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--no-first-run", "--hide-scrollbars", "--window-size=1000,3200",
]  # fmt: skip


@pytest.fixture(scope="module")
def page(telco: ms.Catalogue, customers: dict[str, Any], tmp_path_factory: Any) -> Path:
    folder: Path = tmp_path_factory.mktemp("report")
    return ms.report(telco, customers, folder / "report.html")


def _browse(page: Path, *options: str) -> str:
    browser = shutil.which("chromium")
    assert browser, "Debian's package chromium is missing"
    profile = f"--user-data-dir={page.parent / 'profile'}"
    ran = subprocess.run(
        [browser, *QUIET, profile, *options, page.as_uri()],
        capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_marks_are_in_the_page(page: Path) -> None:
    seen = _browse(page, "--dump-dom")
    assert seen.count('class="mark"') == 28 + 28 * 28 + 28 * 5
    for heading in ("Audiences", "Overlaps", "Funnel"):
        assert f"<h2>{heading}</h2>" in seen


def _rows_that_differ(png: bytes) -> int:
    """How many different rows of pixels a screenshot has: nothing drawn, one."""
    data, at = b"", 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + size]
        at += size + 12
    width, height = struct.unpack(">II", png[16:24])
    raw = zlib.decompress(data)
    stride = len(raw) // height
    return len({raw[row * stride : (row + 1) * stride] for row in range(height)})


def test_they_are_drawn(page: Path) -> None:
    shot = page.parent / "report.png"
    _browse(page, f"--screenshot={shot}")
    assert _rows_that_differ(shot.read_bytes()) > 500
