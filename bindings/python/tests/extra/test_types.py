"""Types are complete: the package, and a program that uses it, pass mypy --strict."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import muster

TESTS = Path(__file__).parents[1]


def test_mypy_strict(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path,
         Path(muster.__file__).parent, TESTS / "test_match.py", TESTS / "test_engine.py"],
        capture_output=True, text=True, cwd=TESTS,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
