"""Types are complete: the package, and a program that uses it, pass mypy --strict."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("what", [["-p", "muster"], ["test_match.py", "test_engine.py"]])
def test_mypy_strict(what: list[str], tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file", TESTS.parent / "pyproject.toml",
         "--cache-dir", tmp_path, *what],
        capture_output=True, text=True, cwd=TESTS,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
