"""The tutorial says what it says, on a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TUTORIAL = Path(__file__).parents[3] / "examples/python/tutorial.py"


def test_tutorial(tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    ran = subprocess.run(
        [sys.executable, TUTORIAL, report], capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    for line in (
        "22 tags, 28 policies> for 7043 users",
        "secondary",
        "written to report.html",
    ):
        assert line in ran.stdout
    assert report.stat().st_size > 50_000
