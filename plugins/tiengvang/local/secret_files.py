"""Secrets that this installation makes for itself: one file each, readable by its owner only."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def secret_path(home: Path, name: str) -> Path:
    """Return where the secret called ``name`` is kept."""
    return home / "secrets" / name


def keep_secret(home: Path, name: str, value: str | None = None) -> str:
    """Return the secret called ``name``, made once (``value``, or 32 random characters).

    Two callers at once get the same answer: the first finished file wins.
    """
    path = secret_path(home, name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        write_private(path, value or secrets.token_urlsafe(24), replace=False)
    return path.read_text(encoding="utf-8")


def write_private(path: Path, text: str, *, replace: bool = True) -> None:
    """Write a whole file with mode 0600, so that no reader sees half of it.

    Args:
        path: the file, in a folder that exists.
        text: its content.
        replace: whether a file that is already there gives way; if not, it is left as it is.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    if replace:
        Path(temporary).replace(path)
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        Path(temporary).unlink()
