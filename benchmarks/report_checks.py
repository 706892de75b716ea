"""Open pages of a report in a real browser: pictures and a PDF to look at, accessibility by axe-core, requests that leave.

    python -m benchmarks.report_checks REPORT.html [PAGE.html …] --out FOLDER [--axe node_modules/axe-core/axe.min.js]

Chromium is driven over its debugging port. Each page is opened with JavaScript off and on, light and dark, at three widths. It fails
where axe finds a violation, the page asks for anything, or it is wider than the window. Not a test: it needs a browser.
"""

from __future__ import annotations

import argparse
import base64
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import connect
from websockets.sync.connection import Connection

WIDTHS = (360, 768, 1400)
SCHEMES = ("light", "dark")
TALLEST = 12_000  # pixels of a picture
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


class Tab:
    """One tab of the browser: ``call`` a method of the DevTools protocol; ``requests`` are the URLs asked for."""

    def __init__(self, socket: Connection) -> None:
        self.socket, self.number = socket, 0
        self.requests: list[str] = []

    def call(self, method: str, **parameters: Any) -> Any:
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = self._next()
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]

    def wait(self, event: str) -> None:
        while self._next().get("method") != event:
            pass

    def _next(self) -> Any:
        message = json.loads(self.socket.recv(timeout=120))
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        return message

    def open(self, page: Path, *, width: int, scheme: str, scripts: bool) -> None:
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500
        )
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media="", features=features)
        self.requests.clear()
        self.call("Page.navigate", url=page.resolve().as_uri())
        self.wait("Page.loadEventFired")

    def run(self, script: str) -> Any:
        found = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"])
        return found["result"].get("value")


@contextmanager
def browser() -> Iterator[Tab]:
    """A tab of a headless browser. Raises FileNotFoundError where there is none."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        raise FileNotFoundError(f"no browser found; looked for {', '.join(BROWSERS)}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        flags = ["--headless=new", "--no-sandbox", "--remote-debugging-port=0", f"--user-data-dir={folder}"]
        process = subprocess.Popen([program, *flags, "about:blank"], stderr=subprocess.DEVNULL)
        try:
            with connect(_address(Path(folder)), max_size=None) as socket:
                tab = Tab(socket)
                for domain in ("Page", "Network", "Runtime"):
                    tab.call(f"{domain}.enable")
                yield tab
        finally:
            process.terminate()
            process.wait(timeout=20)


def _address(folder: Path) -> str:
    """The socket of the browser's first tab."""
    import urllib.request

    port = folder / "DevToolsActivePort"
    for _ in range(300):
        if port.exists() and "\n" in (said := port.read_text()):
            with urllib.request.urlopen(f"http://127.0.0.1:{said.split()[0]}/json/list") as answer:
                tabs = [tab for tab in json.load(answer) if tab["type"] == "page"]
            if tabs:
                return str(tabs[0]["webSocketDebuggerUrl"])
        time.sleep(0.1)
    raise TimeoutError("the browser did not start within 30 seconds")


def checked(tab: Tab, page: Path, out: Path, axe: str | None) -> list[str]:
    """Take the pictures and the PDF of one page into ``out``; gives what is wrong with it."""
    wrong = []
    for width in WIDTHS:
        for scheme in SCHEMES:
            where = f"{page.name} at {width} px, {scheme}"
            tab.open(page, width=width, scheme=scheme, scripts=False)
            wrong += [f"{where}: asks for {url}" for url in tab.requests[1:]]
            (out / f"{page.stem}-{width}-{scheme}.png").write_bytes(picture(tab, width))
            if scheme == "light" and width == WIDTHS[-1]:
                pdf = tab.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
                (out / f"{page.stem}.pdf").write_bytes(base64.b64decode(pdf))
            if axe:
                tab.open(page, width=width, scheme=scheme, scripts=True)
                wide = tab.run("document.documentElement.scrollWidth")
                wrong += [f"{where}: {wide} px wide"] if wide > width else []
                wrong += [f"{where}: {said}" for said in violations(tab, axe)]
    return wrong


def picture(tab: Tab, width: int) -> bytes:
    height = min(TALLEST, int(tab.call("Page.getLayoutMetrics")["cssContentSize"]["height"]))
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    return base64.b64decode(tab.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)["data"])


def violations(tab: Tab, axe: str) -> Iterator[str]:
    """What axe finds, with all that is folded unfolded."""
    tab.run("for (const one of document.querySelectorAll('details')) one.open = true")
    tab.run(axe)
    options = json.dumps({"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    for found in tab.run(f"axe.run(document, {options})")["violations"]:
        yield f"{found['id']} ({len(found['nodes'])} times): {found['help']}; {found['nodes'][0]['html'][:150]}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--axe", type=Path)
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    axe = given.axe.read_text(encoding="utf-8") if given.axe else None
    with browser() as tab:
        wrong = [said for page in given.pages for said in checked(tab, page, given.out, axe)]
    print("\n".join(wrong) or f"nothing wrong with {len(given.pages)} pages{'' if axe else ' (axe not asked)'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
