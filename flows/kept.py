"""What reports worked out, kept as files for the next report: where one term was changed, most figures are as they were."""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

LIBRARIES = ("numpy", "scipy", "statsmodels", "vl-convert-python")
LONGEST = 90 * 24 * 3600  # seconds without use
PROTOCOL = 5


class KeptResults:
    """Results by function and arguments, in a folder of their own for each version of this code and of its libraries.

    To be given to `analysis.keeping.keeping`. What cannot be read, written or pickled is worked out as if nothing were kept.
    Whoever can write to the folder can run code in the next report: it belongs to the workspace, as the settings do.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / code_digest()
        for old in folder.glob("*"):
            if old != self.folder:
                shutil.rmtree(old, ignore_errors=True)
        self.asked = self.found = 0

    def __call__(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.asked += 1
        name = f"{function.__module__}.{function.__qualname__}"
        key = hashlib.sha256(pickle.dumps((name, args, sorted(kwargs.items())), PROTOCOL)).hexdigest()
        file = self.folder / key
        try:
            result = pickle.loads(file.read_bytes())  # noqa: S301 - written by `_write`
            os.utime(file)
        except Exception:  # noqa: BLE001 - not there, or damaged: pickles fail in many ways
            result = function(*args, **kwargs)
            self._write(file, result)
        else:
            self.found += 1
        return result

    def _write(self, file: Path, result: Any) -> None:
        unfinished = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(pickle.dumps(result, PROTOCOL))
            unfinished.replace(file)
        except OSError:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)

    def drop_unused(self) -> None:
        """Delete what no report has asked for in ninety days."""
        oldest = time.time() - LONGEST
        for file in self.folder.glob("*"):
            with suppress(OSError):  # another report may have renamed or dropped it
                if file.stat().st_mtime < oldest:
                    file.unlink()


def code_digest() -> str:
    """Of all that results depend on but their arguments: the analyses' own code, the libraries, Python."""
    import analysis

    digest = hashlib.sha256(f"{platform.python_version()} {platform.machine()}".encode())
    for library in LIBRARIES:
        digest.update(f" {library} {version(library)}".encode())
    root = Path(analysis.__file__).parent
    for file in sorted(root.rglob("*.py")):
        digest.update(f"\n{file.relative_to(root)} {hashlib.sha256(file.read_bytes()).hexdigest()}".encode())
    return digest.hexdigest()[:16]
