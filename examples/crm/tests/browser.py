"""A headless Chromium, driven over two pipes by its DevTools protocol: nothing to install besides.

Each `Window` is one profile of its own, as on another person's machine; its tabs share cookies.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--no-first-run", "--disable-dev-shm-usage", "--remote-debugging-pipe",
]  # fmt: skip
PATIENCE = 60.0  # seconds, for a machine that is busy

# Chromium reads commands from descriptor 3 and writes answers to 4, each ended by a zero byte.
ON_3_AND_4 = """
import os, sys
commands, answers = os.dup2(int(sys.argv[1]), 100), os.dup2(int(sys.argv[2]), 101)
os.dup2(commands, 3), os.dup2(answers, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Browser:
    def __init__(self, folder: Path) -> None:
        program = shutil.which("chromium")
        assert program, "Debian's package chromium is missing"
        read_commands, self._commands = os.pipe()
        self._answers, write_answers = os.pipe()
        ends = (read_commands, write_answers)
        self._log = (folder / "chromium.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-c", ON_3_AND_4, *map(str, ends), program, *QUIET,
             f"--user-data-dir={folder / 'profile'}", "about:blank"],
            pass_fds=ends, stdout=self._log, stderr=self._log,
        )  # fmt: skip
        for end in ends:
            os.close(end)
        self._read = b""
        self._last = 0

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.call("Browser.close")
        self._process.wait(PATIENCE)
        os.close(self._commands)
        os.close(self._answers)
        self._log.close()

    def call(self, method: str, session: str | None = None, **params: Any) -> Any:
        """Sends one command and waits for its answer; what else happens meanwhile is let go by."""
        self._last += 1
        command: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if session:
            command["sessionId"] = session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while (answer := self._next()).get("id") != self._last:
            pass
        assert "error" not in answer, f"{method}: {answer['error']}"
        return answer["result"]

    def _next(self) -> Any:
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._answers], [], [], PATIENCE)
            assert ready, "Chromium does not answer"
            part = os.read(self._answers, 1 << 16)
            assert part, "Chromium has ended; see chromium.log"
            self._read += part
        message, self._read = self._read.split(b"\0", 1)
        return json.loads(message)

    def window(self) -> Window:
        return Window(self, self.call("Target.createBrowserContext")["browserContextId"])


class Window:
    """A person's browser."""

    def __init__(self, browser: Browser, context: str) -> None:
        self._browser, self._context = browser, context

    def open(self, url: str) -> Tab:
        target = self._browser.call(
            "Target.createTarget", url="about:blank", browserContextId=self._context
        )["targetId"]
        session = self._browser.call("Target.attachToTarget", targetId=target, flatten=True)
        tab = Tab(self._browser, session["sessionId"])
        tab.go(url)
        return tab


class Tab:
    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = self._browser.call(
            "Runtime.evaluate", self._session, expression=script, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def go(self, url: str) -> None:
        self._leave(lambda: self._browser.call("Page.navigate", self._session, url=url))

    def text(self) -> str:
        return str(self.run("document.querySelector('main').innerText"))

    def url(self) -> str:
        return str(self.run("location.href"))

    def has(self, selector: str) -> bool:
        return bool(self.run(f"document.querySelector({json.dumps(selector)}) !== null"))

    def wait(self, condition: str) -> None:
        """Until an expression is true in the page, without anybody touching it."""
        end = time.monotonic() + PATIENCE
        while not self.run(f"Boolean({condition})"):
            assert time.monotonic() < end, f"{condition} did not come true in:\n{self.text()}"
            time.sleep(0.05)

    def wait_for(self, selector: str) -> None:
        self.wait(f"document.querySelector({json.dumps(selector)})")

    def wait_until_gone(self, selector: str) -> None:
        self.wait(f"!document.querySelector({json.dumps(selector)})")

    def follow(self, selector: str) -> None:
        """Clicks what leads to another page, and waits for that."""
        self._leave(lambda: self.run(f"document.querySelector({json.dumps(selector)}).click()"))

    def submit(self, action: str, **fields: str) -> None:
        """Fills in the form that goes to an address, presses its button, waits for the page."""
        script = f"""(() => {{
          const form = document.querySelector('form[action="{action}"]');
          for (const [name, value] of Object.entries({json.dumps(fields)})) {{
            form.elements[name].value = value;
            if (form.elements[name].value !== value) throw new Error("no such choice: " + value);
          }}
          form.querySelector("button").click();
        }})()"""
        self._leave(lambda: self.run(script))

    def _leave(self, do: Any) -> None:
        """Does what makes the page go; the next one is there when it lacks this one's mark."""
        self.run("window.isOld = true")
        do()
        self._settle()

    def _settle(self) -> None:
        end = time.monotonic() + PATIENCE
        new = "!window.isOld && document.readyState === 'complete'"
        while True:
            try:  # between two pages there is none to ask
                if self.run(new):
                    return
            except AssertionError:
                pass
            assert time.monotonic() < end, "the next page did not come"
            time.sleep(0.05)
