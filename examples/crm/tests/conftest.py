"""The program under test, on a port and a ledger of its own, and a browser to look at it with."""

from __future__ import annotations

import http.client
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
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
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    def ask(
        self, path: str, form: str | None = None, **headers: str
    ) -> Answer:
        """One request with these headers and no others that would let it in."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if form is None else "POST", path, form, sent)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return Answer(response.status, text, dict(response.getheaders()))


class Starter:
    def __init__(self, program: str, folder: Path) -> None:
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

    def stop_all(self) -> None:
        for process in self._running:
            process.terminate()
            process.wait(60)


@pytest.fixture
def starter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Starter]:
    starter = Starter(request.config.getoption("--program"), tmp_path)
    yield starter
    starter.stop_all()


@pytest.fixture
def crm(starter: Starter) -> Crm:
    return starter.start()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser
