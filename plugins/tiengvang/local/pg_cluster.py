"""The data folder of one embedded Postgres server: made once, configured at each start."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

from tiengvang.errors import TiengVangError
from tiengvang.local.pg_binaries import Account, Binaries
from tiengvang.local.secret_files import keep_secret

OWNER = "tiengvang"

# A warehouse on two cores beside Airflow. wal_level=minimal skips the log of rows that are copied
# into a table made in the same transaction; nothing is replicated. Durability stays as it comes.
SERVER_SETTINGS = {
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",
    "max_connections": "120",
    "password_encryption": "'scram-sha-256'",
    "shared_buffers": "'256MB'",
    "effective_cache_size": "'1GB'",
    "work_mem": "'32MB'",
    "maintenance_work_mem": "'128MB'",
    "min_dynamic_shared_memory": "'64MB'",
    "max_parallel_workers_per_gather": "1",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "wal_compression": "on",
    "max_wal_size": "'2GB'",
    "checkpoint_timeout": "'15min'",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "log_line_prefix": "'%m [%p] %q%u@%d '",
}

# Since Postgres 16. Stretching a password guards one that can be guessed; these are 192 random bits
# (secret_files), and it took most of the time of a connection, of which dbt opens one per node.
UNSTRETCHED = {"scram_iterations": "1"}


def data_folder(home: Path) -> Path:
    """Return the server's data folder."""
    return home / "postgres" / "data"


def initialise(home: Path, binaries: Binaries, account: Account) -> None:
    """Make the data folder and its owner, unless it is there.

    Raises:
        TiengVangError: another major version made it, or ``initdb`` failed.
    """
    data = data_folder(home)
    if data.exists():
        major = int((data / "PG_VERSION").read_text())
        if major != binaries.major:
            raise TiengVangError(
                f"{data} was made by PostgreSQL {major}, the programs in {binaries.folder} are "
                f"{binaries.major}: set TIENGVANG_PG_BIN to the old ones, or run make clean"
            )
        return
    folder = data.parent
    folder.mkdir(mode=0o700, exist_ok=True)
    account.own(folder)
    unfinished = folder / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    password_file = folder / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(keep_secret(home, f"postgres_{OWNER}_password"))
    account.own(password_file)
    # One sort order everywhere: published files must not depend on the system's locales.
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command = [binaries.program("initdb"), "-U", OWNER, "-A", "scram-sha-256", "-E", "UTF8"]
    command += [f"--pwfile={password_file}", "--no-locale", "--no-instructions"]
    command += [*(builtin if binaries.major >= 17 else []), "-D", str(unfinished)]
    command += [f"--set={name}={value}" for name, value in _unstretched(binaries.major).items()]
    try:
        answer = account.run(command, timeout=300)
    except PermissionError as error:
        raise TiengVangError(f"PostgreSQL cannot be run: {error}") from None
    finally:
        password_file.unlink()
    if answer.returncode != 0:
        hint = ""
        if account.uid is not None:
            hint = (
                "\nPostgreSQL does not run as root and user namespaces are not allowed here, so "
                f"it runs as nobody, who must be able to enter {folder} and {binaries.folder}: set "
                "TIENGVANG_HOME to such a folder, or run as an ordinary user"
            )
        raise TiengVangError(f"initdb failed: {answer.stderr.strip()}{hint}")
    unfinished.rename(data)


def choose_port(home: Path) -> int:
    """Return the port of this home, or a free one that becomes it."""
    path = home / "postgres" / "port"
    if path.exists() and is_free(int(path.read_text())):
        return int(path.read_text())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        chosen = int(probe.getsockname()[1])
    path.write_text(str(chosen))
    return chosen


def is_free(number: int) -> bool:
    """Say whether a port of 127.0.0.1 can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True


def configure(data: Path, chosen: int, account: Account) -> None:
    """Write the server's settings."""
    major = int((data / "PG_VERSION").read_text())
    settings = {**SERVER_SETTINGS, **_unstretched(major), "port": chosen}
    lines = [f"{name} = {value}" for name, value in settings.items()]
    path = data / "postgresql.conf"
    path.write_text("\n".join(lines) + "\n")
    account.own(path)


def _unstretched(major: int) -> dict[str, str]:
    return UNSTRETCHED if major >= 16 else {}
