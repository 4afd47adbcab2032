"""What keeps the program from starting, and what it says."""

from __future__ import annotations

from pathlib import Path

from conftest import Starter


def test_options(starter: Starter) -> None:
    for wrong in (["--prot", "1"], ["--port"], ["--port", "65536"], ["--now", "today"]):
        code, said = starter.fail(*wrong)
        assert (code, said.splitlines()[0]) == (2, f"can not use {wrong[0]}")
        assert "usage: muster_crm" in said


def test_the_port_is_taken(starter: Starter) -> None:
    port = starter.start().host.split(":")[1]
    assert starter.fail("--port", port) == (1, "the port is taken\n")


def test_files(starter: Starter, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing"
    for option in ("--catalogue", "--customers", "--shops"):
        code, said = starter.fail(option, str(nothing))
        assert code == 1 and said.startswith(f"{nothing}: "), said
    other = tmp_path / "other.ledger"
    other.write_text("no ledger, but long enough to be looked at" * 100)
    code, said = starter.fail("--ledger", str(other))
    assert code == 1 and said.startswith(f"{other}: "), said
