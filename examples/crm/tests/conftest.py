"""The program under test, on a port and a ledger of its own, and a browser to look at it with."""

from __future__ import annotations

import http.client
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import Browser

MORNING = "2026-01-05T10:30:00+08:00"  # a Monday; the catalogue and the customers live around it
SECRET = "of tests, and of nothing but tests"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--program", required=True, help="the muster_crm to test")


@dataclass
class Answer:
    status: int
    text: str
    headers: dict[str, str]


@dataclass
class Crm:
    """A program that runs."""

    url: str
    token: str
    process: subprocess.Popen[str]

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    def ask(self, path: str, form: str | None = None, **headers: str) -> Answer:
        """One request with these headers and no others that would let it in."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if form is None else "POST", path, form, headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return Answer(response.status, text, dict(response.getheaders()))


class Starter:
    def __init__(self, program: Path, folder: Path) -> None:
        self._program, self._folder = program, folder
        self._running: list[subprocess.Popen[str]] = []

    def start(self, now: str = MORNING, ledger: str = "crm.ledger") -> Crm:
        process = subprocess.Popen(
            [self._program, "--port", "0", "--now", now, "--ledger", self._folder / ledger],
            env={**os.environ, "MUSTER_CRM_SECRET": SECRET},
            stdout=subprocess.PIPE,
            text=True,
        )
        self._running.append(process)
        assert process.stdout
        first = urlsplit(process.stdout.readline().strip())
        return Crm(f"{first.scheme}://{first.netloc}", first.query.removeprefix("token="), process)

    def stop(self, crm: Crm) -> None:
        crm.process.terminate()
        assert crm.process.wait(60) == 0
        self._running.remove(crm.process)

    def fail(self, *arguments: str) -> tuple[int, str]:
        """What a program that does not start returns and says."""
        ran = subprocess.run(
            [self._program, *arguments], capture_output=True, text=True, timeout=60, cwd=self._folder
        )
        return ran.returncode, ran.stderr

    def stop_all(self) -> None:
        for process in self._running:
            process.terminate()
            process.wait(60)


@pytest.fixture
def starter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Starter]:
    starter = Starter(Path(request.config.getoption("--program")).resolve(), tmp_path)
    yield starter
    starter.stop_all()


@pytest.fixture
def crm(starter: Starter) -> Crm:
    return starter.start()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser
