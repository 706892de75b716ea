"""The report as a PDF, printed by a browser that shows no window."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from flows.errors import SectorscopeError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
VARIABLE = "CHROME"  # names the browser where none of these is on the path
SECONDS = 300


def browser() -> str:
    """The browser's program. Raises SectorscopeError where there is none."""
    named = os.environ.get(VARIABLE)
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise SectorscopeError(
            f"{named} is no program." if named else "A PDF needs Chromium or Chrome, and none is on the path.",
            f"Install Chromium, or name the program in the variable {VARIABLE}; or open report.html and print it.",
        )
    return found


def print_pdf(page: Path) -> Path:
    """Print the HTML file ``page`` beside itself; gives the PDF's path. Raises SectorscopeError where that fails.

    The browser gets a profile of its own that is thrown away, and no host's name is resolved for it.
    """
    program, out = browser(), page.with_suffix(".pdf")
    out.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = [
            program, "--headless", "--disable-gpu", "--disable-extensions", "--no-first-run", "--no-pdf-header-footer",
            "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={profile}", f"--print-to-pdf={out.resolve()}",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),  # Chromium's sandbox refuses to run as root
            page.resolve().as_uri(),
        ]  # fmt: skip
        try:
            done = subprocess.run(  # noqa: S603 - the program is the reader's own browser, the words are ours
                words, capture_output=True, text=True, errors="replace", timeout=SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as failed:
            raise SectorscopeError(f"{program} did not print: {failed}.", "Open report.html and print it.") from failed
    if not out.exists():
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise SectorscopeError(f"{program} printed no PDF ({said}).", "Open report.html and print it.")
    return out
