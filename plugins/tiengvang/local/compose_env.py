"""Write ``.env`` for docker-compose.yml: the example, with a new secret where it leaves one empty.

Run by path with any Python 3.11 or newer, before anything is installed: standard library only.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
import sys
from pathlib import Path


def fill(example: str) -> str:
    """Return the example with a random value for each ``NAME=`` line that has none."""
    return re.sub(r"^(\w+)=$", lambda match: f"{match[0]}{_secret()}", example, flags=re.MULTILINE)


def main(example: Path, target: Path) -> None:
    """Write ``target`` with mode 0600 unless it is there already."""
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        print(f"{target} is there already and stays as it is")
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(fill(example.read_text(encoding="utf-8")))
    print(f"{target} written")


def _secret() -> str:
    # The form of a Fernet key: 32 random bytes in URL-safe base64. It serves for all of them.
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
